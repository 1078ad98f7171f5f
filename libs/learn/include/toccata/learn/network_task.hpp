// SPDX-License-Identifier: MIT
// The networks of a learned performer: what each is told and what it says.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/perform/expression_model.hpp>

namespace toccata::learn {

struct NetworkTask {
  enum class Kind : std::uint8_t {
    Reader,  ///< foretells its targets of all notes at once
    Player,  ///< foretells one target note by note, told what came before
  };
  Kind kind = Kind::Reader;
  std::vector<Target> targets;
  Inputs inputs = Inputs::Marks;  ///< Score, Marks or Timing; a player knows its past besides
  friend bool operator==(const NetworkTask&, const NetworkTask&) = default;
};

/// All that a model may have, in the order in which they are trained.
std::span<const NetworkTask> network_tasks();
/// "network.score_marks", "player.velocity.autoregressive_teacher": how its tensors' names begin.
std::string name_of(const NetworkTask& task);
std::optional<NetworkTask> find_network_task(std::string_view name);

/// Columns of a note that do not depend on who plays it; the further ones of Timing.
std::vector<std::string> piece_columns(const NetworkTask& task);
std::vector<std::string> timing_columns(const NetworkTask& task);
/// Numbers of the past; none of a reader.
std::vector<std::string> past_columns(const NetworkTask& task);

}  // namespace toccata::learn

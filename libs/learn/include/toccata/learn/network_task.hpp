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

/// A reader, and its players, one of each target, that hear a piece through it and learn with it.
struct NetworkTask {
  Inputs inputs = Inputs::Marks;  ///< Score, Marks or Timing
  std::vector<Target> targets;    ///< foretold of all notes at once by the reader, and note by note
                                  ///< by a player, who is told what came before
  friend bool operator==(const NetworkTask&, const NetworkTask&) = default;
};

/// All that a model may have, in the order in which they are trained.
std::span<const NetworkTask> network_tasks();
/// "network.score_marks": how the names of its tensors begin, but for those of its players.
std::string name_of(const NetworkTask& task);
/// "player.velocity.autoregressive_teacher" of Timing: how the names of a player's tensors begin.
std::string player_name(const NetworkTask& task, Target target);
std::optional<NetworkTask> find_network_task(std::string_view name);

/// Columns of a note that do not depend on who plays it; the further ones of Timing.
std::vector<std::string> piece_columns(const NetworkTask& task);
std::vector<std::string> timing_columns(const NetworkTask& task);

}  // namespace toccata::learn

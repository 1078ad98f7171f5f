// SPDX-License-Identifier: MIT
// How performers play as a whole, beside how people did: not note by note but by their traits.
#pragma once

#include <string>
#include <vector>

#include <toccata/base/json.hpp>
#include <toccata/learn/prepared.hpp>
#include <toccata/learn/traits.hpp>

namespace toccata::cli {

/// Who played, and how.
struct PlayedBy {
  std::string name;  ///< "people", or a performer's
  learn::TraitRows rows;
};

/// People, the model by full samples and the rules of `curve`, on the pages of a set: as many
/// performances of a piece by each as there are of people, up to a limit.
std::vector<PlayedBy> play_all(const ExpressionModel& model, const learn::PreparedSet& set,
                               std::uint64_t seed);

/// A Markdown table: a row a trait; the mean and its interval for each, and how far its
/// distribution lies from that of people.
std::string to_text(std::span<const PlayedBy> players, std::uint64_t seed);
Json to_json(std::span<const PlayedBy> players, std::uint64_t seed);

}  // namespace toccata::cli

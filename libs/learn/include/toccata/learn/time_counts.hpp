// SPDX-License-Identifier: MIT
// What a model says of times, counted as others count it: by notes, and in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <toccata/learn/foretold.hpp>

namespace toccata::learn {

/// What is counted. Each is a log2; in seconds, the median tempo of the performance is given.
enum class TimeCount : std::uint8_t {
  ByNotes,        ///< Target::ChordSlowness, a row for each note of the chord that was played
  NoteAfterNote,  ///< likewise, but further notes of a chord are told what its first one was
  Waits,          ///< seconds to the next chord, likewise a row for each note
  Lengths,        ///< seconds that a note sounds
};
std::string_view name_of(TimeCount count);  ///< "by_notes" ...

struct CountedTimes {
  TimeCount count;
  std::optional<Inputs> inputs;  ///< none: the written length at the median tempo
  Foretold foretold;
};
/// All that the model can say, from Inputs::Marks and Inputs::History. Rows as in foretell(), of
/// elements that were heard; where a note's chord was not, its tempo counts as the median.
std::vector<CountedTimes> count_times(const ExpressionModel& model,
                                      std::span<const PreparedPiece* const> pieces,
                                      const Running& running = {});

}  // namespace toccata::learn

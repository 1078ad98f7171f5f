// SPDX-License-Identifier: MIT
// Scores and performances as JSON of our own, without loss: `toccata.score/1`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <toccata/base/json.hpp>
#include <toccata/score/performance.hpp>

namespace toccata {

inline constexpr std::string_view kScoreFormat = "toccata.score/1";
/// Points of score time in a file lie in 0..kLastJsonTick: at 480 ticks to a quarter that is four
/// million quarters, and every count of bars fits an int.
inline constexpr std::int64_t kLastJsonTick = 2'000'000'000;

/// A score and, if it is known, how it is played.
struct ScoreDocument {
  Score score;
  std::optional<Performance> performance;
  friend bool operator==(const ScoreDocument&, const ScoreDocument&) = default;
};

/// The document as docs/formats/score.md has it: one note, mark or event a line, members that say
/// nothing left out. The same document gives the same bytes.
///
/// Range: times within kLastJsonTick, cents finite; what lies outside is written and not read back.
/// Cost:  O(n).
std::string write_score_json(const ScoreDocument& document);

/// Why a text was refused, and where.
struct ScoreJsonError {
  enum class Fault : std::uint8_t {
    NotJson,        ///< `found` says what, with the byte
    OtherFormat,    ///< the member "format" is not one that can be read
    Missing,        ///< a member that has to be there
    Unknown,        ///< a member that is not of the format
    WrongKind,      ///< a string where a number is needed ...
    OutOfRange,     ///< a number or a choice that is not allowed
    Contradiction,  ///< a broken invariant of scores: an id used twice ...
  } fault;
  std::string path;     ///< "parts[2].notes[17].pitch"; empty at the top
  std::string found;    ///< what stands there
  std::string allowed;  ///< what may stand there; empty where that says nothing
};
/// "parts[2].notes[17].pitch: 300 is not allowed, only 0..127".
std::string describe(const ScoreJsonError& error);

/// Reads a document; read(write(x)) is x. Notes and marks may stand in any order; notes without an
/// id get the next free ones; without "end" the score ends with the last note's bar.
///
/// Errors: see ScoreJsonError; members that the format does not have are errors too.
/// Cost:   O(n log n); memory in proportion to the text.
Result<ScoreDocument, ScoreJsonError> read_score_json(std::string_view text);
/// The same of JSON that is parsed already.
Result<ScoreDocument, ScoreJsonError> score_from_json(const Json& json);

}  // namespace toccata

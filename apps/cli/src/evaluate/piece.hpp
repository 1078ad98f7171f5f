// SPDX-License-Identifier: MIT
// One piece of an evaluation: a brief said as a sentence, understood, composed, played, written as
// a MIDI file, and that file read again.
#pragma once

#include <string>

#include <toccata/base/json.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/prompt/phrase.hpp>

namespace toccata::cli {

/// What is asked, with all that is needed to ask it again.
struct Ask {
  Brief brief;  ///< as a sentence can say it
  std::string sentence;
  std::uint64_t seed = 0;  ///< of the piece, as --seed
};
/// Says a brief in words that `rng` chooses.
Ask ask_for(const Brief& brief, Language language, Rng& rng);
/// Sentence, seed and brief, for reports.
Json to_json(const Ask& ask);

/// What stands in the file, and nothing else.
struct Heard {
  midi::File file;
  Score score;              ///< as read from the file
  Performance performance;  ///< likewise
};

/// Makes the piece and reads its file. Errors: the refusal, in words.
Result<Heard, std::string> hear(const Ask& ask);

/// The part of that name with notes, or null.
const Part* heard_part(const Heard& heard, Role role);
/// Parts that hold notes.
std::vector<const Part*> heard_parts(const Heard& heard);
/// What the key signature at tick 0 says, or nothing without one.
struct Signature {
  int fifths;
  bool is_minor;
  PitchClass tonic() const { return PitchClass::folded(fifths * 7 + (is_minor ? 9 : 0)); }
};
std::optional<Signature> heard_signature(const Heard& heard);

}  // namespace toccata::cli

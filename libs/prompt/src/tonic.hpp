// SPDX-License-Identifier: MIT
// Which words are note names: "a", "do", "la", "si" and single letters mostly are not.
#pragma once

#include "reading.hpp"

namespace toccata::prompt {

/// "d", "sol": the name of a note, folded.
bool is_note_word(std::string_view text);

/// A note as written: "F # m", "sib", "Cmaj".
struct SpelledNote {
  NoteName name;
  std::string_view scale;  ///< "minor" or "major" where the spelling itself says so: "Am"
  int last;                ///< item of the last sign, or the note's own
};
/// The note that is written at item i where the words before it say that one follows.
std::optional<SpelledNote> spelled_note(const Reading& reading, int i);

struct FoundTonic : SpelledNote {
  std::optional<int> mode;  ///< item of the scale or maqam that belongs to it
};

/// The note that item i names as a tonic: it needs an accidental, a scale or maqam after it, or
/// words like "in" and "key of" before it; docs/prompt.md has the rules.
std::optional<FoundTonic> find_tonic(const Reading& reading, int i);
/// "D/E": the item of a second note tied to the first.
std::optional<int> other_tonic_after(const Reading& reading, int last);

}  // namespace toccata::prompt

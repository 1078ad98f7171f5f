// SPDX-License-Identifier: MIT
// Which words are note names: "a", "do", "la", "si" and single letters mostly are not.
#pragma once

#include "reading.hpp"

namespace toccata::prompt {

struct FoundTonic {
  NoteName name;
  int last;                 ///< item with the accidental, or the note's own
  bool is_minor = false;    ///< "Am"
  std::optional<int> mode;  ///< item of the scale or maqam that belongs to it
};

/// The note that item i names as a tonic: it needs an accidental, a scale or maqam after it, or
/// words like "in" and "key of" before it; docs/prompt.md has the rules.
std::optional<FoundTonic> find_tonic(const Reading& reading, int i);
/// "D/E": the item of a second note tied to the first.
std::optional<int> other_tonic_after(const Reading& reading, int last);

}  // namespace toccata::prompt

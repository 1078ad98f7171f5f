// SPDX-License-Identifier: MIT
// The two looks that tell how a word is meant: at the words before it and at those behind.
#pragma once

#include "polarity.hpp"

#include <optional>

namespace toccata::prompt {

/// How many little words a look passes over: it costs no more in a long sentence.
inline constexpr int kFarthest = 20;

/// What bears on a word.
struct Found {
  Degree degree = Degree::Plain;
  int first, last;         ///< the items that do, and the word
  bool is_waived = false;  ///< "it need not be fast"
};
Found look_before(const Reading& reading, int i);
Found look_behind(const Reading& reading, int i);

/// Wishes of one family share a refusal: "no piano or drums". 0 for what is none.
int family_of(Kind kind);
inline constexpr int kPartsFamily = 1;  ///< instruments, drums, parts
inline constexpr int kModesFamily = 5;  ///< scales, maqamat
bool is_kin(const Reading& reading, int i, int j);
/// Articles, verbs, nouns without a wish.
bool is_transparent(const Reading& reading, int i);
/// "drums: ...".
bool is_field(const Reading& reading, int i);
/// "piano-less", "drum-free": the item of the second half.
std::optional<int> ending_without(const Reading& reading, int i);
/// "leave the drums and the bass out": from the verb to the last word.
std::optional<Extent> left_out(const Reading& reading, int i);
/// The nearest item before that is no verb, pronoun or the like.
int before_verbs(const Reading& reading, int i);
/// "not with drums", "I don't want it to be sad": the preposition is part of what is refused.
bool is_refused_place(const Reading& reading, int i);

}  // namespace toccata::prompt

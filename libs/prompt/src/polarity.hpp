// SPDX-License-Identifier: MIT
// Whether a word is refused, weakened or strengthened by those around it.
#pragma once

#include "reading.hpp"

namespace toccata::prompt {

enum class Degree : std::uint8_t { Refused, NotToo, Slight, Plain, Very, Extreme };

/// How the words before (and a "but not too much" after) bear on the item.
///
/// A refusal reaches over articles, verbs and adverbs to the next wish, and on over "or", "nor",
/// "and" to others of its family; it stops at a preposition, "but", a comma that begins something
/// else, and any other wish. Cost: O(1); at most some twenty items are looked at.
Degree degree_of(const Reading& reading, int i);
inline bool is_refused(const Reading& reading, int i) {
  return degree_of(reading, i) == Degree::Refused;
}

/// "Less drums", "moins de piano": a brief can't say how much of a player there is.
bool is_lessened(const Reading& reading, int i);

/// The item and the words that degree_of went by: for quoting.
Extent with_degree(const Reading& reading, int i);

/// The "not" of "not in D minor", "pas à trois temps": before a tonic or a meter, over prepositions
/// too.
std::optional<int> refusal_before(const Reading& reading, int i);
/// Leaves unmet what is refused as in "not 120 bpm", "pas 16 mesures", since a number that is
/// refused says nothing of the one that is meant; "why not 120 bpm" asks for it. Tells
/// whether there was a refusal.
bool leave_refused_number(Reading& reading, Extent number);

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Where the music breathes.
#pragma once

#include <vector>

#include <toccata/score/score.hpp>

namespace toccata {

/// A stretch that is played as one gesture by all parts.
struct Phrase {
  Tick onset;
  Tick end;  ///< exclusive; where the next one begins
  /// How far through it a point lies, [0, 1].
  double share_at(Tick at) const {
    return static_cast<double>((at - onset).ticks()) / static_cast<double>((end - onset).ticks());
  }
};

/// Phrases without gaps from the first bar to the end: they begin where a section does, after a
/// rest or a long note of the melody, and last two to eight bars where the music lets them.
/// Never empty.
std::vector<Phrase> find_phrases(const Score& score);

/// The phrase that holds a point; the first or last one where none does.
const Phrase& phrase_at(const std::vector<Phrase>& phrases, Tick at);

/// The same for points one after the other: the phrase's place in the list. Borrows the list.
/// Cost: O(phrases passed since the last point).
class PhraseCursor {
 public:
  explicit PhraseCursor(const std::vector<Phrase>& phrases) : phrases_(phrases) {}
  std::size_t at(Tick point) {
    while (place_ + 1 < phrases_.size() && phrases_[place_ + 1].onset <= point) ++place_;
    while (place_ > 0 && phrases_[place_].onset > point) --place_;
    return place_;
  }

 private:
  const std::vector<Phrase>& phrases_;
  std::size_t place_ = 0;
};

}  // namespace toccata

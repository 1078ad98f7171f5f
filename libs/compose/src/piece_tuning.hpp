// SPDX-License-Identifier: MIT
// How a piece tunes its pitches.
#pragma once

#include <array>
#include <optional>

#include <toccata/score/region.hpp>

namespace toccata {

/// The commonest detune of each pitch and each pitch class, outside the region; drums left out.
class PieceTuning {
 public:
  PieceTuning(const Score& score, const Region& region);
  /// That of the pitch, else of its pitch class, else none.
  Cents at(Pitch pitch) const;
  /// Whether a note may move there: in a piece with microtones only to pitch classes that it has.
  bool allows(Pitch pitch) const;

 private:
  std::array<std::optional<Cents>, Pitch::kHighest + 1> pitches_;
  std::array<std::optional<Cents>, 12> pitch_classes_;
  bool has_microtones_ = false;
};

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Which of the runs that any melody has a piece calls its own.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include <toccata/base/rng.hpp>
#include <toccata/timeline/tick.hpp>

namespace toccata {

/// What any melody has and what a piece has of its own.
///
/// Four intervals with their rhythm are a commonplace when they are likelier than one in 2^bits: a
/// scale in even eighths, a tone repeated. Of these a piece keeps a few, drawn by its seed, the
/// fewer the commoner they are, so that none is likelier than that over all pieces.
class Vocabulary {
 public:
  static constexpr std::size_t kRun = 4;

  /// Range: bits at least 0; 0 keeps all. The second number is for rhythms alone.
  Vocabulary(double bits, double rhythm_bits, const Rng& rng)
      : bits_(bits), rhythm_bits_(rhythm_bits), seed_(rng.fork("vocabulary").seed()) {}

  /// All of a run but its last interval.
  struct Beginning {
    std::uint64_t hash;
    double bits;
  };
  /// Onsets of five notes and pitches of the first four. None where whatever follows is kept.
  std::optional<Beginning> begin_run(const std::array<Tick, kRun + 1>& onsets,
                                     const std::array<int, kRun>& numbers) const;
  bool keeps(const Beginning& beginning, int last_interval) const;
  /// Whether a rhythm of four times is the piece's own.
  bool keeps_rhythm(std::span<const Duration, kRun + 1> onsets) const;

 private:
  double bits_, rhythm_bits_;
  std::uint64_t seed_;
};

}  // namespace toccata

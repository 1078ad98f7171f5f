// SPDX-License-Identifier: MIT
// The one source of randomness: seeded, the same on every machine, and split by name.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace toccata {

/// A pseudo-random generator whose sequence depends on its seed alone.
///
/// Source: Blackman and Vigna 2018, xoshiro256++ 1.0; seeded by SplitMix64.
/// Threads: one generator per thread.
class Rng {
 public:
  explicit Rng(std::uint64_t seed);

  /// A generator of its own for one named purpose. It depends on this one's seed and the label,
  /// not on how many numbers were drawn: work that is added for one part changes no other part.
  Rng fork(std::string_view label) const;
  Rng fork(std::uint64_t index) const;

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }
  /// Uniform in [0, count). Range: count at least 1.
  std::size_t below(std::size_t count);
  /// Uniform in [lowest, highest], both included. Range: lowest <= highest.
  int between(int lowest, int highest);
  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  /// Approximately normal, mean 0, deviation 1, within +-6: the sum of twelve uniforms
  /// of 21 bits (Irwin-Hall), which takes four words and no transcendental function.
  double normal();
  /// True with this probability. Range: [0, 1]; at or beyond the ends it is certain.
  bool chance(double probability) { return uniform() < probability; }
  /// An index, drawn in proportion to its weight; uniform when no weight is positive.
  /// Range: weights not empty; negative ones count as 0.
  std::size_t weighted(std::span<const double> weights);
  /// One of the items. Range: not empty.
  template <class T>
  const T& pick(std::span<const T> items) {
    return items[below(items.size())];
  }
  template <class Container>
  const auto& pick(const Container& items) {
    return items[below(items.size())];
  }

  std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t seed_;
  std::array<std::uint64_t, 4> state_;
};

/// A 64-bit hash of bytes, stable over versions. Source: Fowler, Noll and Vo, FNV-1a.
std::uint64_t stable_hash(std::string_view bytes);
/// The same for whole files: eight bytes at a time, ten times as fast, another number.
/// Source: the hash of Firefox (rotate, combine, multiply), finished by SplitMix64's last step.
std::uint64_t file_hash(std::string_view bytes);

}  // namespace toccata

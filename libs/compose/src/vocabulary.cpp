// SPDX-License-Identifier: MIT
#include "vocabulary.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include <toccata/base/elementary.hpp>
#include <toccata/plan/genre.hpp>

namespace toccata {
namespace {

/// How surprising an interval of so many semitones either way is, in bits: by how often the
/// composed melodies of all genres had it.
constexpr std::array<double, 8> kIntervalBits{2.2, 3.4, 2.4, 3.8, 4.4, 4.4, 5.0, 5.0};
constexpr double kWideBits = 5.5, kLeastIntervalBits = 2.2;

/// The same of the time to the next note, in twelfths of a quarter.
struct TimeBits {
  int twelfths;
  double alone, repeated;  ///< repeated: after the same time
};
constexpr std::array<TimeBits, 7> kTimeBits{{{6, 1.3, 0.9},
                                             {12, 2.6, 2.0},
                                             {3, 2.9, 1.2},
                                             {4, 3.6, 0.6},
                                             {18, 4.0, 3.2},
                                             {9, 4.2, 3.4},
                                             {24, 4.8, 4.0}}};
constexpr TimeBits kOtherTime{0, 6.2, 4.0};

double bits_of_interval(int semitones) {
  const auto size = static_cast<std::size_t>(std::abs(semitones));
  return size < kIntervalBits.size() ? kIntervalBits[size] : kWideBits;
}

int twelfths_of(Duration time) {
  return static_cast<int>((time.ticks() * 24 / kComposedPpq.ticks() + 1) / 2);
}

double bits_of_time(int twelfths, bool repeats) {
  const auto found = std::ranges::find(kTimeBits, twelfths, &TimeBits::twelfths);
  const TimeBits& bits = found == kTimeBits.end() ? kOtherTime : *found;
  return repeats ? bits.repeated : bits.alone;
}

/// SplitMix64's finaliser (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t hash, int value) {
  hash += 0x9E3779B97F4A7C15u * (static_cast<std::uint64_t>(static_cast<std::uint32_t>(value)) + 1);
  hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9u;
  hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBu;
  return hash ^ (hash >> 31);
}

/// Kept as seldom as it falls short of the bits that a rare one has; by a hash that is drawn once.
bool is_kept(double bits, double rare, std::uint64_t hash) {
  const double short_of = rare - bits;
  if (short_of <= 0) return true;
  // Between which two powers of two the hash lies mostly tells.
  const std::uint64_t drawn = hash >> 11;  // 53 bits, as Rng::uniform
  const int zeros = std::countl_zero(drawn) - 11;
  if (short_of <= zeros) return true;
  if (short_of >= zeros + 1) return false;
  return static_cast<double>(drawn) * 0x1.0p-53 < exact_exp2(-short_of);
}

}  // namespace

std::optional<Vocabulary::Beginning> Vocabulary::begin_run(
    const std::array<Tick, kRun + 1>& onsets, const std::array<int, kRun>& numbers) const {
  Beginning run{seed_, 0};
  int before = -1;
  for (std::size_t i = 0; i < kRun; ++i) {
    const int twelfths = twelfths_of(onsets[i + 1] - onsets[i]);
    run.bits += bits_of_time(twelfths, twelfths == before);
    run.hash = mixed(run.hash, twelfths);
    before = twelfths;
    if (i + 1 == kRun) break;
    run.bits += bits_of_interval(numbers[i + 1] - numbers[i]);
    run.hash = mixed(run.hash, numbers[i + 1] - numbers[i]);
  }
  if (run.bits + kLeastIntervalBits >= bits_) return std::nullopt;
  return run;
}

bool Vocabulary::keeps(const Beginning& beginning, int last_interval) const {
  return is_kept(beginning.bits + bits_of_interval(last_interval), bits_,
                 mixed(beginning.hash, last_interval));
}

bool Vocabulary::keeps_rhythm(std::span<const Duration, kRun + 1> onsets) const {
  Beginning run{seed_, 0};
  int before = -1;
  for (std::size_t i = 0; i < kRun; ++i) {
    const int twelfths = twelfths_of(onsets[i + 1] - onsets[i]);
    run.bits += bits_of_time(twelfths, twelfths == before);
    run.hash = mixed(run.hash, twelfths);
    before = twelfths;
  }
  return is_kept(run.bits, rhythm_bits_, run.hash);
}

}  // namespace toccata

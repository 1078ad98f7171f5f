// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cstring>

#include <toccata/base/assert.hpp>
#include <toccata/base/rng.hpp>

namespace toccata {
namespace {

std::uint64_t split_mix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t state = a ^ std::rotl(b, 32);
  split_mix(state);
  state ^= b;
  return split_mix(state);
}

}  // namespace

Rng::Rng(std::uint64_t seed) : seed_(seed), state_{} {
  std::uint64_t mixing = seed;
  for (auto& word : state_) word = split_mix(mixing);
}

Rng Rng::fork(std::string_view label) const { return Rng(mix(seed_, stable_hash(label))); }
Rng Rng::fork(std::uint64_t index) const { return Rng(mix(seed_, index + 1)); }

std::size_t Rng::below(std::size_t count) {
  TOCCATA_ASSERT(count > 0);
  for (;;) {
    const std::uint64_t drawn = next();
    // Numbers under 2^64 mod count would make the low results a little more likely; it is under
    // count, so that it is hardly ever needed.
    if (drawn >= count || drawn >= (0 - std::uint64_t{count}) % count)
      return static_cast<std::size_t>(drawn % count);
  }
}

int Rng::between(int lowest, int highest) {
  TOCCATA_ASSERT(lowest <= highest);
  return lowest + static_cast<int>(below(static_cast<std::size_t>(highest - lowest) + 1));
}

double Rng::normal() {
  // Twelve numbers of 21 bits, three a word. Half a step more of each, and their mean is 6 exactly.
  constexpr std::uint64_t kBits = 21, kMask = (std::uint64_t{1} << kBits) - 1;
  std::uint64_t sum = 6;
  for (int i = 0; i < 4; ++i) {
    const std::uint64_t word = next();
    sum += (word & kMask) + (word >> kBits & kMask) + (word >> 2 * kBits & kMask);
  }
  return static_cast<double>(sum) / static_cast<double>(kMask + 1) - 6.0;
}

std::size_t Rng::weighted(std::span<const double> weights) {
  TOCCATA_ASSERT(!weights.empty());
  double total = 0;
  for (double w : weights) total += w > 0 ? w : 0;
  if (!(total > 0)) return below(weights.size());
  double left = uniform() * total;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    last = i;
    if (left < weights[i]) return i;
    left -= weights[i];
  }
  return last;  // rounding left a crumb
}

std::uint64_t stable_hash(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3ULL;
  }
  return hash;
}

std::uint64_t file_hash(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little, "words are taken as they lie");
  constexpr std::uint64_t kFactor = 0x517CC1B727220A95ULL;
  std::uint64_t hash = bytes.size();
  for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(bytes.size(), 8))) {
    std::uint64_t word = 0;
    if (bytes.size() >= 8) std::memcpy(&word, bytes.data(), 8);
    else std::memcpy(&word, bytes.data(), bytes.size());
    hash = (std::rotl(hash, 5) ^ word) * kFactor;
  }
  return split_mix(hash);
}

}  // namespace toccata

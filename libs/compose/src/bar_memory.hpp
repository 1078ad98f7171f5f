// SPDX-License-Identifier: MIT
// What the bars of a score are like, so that missing ones can be recalled from those that resemble
// them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/score/region.hpp>

namespace toccata {

/// Where in the bar notes begin and which pitch classes sound, as shares.
struct BarPicture {
  static constexpr std::size_t kSlots = 16;
  std::array<double, kSlots> onsets{};
  std::array<double, 12> pitch_classes{};
  int notes = 0;
};
/// Range: [0, 1]; 1 for equal shares. The overlap of both histograms, averaged.
double likeness(const BarPicture& a, const BarPicture& b);

/// Pictures of every bar of a score, the region left out.
///
/// A missing bar is recalled from one whose surroundings resemble its own most: the other parts
/// that sound in it, and the bars before it. Source: Assayag and Dubnov 2004, Using Factor Oracles
/// for Machine Improvisation (continuing from where the past was alike).
class BarMemory {
 public:
  BarMemory(const Score& score, const Region& region);

  int bars() const { return static_cast<int>(whole_.size()); }
  /// Whether the part has notes outside the region at all.
  bool knows(std::size_t part) const;
  /// For each bar [first, end) the bar to recall; drawn by resemblance. `part` none: for all parts
  /// together. A bar recalled after its neighbour was is preferred, so that phrases stay whole.
  std::vector<std::optional<int>> recall(std::optional<std::size_t> part, int first, int end,
                                         Rng& rng) const;

 private:
  double surroundings(std::optional<std::size_t> part, int target, int source,
                      const std::vector<std::optional<int>>& so_far, int first) const;
  bool may_be_source(std::optional<std::size_t> part, int source) const;
  /// Bars of the part, or of all parts, from which one may be recalled for [first, end).
  std::vector<int> sources_near(std::optional<std::size_t> part, int first, int end) const;
  const BarPicture& picture(std::optional<std::size_t> part, int bar) const;

  std::vector<BarPicture> whole_;               ///< all parts
  std::vector<std::vector<BarPicture>> parts_;  ///< part, bar
  std::vector<Duration> lengths_;
  std::vector<bool> in_region_;
};

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Figures about figures: quantiles, ranks, and whether two conditions differ.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace toccata {

/// Nothing without values.
std::optional<double> mean_of(std::span<const double> values);

/// Values in order, for looking up quantiles and ranks.
class Distribution {
 public:
  /// Range: no NaN among them.
  explicit Distribution(std::vector<double> values);

  bool empty() const { return sorted_.empty(); }
  std::size_t size() const { return sorted_.size(); }
  /// The value below which this share lies, between neighbours linearly.
  /// Range: share in [0, 1]; not empty.
  ///
  /// Source: Hyndman and Fan 1996, Sample Quantiles in Statistical Packages (type 7).
  double quantile(double share) const;
  /// Range: not empty.
  double mean() const;
  /// Share of the values below this one, those equal to it counted half; 0 when empty.
  double rank_of(double value) const;
  /// How many are greater.
  std::size_t count_above(double value) const;

 private:
  std::vector<double> sorted_;
};

/// Whether paired differences lie around 0.
struct PairedTest {
  std::size_t pairs = 0;
  double mean = 0;  ///< of the differences
  double t = 0;     ///< Student's, pairs - 1 degrees of freedom; 0 where nothing differs
  double p = 1;     ///< two-sided, by sign flips, (0, 1]
};
/// Student's t of the differences, and how often differences whose signs are drawn at random have
/// a mean as far from 0: no assumption of normality is made. The same seed gives the same p, which
/// is at least 1 / (flips + 1).
///
/// Source: Fisher 1935, The Design of Experiments (sign flips); Phipson and Smyth 2010 (the +1).
PairedTest test_paired(std::span<const double> differences, std::uint64_t seed, int flips = 10'000);

}  // namespace toccata

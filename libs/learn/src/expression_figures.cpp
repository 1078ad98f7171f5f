// SPDX-License-Identifier: MIT
#include <toccata/learn/expression_figures.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include "bootstrap.hpp"

namespace toccata::learn {
namespace {

/// What R2 is made of, summed over rows.
struct Sums {
  double count = 0, target = 0, predicted = 0, target_squares = 0, error_squares = 0;
  double predicted_squares = 0, products = 0;

  void add(double y, double p) {
    count += 1;
    target += y;
    predicted += p;
    target_squares += y * y;
    predicted_squares += p * p;
    products += y * p;
    error_squares += (y - p) * (y - p);
  }
  void add(const Sums& other) {
    count += other.count;
    target += other.target;
    target_squares += other.target_squares;
    error_squares += other.error_squares;
  }
  double spread() const { return target_squares - target * target / count; }
  double r2() const { return spread() > 0 ? 1 - error_squares / spread() : 0; }
  /// What the best line from predictions takes off the spread.
  double explained() const {
    const double both = products - target * predicted / count;
    const double range = predicted_squares - predicted * predicted / count;
    return range > 0 ? both * both / range : 0;
  }
  /// Squared errors when both means are 0.
  double centered_errors() const {
    return spread() + predicted_squares - predicted * predicted / count -
           2 * (products - target * predicted / count);
  }
};

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// How much of a spread is explained.
struct Share {
  double explained = 0, spread = 0;
  double value() const { return spread > 0 ? explained / spread : 0; }
  void add(const Share& other) {
    explained += other.explained;
    spread += other.spread;
  }
};

template <class Sum>
std::vector<Sum> values_of(const std::map<std::uint32_t, Sum>& by_number) {
  std::vector<Sum> values;
  values.reserve(by_number.size());
  for (const auto& [number, sum] : by_number) values.push_back(sum);
  return values;
}

}  // namespace

ExpressionFigures figures_of(const HeardRows& rows, std::span<const double> predicted,
                             const Rng& rng) {
  ExpressionFigures figures;
  Sums all;
  std::map<std::uint32_t, Sums> performances, compositions;
  std::map<std::uint32_t, std::uint32_t> composition_of;
  double absolute = 0;
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    const double y = rows.targets[row], p = predicted[row];
    all.add(y, p);
    performances[rows.performance[row]].add(y, p);
    compositions[rows.composition[row]].add(y, p);
    composition_of[rows.performance[row]] = rows.composition[row];
    absolute += std::abs(y - p);
  }
  double errors = 0;
  Share fitted;
  std::map<std::uint32_t, Share> fitted_of;
  std::vector<double> each, each_fitted;
  for (const auto& [performance, sums] : performances) {
    const Share share{sums.explained(), sums.spread()};
    errors += sums.centered_errors();
    fitted.add(share);
    fitted_of[composition_of[performance]].add(share);
    if (share.spread <= 0) continue;
    each.push_back(sums.r2());
    each_fitted.push_back(share.value());
  }
  const auto sums = values_of(compositions);
  const auto shares = values_of(fitted_of);
  figures.r2 = all.r2();
  figures.mae = absolute / all.count;
  figures.r2_within = fitted.spread > 0 ? 1 - errors / fitted.spread : 0;
  figures.r2_median_per_performance = median(std::move(each));
  figures.ci95 = bootstrap<Sums>(
      sums.size(), rng, [&](Sums& draw, std::size_t i) { draw.add(sums[i]); },
      [](const Sums& draw) { return draw.r2(); });
  figures.r2_fitted = fitted.value();
  figures.r2_fitted_median = median(std::move(each_fitted));
  figures.r2_fitted_ci95 = bootstrap<Share>(
      shares.size(), rng, [&](Share& draw, std::size_t i) { draw.add(shares[i]); },
      [](const Share& draw) { return draw.value(); });
  figures.rows = rows.targets.size();
  figures.performances = performances.size();
  figures.compositions = compositions.size();
  return figures;
}

}  // namespace toccata::learn

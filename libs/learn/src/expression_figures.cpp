// SPDX-License-Identifier: MIT
#include <toccata/learn/expression_figures.hpp>

#include <algorithm>
#include <cmath>
#include <map>

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
  /// Squared errors when both means are 0.
  double centered_errors() const {
    return spread() + predicted_squares - predicted * predicted / count -
           2 * (products - target * predicted / count);
  }
};

std::array<double, 2> bootstrap(const std::map<std::uint32_t, Sums>& compositions, Rng rng) {
  constexpr std::size_t kDraws = 1000;
  std::vector<const Sums*> all;
  for (const auto& [composition, sums] : compositions) all.push_back(&sums);
  std::vector<double> draws;
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    Sums sums;
    for (std::size_t i = 0; i < all.size(); ++i) sums.add(*all[rng.below(all.size())]);
    draws.push_back(sums.r2());
  }
  std::ranges::sort(draws);
  return {draws[kDraws / 40], draws[kDraws - 1 - kDraws / 40]};
}

}  // namespace

ExpressionFigures figures_of(const HeardRows& rows, std::span<const double> predicted,
                             const Rng& rng) {
  Sums all;
  std::map<std::uint32_t, Sums> performances, compositions;
  double absolute = 0;
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    const double y = rows.targets[row], p = predicted[row];
    all.add(y, p);
    performances[rows.performance[row]].add(y, p);
    compositions[rows.composition[row]].add(y, p);
    absolute += std::abs(y - p);
  }
  double errors = 0, spread = 0;
  std::vector<double> each;
  for (const auto& [performance, sums] : performances) {
    errors += sums.centered_errors();
    spread += sums.spread();
    if (sums.spread() > 0) each.push_back(sums.r2());
  }
  if (each.empty()) each.push_back(0);
  const auto middle = each.begin() + std::ssize(each) / 2;
  std::ranges::nth_element(each, middle);
  return {all.r2(),
          absolute / all.count,
          spread > 0 ? 1 - errors / spread : 0,
          *middle,
          bootstrap(compositions, rng),
          rows.targets.size(),
          performances.size(),
          compositions.size()};
}

}  // namespace toccata::learn

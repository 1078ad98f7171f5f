// SPDX-License-Identifier: MIT
// The one place that knows Eigen.
#include <algorithm>
#include <cmath>

#include <Eigen/Core>
#include <Eigen/QR>
#include <fmt/format.h>

#include <toccata/learn/linear.hpp>

#include "checks.hpp"

namespace toccata::learn {
namespace {

constexpr std::size_t kBlock = 1024;

struct NormalEquations {
  Eigen::MatrixXd products;  ///< of each two features, summed over rows
  Eigen::VectorXd moments;   ///< of each feature with the target
};

NormalEquations gather(const Table& table, const ml::Scaler& scaler, std::span<const float> targets,
                       double mean) {
  const auto features = static_cast<Eigen::Index>(table.features());
  NormalEquations sums{Eigen::MatrixXd::Zero(features, features), Eigen::VectorXd::Zero(features)};
  for (std::size_t first = 0; first < table.rows(); first += kBlock) {
    const std::size_t count = std::min(kBlock, table.rows() - first);
    Eigen::MatrixXd block(static_cast<Eigen::Index>(count), features);
    Eigen::VectorXd wanted(static_cast<Eigen::Index>(count));
    for (std::size_t f = 0; f < table.features(); ++f) {
      const auto column = table.column(f).subspan(first, count);
      for (std::size_t i = 0; i < count; ++i)
        block(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(f)) =
            scaler.scaled(f, column[i]);
    }
    for (std::size_t i = 0; i < count; ++i)
      wanted(static_cast<Eigen::Index>(i)) = static_cast<double>(targets[first + i]) - mean;
    sums.products.noalias() += block.transpose() * block;
    sums.moments.noalias() += block.transpose() * wanted;
  }
  return sums;
}

}  // namespace

ml::Scaler fit_scaler(const Table& table) {
  ml::Scaler scaler;
  for (std::size_t f = 0; f < table.features(); ++f) {
    double sum = 0, count = 0, squares = 0;
    for (const float value : table.column(f)) {
      if (std::isnan(value)) continue;
      sum += static_cast<double>(value);
      ++count;
    }
    const double mean = count > 0 ? sum / count : 0;
    for (const float value : table.column(f)) {
      if (std::isnan(value)) continue;
      const double distance = static_cast<double>(value) - mean;
      squares += distance * distance;
    }
    const double deviation = count > 0 ? std::sqrt(squares / count) : 0;
    scaler.mean.push_back(mean);
    // What rounding leaves of a feature that never varies is no deviation.
    scaler.deviation.push_back(deviation > 1e-12 * std::abs(mean) ? deviation : 1);
  }
  return scaler;
}

Result<ml::LinearModel, FitError> fit_linear(const Table& table, std::span<const float> targets,
                                             double ridge) {
  TOCCATA_CHECK(check_targets(targets, table.rows()));
  TOCCATA_CHECK(check_option("ridge", ridge, 0, 1e12));
  ml::LinearModel model;
  model.scaler = fit_scaler(table);
  for (std::size_t f = 0; f < table.features(); ++f)
    if (!std::isfinite(model.scaler.mean[f]))
      return Unexpected{FitError{FitError::Fault::NotFinite,
                                 fmt::format("feature {}: an infinite value", table.names()[f])}};
  double sum = 0;
  for (const float target : targets) sum += static_cast<double>(target);
  const double mean = sum / static_cast<double>(targets.size());
  NormalEquations equations = gather(table, model.scaler, targets, mean);
  equations.products.diagonal().array() += ridge;
  const Eigen::VectorXd solved =
      equations.products.completeOrthogonalDecomposition().solve(equations.moments);
  model.coefficients.assign(solved.begin(), solved.end());
  // Scaled features have the mean 0, missing ones included.
  model.intercept = mean;
  return model;
}

}  // namespace toccata::learn

// SPDX-License-Identifier: MIT
// Linear models over scaled features, and the tensors they are kept in.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <toccata/base/result.hpp>
#include <toccata/ml/weights.hpp>

namespace toccata::ml {

/// Brings each feature to mean 0 and deviation 1: (value - mean) / deviation.
struct Scaler {
  std::vector<double> mean;
  std::vector<double> deviation;  ///< more than 0

  /// A missing number (NaN) becomes 0, the mean. Range: feature below mean.size().
  double scaled(std::size_t feature, float value) const;
  friend bool operator==(const Scaler&, const Scaler&) = default;
};

/// Reads the tensors PREFIXmean and PREFIXdeviation. Errors: one that is missing, is not of
/// `features` numbers or holds one that is not finite; a deviation that is not more than 0.
Result<Scaler, TensorError> load_scaler(const Weights& weights, std::string_view prefix,
                                        std::size_t features);
/// Adds the tensors that load_scaler() reads.
void save_scaler(const Scaler& scaler, Weights& weights, std::string_view prefix);

/// intercept + the sum of coefficients times scaled features.
struct LinearModel {
  Scaler scaler;
  std::vector<double> coefficients;  ///< as many as the scaler has features
  double intercept = 0;

  /// The prediction for one row. Range: row.size() is coefficients.size().
  double predict(std::span<const float> row) const;
  friend bool operator==(const LinearModel&, const LinearModel&) = default;
};

/// Reads the tensors PREFIXmean, PREFIXdeviation, PREFIXcoefficients, PREFIXintercept.
/// Errors: a tensor that is missing, has another size or holds a number not finite.
Result<LinearModel, TensorError> load_linear(const Weights& weights, std::string_view prefix);
/// Adds the tensors that load_linear() reads.
void save_linear(const LinearModel& model, Weights& weights, std::string_view prefix);

}  // namespace toccata::ml

// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>
#include <toccata/ml/linear_model.hpp>

namespace toccata::ml {
namespace {

Result<std::vector<double>, TensorError> finite_values(const Weights& weights, std::string name,
                                                       std::size_t size) {
  const std::array<std::size_t, 1> shape{size};
  TOCCATA_TRY(auto values, weights.values<double>(name, shape));
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      return Unexpected{TensorError{std::move(name), fmt::format("number {} at {}", values[i], i),
                                    "a finite number"}};
  return values;
}

void add_values(Weights& weights, std::string_view prefix, const char* part,
                std::span<const double> values) {
  weights.tensors.push_back(
      make_tensor<double>(std::string(prefix) + part, {values.size()}, values));
}

}  // namespace

double Scaler::scaled(std::size_t feature, float value) const {
  if (std::isnan(value)) return 0;
  return (static_cast<double>(value) - mean[feature]) / deviation[feature];
}

double LinearModel::predict(std::span<const float> row) const {
  TOCCATA_ASSERT(row.size() == coefficients.size());
  double sum = intercept;
  for (std::size_t f = 0; f < row.size(); ++f) sum += coefficients[f] * scaler.scaled(f, row[f]);
  return sum;
}

Result<Scaler, TensorError> load_scaler(const Weights& weights, std::string_view prefix,
                                        std::size_t features) {
  const auto name = [&](const char* part) { return std::string(prefix) + part; };
  Scaler scaler;
  TOCCATA_TRY(scaler.mean, finite_values(weights, name("mean"), features));
  TOCCATA_TRY(scaler.deviation, finite_values(weights, name("deviation"), features));
  for (std::size_t f = 0; f < features; ++f)
    if (!(scaler.deviation[f] > 0))
      return Unexpected{TensorError{name("deviation"),
                                    fmt::format("number {} at {}", scaler.deviation[f], f),
                                    "more than 0"}};
  return scaler;
}

void save_scaler(const Scaler& scaler, Weights& weights, std::string_view prefix) {
  add_values(weights, prefix, "mean", scaler.mean);
  add_values(weights, prefix, "deviation", scaler.deviation);
}

Result<LinearModel, TensorError> load_linear(const Weights& weights, std::string_view prefix) {
  const auto name = [&](const char* part) { return std::string(prefix) + part; };
  LinearModel model;
  TOCCATA_TRY(model.coefficients, finite_values(weights, name("coefficients"), kAnySize));
  TOCCATA_TRY(model.scaler, load_scaler(weights, prefix, model.coefficients.size()));
  TOCCATA_TRY(const auto intercept, finite_values(weights, name("intercept"), 1));
  model.intercept = intercept[0];
  return model;
}

void save_linear(const LinearModel& model, Weights& weights, std::string_view prefix) {
  save_scaler(model.scaler, weights, prefix);
  add_values(weights, prefix, "coefficients", model.coefficients);
  add_values(weights, prefix, "intercept", std::span(&model.intercept, 1));
}

}  // namespace toccata::ml

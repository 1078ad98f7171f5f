// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>

#include <toccata/learn/linear.hpp>

#include "rows.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

/// Targets 3 + 2 a - 5 b, exactly.
Rows plane(std::size_t count) {
  Rows rows = make_rows(count, 2, 1000, 0, 1);
  for (std::size_t row = 0; row < count; ++row)
    rows.targets[row] = 3 + 2 * rows.table.column(0)[row] - 5 * rows.table.column(1)[row];
  return rows;
}

}  // namespace

TEST_CASE("linear: a plane is found exactly") {
  const Rows rows = plane(3000);
  const auto model = fit_linear(rows.table, rows.targets);
  REQUIRE(model.has_value());
  CHECK(model->coefficients[0] / model->scaler.deviation[0] == doctest::Approx(2).epsilon(1e-9));
  CHECK(model->coefficients[1] / model->scaler.deviation[1] == doctest::Approx(-5).epsilon(1e-9));
  for (std::size_t row = 0; row < 100; ++row)
    CHECK(model->predict(rows.table.row(row)) == doctest::Approx(rows.targets[row]).epsilon(1e-9));
}

TEST_CASE("linear: residuals are orthogonal to every feature, and ridge shrinks coefficients") {
  const Rows rows = make_rows(2000, 4, 50, 10, 2);
  const auto model = fit_linear(rows.table, rows.targets);
  for (std::size_t f = 0; f < 4; ++f) {
    double product = 0;
    for (std::size_t row = 0; row < 2000; ++row)
      product += model->scaler.scaled(f, rows.table.column(f)[row]) *
                 (static_cast<double>(rows.targets[row]) - model->predict(rows.table.row(row)));
    CHECK(std::abs(product) < 1e-6);
  }
  const auto shrunk = fit_linear(rows.table, rows.targets, 2000);
  for (std::size_t f = 0; f < 2; ++f) {
    CHECK(std::abs(shrunk->coefficients[f]) < std::abs(model->coefficients[f]));
    // Features are nearly uncorrelated: as much ridge as rows halves them.
    CHECK(shrunk->coefficients[f] / model->coefficients[f] == doctest::Approx(0.5).epsilon(0.1));
  }
}

TEST_CASE("linear: features that repeat each other or never vary do no harm") {
  const Rows two = plane(500);
  const std::size_t again[] = {0, 1, 0};
  Table table = two.table.select_features(again);
  for (float& value : table.column(2)) value = 7;
  const auto constant = fit_linear(table, two.targets);
  REQUIRE(constant.has_value());
  CHECK(constant->coefficients[2] == doctest::Approx(0));
  const auto twice = fit_linear(two.table.select_features(again), two.targets);
  CHECK(twice->coefficients[0] == doctest::Approx(twice->coefficients[2]));
  CHECK(twice->predict({{1.0F, 2.0F, 1.0F}}) == doctest::Approx(3 + 2 - 10).epsilon(1e-6));
}

TEST_CASE("scaler: numbers get mean 0 and deviation 1; missing ones do not count") {
  Table table({"x"}, 5);
  const float values[] = {1, 3, kMissing, 5, 7};
  std::copy(std::begin(values), std::end(values), table.column(0).begin());
  const ml::Scaler scaler = fit_scaler(table);
  CHECK(scaler.mean[0] == 4);
  CHECK(scaler.deviation[0] == doctest::Approx(std::sqrt(5.0)));
  CHECK(scaler.scaled(0, kMissing) == 0);
}

TEST_CASE("linear: what cannot be fitted is refused with its reason") {
  using Fault = FitError::Fault;
  const Rows rows = plane(10);
  const auto fault = [&](const Table& table, std::vector<float> targets, double ridge) {
    const auto model = fit_linear(table, targets, ridge);
    REQUIRE_FALSE(model.has_value());
    return model.error().fault;
  };
  CHECK(fault(Table({"x"}, 0), {}, 0) == Fault::NoRows);
  CHECK(fault(rows.table, {1, 2}, 0) == Fault::Mismatch);
  CHECK(fault(rows.table, std::vector<float>(10, kMissing), 0) == Fault::NotFinite);
  CHECK(fault(rows.table, rows.targets, -1) == Fault::Option);
  Table infinite = rows.table;
  infinite.column(0)[3] = std::numeric_limits<float>::infinity();
  CHECK(fault(infinite, rows.targets, 0) == Fault::NotFinite);
}

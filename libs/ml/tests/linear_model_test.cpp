// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <limits>

#include <toccata/ml/linear_model.hpp>

using namespace toccata;
using namespace toccata::ml;

namespace {

LinearModel model() { return {{{10, -1}, {2, 4}}, {3, 0.5}, 64}; }

}  // namespace

TEST_CASE(
    "linear model: a prediction is the intercept and the scaled features times coefficients") {
  CHECK(model().predict(std::vector{14.0F, 3.0F}) == 64 + 3 * 2 + 0.5 * 1);
  const float missing = std::numeric_limits<float>::quiet_NaN();
  CHECK(model().predict(std::vector{missing, 3.0F}) == 64 + 0.5);
}

TEST_CASE("linear model: what is saved is loaded") {
  Weights weights;
  save_linear(model(), weights, "lr.");
  const auto again = load_linear(*read_weights(write_weights(weights)), "lr.");
  REQUIRE(again.has_value());
  CHECK(*again == model());
}

TEST_CASE("linear model: sizes that disagree and numbers not finite are refused by name") {
  const auto refused = [](auto change) {
    LinearModel changed = model();
    change(changed);
    Weights weights;
    save_linear(changed, weights, "lr.");
    const auto again = load_linear(weights, "lr.");
    return again ? std::string() : describe(again.error());
  };
  CHECK(refused([](auto&) {}).empty());
  CHECK(refused([](auto& m) { m.scaler.mean.push_back(0); }) ==
        "tensor lr.mean: found F64 [3], but F64 [2] is needed");
  CHECK(refused([](auto& m) { m.scaler.deviation[1] = 0; }) ==
        "tensor lr.deviation: found number 0 at 1, but more than 0 is needed");
  CHECK(refused([](auto& m) { m.coefficients[0] = std::numeric_limits<double>::infinity(); }) ==
        "tensor lr.coefficients: found number inf at 0, but a finite number is needed");
  CHECK(describe(load_linear(Weights{}, "lr.").error()) ==
        "tensor lr.coefficients: found nothing, but F64 [any] is needed");
}

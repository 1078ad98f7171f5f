// SPDX-License-Identifier: MIT
// Any bytes as a file of weights with an ensemble of trees and a linear model: refused with a
// reason, or loaded so that rows can be predicted, in batches as alone, and saving gives a file
// that loads the same.
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include <toccata/ml/linear_model.hpp>
#include <toccata/ml/trees.hpp>

using namespace toccata;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// The bits agree; a sum of large leaves may be infinite.
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void check_trees(const ml::Trees& trees) {
  const std::size_t features = trees.features();
  std::vector<float> rows(3 * features, 0.5F);
  for (std::size_t f = 0; f < features; ++f) {
    rows[features + f] = std::numeric_limits<float>::quiet_NaN();
    rows[2 * features + f] = f % 2 == 0 ? -1e30F : 1e30F;
  }
  const auto batch = trees.predict(ml::FeatureView{rows, 3, features, 1}, 1);
  for (std::size_t row = 0; row < 3; ++row)
    require(same(batch[row], trees.predict(std::span(rows).subspan(row * features, features))));
  ml::Weights saved;
  trees.save(saved, "rf.");
  const auto again = ml::Trees::load(*ml::read_weights(ml::write_weights(saved)), "rf.");
  require(again && again->tables() == trees.tables());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto weights = ml::read_weights(Bytes(data, data + size));
  if (!weights) return 0;
  const auto trees = ml::Trees::load(*weights, "rf.");
  if (trees) check_trees(*trees);
  else require(!describe(trees.error()).empty());
  const auto linear = ml::load_linear(*weights, "lr.");
  if (!linear) {
    require(!describe(linear.error()).empty());
  } else {
    (void)linear->predict(std::vector<float>(linear->coefficients.size(), 1.0F));
    ml::Weights saved;
    ml::save_linear(*linear, saved, "lr.");
    require(ml::load_linear(saved, "lr.").has_value());
  }
  return 0;
}

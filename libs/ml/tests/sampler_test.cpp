// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include <toccata/ml/sampler.hpp>

using namespace toccata;
using namespace toccata::ml;

namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();
const std::vector<float> kLogits{1.0F, 3.0F, kNever, 2.0F, 3.0F, -1.0F};

std::vector<double> shares(const SamplerOptions& options) {
  constexpr int kDraws = 40'000;
  Sampler sampler(kLogits.size());
  Rng rng(5);
  std::vector<double> out(kLogits.size());
  for (int i = 0; i < kDraws; ++i) out[sampler.draw(kLogits, options, rng)] += 1;
  for (double& share : out) share /= kDraws;
  return out;
}

}  // namespace

TEST_CASE("Sampler: ids come in proportion to e^(logit / temperature), masked ones never") {
  for (const float temperature : {0.5F, 1.0F, 3.0F}) {
    const auto found = shares({temperature, 0, 1});
    double total = 0;
    for (const float logit : kLogits)
      total += std::exp(static_cast<double>(logit) / static_cast<double>(temperature));
    for (std::size_t id = 0; id < kLogits.size(); ++id) {
      const double exact =
          std::exp(static_cast<double>(kLogits[id]) / static_cast<double>(temperature)) / total;
      CHECK(std::fabs(found[id] - exact) < 0.01);
    }
    CHECK(found[2] == 0.0);
  }
}

TEST_CASE("Sampler: top_k and top_p leave the likeliest, and ties fall to the lower id") {
  CHECK(shares({1, 1, 1})[1] == 1.0);
  const auto two = shares({1, 2, 1});
  CHECK(two[1] + two[4] == doctest::Approx(1));
  CHECK(shares({1, 0, 0.0F})[1] == 1.0);
  // Ids 1 and 4 have 0.40 each, id 3 0.15.
  const auto most = shares({1, 0, 0.7F});
  CHECK(most[1] + most[4] == doctest::Approx(1));
  CHECK(shares({1, 0, 0.9F})[3] > 0.1);
  CHECK(shares({1, 0, 0.9F})[0] == 0.0);
}

TEST_CASE("Sampler: at temperature 0 the first of the likeliest, whatever the rest") {
  CHECK(shares({0, 0, 1})[1] == 1.0);
  CHECK(shares({0, 5, 0.5F})[1] == 1.0);
}

TEST_CASE("Sampler: the same seed draws the same ids; one that is alone is certain") {
  Sampler sampler(6);
  Rng a(3), b(3);
  for (int i = 0; i < 100; ++i)
    CHECK(sampler.draw(kLogits, {1.5F, 4, 0.95F}, a) == sampler.draw(kLogits, {1.5F, 4, 0.95F}, b));
  const std::vector<float> alone{kNever, kNever, -50.0F, kNever, kNever, kNever};
  for (int i = 0; i < 20; ++i) CHECK(sampler.draw(alone, {2, 0, 1}, a) == 2);
}

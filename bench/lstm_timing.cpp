// SPDX-License-Identifier: MIT
// lstm_timing FILE ELEMENT WAY: runs the LSTM in FILE over its "input" and prints microseconds of
// processor time a step, and the largest difference from its "expected". compare_lstm.py calls it.
// ELEMENT: F32, BF16 or I8. WAY: steps (one after the other) or both_ends (the whole sequence).
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <toccata/base/file.hpp>
#include <toccata/ml/layers/lstm.hpp>
#include <toccata/ml/quantise.hpp>

namespace {

using namespace toccata;
using namespace toccata::ml;

constexpr std::size_t kLayers = 2;

std::vector<float> step_by_step(const Lstm& lstm, std::span<const float> xs) {
  const std::size_t steps = xs.size() / lstm.inputs();
  std::vector<float> ys(steps * lstm.width());
  LstmState state = lstm.begin();
  for (std::size_t t = 0; t < steps; ++t)
    lstm.forward(xs.subspan(t * lstm.inputs(), lstm.inputs()), state,
                 std::span(ys).subspan(t * lstm.width(), lstm.width()));
  return ys;
}

double largest_difference(std::span<const float> a, std::span<const float> b) {
  double worst = a.size() == b.size() ? 0 : HUGE_VAL;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    worst = std::max(worst, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  return worst;
}

/// Calls run() and prints what it took for each step.
template <class Run>
void time(Run run, std::span<const float> expected, std::size_t steps) {
  const std::clock_t before = std::clock();
  const std::vector<float> found = run();
  const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  fmt::print("{} {}\n", 1e6 * seconds / static_cast<double>(steps),
             largest_difference(found, expected));
}

}  // namespace

int main(int argc, char** argv) {
  const auto element = argc == 4 ? find_element(argv[2]) : std::nullopt;
  const auto bytes = argc == 4 ? read_file(argv[1]) : read_file("");
  const auto stored = bytes ? read_weights(*bytes) : read_weights(Bytes());
  if (!element || !stored) {
    fmt::print(stderr, "lstm_timing FILE F32|BF16|I8 steps|both_ends\n");
    return 2;
  }
  const std::size_t plane[] = {kAnySize, kAnySize};
  const auto xs = stored->values<float>("input", plane);
  const auto expected = stored->values<float>("expected", plane);
  const std::size_t steps = stored->find("input")->shape[0];
  const std::size_t width = stored->find("lstm.weight_hh_l0")->shape[1];
  const std::size_t inputs = stored->find("input")->shape[1];
  const Weights weights = quantise(*stored, *element);
  if (std::string(argv[3]) == "both_ends") {
    const auto lstm = BidirectionalLstm::load(weights, "lstm", kLayers, width, inputs);
    time([&] { return lstm->forward(*xs); }, *expected, steps);
  } else {
    const auto lstm = Lstm::load(weights, "lstm", kLayers, width, inputs);
    time([&] { return step_by_step(*lstm, *xs); }, *expected, steps);
  }
}

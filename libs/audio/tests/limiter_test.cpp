// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <doctest/doctest.h>
#include <toccata/audio/level.hpp>
#include <toccata/audio/limiter.hpp>
#include <toccata/base/rng.hpp>

using namespace toccata::audio;
using test::kRate;

TEST_CASE("limiter: overshoot 0: no true peak passes the ceiling, whatever is driven into it") {
  for (const double burst : {0.5, 1.0, 3.0, 10.0})
    for (const double ceiling : {0.1, 0.5, 0.89}) {
      Stereo signal = test::drum_like(3, burst);
      limit(signal.span(), kRate, {.ceiling = ceiling});
      CHECK(true_peak(signal.view()) <= ceiling);
      // By another's measure at 16 points a sample too, but for what two meters differ by.
      const auto loud = signal.span().part(0, kRate.frames(0.2));
      fade_out(loud, 200);  // a cut would be a peak of its own
      CHECK(db_of_factor(test::slow_true_peak(loud) / ceiling) < 0.02);
    }
}

TEST_CASE("limiter: overshoot 0 between the samples: tones whose peaks no sample shows") {
  for (const int divisor : {3, 4, 5, 6, 8})
    for (const double phase : {0.0, M_PI / 4, 1.0}) {
      Stereo signal(kRate.frames(0.3));
      test::add_tone(signal.span(), 48000.0 / divisor, 2, phase);
      limit(signal.span(), kRate, {.ceiling = 0.5});
      CHECK(true_peak(signal.view()) <= 0.5);
      CHECK(true_peak(signal.view().part(kRate.frames(0.1), kRate.frames(0.1))) > 0.48);
    }
}

TEST_CASE("limiter: what stays under the ceiling is not touched") {
  Stereo signal = test::drum_like(1, 0.3);
  const Stereo before = signal;
  limit(signal.span(), kRate, {.ceiling = 0.9});
  CHECK(signal.left == before.left);
  CHECK(signal.right == before.right);
}

TEST_CASE(
    "limiter: a tone's output level over its input level is the curve drawn: 1:1, then flat") {
  for (int input_db = -30; input_db <= 12; input_db += 6) {
    Stereo signal(kRate.frames(0.5));
    test::add_tone(signal.span(), 997, factor_of_db(input_db));
    limit(signal.span(), kRate, {.ceiling = factor_of_db(-6)});
    const auto steady = signal.view().part(kRate.frames(0.1), kRate.frames(0.3));
    const double output_db = db_of_factor(inspect(steady).peak);
    CHECK(output_db == doctest::Approx(std::min(input_db, -6)).epsilon(0.01));
  }
}

TEST_CASE("limiter: the gain is down at the peak, moves without a step and comes back") {
  std::vector<float> peaks(kRate.frames(1), 0.1F);
  const std::size_t at = kRate.frames(0.3);
  peaks[at] = 2.0F;
  const LimiterSettings settings{.ceiling = 0.5};
  const auto gains = limiter_gains(peaks, 1, kRate, settings);
  CHECK(gains[at] == doctest::Approx(0.25).epsilon(1e-5));
  CHECK(gains[at - kRate.frames(0.006)] == 1.0F);
  for (std::size_t i = 1; i < gains.size(); ++i) REQUIRE(std::abs(gains[i] - gains[i - 1]) < 0.01F);
  // One time constant after the peak 1/e of the reduction is left.
  const float later = gains[at + kRate.frames(0.12 + 0.0025)];
  CHECK(1 - later == doctest::Approx(0.75 / M_E).epsilon(0.05));
}

TEST_CASE("limiter: where its stretches join is not seen, with any number of threads") {
  toccata::Rng rng(11);
  std::vector<float> peaks(kRate.frames(40));
  for (float& peak : peaks) peak = static_cast<float>(rng.uniform());
  for (std::size_t i = 0; i < peaks.size(); i += 7001) peaks[i] = 4;
  const LimiterSettings settings{.ceiling = 0.5};
  const auto gains = limiter_gains(peaks, 1, kRate, settings);
  CHECK(limiter_gains(peaks, 1, kRate, settings, 3) == gains);
  // Begun later, all joints lie elsewhere.
  const std::size_t later = kRate.frames(3.3), settled = kRate.frames(3);
  const auto others = limiter_gains(std::span(peaks).subspan(later), 1, kRate, settings);
  for (std::size_t i = settled; i < others.size(); ++i)
    REQUIRE(std::abs(others[i] - gains[i + later]) < 1e-6F);
}

TEST_CASE("limiter: both sides get one gain, so the picture stands still") {
  Stereo signal(kRate.frames(0.2));
  test::add_tone(signal.span(), 500, 1.5);
  for (float& sample : signal.right) sample *= 0.25F;
  limit(signal.span(), kRate, {.ceiling = 0.5});
  for (std::size_t i = 0; i < signal.frames(); ++i)
    REQUIRE(signal.right[i] == doctest::Approx(0.25 * signal.left[i]));
}

TEST_CASE("limiter: a peak on the first or the last frame is held too") {
  for (const std::size_t at : {std::size_t{0}, std::size_t{4799}}) {
    Stereo signal(4800);
    signal.left[at] = 3;
    limit(signal.span(), kRate, {.ceiling = 0.5});
    CHECK(inspect(signal.view()).peak <= 0.5 + 1e-6);
  }
}

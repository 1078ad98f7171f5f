// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <doctest/doctest.h>
#include <toccata/audio/level.hpp>
#include <toccata/audio/loudness.hpp>

using namespace toccata::audio;
using test::kRate;

TEST_CASE("loudness: EBU Tech 3341 case 1, 1 kHz at -23 dBFS on both sides is -23 LUFS") {
  Stereo signal(kRate.frames(20));
  test::add_tone(signal.span(), 1000, factor_of_db(-23));
  const auto found = measure_loudness(signal.view(), kRate);
  REQUIRE(found);
  CHECK(found->integrated_lufs == doctest::Approx(-23.0).epsilon(0.1 / 23));
}

TEST_CASE("loudness range: EBU Tech 3342 case 1, 20 s at -20 and 20 s at -30 dBFS is 10 LU") {
  Stereo signal(kRate.frames(40));
  test::add_tone(signal.span().part(0, kRate.frames(20)), 1000, factor_of_db(-20));
  test::add_tone(signal.span().part(kRate.frames(20), kRate.frames(20)), 1000, factor_of_db(-30));
  CHECK(measure_loudness(signal.view(), kRate)->range_lu == doctest::Approx(10).epsilon(0.1));
}

TEST_CASE("loudness: a factor of 0.5 for every frame is 6.02 LU less") {
  const Stereo signal = test::drum_like(5, 0.5);
  const std::vector<float> halves(signal.frames(), 0.5F), ones(signal.frames(), 1.0F);
  const auto whole = integrated_loudness(signal.view(), ones, kRate);
  const auto half = integrated_loudness(signal.view(), halves, kRate);
  CHECK(*whole - *half == doctest::Approx(6.0206).epsilon(1e-4));
  CHECK(*whole == doctest::Approx(measure_loudness(signal.view(), kRate)->integrated_lufs));
}

TEST_CASE("loudness: in stretches it is that of one run, the same with any number of threads") {
  for (const double seconds : {0.39, 9.9, 10.0, 10.1, 10.35, 47.3}) {
    CAPTURE(seconds);
    Stereo signal = test::drum_like(seconds, 0.5);
    // Quiet from the middle on, so that the gate has something to leave out.
    for (std::size_t i = signal.frames() / 2; i < signal.frames(); ++i) signal.left[i] *= 0.01F;
    const auto whole = measure_loudness(signal.view(), kRate);
    const auto one = integrated_loudness(signal.view(), {}, kRate, 1);
    REQUIRE(one.has_value() == whole.has_value());
    if (one) CHECK(std::abs(*one - whole->integrated_lufs) < 1e-3);
    CHECK(integrated_loudness(signal.view(), {}, kRate, 3) == one);
  }
}

TEST_CASE("loudness: silence and what is under 0.4 s have none") {
  CHECK_FALSE(measure_loudness(Stereo(kRate.frames(3)).view(), kRate));
  Stereo click(kRate.frames(0.2));
  test::add_tone(click.span(), 1000, 0.5);
  CHECK_FALSE(measure_loudness(click.view(), kRate));
}

TEST_CASE("true peak: a tone at a quarter of the rate, 45 degrees off, peaks between its samples") {
  Stereo signal(4096);
  test::add_tone(signal.span(), kRate.hertz() / 4.0, 0.5, M_PI / 4);
  CHECK(inspect(signal.view()).peak == doctest::Approx(0.5 / std::sqrt(2)));
  CHECK(true_peak(signal.view().part(0, 4096)) >= 0.498);
}

TEST_CASE("true peak: a tone's is its size within 0.1 dB, up to 0.4 of the rate") {
  for (const double share : {0.02, 0.11, 0.23, 0.31, 0.4}) {
    Stereo signal(8192);
    test::add_tone(signal.span(), share * kRate.hertz(), 0.7, 0.3);
    fade_out(signal.span(), 4096);
    std::reverse(signal.left.begin(), signal.left.end());
    fade_out(signal.span(), 4096);
    const double found = true_peak({signal.left, signal.left});
    CHECK(std::abs(db_of_factor(found / 0.7)) < 0.1);
  }
}

TEST_CASE("true peak: agrees with a slow measure made apart, on noise") {
  const Stereo signal = test::drum_like(0.1, 0.8);
  const double slow = test::slow_true_peak(signal.view());
  CHECK(std::abs(db_of_factor(true_peak(signal.view()) / slow)) < 0.2);
}

TEST_CASE("peak_curve: where it may guess it guesses only what stays under the level of interest") {
  const Stereo signal = test::drum_like(1, 0.8);
  const auto exact = peak_curve(signal.view());
  const auto quick = peak_curve(signal.view(), 0.3F);
  for (std::size_t i = 0; i < exact.size(); ++i)
    if (quick[i] != exact[i]) REQUIRE((exact[i] < 0.3F && quick[i] < 0.3F));
}

// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <limits>

#include <doctest/doctest.h>
#include <toccata/audio/signal.hpp>

using namespace toccata;
using namespace toccata::audio;

TEST_CASE("SampleRate: the four rates and no other") {
  for (const int hertz : {44100, 48000, 88200, 96000})
    CHECK(SampleRate::from_hertz(hertz)->hertz() == hertz);
  for (const int hertz : {-1, 0, 22050, 44101, 192000}) CHECK_FALSE(SampleRate::from_hertz(hertz));
}

TEST_CASE("decibels: 6.02 dB is twice, and back") {
  CHECK(factor_of_db(20) == doctest::Approx(10));
  CHECK(factor_of_db(-6.0206) == doctest::Approx(0.5).epsilon(1e-5));
  CHECK(db_of_factor(factor_of_db(-31.4)) == doctest::Approx(-31.4));
}

TEST_CASE("inspect: finds the first frame that is no number, on either side") {
  Stereo signal(100);
  signal.left[70] = std::numeric_limits<float>::infinity();
  signal.right[30] = std::numeric_limits<float>::quiet_NaN();
  signal.right[31] = -0.5F;
  const auto found = inspect(signal.view());
  CHECK(found.not_finite == 30);
  CHECK(found.peak == 0.5);
}

TEST_CASE("inspect: counts denormals, and 0 is none") {
  Stereo signal(10);
  signal.left[3] = 1e-40F;
  signal.right[4] = -1e-42F;
  CHECK(inspect(signal.view()).denormals == 2);
}

TEST_CASE("fade_out: ends at 0, begins where it stood, never rises") {
  Stereo signal(1000);
  std::fill(signal.left.begin(), signal.left.end(), 1.0F);
  fade_out(signal.span(), 400);
  CHECK(signal.left[599] == 1.0F);
  CHECK(signal.left[999] == doctest::Approx(0));
  CHECK(std::is_sorted(signal.left.rbegin(), signal.left.rend()));
}

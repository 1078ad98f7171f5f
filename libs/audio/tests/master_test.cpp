// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <limits>

#include <doctest/doctest.h>
#include <toccata/audio/master.hpp>

using namespace toccata::audio;
using test::kRate;

TEST_CASE("master: within 0.1 LU of the target, and under the ceiling by another's measure") {
  for (const double burst : {0.0, 0.1, 0.2}) {
    Stereo signal = test::drum_like(4, burst);
    const auto done = master(signal.span(), kRate, {});
    REQUIRE(done);
    CHECK(done->loudness->integrated_lufs == doctest::Approx(-14).epsilon(0.1 / 14));
    CHECK(done->target_missed_by_lu == 0);
    const auto stretch = signal.span().part(0, kRate.frames(0.25));
    fade_out(stretch, 200);  // a cut would be a peak of its own
    CHECK(test::slow_true_peak(stretch) <= factor_of_db(-1));
    CHECK(done->true_peak_dbtp <= -1);
  }
}

TEST_CASE("master: where both cannot hold the peak wins, and what is missing is told") {
  Stereo signal = test::drum_like(4, 8);
  const auto done = master(signal.span(), kRate, {.loudness_lufs = -6});
  REQUIRE(done);
  CHECK(done->true_peak_dbtp <= -1);
  CHECK(done->target_missed_by_lu > 1);
  CHECK(done->loudness->integrated_lufs + done->target_missed_by_lu == doctest::Approx(-6));
  CHECK(done->reduction_db <= 9.1);
}

TEST_CASE("master: a quiet signal is raised, a loud one lowered, to the same loudness") {
  Stereo quiet = test::drum_like(3, 0.1), loud = quiet;
  for (float& sample : quiet.left) sample *= 0.003F;
  for (float& sample : quiet.right) sample *= 0.003F;
  for (float& sample : loud.left) sample *= 20;
  for (float& sample : loud.right) sample *= 20;
  const auto from_quiet = master(quiet.span(), kRate, {.loudness_lufs = -20});
  const auto from_loud = master(loud.span(), kRate, {.loudness_lufs = -20});
  CHECK(from_quiet->loudness->integrated_lufs == doctest::Approx(-20).epsilon(0.005));
  CHECK(from_loud->loudness->integrated_lufs == doctest::Approx(-20).epsilon(0.005));
}

TEST_CASE("master: silence is refused and says how silent") {
  Stereo signal(kRate.frames(1));
  auto done = master(signal.span(), kRate, {});
  REQUIRE_FALSE(done);
  CHECK(describe(done.error()) == "silent: nothing sounds");
  signal.left[5] = 1e-6F;
  done = master(signal.span(), kRate, {});
  REQUIRE_FALSE(done);
  CHECK(describe(done.error()) == "silent: its highest sample is at -120.0 dBFS");
}

TEST_CASE("master: a NaN is refused, naming its frame, and nothing is changed") {
  Stereo signal = test::drum_like(1, 0.1);
  signal.right[77] = std::numeric_limits<float>::quiet_NaN();
  const auto before = signal.left;
  const auto done = master(signal.span(), kRate, {});
  REQUIRE_FALSE(done);
  CHECK(describe(done.error()) == "not a number at frame 77");
  CHECK(signal.left == before);
}

TEST_CASE("master: a click too short for a loudness is brought up to the peak") {
  Stereo signal(kRate.frames(0.1));
  test::add_tone(signal.span(), 700, 0.2);
  const auto done = master(signal.span(), kRate, {});
  REQUIRE(done);
  CHECK(done->true_peak_dbtp == doctest::Approx(-1.1).epsilon(0.02));
}

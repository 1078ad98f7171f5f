// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <doctest/doctest.h>
#include <toccata/audio/spectrum.hpp>

using namespace toccata::audio;
using test::kRate;

TEST_CASE("thirds of an octave: a tone lies in its own band alone") {
  for (const double hertz : {63.0, 1000.0, 8000.0}) {
    Stereo signal(kRate.frames(2));
    test::add_tone(signal.span(), hertz, 0.3);
    for (const ThirdOctave& band : third_octaves(signal.view(), kRate)) {
      if (band.hertz == hertz) CHECK(band.level_db > -0.2);
      else CHECK(band.level_db < (hertz < 100 ? -12 : -25));
    }
  }
}

TEST_CASE("thirds of an octave: white noise rises by 1 dB a band, and all bands make the whole") {
  Stereo signal(kRate.frames(20));
  toccata::Rng rng(3);
  for (std::size_t i = 0; i < signal.frames(); ++i) {
    signal.left[i] = static_cast<float>(rng.uniform() - 0.5);
    signal.right[i] = static_cast<float>(rng.uniform() - 0.5);
  }
  const auto bands = third_octaves(signal.view(), kRate);
  REQUIRE(bands.size() == 31);
  double sum = 0;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    sum += std::pow(10, bands[i].level_db / 10);
    // A band's share of the range up to half the rate.
    const double middle = 1000 * std::pow(10, (static_cast<double>(i) - 17) / 10);
    const double share = middle * (std::pow(10, 0.05) - std::pow(10, -0.05)) / 24000;
    if (i > 5) CHECK(std::abs(bands[i].level_db - 10 * std::log10(share)) < 0.5);
  }
  CHECK(sum == doctest::Approx(22387.2 / 24000).epsilon(0.01));
}

TEST_CASE("spectrogram: a tone is a line in its row for as long as it sounds") {
  Stereo signal(kRate.frames(4));
  test::add_tone(signal.span().part(0, kRate.frames(2)), 1000, 0.5);
  constexpr std::size_t kRows = 200;
  const Spectrogram made = make_spectrogram(signal.view(), kRate, 40, kRows);
  const auto row_of = [](double hertz) {
    return static_cast<std::size_t>(
        std::lround(std::log(hertz / 30) / std::log(20000.0 / 30) * (kRows - 1)));
  };
  CHECK(std::abs(made.at(10, row_of(1000)) + 6) < 2);
  CHECK(made.at(10, row_of(2000)) < -60);
  CHECK(made.at(10, row_of(500)) < -60);
  CHECK(made.at(30, row_of(1000)) < -100);
}

TEST_CASE("spectrum: of nothing, and of a single frame") {
  CHECK(third_octaves(Stereo(0).view(), kRate).front().level_db == -120);
  Stereo click(1);
  click.left[0] = click.right[0] = 1;
  CHECK(make_spectrogram(click.view(), kRate, 3, 5).level_db.size() == 15);
}

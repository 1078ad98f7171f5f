// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <array>
#include <complex>

#include <doctest/doctest.h>
#include <toccata/audio/equaliser.hpp>

using namespace toccata::audio;
using test::kRate;

namespace {

using Complex = std::complex<double>;

/// The analogue filter that a band stands for, at a frequency relative to the band's own.
Complex analogue(const Band& band, double relative) {
  const Complex s(0, relative);
  const double a = std::pow(10.0, band.gain_db / 40), q = band.q;
  switch (band.kind) {
    case BandKind::LowCut: return s * s / (s * s + s / q + 1.0);
    case BandKind::HighCut: return 1.0 / (s * s + s / q + 1.0);
    case BandKind::Bell: return (s * s + s * (a / q) + 1.0) / (s * s + s / (a * q) + 1.0);
    case BandKind::LowShelf:
      return a * (s * s + std::sqrt(a) / q * s + a) / (a * s * s + std::sqrt(a) / q * s + 1.0);
    case BandKind::HighShelf:
      return a * (a * s * s + std::sqrt(a) / q * s + 1.0) / (s * s + std::sqrt(a) / q * s + a);
  }
  return 0;
}

double formula_db(const Band& band, double hertz) {
  return 20 * std::log10(std::abs(analogue(band, hertz / band.hertz)));
}

/// The bilinear transform puts the analogue filter's frequencies where tan says.
double warped_formula_db(const Band& band, double hertz) {
  const auto place = [](double h) { return std::tan(M_PI * h / kRate.hertz()); };
  return 20 * std::log10(std::abs(analogue(band, place(hertz) / place(band.hertz))));
}

/// What a sine comes out with, by its impulse response.
class Response {
 public:
  explicit Response(std::span<const Band> bands) : signal_(1 << 14) {
    signal_.left[0] = signal_.right[0] = 1;
    Equaliser(kRate, bands).process(signal_.span());
  }
  double db(double hertz) const {
    const Complex turn = std::polar(1.0, -2 * M_PI * hertz / kRate.hertz());
    Complex sum = 0, angle = 1;
    for (const float sample : signal_.left) {
      sum += static_cast<double>(sample) * angle;
      angle *= turn;
    }
    return 20 * std::log10(std::abs(sum));
  }

 private:
  Stereo signal_;
};

constexpr std::array kKinds = {BandKind::LowCut, BandKind::LowShelf, BandKind::Bell,
                               BandKind::HighShelf, BandKind::HighCut};
constexpr std::array kProbes = {25.0,   60.0,   125.0,  250.0,   500.0,   1000.0,
                                2000.0, 4000.0, 8000.0, 12000.0, 16000.0, 20000.0};

}  // namespace

TEST_CASE("equaliser: the response measured is the design formula's, at every kind of band") {
  for (const BandKind kind : kKinds)
    for (const double hertz : {60.0, 400.0, 3000.0, 10000.0})
      for (const double gain : {-12.0, 3.0, 9.0})
        for (const double q : {0.5, 0.7071, 3.0}) {
          const std::array bands = {Band{kind, hertz, gain, q}};
          const Response response(bands);
          for (const double probe : kProbes) {
            const double expected = warped_formula_db(bands[0], probe);
            if (expected < -60) continue;  // float's rounding is heard of there
            CAPTURE(hertz);
            CAPTURE(probe);
            CHECK(std::abs(response.db(probe) - expected) < 0.01);
          }
        }
}

TEST_CASE("equaliser: a twelfth of the rate and below, it is the analogue filter within 0.5 dB") {
  for (const BandKind kind : kKinds)
    for (const double hertz : {60.0, 400.0, 2000.0}) {
      const std::array bands = {Band{kind, hertz, 6, 0.7071}};
      const Response response(bands);
      for (double probe = 30; probe <= 4000; probe *= 1.5)
        CHECK(std::abs(response.db(probe) - formula_db(bands[0], probe)) < 0.5);
    }
}

TEST_CASE("equaliser: bands add up in decibels; none changes nothing") {
  const std::array bands = {Band{BandKind::LowShelf, 150, 4, 0.7071},
                            Band{BandKind::Bell, 2500, -5, 1.2}};
  const std::span<const Band> all = bands;
  const Response both(all), low(all.first(1)), high(all.last(1));
  for (const double probe : kProbes)
    CHECK(both.db(probe) == doctest::Approx(low.db(probe) + high.db(probe)).epsilon(1e-4));
  Stereo signal = test::drum_like(0.1, 1);
  const Stereo before = signal;
  Equaliser(kRate, {}).process(signal.span());
  CHECK(signal.left == before.left);
}

TEST_CASE("equaliser: a sine's level changes by the response, on both sides and in the send") {
  const std::array bands = {Band{BandKind::Bell, 1000, -7, 1}};
  Stereo signal(kRate.frames(1));
  test::add_tone(signal.span(), 1000, 0.5);
  std::vector<float> send = signal.left;
  Equaliser equaliser(kRate, bands);
  for (std::size_t first = 0; first < signal.frames(); first += 480)
    equaliser.process(signal.span().part(first, 480), std::span(send).subspan(first, 480));
  const auto steady = signal.view().part(kRate.frames(0.5), kRate.frames(0.4));
  CHECK(db_of_factor(inspect(steady).peak / 0.5) == doctest::Approx(-7).epsilon(0.002));
  CHECK(signal.left == signal.right);
  CHECK(send == signal.left);
}

TEST_CASE("equaliser: what has died away leaves zeros, no denormal numbers") {
  Stereo signal(1 << 20);
  signal.left[0] = 1;
  const std::array bands = {Band{BandKind::LowCut, 20, 0, 0.7071},
                            Band{BandKind::Bell, 50, 12, 10}};
  Equaliser equaliser(kRate, bands);
  for (std::size_t first = 0; first < signal.frames(); first += 16384)
    equaliser.process(signal.span().part(first, 16384));
  CHECK(inspect(signal.view()).denormals == 0);
  CHECK(signal.left.back() == 0.0F);
}

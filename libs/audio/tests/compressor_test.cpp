// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <doctest/doctest.h>
#include <toccata/audio/compressor.hpp>

using namespace toccata::audio;
using test::kRate;

namespace {

/// A tone that jumps from one level to another after `seconds`, and the gains found for it.
std::vector<float> gains_at_jump(double before_db, double after_db, double seconds,
                                 const CompressorSettings& settings) {
  Stereo signal(kRate.frames(2 * seconds));
  const auto half = kRate.frames(seconds);
  test::add_tone(signal.span().part(0, half), 1000, factor_of_db(before_db));
  test::add_tone(signal.span().part(half, half), 1000, factor_of_db(after_db));
  std::vector<float> factors(signal.frames());
  Compressor(kRate, settings).gains(signal.view(), factors);
  return factors;
}

/// Milliseconds after the jump until the gain, in dB, has gone 63 % of its way.
double measured_ms(const std::vector<float>& factors) {
  const std::size_t half = factors.size() / 2;
  const double from = db_of_factor(factors[half - 1]), to = db_of_factor(factors.back());
  std::size_t at = half;
  while (std::abs(db_of_factor(factors[at]) - from) < (1 - 1 / M_E) * std::abs(to - from)) ++at;
  return 1000.0 * static_cast<double>(at - half) / kRate.hertz();
}

}  // namespace

TEST_CASE("compressor: sines come out at the static curve, knee included, within 0.1 dB") {
  for (const double ratio : {1.5, 4.0, 20.0})
    for (const double knee : {0.0, 12.0})
      for (double level = -50; level <= 0; level += 2.5) {
        const CompressorSettings settings{.threshold_db = -20,
                                          .ratio = ratio,
                                          .knee_db = knee,
                                          .attack_ms = 5,
                                          .release_ms = 50,
                                          .makeup_db = 3};
        Stereo signal(kRate.frames(0.8));
        test::add_tone(signal.span(), 1000, factor_of_db(level));
        Compressor(kRate, settings).process(signal.span());
        const auto steady = signal.view().part(kRate.frames(0.6), kRate.frames(0.2));
        // The textbook's curve, written down apart from the library's.
        const double over = level + 20;
        const double expected =
            2 * std::abs(over) <= knee && knee > 0
                ? level + (1 / ratio - 1) * std::pow(over + knee / 2, 2) / 2 / knee
            : over > 0 ? -20 + over / ratio
                       : level;
        CAPTURE(level);
        CHECK(std::abs(db_of_factor(inspect(steady).peak) - 3 - expected) < 0.1);
      }
}

TEST_CASE("compressor: attack and release take their time, but for the window's few ms") {
  for (const double ms : {5.0, 20.0, 60.0}) {
    const CompressorSettings settings{
        .threshold_db = -20, .ratio = 4, .knee_db = 0, .attack_ms = ms, .release_ms = 5};
    const double measured = measured_ms(gains_at_jump(-40, 0, 0.6, settings));
    CHECK(measured >= ms - 1);
    CHECK(measured <= ms + 4);
  }
  for (const double ms : {30.0, 120.0, 300.0}) {
    const CompressorSettings settings{
        .threshold_db = -20, .ratio = 4, .knee_db = 0, .attack_ms = 5, .release_ms = ms};
    const double measured = measured_ms(gains_at_jump(0, -40, 2.5, settings));
    CHECK(measured >= ms - 1);
    CHECK(measured <= ms + 12);
  }
}

TEST_CASE("compressor: the louder side decides for both, so the picture stands still") {
  Stereo signal(kRate.frames(0.3));
  test::add_tone(signal.span(), 500, 0.9);
  for (float& sample : signal.left) sample *= 0.1F;
  Compressor compressor(kRate, {.threshold_db = -30, .ratio = 8});
  compressor.process(signal.span());
  for (std::size_t i = 0; i < signal.frames(); ++i)
    REQUIRE(signal.left[i] == doctest::Approx(0.1 * signal.right[i]));
  CHECK(compressor.most_reduction_db() == doctest::Approx((30 - 0.915) * 7 / 8).epsilon(0.01));
}

TEST_CASE("compressor: what stays under the knee is not touched") {
  Stereo signal = test::drum_like(1, 0.05);
  const Stereo before = signal;
  Compressor compressor(kRate, {.threshold_db = -10, .knee_db = 6});
  compressor.process(signal.span());
  CHECK(signal.left == before.left);
  CHECK(compressor.most_reduction_db() == 0);
}

TEST_CASE("compressor: gains move without a step, and a low note keeps its shape") {
  Stereo signal(kRate.frames(1));
  test::add_tone(signal.span(), 50, 0.9);
  std::vector<float> factors(signal.frames());
  Compressor(kRate, {.threshold_db = -20, .ratio = 4, .attack_ms = 10})
      .gains(signal.view(), factors);
  for (std::size_t i = 1; i < factors.size(); ++i)
    REQUIRE(std::abs(factors[i] - factors[i - 1]) < 0.002F);
  const auto steady = std::span(factors).subspan(kRate.frames(0.5), kRate.frames(0.4));
  const auto [least, most] = std::minmax_element(steady.begin(), steady.end());
  CHECK(db_of_factor(*most / *least) < 0.6);
}

TEST_CASE("compressor: the same samples however the signal is cut into blocks of whole steps") {
  const Stereo signal = test::drum_like(1, 1);
  std::vector<float> whole(signal.frames()), cut(signal.frames());
  Compressor(kRate, {.threshold_db = -30}).gains(signal.view(), whole);
  Compressor compressor(kRate, {.threshold_db = -30});
  for (std::size_t first = 0; first < signal.frames(); first += 64 * 5) {
    const std::size_t count = std::min<std::size_t>(64 * 5, signal.frames() - first);
    compressor.gains(signal.view().part(first, count), std::span(cut).subspan(first, count));
  }
  CHECK(whole == cut);
}

// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <doctest/doctest.h>
#include <toccata/audio/reverb.hpp>

using namespace toccata::audio;
using test::kRate;

namespace {

Stereo impulse_response(const RoomSettings& settings, double seconds) {
  Stereo out(kRate.frames(seconds));
  std::vector<float> send(out.frames());
  send[0] = 1;
  Reverb(kRate, settings).process(send, out.span());
  return out;
}

double energy(std::span<const float> samples) {
  double sum = 0;
  for (const float sample : samples) sum += static_cast<double>(sample) * sample;
  return sum;
}

}  // namespace

TEST_CASE("reverb: the decay measured after Schroeder is the one asked for, within 15 %") {
  for (const double decay : {0.5, 1.6, 4.0}) {
    const Stereo out = impulse_response({.decay_s = decay, .damping_hz = 20000}, 1.2 * decay);
    // From -5 to -35 dB of the energy that is still to come, times two.
    const double whole = energy(out.left);
    std::size_t at_5 = 0, at_35 = 0;
    double left = whole;
    for (std::size_t i = 0; i < out.frames(); ++i) {
      left -= static_cast<double>(out.left[i]) * out.left[i];
      if (left > whole * std::pow(10, -0.5)) at_5 = i;
      if (left > whole * std::pow(10, -3.5)) at_35 = i;
    }
    const double measured = 2 * static_cast<double>(at_35 - at_5) / kRate.hertz();
    CHECK(measured == doctest::Approx(decay).epsilon(0.15));
  }
}

TEST_CASE("reverb: nothing comes before the pre-delay, and both sides differ") {
  const Stereo out = impulse_response({.pre_delay_ms = 20}, 1);
  CHECK(energy(out.view().part(0, kRate.frames(0.02)).left) < 1e-20);
  double product = 0;
  for (std::size_t i = 0; i < out.frames(); ++i)
    product += static_cast<double>(out.left[i]) * out.right[i];
  CHECK(std::abs(product) < 0.3 * std::sqrt(energy(out.left) * energy(out.right)));
  CHECK(energy(out.left) / energy(out.right) == doctest::Approx(1).epsilon(0.5));
}

TEST_CASE("reverb: damping takes highs away sooner than lows") {
  const Stereo dull = impulse_response({.damping_hz = 2000}, 2);
  const Stereo bright = impulse_response({.damping_hz = 16000}, 2);
  const auto roughness = [](std::span<const float> samples) {
    double sum = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
      sum += std::pow(static_cast<double>(samples[i]) - samples[i - 1], 2);
    return sum / energy(samples);
  };
  CHECK(roughness(dull.left) < 0.5 * roughness(bright.left));
}

TEST_CASE("reverb: a tail never becomes denormal, and blocks of any size give the same") {
  const RoomSettings settings{.decay_s = 0.1};
  Stereo whole(kRate.frames(4)), pieces(whole.frames());
  std::vector<float> send(whole.frames());
  send[10] = 0.5F;
  Reverb(kRate, settings).process(send, whole.span());
  Reverb reverb(kRate, settings);
  for (std::size_t first = 0; first < pieces.frames(); first += 97) {
    const std::size_t count = std::min<std::size_t>(97, pieces.frames() - first);
    reverb.process(std::span(send).subspan(first, count), pieces.span().part(first, count));
  }
  CHECK(whole.left == pieces.left);
  CHECK(inspect(whole.view()).denormals == 0);
}

TEST_CASE("reverb: noise comes back as loud as it was sent, within 3 dB") {
  std::vector<float> send(kRate.frames(6));
  toccata::Rng rng(3);
  float sample = 0;
  for (float& value : send)
    value = sample = 0.95F * sample + 0.05F * static_cast<float>(2 * rng.uniform() - 1);
  Stereo out(send.size());
  Reverb(kRate, {}).process(send, out.span());
  CHECK(std::abs(10 * std::log10(energy(out.left) / energy(send))) < 3);
}

TEST_CASE("reverb: adjusted, it is as one that was made so") {
  constexpr auto rate = SampleRate::literal(48000);
  Reverb made(rate, {.decay_s = 3, .damping_hz = 2000}), adjusted(rate, {});
  adjusted.adjust(3, 2000);
  std::vector<float> send(4800);
  send[0] = 1;
  Stereo one(send.size()), other(send.size());
  made.process(send, one.span());
  adjusted.process(send, other.span());
  CHECK(one.left == other.left);
  CHECK(one.right == other.right);
}

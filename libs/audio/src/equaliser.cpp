// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include <toccata/audio/equaliser.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::audio {
namespace {

/// Below this a state is nothing any more; as denormal numbers the rest of it would be slow.
constexpr double kNothing = 1e-30;

/// Factors before a0 has been divided out.
struct Raw {
  double b0, b1, b2, a0, a1, a2;
};

/// What the cookbook's formulas are written in.
struct Terms {
  double cosine, alpha, amplitude;
};

Raw cut(const Terms& t, double sign) {
  const double side = (1 - sign * t.cosine) / 2;
  return {side, sign * 2 * side, side, 1 + t.alpha, -2 * t.cosine, 1 - t.alpha};
}

Raw bell(const Terms& t) {
  return {1 + t.alpha * t.amplitude, -2 * t.cosine, 1 - t.alpha * t.amplitude,
          1 + t.alpha / t.amplitude, -2 * t.cosine, 1 - t.alpha / t.amplitude};
}

/// `sign` is 1 for the low shelf, -1 for the high one.
Raw shelf(const Terms& t, double sign) {
  const double a = t.amplitude, slope = 2 * std::sqrt(a) * t.alpha;
  const double more = (a + 1), less = (a - 1) * sign;
  return {a * (more - less * t.cosine + slope),
          2 * a * sign * ((a - 1) - sign * (a + 1) * t.cosine),
          a * (more - less * t.cosine - slope),
          more + less * t.cosine + slope,
          -2 * sign * ((a - 1) + sign * (a + 1) * t.cosine),
          more + less * t.cosine - slope};
}

Raw raw_of(const Band& band, const Terms& terms) {
  switch (band.kind) {
    case BandKind::LowCut: return cut(terms, -1);
    case BandKind::LowShelf: return shelf(terms, 1);
    case BandKind::Bell: return bell(terms);
    case BandKind::HighShelf: return shelf(terms, -1);
    case BandKind::HighCut: return cut(terms, 1);
  }
  return {1, 0, 0, 1, 0, 0};
}

/// The channels side by side: each waits for its own last result, so three take the time of one.
template <std::size_t Lanes>
void run(const Biquad& f, std::array<double, 3>& first, std::array<double, 3>& second,
         const std::array<float*, 3>& samples, std::size_t count) {
  std::array<double, Lanes> s1, s2;
  for (std::size_t k = 0; k < Lanes; ++k) {
    s1[k] = first[k];
    s2[k] = second[k];
  }
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t k = 0; k < Lanes; ++k) {
      const double in = static_cast<double>(samples[k][i]);
      const double out = f.b0 * in + s1[k];
      s1[k] = f.b1 * in - f.a1 * out + s2[k];
      s2[k] = f.b2 * in - f.a2 * out;
      samples[k][i] = static_cast<float>(out);
    }
  for (std::size_t k = 0; k < Lanes; ++k) {
    first[k] = std::abs(s1[k]) < kNothing ? 0 : s1[k];
    second[k] = std::abs(s2[k]) < kNothing ? 0 : s2[k];
  }
}

}  // namespace

Biquad design(const Band& band, SampleRate rate) {
  // Nothing lies above half the rate; close to it the formulas stop making sense.
  const double hertz = std::min(band.hertz, 0.49 * rate.hertz());
  const double angle = 2 * kPi * hertz / rate.hertz();
  const Terms terms{exact_cos(angle), exact_sin(angle) / (2 * band.q),
                    exact_exp(band.gain_db * exact_log(10.0) / 40)};
  const Raw raw = raw_of(band, terms);
  return {raw.b0 / raw.a0, raw.b1 / raw.a0, raw.b2 / raw.a0, raw.a1 / raw.a0, raw.a2 / raw.a0};
}

Equaliser::Equaliser(SampleRate rate, std::span<const Band> bands) {
  for (const Band& band : bands) stages_.push_back({design(band, rate), {}, {}});
}

void Equaliser::process(StereoSpan signal, std::span<float> send) {
  const std::array<float*, kLanes> samples = {signal.left.data(), signal.right.data(), send.data()};
  for (Stage& stage : stages_) {
    if (send.empty()) run<2>(stage.filter, stage.first, stage.second, samples, signal.frames());
    else run<3>(stage.filter, stage.first, stage.second, samples, signal.frames());
  }
}

}  // namespace toccata::audio

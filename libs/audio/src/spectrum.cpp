// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

#include <kissfft/kiss_fftr.h>
#include <toccata/audio/spectrum.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::audio {
namespace {

constexpr double kNothing = 1e-12;  ///< power under which nothing is there
constexpr double kNothingDb = -120;

struct Free {
  void operator()(kiss_fftr_state* state) const { kiss_fftr_free(state); }
};

/// Power of stretches of a signal, bin by bin. A full sine has power 1 in its bin.
class Analyser {
 public:
  Analyser(SampleRate rate, std::size_t size)
      : bin_hertz_(static_cast<double>(rate.hertz()) / static_cast<double>(size)),
        transform_(kiss_fftr_alloc(static_cast<int>(size), 0, nullptr, nullptr)),
        window_(size),
        stretch_(size),
        bins_(size / 2 + 1) {
    if (!transform_) throw std::bad_alloc();
    for (std::size_t i = 0; i < size; ++i)
      window_[i] = static_cast<float>(
          (2 - 2 * exact_cos(2 * kPi * static_cast<double>(i) / static_cast<double>(size))) /
          static_cast<double>(size));
  }
  std::size_t size() const { return window_.size(); }
  std::size_t bins() const { return bins_.size(); }
  double bin_hertz() const { return bin_hertz_; }

  /// Adds the mean power of both channels. What lies outside of the signal is silent.
  void add(StereoView signal, std::ptrdiff_t first, std::span<double> power) {
    add(signal.left, first, power);
    add(signal.right, first, power);
  }

 private:
  void add(std::span<const float> samples, std::ptrdiff_t first, std::span<double> power) {
    const auto end = static_cast<std::ptrdiff_t>(samples.size());
    for (std::size_t i = 0; i < window_.size(); ++i) {
      const std::ptrdiff_t at = first + static_cast<std::ptrdiff_t>(i);
      stretch_[i] = at < 0 || at >= end ? 0 : samples[static_cast<std::size_t>(at)] * window_[i];
    }
    kiss_fftr(transform_.get(), stretch_.data(), bins_.data());
    for (std::size_t k = 0; k < bins_.size(); ++k) {
      const double real = static_cast<double>(bins_[k].r),
                   imaginary = static_cast<double>(bins_[k].i);
      power[k] += (real * real + imaginary * imaginary) / 2;
    }
  }

  double bin_hertz_;
  std::unique_ptr<kiss_fftr_state, Free> transform_;
  std::vector<float> window_, stretch_;
  std::vector<kiss_fft_cpx> bins_;
};

double db_of_power(double power) {
  return power < kNothing ? kNothingDb : 10 * exact_log(power) / exact_log(10.0);
}

/// The power between two frequencies, bins that they cut counted by their share.
double power_between(std::span<const double> power, double bin_hertz, double low, double high) {
  double sum = 0;
  const auto first = static_cast<std::size_t>(std::max(1.0, std::floor(low / bin_hertz)));
  const auto last = static_cast<std::size_t>(std::ceil(high / bin_hertz));
  for (std::size_t k = first; k < power.size() && k <= last; ++k) {
    const double from = (static_cast<double>(k) - 0.5) * bin_hertz, to = from + bin_hertz;
    const double share = std::min(to, high) - std::max(from, low);
    if (share > 0) sum += power[k] * share / bin_hertz;
  }
  return sum;
}

constexpr double kNominal[] = {20,   25,   31.5, 40,   50,   63,    80,    100,   125,  160,  200,
                               250,  315,  400,  500,  630,  800,   1000,  1250,  1600, 2000, 2500,
                               3150, 4000, 5000, 6300, 8000, 10000, 12500, 16000, 20000};

/// The exact middle of band `index`: a tenth of a power of ten each, 1 kHz being one of them.
double exact_middle(std::size_t index) {
  return 1000 * exact_exp((static_cast<double>(index) - 17) / 10 * exact_log(10.0));
}

std::size_t size_for(SampleRate rate, std::size_t at_48k) {
  return rate.hertz() > 48000 ? 2 * at_48k : at_48k;
}

}  // namespace

std::vector<ThirdOctave> third_octaves(StereoView signal, SampleRate rate) {
  Analyser analyser(rate, size_for(rate, 16384));
  std::vector<double> power(analyser.bins());
  const auto half = static_cast<std::ptrdiff_t>(analyser.size() / 2);
  for (std::ptrdiff_t first = -half; first < static_cast<std::ptrdiff_t>(signal.frames());
       first += half)
    analyser.add(signal, first, power);
  double whole = 0;
  for (const double bin : power) whole += bin;
  const double side = exact_exp(exact_log(10.0) / 20);
  std::vector<ThirdOctave> bands;
  for (std::size_t i = 0; i < std::size(kNominal); ++i) {
    const double middle = exact_middle(i);
    const double found = power_between(power, analyser.bin_hertz(), middle / side, middle * side);
    bands.push_back({kNominal[i], whole > 0 ? db_of_power(found / whole) : kNothingDb});
  }
  return bands;
}

Spectrogram make_spectrogram(StereoView signal, SampleRate rate, std::size_t columns,
                             std::size_t rows) {
  Analyser analyser(rate, size_for(rate, 4096));
  Spectrogram made{columns, rows, std::vector<float>(columns * rows)};
  const double step =
      exact_log(Spectrogram::kHighest / Spectrogram::kLowest) / static_cast<double>(rows - 1);
  const double side = exact_exp(step / 2);
  std::vector<double> power(analyser.bins());
  for (std::size_t column = 0; column < columns; ++column) {
    std::fill(power.begin(), power.end(), 0.0);
    const std::size_t from = signal.frames() * column / columns;
    const std::size_t to = std::max(from + 1, signal.frames() * (column + 1) / columns);
    const auto reach = static_cast<std::ptrdiff_t>(analyser.size() / 2);
    // Stretches that lie half over each other, at least one.
    const std::size_t count = std::max<std::size_t>(1, (to - from) / analyser.size() * 2);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t middle = from + (to - from) * (2 * i + 1) / (2 * count);
      analyser.add(signal, static_cast<std::ptrdiff_t>(middle) - reach, power);
    }
    for (std::size_t row = 0; row < rows; ++row) {
      const double hertz = Spectrogram::kLowest * exact_exp(step * static_cast<double>(row));
      // A row narrower than a bin shows its share of one, wider ones the highest density in them.
      const double width = std::max(analyser.bin_hertz(), hertz * (side - 1 / side));
      const double found =
          power_between(power, analyser.bin_hertz(), hertz - width / 2, hertz + width / 2);
      made.level_db[row * columns + column] =
          static_cast<float>(db_of_power(found / static_cast<double>(count)));
    }
  }
  return made;
}

}  // namespace toccata::audio

// SPDX-License-Identifier: MIT
#include "page.hpp"

#include "glyphs.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <toccata/audio/spectrum.hpp>

namespace toccata::report {
namespace {

constexpr Colour kInk{34, 40, 49}, kGrey{110, 118, 129}, kGrid{222, 227, 233}, kTile{243, 246, 249},
    kPeak{157, 187, 224}, kPower{36, 84, 150}, kWarm{214, 110, 48};

/// Where the panels are. Units: pixels.
constexpr int kLeft = 110, kWide = 1000, kRight = 1270, kNarrow = 280;
constexpr int kWaveTop = 280, kLane = 100, kLaneGap = 24;
constexpr int kGramTop = 570, kGramHigh = 390, kGramBottom = kGramTop + kGramHigh;
constexpr float kGramRangeDb = 80;

/// Numbers as people write them, with a true minus.
std::string plain(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !is_zero ? "\u2212" + text : text;
}

std::string clock_time(double seconds) {
  const auto whole = static_cast<int>(std::lround(seconds));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

class Page {
 public:
  Page(const Subject& subject, Canvas& canvas)
      : subject_(subject),
        figures_(subject.figures),
        canvas_(canvas),
        seconds_(static_cast<double>(subject.sound.frames()) / subject.rate.hertz()) {}

  void draw() {
    draw_head();
    draw_figures();
    draw_waveform();
    draw_spectrogram();
    draw_times();
    draw_bands();
    draw_parts();
  }

 private:
  void label(double x, double y, std::string_view text, Align align = Align::Left,
             Colour colour = kGrey) {
    canvas_.text(x, y, text, Face::Label, align, colour);
  }

  void draw_head() {
    canvas_.text(60, 76, fitted(Face::Title, subject_.title, kPageWidth - 120), Face::Title,
                 Align::Left, kInk);
    const std::string made = fmt::format("{} Hz, {} on {}", subject_.rate.hertz(), figures_.backend,
                                         figures_.sound_font.filename().string());
    label(60, 112, fitted(Face::Label, made, kPageWidth - 120));
  }

  void tile(int index, const std::string& name, const std::string& value) {
    const int width = 284, x = 60 + index * (width + 15);
    canvas_.rectangle(x, 136, width, 88, kTile);
    label(x + 18, 166, name);
    canvas_.text(x + 18, 208, value, Face::Title, Align::Left, kInk);
  }
  void draw_figures() {
    const auto measured = [](std::optional<double> value, const char* unit) {
      return value ? plain(*value, 1) + " " + unit : std::string("\u2013");
    };
    tile(0, "Loudness", measured(figures_.loudness_lufs, "LUFS"));
    tile(1, "Loudness range", measured(figures_.loudness_range_lu, "LU"));
    tile(2, "True peak", plain(figures_.true_peak_dbtp, 1) + " dBTP");
    tile(3, "Limiter, at most", plain(-figures_.reduction_db, 1) + " dB");
    if (figures_.target_missed_by_lu > 0)
      tile(4, "Under the target", plain(figures_.target_missed_by_lu, 1) + " LU");
    else tile(4, "Length", clock_time(seconds_));
  }

  void draw_lane(int top, std::span<const float> samples, const char* side) {
    const double middle = top + kLane / 2.0, half = kLane / 2.0;
    label(60, middle + 7, side, Align::Middle, kInk);
    canvas_.rectangle(kLeft, top, kWide, kLane, kTile);
    std::vector<double> highest, lowest, power_top, power_bottom;
    for (std::size_t column = 0; column < kWide; ++column) {
      const std::size_t from = samples.size() * column / kWide;
      const std::size_t to =
          std::min(samples.size(), std::max(from + 1, samples.size() * (column + 1) / kWide));
      double high = 0, low = 0, sum = 0;
      for (std::size_t i = from; i < to; ++i) {
        const double sample = std::clamp(static_cast<double>(samples[i]), -1.0, 1.0);
        high = std::max(high, sample);
        low = std::min(low, sample);
        sum += sample * sample;
      }
      const double power =
          std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, to - from)));
      highest.push_back(middle - half * high);
      lowest.push_back(middle - half * low);
      power_top.push_back(middle - half * power);
      power_bottom.push_back(middle + half * power);
    }
    canvas_.band(kLeft, highest, lowest, kPeak);
    canvas_.band(kLeft, power_top, power_bottom, kPower);
    for (const double share : {-1.0, -0.5012, 0.5012, 1.0}) {
      canvas_.rectangle(kLeft, middle - half * share - 0.5, kWide, 1, kGrid);
      label(kLeft - 8, middle - half * share + 7, std::abs(share) < 1 ? "\u22126" : "0",
            Align::Right);
    }
  }
  void draw_waveform() {
    label(kLeft, kWaveTop - 16, "Waveform, dBFS: peaks and mean power", Align::Left, kInk);
    draw_lane(kWaveTop, subject_.sound.left, "L");
    draw_lane(kWaveTop + kLane + kLaneGap, subject_.sound.right, "R");
  }

  /// Dark to bright, even to the eye. Source: nine points of matplotlib's magma (CC0).
  static Colour heat(double share) {
    constexpr std::array<Colour, 9> kPoints = {{{0, 0, 4},
                                                {28, 16, 68},
                                                {79, 18, 123},
                                                {129, 37, 129},
                                                {181, 54, 122},
                                                {229, 80, 100},
                                                {251, 135, 97},
                                                {254, 194, 135},
                                                {252, 253, 191}}};
    const double place = std::clamp(share, 0.0, 1.0) * 8;
    const auto below = std::min<std::size_t>(7, static_cast<std::size_t>(place));
    const auto mixed = [&](std::uint8_t Colour::*part) {
      const double from = kPoints[below].*part, to = kPoints[below + 1].*part;
      return static_cast<std::uint8_t>(
          std::lround(from + (to - from) * (place - static_cast<double>(below))));
    };
    return {mixed(&Colour::red), mixed(&Colour::green), mixed(&Colour::blue)};
  }

  static double row_of(double hertz) {
    using Gram = audio::Spectrogram;
    return kGramBottom -
           kGramHigh * std::log(hertz / Gram::kLowest) / std::log(Gram::kHighest / Gram::kLowest);
  }

  void draw_spectrogram() {
    const auto gram = audio::make_spectrogram(subject_.sound, subject_.rate, kWide, kGramHigh);
    // Steps of 10 dB, so that pictures of two mixes can be held side by side.
    const float highest = *std::max_element(gram.level_db.begin(), gram.level_db.end());
    const float top = 10 * std::ceil(highest / 10);
    Picture picture{kWide, kGramHigh, {}};
    for (std::size_t row = kGramHigh; row-- > 0;)
      for (std::size_t column = 0; column < kWide; ++column)
        picture.pixels.push_back(
            heat(static_cast<double>(1 + (gram.at(column, row) - top) / kGramRangeDb)));
    label(kLeft, kGramTop - 16, "Spectrogram, Hz", Align::Left, kInk);
    canvas_.picture(kLeft, kGramTop, picture);
    for (const int hertz : {50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000}) {
      canvas_.rectangle(kLeft - 6, row_of(hertz) - 0.5, 6, 1, kGrey);
      label(kLeft - 10, row_of(hertz) + 7,
            hertz < 1000 ? std::to_string(hertz) : std::to_string(hertz / 1000) + "k",
            Align::Right);
    }
    draw_scale(static_cast<double>(top));
  }

  /// What the colours stand for.
  void draw_scale(double top) {
    const int x = kLeft + kWide + 14, width = 14;
    Picture scale{width, kGramHigh, {}};
    for (int row = 0; row < kGramHigh; ++row)
      scale.pixels.insert(scale.pixels.end(), width, heat(1 - row / (kGramHigh - 1.0)));
    canvas_.picture(x, kGramTop, scale);
    for (int step = 0; step <= 4; ++step)
      label(x + width + 6, kGramTop + kGramHigh * step / 4.0 + 7,
            plain(top - static_cast<double>(kGramRangeDb) * step / 4, 0));
    label(x, kGramTop - 16, "dB");
  }

  void draw_times() {
    constexpr std::array kSteps = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600};
    int step = kSteps.back();
    for (const int one : kSteps)
      if (seconds_ / one <= 10) {
        step = one;
        break;
      }
    for (int at = 0; at <= seconds_; at += step) {
      const double x = kLeft + kWide * at / seconds_;
      canvas_.rectangle(x - 0.5, kWaveTop + 2 * kLane + kLaneGap, 1, 6, kGrey);
      canvas_.rectangle(x - 0.5, kGramBottom, 1, 6, kGrey);
      constexpr double kUnitWide = 90;  // of the unit's label, and half of one beside it
      if (x < kLeft + kWide - kUnitWide || at == 0)
        label(x, kGramBottom + 30, clock_time(at), Align::Middle);
    }
    label(kLeft + kWide, kGramBottom + 30, "min:s", Align::Right);
  }

  void draw_bands() {
    const int top = kWaveTop, bottom = kWaveTop + 2 * kLane + kLaneGap;
    constexpr double kRangeDb = 50;
    const auto& bands = figures_.spectrum;
    label(kRight - 50, top - 16, "Balance, dB a third of an octave", Align::Left, kInk);
    canvas_.rectangle(kRight, top, kNarrow, bottom - top, kTile);
    for (int db = 0; db >= -40; db -= 10) {
      const double y = top + (bottom - top) * -db / kRangeDb;
      canvas_.rectangle(kRight, y - 0.5, kNarrow, 1, kGrid);
      label(kRight - 8, y + 7, plain(db, 0), Align::Right);
    }
    const double width = static_cast<double>(kNarrow) / static_cast<double>(bands.size());
    for (std::size_t i = 0; i < bands.size(); ++i) {
      const double share = std::clamp(1 + bands[i].level_db / kRangeDb, 0.0, 1.0);
      const double x = kRight + static_cast<double>(i) * width, high = share * (bottom - top);
      canvas_.rectangle(x + 1, bottom - high, width - 2, high, kPower);
      for (const double named : {31.5, 125.0, 500.0, 2000.0, 8000.0})
        if (bands[i].hertz == named)
          label(x + width / 2, bottom + 26,
                named < 1000 ? plain(std::floor(named), 0) : plain(named / 1000, 0) + "k",
                Align::Middle);
    }
  }

  void draw_parts() {
    label(kRight - 50, kGramTop - 16, "Parts, LUFS before the bus", Align::Left, kInk);
    constexpr std::size_t kMost = 8;
    constexpr int kRow = 48;
    const auto& parts = figures_.parts;
    double loudest = -70;
    for (const auto& part : parts) loudest = std::max(loudest, part.loudness_lufs.value_or(-70));
    const std::size_t shown = parts.size() > kMost ? kMost - 1 : parts.size();
    for (std::size_t i = 0; i < shown; ++i) {
      const int y = kGramTop + static_cast<int>(i) * kRow;
      const auto lufs = parts[i].loudness_lufs;
      label(kRight - 50, y + 16, fitted(Face::Label, parts[i].part, kNarrow - 30), Align::Left,
            kInk);
      label(kRight + kNarrow, y + 16, lufs ? plain(*lufs, 1) : "\u2013", Align::Right);
      canvas_.rectangle(kRight - 50, y + 24, kNarrow + 50, 10, kTile);
      const double share = lufs ? std::clamp(1 + (*lufs - loudest) / 30, 0.0, 1.0) : 0;
      canvas_.rectangle(kRight - 50, y + 24, share * (kNarrow + 50), 10, kWarm);
    }
    if (shown < parts.size())
      label(kRight - 50, kGramTop + static_cast<int>(shown) * kRow + 16,
            fmt::format("and {} more", parts.size() - shown));
  }

  const Subject& subject_;
  const sound::Report& figures_;
  Canvas& canvas_;
  double seconds_;
};

}  // namespace

void draw_page(const Subject& subject, Canvas& canvas) { Page(subject, canvas).draw(); }

}  // namespace toccata::report

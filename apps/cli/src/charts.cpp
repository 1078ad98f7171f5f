// SPDX-License-Identifier: MIT
#include "charts.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

namespace toccata::cli {
namespace {

constexpr double kPanelWidth = 560, kMargin = 24, kHead = 56, kLabels = 150, kValues = 56;
constexpr double kBar = 13, kGroupGap = 10, kLinesHeight = 220;
/// Told apart in print and by most colour-blind eyes; from Okabe and Ito 2008.
constexpr const char* kColours[] = {"#0072B2", "#E69F00", "#009E73", "#CC79A7"};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text,
                    std::string_view style = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y,
                     anchor, style, escaped(text));
}

std::string line_at(double x1, double y1, double x2, double y2, std::string_view colour) {
  return fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n", x1, y1, x2,
      y2, colour);
}

const char* colour_of(std::size_t series) { return kColours[series % std::size(kColours)]; }

/// The title, and below it what each colour stands for.
template <class Series>
std::string head_of(const std::string& title, const std::vector<Series>& series) {
  std::string out = text_at(0, 16, "start", title, " font-weight=\"bold\"");
  double x = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    out += fmt::format("<rect x=\"{:.1f}\" y=\"27\" width=\"10\" height=\"10\" fill=\"{}\"/>\n", x,
                       colour_of(i));
    out += text_at(x + 14, 36, "start", series[i].name);
    x += 30 + 6.8 * static_cast<double>(series[i].name.size());
  }
  return out;
}

/// A step of 1, 2 or 5 times a power of ten that cuts a length into at most six.
double step_for(double length) {
  const double least = length / 6;
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least) return factor * power;
  return 10 * power;
}

struct Range {
  double low, high;
  double share(double value) const { return (value - low) / (high - low); }
};

template <class Series>
Range range_of(const std::vector<Series>& series, double low, double high) {
  Range range{low, high};
  for (const Series& one : series)
    for (const double value : one.values) {
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  if (range.high <= range.low) range.high = range.low + 1;
  return range;
}

std::string bars_of(const BarPanel& panel, const Range& range, std::size_t label, double top) {
  constexpr double kWidth = kPanelWidth - kLabels - kValues;
  const double zero = kLabels + kWidth * range.share(0);
  std::string out;
  for (std::size_t i = 0; i < panel.series.size(); ++i) {
    const double value = panel.series[i].values[label];
    const double end = kLabels + kWidth * range.share(value);
    const double y = top + kBar * static_cast<double>(i);
    out += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n",
        std::min(zero, end), y, std::abs(end - zero), kBar - 2, colour_of(i));
    out += text_at(std::max(zero, end) + 5, y + 9.5, "start",
                   fmt::format("{:.{}f}", value, panel.decimals), " font-size=\"10\"");
  }
  return out;
}

std::string frame_of(const LinePanel& panel, const Range& range, double width) {
  std::string out;
  const double bottom = kHead + kLinesHeight, step = step_for(range.high - range.low);
  for (double at = std::ceil(range.low / step) * step; at <= range.high + step / 100; at += step) {
    const double y = bottom - kLinesHeight * range.share(at);
    out += line_at(kMargin, y, kMargin + width, y, "#ddd");
    out += text_at(kMargin - 4, y + 4, "end",
                   fmt::format("{:.4g}", std::abs(at) < step / 2 ? 0 : at), " font-size=\"10\"");
  }
  return out + text_at(kMargin + width / 2, bottom + 34, "middle", panel.axis);
}

}  // namespace

void Figure::add(const BarPanel& panel) {
  const Range range = range_of(panel.series, 0, 0);
  const double group = kBar * static_cast<double>(panel.series.size()) + kGroupGap;
  std::string content = head_of(panel.title, panel.series);
  double y = kHead;
  for (std::size_t label = 0; label < panel.labels.size(); ++label) {
    content += text_at(kLabels - 8, y + (group - kGroupGap) / 2 + 4, "end", panel.labels[label]);
    content += bars_of(panel, range, label, y);
    y += group;
  }
  const double zero = kLabels + (kPanelWidth - kLabels - kValues) * range.share(0);
  content += line_at(zero, kHead - 4, zero, y - 4, "#444");
  panels_.push_back({y + kMargin, std::move(content)});
}

void Figure::add(const LinePanel& panel) {
  constexpr double kWidth = kPanelWidth - 2 * kMargin;
  const Range range = range_of(panel.series, panel.series.front().values.front(),
                               panel.series.front().values.front());
  const Range across{std::log(panel.places.front()), std::log(panel.places.back())};
  const double bottom = kHead + kLinesHeight;
  std::string content = head_of(panel.title, panel.series) + frame_of(panel, range, kWidth);
  const auto x_of = [&](std::size_t i) {
    return kMargin + kWidth * across.share(std::log(panel.places[i]));
  };
  for (std::size_t i = 0; i < panel.places.size(); ++i)
    content += text_at(x_of(i), bottom + 18, "middle", fmt::format("{:.0f}", panel.places[i]),
                       " font-size=\"10\"");
  for (std::size_t s = 0; s < panel.series.size(); ++s) {
    std::string points;
    for (std::size_t i = 0; i < panel.places.size(); ++i) {
      const double y = bottom - kLinesHeight * range.share(panel.series[s].values[i]);
      points += fmt::format("{:.1f},{:.1f} ", x_of(i), y);
      content += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>\n", x_of(i),
                             y, colour_of(s));
    }
    content += fmt::format(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" "
        "stroke-width=\"2\"/>\n",
        points, colour_of(s));
  }
  panels_.push_back({bottom + 34 + kMargin, std::move(content)});
}

std::string Figure::svg() const {
  constexpr double kTitle = 40;
  std::string content;
  double y = kTitle;
  for (std::size_t i = 0; i < panels_.size(); i += 2) {
    double tallest = 0;
    for (std::size_t j = i; j < std::min(i + 2, panels_.size()); ++j) {
      const double x = kMargin + static_cast<double>(j - i) * (kPanelWidth + 2 * kMargin);
      content += fmt::format("<g transform=\"translate({:.1f},{:.1f})\">\n{}</g>\n", x, y,
                             panels_[j].content);
      tallest = std::max(tallest, panels_[j].height);
    }
    y += tallest;
  }
  const double width = 2 * kPanelWidth + 4 * kMargin;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
             "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"sans-serif\" font-size=\"12\">\n"
             "<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"white\"/>\n",
             width, y) +
         text_at(kMargin, 26, "start", title_, " font-size=\"16\" font-weight=\"bold\"") + content +
         "</svg>\n";
}

}  // namespace toccata::cli

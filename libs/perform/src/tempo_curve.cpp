// SPDX-License-Identifier: MIT
#include "tempo_curve.hpp"

#include <algorithm>
#include <cmath>

namespace toccata {
namespace {

constexpr double kArc = 0.025;           ///< how much faster and slower within a phrase
constexpr double kSectionEnd = 0.03;     ///< how much slower before a section begins
constexpr double kFinalEnd = 0.16;       ///< how much slower at the very end
constexpr double kMostDeviation = 0.05;  ///< of the mean

/// Every felt beat up to the end, and every half of one in the last bars.
std::vector<Tick> sample_points(const Score& score, Tick fine_from) {
  std::vector<Tick> points;
  const MeterMap& meter = score.meter;
  for (Bar bar = meter.first_bar(); meter.onset_of(bar) < score.end; bar = bar + 1) {
    const Tick line = meter.onset_of(bar);
    const auto onsets = meter.meter_of(bar).beat_onsets(score.ppq());
    for (std::size_t i = 0; i < onsets.size(); ++i) {
      const Duration end = i + 1 < onsets.size() ? onsets[i + 1] : meter.end_of(bar) - line;
      points.push_back(line + onsets[i]);
      if (line >= fine_from) points.push_back(line + (onsets[i] + end) / 2);
    }
  }
  for (const TempoChange& change : score.tempo.changes()) points.push_back(change.at);
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

/// The tempo relative to the written one, by place.
class Bend {
 public:
  Bend(const Score& score, const std::vector<Phrase>& phrases)
      : score_(score), phrases_(phrases), quarter_(score.ppq().quarter()) {
    const Bar last = score.meter.bar_at(score.end - Duration(1));
    easing_from_ = score.meter.onset_of(score.bar_count() >= 16 ? last + -1 : last);
  }
  Tick easing_from() const { return easing_from_; }
  double at(Tick at, double amount) const {
    const double u = phrase_at(phrases_, at).share_at(at);
    double factor = 1 + amount * kArc * (4 * u * (1 - u) - 2.0 / 3);
    const auto next = std::ranges::upper_bound(score_.sections, at, {}, &Section::at);
    if (next != score_.sections.end() && next->at - at <= 2 * quarter_)
      factor -= amount * kSectionEnd * (1 - share(next->at - at, 3 * quarter_));
    if (at >= easing_from_) {
      const double through = share(at - easing_from_, score_.end - easing_from_);
      factor -= amount * kFinalEnd * through * through;
    }
    return factor;
  }

 private:
  static double share(Duration part, Duration whole) {
    return static_cast<double>(part.ticks()) / static_cast<double>(whole.ticks());
  }
  const Score& score_;
  const std::vector<Phrase>& phrases_;
  Duration quarter_;
  Tick easing_from_;
};

TempoMap bent_by(const Score& score, const Bend& bend, const std::vector<Tick>& points,
                 double amount) {
  std::vector<TempoChange> changes;
  for (const Tick at : points) {
    const Tempo written = score.tempo.tempo_at(at);
    const double factor = at == Tick(0) ? 1 : bend.at(at, amount);
    const auto tempo = Tempo::from_micros_per_quarter(
        static_cast<std::int32_t>(std::floor(written.micros_per_quarter() / factor + 0.5)));
    if (tempo && (changes.empty() || changes.back().tempo != *tempo))
      changes.push_back({at, *tempo});
  }
  return TempoMap(score.ppq(), std::move(changes));
}

/// How far the mean tempo lies from the written one, as a share of it: over time and over changes.
double deviation(const Score& score, const TempoMap& bent) {
  const double over_time =
      score.tempo.seconds_at(score.end).value() / bent.seconds_at(score.end).value();
  double sum = 0;
  for (const TempoChange& change : bent.changes())
    sum += static_cast<double>(score.tempo.tempo_at(change.at).micros_per_quarter()) /
           change.tempo.micros_per_quarter();
  const double over_changes = sum / static_cast<double>(bent.changes().size());
  return std::max(std::fabs(over_time - 1), std::fabs(over_changes - 1));
}

}  // namespace

TempoMap bend_tempo(const Score& score, const std::vector<Phrase>& phrases, double rubato) {
  constexpr int kFewestBars = 4;
  if (!(rubato > 0) || score.bar_count() < kFewestBars) return score.tempo;
  const Bend bend(score, phrases);
  const auto points = sample_points(score, bend.easing_from());
  for (double amount = rubato; amount > 0.01; amount *= 0.8) {
    TempoMap bent = bent_by(score, bend, points, amount);
    if (deviation(score, bent) <= kMostDeviation) return bent;
  }
  return score.tempo;
}

}  // namespace toccata

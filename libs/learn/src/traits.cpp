// SPDX-License-Identifier: MIT
#include <toccata/learn/traits.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <toccata/perform/phrases.hpp>
#include <toccata/perform/targets.hpp>

#include "bootstrap.hpp"
#include "pedal.hpp"

namespace toccata::learn {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kFewest = 8;  // values from which a spread or a correlation is taken

constexpr std::array<std::string_view, kTraits> kNames{
    "loudness_spread",   "loudness_persistence", "accent",           "phrase_arc", "tempo_spread",
    "tempo_persistence", "wait_spread",          "wait_persistence", "phrase_end", "piece_end",
    "chord_spread",      "length_spread",        "pedal_length",     "pedal_share"};

/// A mean of what was there.
struct Mean {
  double sum = 0, count = 0;
  void add(double value) {
    if (std::isnan(value)) return;
    sum += value;
    count += 1;
  }
  double value() const { return count > 0 ? sum / count : kMissing; }
};

double deviation(std::span<const float> values) {
  Mean mean, squares;
  for (const float value : values) mean.add(value);
  for (const float value : values) squares.add((value - mean.value()) * (value - mean.value()));
  return squares.count >= kFewest ? std::sqrt(squares.value()) : kMissing;
}

/// Correlation of each value with the next, where both are there.
double persistence(std::span<const float> values) {
  Mean mean, squares, products;
  for (const float value : values) mean.add(value);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double here = values[i] - mean.value();
    squares.add(here * here);
    if (i > 0) products.add(here * (values[i - 1] - mean.value()));
  }
  if (products.count < kFewest || squares.value() <= 0) return kMissing;
  return products.value() / squares.value();
}

double median(std::vector<double> values) {
  if (values.empty()) return kMissing;
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// One performance and what is asked about it again and again.
class Heard {
 public:
  Heard(const PlayingOrder& order, const AlignedPerformance& performance)
      : order_(order),
        performance_(performance),
        phrases_(find_phrases(order.score())),
        // Beats that someone marked are left out: nobody marks those of performers.
        slowness_(beat_slowness(order, beats_of(order),
                                {performance.times.onset, performance.times.end, {}})),
        waits_(chord_slowness(order, performance.times)) {}

  Traits traits() const {
    Traits traits;
    const auto at = [&](Trait trait) -> double& { return traits[static_cast<std::size_t>(trait)]; };
    at(Trait::LoudnessSpread) = deviation(performance_.velocities);
    at(Trait::LoudnessPersistence) = persistence(chord_loudness());
    at(Trait::Accent) = accent();
    at(Trait::PhraseArc) = phrase_arc();
    at(Trait::TempoSpread) = deviation(slowness_);
    at(Trait::TempoPersistence) = persistence(slowness_);
    at(Trait::WaitSpread) = deviation(waits_);
    at(Trait::WaitPersistence) = persistence(waits_);
    at(Trait::PhraseEnd) = phrase_end();
    at(Trait::PieceEnd) = piece_end();
    at(Trait::ChordSpread) = chord_spread();
    at(Trait::LengthSpread) = deviation(note_articulations(order_, performance_.times));
    at(Trait::PedalLength) = pedal_length();
    at(Trait::PedalShare) = pedal_share();
    return traits;
  }

 private:
  std::vector<float> chord_loudness() const {
    std::vector<float> means;
    for (const PlacedChord& chord : order_.chords()) {
      Mean mean;
      for (std::size_t p = chord.first; p < chord.end; ++p) mean.add(performance_.velocities[p]);
      means.push_back(static_cast<float>(mean.value()));
    }
    return means;
  }

  double accent() const {
    Mean first, off;
    for (std::size_t p = 0; p < order_.notes().size(); ++p) {
      const BarBeat at = order_.score().meter.bar_beat_at(order_.notes()[p].note->onset);
      if (at.into_beat != Duration(0)) off.add(performance_.velocities[p]);
      else if (at.beat == 0) first.add(performance_.velocities[p]);
    }
    return first.value() - off.value();
  }

  double phrase_arc() const {
    Mean middle, around;
    for (std::size_t p = 0; p < order_.notes().size(); ++p) {
      const Tick at = order_.notes()[p].note->onset;
      const double share = phrase_at(phrases_, at).share_at(at);
      (share >= 0.25 && share < 0.75 ? middle : around).add(performance_.velocities[p]);
    }
    return middle.value() - around.value();
  }

  double phrase_end() const {
    constexpr double kLastSixth = 5.0 / 6;
    Mean end, before;
    for (std::size_t i = 0; i < waits_.size(); ++i) {
      const Tick at = order_.chords()[i].onset;
      const double share = phrase_at(phrases_, at).share_at(at);
      (share >= kLastSixth ? end : before).add(waits_[i]);
    }
    return end.value() - before.value();
  }

  double piece_end() const {
    Mean last;
    for (std::size_t i = waits_.size(); i-- > 0 && last.count < 2;) last.add(waits_[i]);
    return last.value();
  }

  double chord_spread() const {
    constexpr double kMilliseconds = 1000;
    Mean spread;
    for (const PlacedChord& chord : order_.chords()) {
      double first = kMissing, last = kMissing, played = 0;
      for (std::size_t p = chord.first; p < chord.end; ++p) {
        if (std::isnan(performance_.times.onset[p])) continue;
        first = std::fmin(first, performance_.times.onset[p]);
        last = std::fmax(last, performance_.times.onset[p]);
        ++played;
      }
      if (played >= 2) spread.add(kMilliseconds * (last - first));
    }
    return spread.value();
  }

  double pedal_length() const {
    std::vector<double> lengths;
    double since = kMissing;
    for (const PedalChange& change : performance_.pedal) {
      const bool down = change.value >= kPedalDown;
      if (down && std::isnan(since)) since = change.at;
      if (down || std::isnan(since)) continue;
      lengths.push_back(change.at - since);
      since = kMissing;
    }
    return median(std::move(lengths));
  }

  double pedal_share() const {
    double begin = kMissing, end = kMissing;
    for (const double onset : performance_.times.onset) {
      begin = std::fmin(begin, onset);
      end = std::fmax(end, onset);
    }
    return share_down(performance_.pedal, begin, end);
  }

  const PlayingOrder& order_;
  const AlignedPerformance& performance_;
  std::vector<Phrase> phrases_;
  std::vector<float> slowness_;  ///< of beats
  std::vector<float> waits_;     ///< likewise, from each chord to the next
};

/// The values of a trait that are there.
std::vector<double> values_of(const TraitRows& rows, Trait trait) {
  std::vector<double> values;
  for (const Traits& traits : rows.traits)
    if (const double value = traits[static_cast<std::size_t>(trait)]; !std::isnan(value))
      values.push_back(value);
  return values;
}

}  // namespace

std::string_view name_of(Trait trait) { return kNames[static_cast<std::size_t>(trait)]; }

Traits traits_of(const PlayingOrder& order, const AlignedPerformance& performance) {
  return Heard(order, performance).traits();
}

AlignedPerformance as_heard(const PlayingOrder& order, const Performance& performance) {
  AlignedPerformance heard;
  const TempoMap& tempo = performance.tempo;
  for (const PlacedNote& placed : order.notes()) {
    const PlayedNote* played = find_played(performance, placed.note->id);
    const Tick onset = placed.note->onset + (played == nullptr ? Duration(0) : played->shift);
    const Duration sounding = played == nullptr ? placed.note->duration : played->sounding;
    const Velocity velocity = played == nullptr ? kPlainVelocity : played->velocity;
    heard.times.onset.push_back(tempo.seconds_at(onset).value());
    heard.times.end.push_back(tempo.seconds_at(onset + sounding).value());
    heard.velocities.push_back(static_cast<float>(velocity.number()));
  }
  heard.played = heard.velocities.size();
  for (const ControlEvent& event : performance.controls)
    if (event.controller.number() == kSustainController)
      heard.pedal.push_back({tempo.seconds_at(event.at).value(), event.value.number()});
  return heard;
}

TraitFigures figures_of(const TraitRows& rows, Trait trait, const Rng& rng) {
  std::map<std::uint32_t, Mean> compositions;
  TraitFigures figures;
  Mean all;
  for (std::size_t i = 0; i < rows.traits.size(); ++i) {
    const double value = rows.traits[i][static_cast<std::size_t>(trait)];
    all.add(value);
    if (!std::isnan(value)) compositions[rows.composition[i]].add(value);
  }
  figures.performances = static_cast<std::size_t>(all.count);
  figures.mean = all.value();
  figures.ci95 = {kMissing, kMissing};
  if (compositions.empty()) return figures;
  std::vector<Mean> each;
  for (const auto& [composition, mean] : compositions) each.push_back(mean);
  figures.ci95 = bootstrap<Mean>(
      each.size(), rng.fork(name_of(trait)),
      [&](Mean& drawn, std::size_t i) {
        drawn.sum += each[i].sum;
        drawn.count += each[i].count;
      },
      [](const Mean& drawn) { return drawn.value(); });
  return figures;
}

double distance(const TraitRows& one, const TraitRows& other, Trait trait) {
  std::vector<double> a = values_of(one, trait), b = values_of(other, trait);
  if (a.empty() || b.empty()) return kMissing;
  std::ranges::sort(a);
  std::ranges::sort(b);
  double largest = 0;
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const double at = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= at) ++i;
    while (j < b.size() && b[j] <= at) ++j;
    largest = std::max(largest, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                         static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return largest;
}

}  // namespace toccata::learn

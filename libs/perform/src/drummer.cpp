// SPDX-License-Identifier: MIT
// Kits played by a model.
#include <algorithm>
#include <cmath>

#include <toccata/perform/drum_model.hpp>
#include <toccata/perform/foretelling.hpp>

#include "feel.hpp"
#include "in_order.hpp"
#include "loudness.hpp"
#include "swung.hpp"
#include "timing.hpp"

namespace toccata {
namespace {

/// General MIDI 2's kits of skins and sticks: standard, room, power, jazz and brush.
constexpr std::array kAcousticKits{0, 8, 16, 32, 40};
constexpr int kJazzKit = 32;

/// The style that a kit is played in; nothing where machines or hands play.
std::optional<std::size_t> style_of(const Part& part, const Settings* settings) {
  const int kit = part.instrument.program.number();
  if (!part.instrument.is_drums || std::ranges::find(kAcousticKits, kit) == kAcousticKits.end())
    return std::nullopt;
  if (settings != nullptr) return find_drum_style(settings->genre.drums.style);
  return find_drum_style(kit == kJazzKit ? "jazz" : "rock");
}

/// From this swing on, the off-beat is the last third of a beat.
constexpr Rational kTripletSwing{3, 5};

/// What is written, as a pattern: with much swing the off-beats are triplets.
class WrittenPattern {
 public:
  WrittenPattern(const PerformTask& task, const Part& part, std::size_t style) : task_(task) {
    pattern_.style = style;
    pattern_.bpm = task.score.tempo.tempo_at(Tick(0)).bpm();
    const MeterMap& meters = task.score.meter;
    pattern_.bar_length =
        places(meters.end_of(meters.bar_at(Tick(0))) - meters.onset_of(meters.bar_at(Tick(0))));
    pattern_.bars = task.score.bar_count();
    const bool is_triplet = swing_of(task).ratio() >= kTripletSwing;
    SwungTime swung(meters, is_triplet ? *Swing::from_percent(67) : Swing());
    for (std::size_t i = 0; i < part.notes.size(); ++i)
      if (const auto drum = find_drum(part.notes[i].pitch))
        add(part.notes[i].onset, swung.of(part.notes[i].onset), i, *drum);
    sort();
  }
  const DrumPattern& pattern() const { return pattern_; }
  /// The notes of the part that each hit stands for: more than one where a drum is written twice.
  std::span<const std::size_t> notes_of(std::size_t hit) const { return notes_[hit]; }

 private:
  std::int64_t places(Duration ticks) const {
    const std::int64_t quarter = task_.score.ppq().ticks();
    return (2 * ticks.ticks() * DrumPattern::kPlaces + quarter) / (2 * quarter);
  }
  void add(Tick written, Tick at, std::size_t index, Drum drum) {
    const MeterMap& meters = task_.score.meter;
    const Bar bar = meters.bar_at(written);
    const Tick line = meters.onset_of(bar);
    raw_.push_back(
        {{places(at - Tick(0)), bar - meters.first_bar(), places(at - line), drum}, index});
  }
  void sort() {
    std::ranges::stable_sort(raw_, [](const Raw& a, const Raw& b) {
      return std::pair(a.hit.place, a.hit.drum) < std::pair(b.hit.place, b.hit.drum);
    });
    for (const Raw& raw : raw_) {
      const bool is_new = pattern_.hits.empty() || pattern_.hits.back().place != raw.hit.place ||
                          pattern_.hits.back().drum != raw.hit.drum;
      if (is_new) {
        pattern_.hits.push_back(raw.hit);
        notes_.emplace_back();
      }
      notes_.back().push_back(raw.note);
    }
  }

  struct Raw {
    PatternHit hit;
    std::size_t note;
  };
  const PerformTask& task_;
  DrumPattern pattern_;
  std::vector<Raw> raw_;
  std::vector<std::vector<std::size_t>> notes_;
};

/// How much of what is left to chance strokes of one moment have in common: correlations over
/// Groove's training takes, after each drum's mean at each place is taken off.
double shared_by_moment(DrumTarget target) { return target == DrumTarget::Lateness ? 0.42 : 0.11; }

/// What the model expects, and one drummer's way of it: at each place of the bar each drum has a
/// habit of its own, and each stroke differs from it by chance, as much as drummers' do. The level
/// of a drum beside the others stays as expected.
std::vector<double> expected(const DrumModel& model, DrumTarget target, const DrumPattern& pattern,
                             const NoteFeatures& features, double variation, const Rng& rng) {
  const DrumModel::Learner& learner = model.of(target);
  const double shared = shared_by_moment(target);
  auto values = learner.trees.predict(features.view(), 1);
  const Rng of_habits = rng.fork("habits");
  Rng by_chance = rng.fork("chance"), of_moments = rng.fork("moments");
  double moment = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const PatternHit& hit = pattern.hits[i];
    const DrumSpread& spread = learner.spreads[static_cast<std::size_t>(hit.drum)];
    const double habit = of_habits.fork(DrumMeans::index(hit)).normal() *
                         std::sqrt(std::max(spread.habit - spread.persistence, 0.0));
    if (i == 0 || hit.place != pattern.hits[i - 1].place) moment = of_moments.normal();
    const double chance =
        (std::sqrt(shared) * moment + std::sqrt(1 - shared) * by_chance.normal()) *
        std::sqrt(1 - std::max(spread.habit, spread.persistence));
    values[i] += variation * spread.deviation * (habit + chance);
  }
  return values;
}

/// One kit at work.
class Drumming {
 public:
  Drumming(const PerformTask& task, const Part& part, std::size_t style, Performance& performance)
      : task_(task), part_(part), written_(task, part, style), performance_(performance) {}

  void play(const DrumModel& model, const PlayingOptions& options, const Rng& rng) {
    const DrumPattern& pattern = written_.pattern();
    if (pattern.hits.empty()) return;
    const NoteFeatures features = drum_features(pattern);
    const auto of = [&](DrumTarget target) {
      return expected(model, target, pattern, features, options.variation * options.spread,
                      rng.fork(name_of(target)));
    };
    set_velocities(of(DrumTarget::HitVelocity));
    set_onsets(of(DrumTarget::Lateness), options.tempo_freedom);
    keep_order(task_.score.meter, performance_.tempo, part_, performance_.notes);
  }

 private:
  PlayedNote* played_of(std::size_t note) const {
    return find_played(performance_.notes, part_.notes[note].id);
  }
  template <class Visit>
  void for_each_note(const Visit& visit) const {
    for (std::size_t hit = 0; hit < written_.pattern().hits.size(); ++hit)
      for (const std::size_t note : written_.notes_of(hit))
        if (PlayedNote* played = played_of(note)) visit(hit, part_.notes[note], *played);
  }

  void set_velocities(std::vector<double> velocities) const {
    for (double& velocity : velocities)
      velocity = bounded(velocity, Velocity::kLowest, Velocity::kHighest);
    double band = 0, model = 0, count = 0;
    for_each_note([&](std::size_t hit, const Note& note, const PlayedNote& played) {
      band += played.velocity.number();
      model += velocities[hit] * loudness_of_bar(task_, task_.score.meter.bar_at(note.onset));
      count += 1;
    });
    if (count == 0) return;
    const double level = (band - model) / count;
    for_each_note([&](std::size_t hit, const Note& note, PlayedNote& played) {
      double velocity =
          velocities[hit] * loudness_of_bar(task_, task_.score.meter.bar_at(note.onset)) + level;
      if (note.marks.has(Mark::Ghost))
        velocity = std::min(velocity, static_cast<double>(played.velocity.number()));
      if (note.marks.has(Mark::Accent))
        velocity = std::max(velocity, static_cast<double>(played.velocity.number()));
      played.velocity = Velocity::clamped(rounded_velocity(velocity));
    });
  }

  void set_onsets(const std::vector<double>& lateness_ms, double freedom) const {
    constexpr double kMostMs = 40;
    SwungTime swung(task_.score.meter, swing_of(task_));
    for_each_note([&](std::size_t hit, const Note& note, PlayedNote& played) {
      const double ms = bounded(lateness_ms[hit], -kMostMs, kMostMs);
      const double ticks = static_cast<double>((swung.of(note.onset) - note.onset).ticks()) +
                           ticks_of_ms(ms, performance_.tempo, note.onset);
      played.shift = Duration(static_cast<std::int64_t>(std::floor(freedom * ticks + 0.5)));
    });
  }

  const PerformTask& task_;
  const Part& part_;
  WrittenPattern written_;
  Performance& performance_;
};

}  // namespace

bool has_kit_to_play(const Score& score, const Settings* settings) {
  return std::ranges::any_of(score.parts, [&](const Part& part) {
    return style_of(part, settings) && std::ranges::any_of(part.notes, [](const Note& note) {
             return find_drum(note.pitch).has_value();
           });
  });
}

void play_kits(const DrumModel& model, const PerformTask& task, const PlayingOptions& options,
               const Rng& rng, Performance& performance) {
  for (const Part& part : task.score.parts)
    if (const auto style = style_of(part, task.settings))
      Drumming(task, part, *style, performance).play(model, options, rng.fork(part.id.number()));
}

}  // namespace toccata

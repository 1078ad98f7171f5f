// SPDX-License-Identifier: MIT
#include <toccata/perform/learned.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <toccata/base/elementary.hpp>
#include <toccata/perform/playing_family.hpp>

#include "articulation.hpp"
#include "expectation.hpp"
#include "feel.hpp"
#include "in_order.hpp"
#include "keyboard_pedal.hpp"
#include "performers.hpp"
#include "timing.hpp"
#include "whole_take.hpp"
#include "within_beats.hpp"

namespace toccata {
namespace {

constexpr double kOthersShare = 0.5;  // of the model in the loudness of other instruments

/// The model has learned from pianists.
bool is_keyboard(const Part& part) {
  constexpr int kLastKeyboard = 7;  // of General MIDI's piano family
  return !part.instrument.is_drums && part.instrument.program.number() <= kLastKeyboard;
}

/// Whether time belongs to a groove: a kit plays, or the genre swings.
bool keeps_groove(const PerformTask& task) {
  const bool has_kit = std::ranges::any_of(task.score.parts, [](const Part& part) {
    return part.instrument.is_drums && !part.notes.empty();
  });
  return has_kit || swing_of(task).ratio() != Rational(1, 2);
}

/// How long each stretch lasts against the written tempo: a beat as its factor says, and from its
/// end to the next beat that has an onset, as its last chord waits. Behind the last chord nothing
/// is awaited: its beat's factor goes on.
std::map<Tick, double> factors_of(const PlayingOrder& order, std::span<const ScoreBeat> beats,
                                  const Expectation& expected, double freedom) {
  const double ppq = static_cast<double>(order.score().ppq().ticks());
  const auto tick_of = [&](double quarter) {
    return Tick(static_cast<std::int64_t>(std::floor(quarter * ppq + 0.5)));
  };
  std::map<Tick, double> factors{{Tick(0), 1.0}};
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const double slowness = expected.slowness[i];
    const bool is_last = i + 1 == beats.size();
    double lasting = is_last ? slowness : 0;
    if (!is_last && !expected.waits.empty()) lasting = expected.waits[beats[i + 1].chord - 1];
    factors[tick_of(beats[i].onset)] = exact_exp2(freedom * slowness);
    factors.emplace(tick_of(end_of_beat(beats, i)), exact_exp2(freedom * lasting));
  }
  for (const TempoChange& change : order.score().tempo.changes())
    factors.emplace(change.at, std::prev(factors.upper_bound(change.at))->second);
  return factors;
}

/// The score's tempo, slower where the model is, so that the whole lasts as long as written. The
/// tempo at tick 0 stays, as a file begins with the tempo that was asked for.
TempoMap bent(const PlayingOrder& order, std::span<const ScoreBeat> beats,
              const Expectation& expected, double freedom) {
  const Score& score = order.score();
  if (freedom <= 0 || beats.empty()) return score.tempo;
  const auto factors = factors_of(order, beats, expected, freedom);
  double written = 0, played = 0;
  for (auto at = std::next(factors.begin()); at != factors.end(); ++at) {
    const auto next = std::next(at);
    const Tick end = next == factors.end() ? std::max(score.end, at->first) : next->first;
    const double seconds =
        (score.tempo.seconds_at(end) - score.tempo.seconds_at(at->first)).value();
    written += seconds;
    played += seconds * at->second;
  }
  const double usual = played > 0 ? written / played : 1;
  std::vector<TempoChange> changes;
  for (const auto& [at, factor] : factors) {
    const double scale = at == Tick(0) ? 1 : factor * usual;
    const double micros = score.tempo.tempo_at(at).micros_per_quarter() * scale;
    const auto tempo = Tempo::from_micros_per_quarter(static_cast<std::int32_t>(
        std::clamp(std::floor(micros + 0.5), 1.0, static_cast<double>(Tempo::kSlowest))));
    if (changes.empty() || changes.back().tempo != *tempo) changes.push_back({at, *tempo});
  }
  return TempoMap(score.ppq(), std::move(changes));
}

/// For each note, what brings the model's mean velocity to that of the rules: over the whole
/// piece, or where a plan is given, over each of its sections.
std::vector<double> levels_of(const PlayingOrder& order, const Expectation& expected,
                              const Plan* plan, Performance& rules) {
  struct Sums {
    double difference = 0, count = 0;
  };
  std::vector<Sums> sums(plan == nullptr ? 1 : plan->sections.size() + 1);
  std::vector<std::size_t> sections(order.notes().size());
  for (std::size_t p = 0; p < sections.size() && !expected.velocity.empty(); ++p) {
    const Note& note = *order.notes()[p].note;
    if (plan != nullptr) {
      const Bar bar = order.score().meter.bar_at(note.onset);
      const auto after = std::ranges::upper_bound(plan->sections, bar, {}, &SectionPlan::first);
      sections[p] = static_cast<std::size_t>(after - plan->sections.begin());
    }
    const PlayedNote* played = find_played(rules.notes, note.id);
    if (played == nullptr) continue;
    sums[sections[p]].difference += played->velocity.number() - expected.velocity[p];
    sums[sections[p]].count += 1;
  }
  std::vector<double> levels;
  levels.reserve(sections.size());
  for (const std::size_t section : sections)
    levels.push_back(sums[section].difference / std::max(sums[section].count, 1.0));
  return levels;
}

/// Turns what is expected into played notes, over those that the rules gave.
class Playing {
 public:
  /// `later`: how much later than written each chord begins.
  Playing(const PlayingOrder& order, const Expectation& expected,
          const std::vector<Duration>& later, Performance& performance)
      : order_(order), expected_(expected), later_(later), performance_(performance) {}

  /// `levels`: what brings the model's loudness to that of the rules, of each note.
  void play(bool in_groove, const std::vector<double>& levels) {
    for (std::size_t p = 0; p < order_.notes().size(); ++p) {
      PlayedNote* played = find(order_.notes()[p].note->id);
      if (played == nullptr) continue;
      const bool keyboard = is_keyboard(part_of(p));
      set_velocity(p, keyboard, levels[p], *played);
      set_onset(p, in_groove, *played);
      set_length(p, *played);
    }
    keep_all_in_order();
    let_go_in_time(order_, performance_);
    keep_lines(order_.score(), performance_);
  }

 private:
  const Part& part_of(std::size_t place) const {
    return order_.score().parts[order_.notes()[place].part];
  }
  /// Guitars are spread by the hand that strums them, not as pianists spread chords.
  bool is_strummed(std::size_t place) const {
    return playing_family(part_of(place).instrument).strum_ms > 0;
  }
  PlayedNote* find(NoteId id) { return find_played(performance_.notes, id); }

  void set_velocity(std::size_t p, bool keyboard, double level, PlayedNote& played) const {
    if (expected_.velocity.empty()) return;
    const double learned = expected_.velocity[p] + level;
    const double share = keyboard ? 1 : kOthersShare;
    const double velocity = played.velocity.number() * (1 - share) + learned * share;
    played.velocity = Velocity::clamped(static_cast<int>(std::floor(velocity + 0.5)));
  }

  void set_onset(std::size_t p, bool in_groove, PlayedNote& played) const {
    const PlacedNote& placed = order_.notes()[p];
    const bool has_lag = !expected_.lag.empty() && !is_strummed(p);
    if (has_lag && !in_groove) played.shift = Duration(0);
    played.shift = played.shift + later_[placed.chord];
    if (has_lag) played.shift = played.shift + lag_of(p);
  }

  /// A chord is all there before the next one begins.
  Duration lag_of(std::size_t p) const {
    const PlacedNote& placed = order_.notes()[p];
    const double ms = 1000 * expected_.lag[p];
    const double ticks = ticks_of_ms(ms, performance_.tempo, placed.note->onset);
    const Duration lag(static_cast<std::int64_t>(std::floor(ticks + 0.5)));
    const std::size_t next = placed.chord + std::size_t{1};
    if (next == later_.size()) return lag;
    const auto begins = [&](std::size_t chord) {
      return order_.chords()[chord].onset + later_[chord];
    };
    return std::clamp(lag, Duration(0),
                      std::max(begins(next) - begins(placed.chord) - Duration(1), Duration(0)));
  }

  void keep_all_in_order() {
    for (const Part& part : order_.score().parts)
      if (!part.instrument.is_drums)
        keep_order(order_.score().meter, performance_.tempo, part, performance_.notes);
  }

  void set_length(std::size_t p, PlayedNote& played) const {
    const Note& note = *order_.notes()[p].note;
    if (!is_keyboard(part_of(p))) {
      // What reaches the next note still does: ends are moved as onsets are.
      const Duration longer = later_at(note.end()) - later_[order_.notes()[p].chord];
      played.sounding = std::max(played.sounding + longer, Duration(1));
      return;
    }
    if (expected_.articulation.empty()) return;
    const double ticks =
        static_cast<double>(note.duration.ticks()) * exact_exp2(expected_.articulation[p]);
    // What rings on is let go with the piece.
    const Duration room = std::max(order_.score().end, note.end()) -
                          (note.onset + std::max(played.shift, Duration(0)));
    played.sounding = std::clamp(Duration(static_cast<std::int64_t>(std::floor(ticks + 0.5))),
                                 Duration(1), std::max(room, Duration(1)));
  }

  /// How much later than written a chord begins; 0 where none does.
  Duration later_at(Tick at) const {
    const auto found = std::ranges::lower_bound(order_.chords(), at, {}, &PlacedChord::onset);
    if (found == order_.chords().end() || found->onset != at) return Duration(0);
    return later_[static_cast<std::size_t>(found - order_.chords().begin())];
  }

  const PlayingOrder& order_;
  const Expectation& expected_;
  const std::vector<Duration>& later_;
  Performance& performance_;
};

class Learned final : public Performer {
 public:
  Learned(std::string name, std::shared_ptr<const ExpressionModel> model,
          const PlayingOptions& options)
      : name_(std::move(name)), model_(std::move(model)), options_(options) {}

  std::string_view name() const override { return name_; }
  std::unique_ptr<PerformTake> begin(const PerformTask& task, const Rng& rng) const override {
    return std::make_unique<WholeTake>(task.score, play(task, rng));
  }

 private:
  Performance play(const PerformTask& task, const Rng& rng) const {
    Performance performance =
        perform_with(curve(), task, options_, rng);  // what it leaves to rules
    const PlayingOrder order(task.score);
    const auto beats = beats_of(order);
    const Expectation expected = expect(*model_, order, beats, task.written,
                                        options_.variation * options_.spread, rng.fork("player"));
    const bool in_groove = options_.tempo_freedom > 0 && keeps_groove(task);
    if (!in_groove && !expected.slowness.empty())
      performance.tempo = bent(order, beats, expected, options_.tempo_freedom);
    std::vector<Duration> later(order.chords().size());
    if (!in_groove && !expected.waits.empty())
      later = shifts_within_beats(order, beats, expected.waits, options_.tempo_freedom);
    const bool is_shape = options_.level == LevelFrom::Rules;
    std::vector<double> levels(order.notes().size());
    if (in_groove || is_shape)
      levels = levels_of(order, expected, is_shape ? task.plan : nullptr, performance);
    Playing(order, expected, later, performance).play(in_groove, levels);
    if (!expected.pedal_down.empty()) use_pedal(order, expected, later, performance);
    return performance;
  }

  void use_pedal(const PlayingOrder& order, const Expectation& expected,
                 const std::vector<Duration>& later, Performance& performance) const {
    const auto is_keyboard_pedal = [&](const ControlEvent& event) {
      const Part* part = find_part(order.score(), event.part);
      return event.controller == kSustain && part != nullptr && is_keyboard(*part);
    };
    std::erase_if(performance.controls, is_keyboard_pedal);
    for (const Part& part : order.score().parts)
      if (playing_family(part.instrument).has_pedal && !part.notes.empty())
        add_pedal(order, part, expected, later, performance.tempo, performance.controls);
    std::ranges::stable_sort(performance.controls, {}, &ControlEvent::at);
  }

  std::string name_;
  std::shared_ptr<const ExpressionModel> model_;
  PlayingOptions options_;
};

}  // namespace

Performance perform_with(const Performer& performer, const PerformTask& task,
                         const PlayingOptions& options, const Rng& rng) {
  const auto played = [&](const Rng& own) { return perform(performer, task, own); };
  Performance performance = played(options.variation > 0 ? rng : Rng(0));
  if (options.variation > 0 && options.variation < 1)
    performance = blend(task.score, played(Rng(0)), performance, options.variation);
  hold_tempo(task.score, options.tempo_freedom, performance);
  return performance;
}

void let_go_in_time(const PlayingOrder& order, Performance& performance) {
  const auto shorten = [&](std::size_t before, std::size_t after) {
    const Note &first = *order.notes()[before].note, &second = *order.notes()[after].note;
    PlayedNote* played = find_played(performance.notes, first.id);
    const PlayedNote* next = find_played(performance.notes, second.id);
    if (played == nullptr || next == nullptr) return;
    const Duration room = second.onset + next->shift - (first.onset + played->shift);
    played->sounding = std::max(std::min(played->sounding, room), Duration(1));
  };
  // Of each part and key, the notes struck last: several where voices meet.
  std::map<std::pair<std::uint32_t, int>, std::vector<std::size_t>> last;
  for (std::size_t p = 0; p < order.notes().size(); ++p) {
    const PlacedNote& placed = order.notes()[p];
    auto& struck = last[{placed.part, placed.note->pitch.number()}];
    if (!struck.empty() && order.notes()[struck.front()].note->onset != placed.note->onset) {
      for (const std::size_t before : struck) shorten(before, p);
      struck.clear();
    }
    struck.push_back(p);
  }
}

void hold_tempo(const Score& score, double freedom, Performance& performance) {
  performance.tempo = blend(score.tempo, performance.tempo, freedom);
  for (PlayedNote& played : performance.notes)
    played.shift = Duration(static_cast<std::int64_t>(
        std::floor(static_cast<double>(played.shift.ticks()) * freedom + 0.5)));
  if (freedom < 1) keep_lines(score, performance);
}

std::unique_ptr<Performer> make_learned_performer(std::string name,
                                                  std::shared_ptr<const ExpressionModel> model,
                                                  const PlayingOptions& options) {
  return std::make_unique<Learned>(std::move(name), std::move(model), options);
}

}  // namespace toccata

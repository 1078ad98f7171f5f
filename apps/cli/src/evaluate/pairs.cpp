// SPDX-License-Identifier: MIT
#include "pairs.hpp"

#include <array>
#include <set>

#include <toccata/plan/genre.hpp>

#include "batch.hpp"
#include "controls.hpp"
#include "measures.hpp"

namespace toccata::cli {
namespace {

enum class Level : std::uint8_t { Low, High };

/// One soft control.
struct Soft {
  const char* name;
  const char* about;
  /// Asks for little or much of it in a brief, or in words where a brief has no field for it.
  void (*ask)(Brief& brief, Level level, Rng& rng);
  std::array<std::array<const char*, 2>, 2> words;  ///< by level, then language; or none
  double (*measure)(const Heard& heard);
  /// Takes away what would leave it nothing to decide.
  void (*make_room)(Brief& brief);
};

/// Little of a range from 0 to 1, or much of it.
double drawn(Level level, Rng& rng) {
  return (level == Level::Low ? rng.between(0, 30) : rng.between(70, 100)) / 100.0;
}
double drawn_sign(Level level, Rng& rng) {
  return (level == Level::Low ? -1 : 1) * rng.between(40, 100) / 100.0;
}

void ask_density(Brief& brief, Level level, Rng& rng) { brief.density = drawn(level, rng); }
void ask_dynamics(Brief& brief, Level level, Rng& rng) {
  brief.dynamics = static_cast<Dynamics>(rng.between(0, 2) + (level == Level::Low ? 0 : 3));
}
void ask_lengths(Brief& brief, Level level, Rng& /*rng*/) {
  brief.note_lengths = level == Level::Low ? NoteLengths::Short : NoteLengths::Long;
}
void ask_valence(Brief& brief, Level level, Rng& rng) { brief.valence = drawn_sign(level, rng); }
void ask_arousal(Brief& brief, Level level, Rng& rng) { brief.arousal = drawn_sign(level, rng); }
void ask_nothing(Brief& /*brief*/, Level /*level*/, Rng& /*rng*/) {}

void keep_all(Brief& /*brief*/) {}
void free_tempo(Brief& brief) { brief.tempo_bpm.reset(); }
void free_scale(Brief& brief) { brief.tonality->scale.clear(); }

constexpr Soft kSofts[] = {
    {"density", "more notes a bar", ask_density, {}, notes_a_bar, keep_all},
    {"dynamics", "a higher mean velocity", ask_dynamics, {}, mean_velocity, keep_all},
    {"note lengths", "longer notes on average", ask_lengths, {}, mean_length, keep_all},
    {"valence",
     "brighter degrees above the tonic, by the line of fifths",
     ask_valence,
     {},
     brightness,
     free_scale},
    {"arousal: pace", "more notes a second", ask_arousal, {}, notes_a_second, free_tempo},
    {"arousal: loudness", "a higher mean velocity", ask_arousal, {}, mean_velocity, free_tempo},
    {"slow and fast",
     "a higher tempo at tick 0",
     ask_nothing,
     {{{{"slow", "lent"}}, {{"fast", "rapide"}}}},
     first_tempo,
     free_tempo},
};

/// Hard wishes that a soft one must leave alone.
Brief hard_brief(Rng& rng) {
  Brief brief;
  brief.genres = {{std::string(rng.pick(Genre::names())), 1}};
  brief.tempo_bpm = rng.between(60, 160);
  static constexpr Meter kMeters[] = {Meter::literal(4, 4), Meter::literal(3, 4),
                                      Meter::literal(6, 8)};
  brief.meter = rng.pick(std::span(kMeters));
  brief.bars = rng.between(12, 24);
  brief.tonality = TonalityAsk{NoteName{static_cast<Step>(rng.between(0, 6)), 0},
                               rng.chance(0.5) ? "major" : "minor", ""};
  return brief;
}

/// The brief with little or much of the control, in otherwise equal words.
Ask ask_of(const Soft& soft, const Brief& base, Level level, Language language, const Rng& rng) {
  Brief brief = base;
  soft.make_room(brief);
  Rng values = rng.fork("values"), words = rng.fork("words");
  soft.ask(brief, level, values);
  Ask ask = ask_for(brief, language, words);
  const char* word =
      soft.words[static_cast<std::size_t>(level)][static_cast<std::size_t>(language)];
  if (word == nullptr) return ask;
  if (ask.sentence.ends_with('.')) ask.sentence.pop_back();
  ask.sentence += std::string("; ") + word;
  return ask;
}

Fault hard_fault(const Ask& ask, const Heard& heard) {
  for (const Control& control : controls())
    if (control.is_asked != nullptr && control.draw != nullptr && control.is_asked(ask.brief))
      if (const Fault fault = control.check(ask.brief, heard))
        return std::string(control.name) + ": " + *fault;
  return std::nullopt;
}

std::multiset<int> programs_of(const Heard& heard) {
  std::multiset<int> programs;
  for (const Part* part : heard_parts(heard))
    programs.insert(part->instrument.is_drums ? -1 : part->instrument.program.number());
  return programs;
}

/// What became of one pair.
struct Trial {
  Ask ask;  ///< the one with much of it
  Fault moved, stayed, refusal;
  bool moves_by_chance = false;
};

Trial tried(const Soft& soft, const Brief& base, Language language, const Rng& rng) {
  const Ask low_ask = ask_of(soft, base, Level::Low, language, rng);
  Trial trial{ask_of(soft, base, Level::High, language, rng), {}, {}, {}, false};
  const auto low = hear(low_ask), high = hear(trial.ask);
  if (!low || !high) {
    trial.refusal = low ? high.error() : low.error();
    return trial;
  }
  const double from = soft.measure(*low), to = soft.measure(*high);
  if (!(to > from)) trial.moved = std::to_string(from) + " to " + std::to_string(to);
  trial.stayed = hard_fault(low_ask, *low);
  if (!trial.stayed) trial.stayed = hard_fault(trial.ask, *high);
  if (!trial.stayed && programs_of(*low) != programs_of(*high)) trial.stayed = "other instruments";
  Ask other = low_ask;
  ++other.seed;
  const auto heard = hear(other);
  trial.moves_by_chance = heard && soft.measure(*heard) > from;
  return trial;
}

void add_rows(const Soft& soft, const std::vector<Trial>& trials, Report& report) {
  Tally moved{soft.name, soft.about};
  Tally stayed{std::string(soft.name) + ", the rest", "tempo, meter, bars, key, instruments stay"};
  std::size_t chance = 0;
  const auto count = [&](Tally& row, const Trial& trial, const Fault& fault) {
    ++row.asked;
    if (trial.refusal) ++row.refused;
    else if (fault) report.misses.push_back({row.name, *fault, to_json(trial.ask)});
    else ++row.obtained;
  };
  for (const Trial& trial : trials) {
    count(moved, trial, trial.moved);
    count(stayed, trial, trial.stayed);
    chance += trial.moves_by_chance ? 1 : 0;
    if (trial.refusal) report.refusals.push_back({soft.name, *trial.refusal, to_json(trial.ask)});
  }
  moved.by_chance = static_cast<double>(chance) / static_cast<double>(trials.size());
  report.rows.push_back(std::move(moved));
  report.rows.push_back(std::move(stayed));
}

}  // namespace

Outcome<Report> evaluate_pairs(std::size_t count, std::uint64_t seed) {
  Report report{"One control changed, all else equal", count, seed, {}, {}, {}};
  for (const Soft& soft : kSofts) {
    std::vector<Trial> trials(count);
    TOCCATA_CHECK(run_all(count, [&](std::size_t index) -> Outcome<void> {
      const Rng rng = Rng(seed).fork(soft.name).fork(index);
      Rng hard = rng.fork("hard");
      const auto language = index % 2 == 0 ? Language::English : Language::French;
      trials[index] = tried(soft, hard_brief(hard), language, rng);
      return {};
    }));
    add_rows(soft, trials, report);
  }
  return report;
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
// New notes among a user's: loud as what stands around them.
#include "performers.hpp"

#include <algorithm>
#include <cmath>

namespace toccata {
namespace {

constexpr int kNearBars = 8;
constexpr double kPlain = 80;

struct Spread {
  int count = 0;
  double mean = 0;
  double deviation = 0;
};

Spread spread_of(const std::vector<double>& values) {
  Spread spread{static_cast<int>(values.size()), 0, 0};
  if (values.empty()) return spread;
  for (const double value : values) spread.mean += value;
  spread.mean /= spread.count;
  double squares = 0;
  for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation = std::sqrt(squares / spread.count);
  return spread;
}

/// The notes of one part, told apart as old and new; of a kit, those of one key.
class Company {
 public:
  Company(const Score& score, const Part& part, const Performance& performance,
          const Performance& rule, const std::vector<NoteId>& added)
      : score_(score), part_(part), performance_(performance), rule_(rule), added_(added) {}

  bool is_added(const Note& note) const { return std::ranges::binary_search(added_, note.id); }

  /// Old notes' velocities within some bars of the new ones; `key` limits it to one drum.
  Spread old_ones(Bar first, Bar last, const Pitch* key) const {
    std::vector<double> values;
    for (const Note& note : part_.notes) {
      const Bar bar = score_.meter.bar_at(note.onset);
      if (is_added(note) || bar < first || last < bar || (key != nullptr && note.pitch != *key))
        continue;
      const PlayedNote* played = find_played(performance_, note.id);
      values.push_back(played != nullptr ? played->velocity.number() : kPlain);
    }
    return spread_of(values);
  }
  Spread new_ones(const Pitch* key) const {
    std::vector<double> values;
    for (const Note& note : part_.notes)
      if (is_added(note) && (key == nullptr || note.pitch == *key)) values.push_back(by_rule(note));
    return spread_of(values);
  }
  double by_rule(const Note& note) const { return find_played(rule_, note.id)->velocity.number(); }

 private:
  const Score& score_;
  const Part& part_;
  const Performance& performance_;
  const Performance& rule_;
  const std::vector<NoteId>& added_;
};

struct Match {
  Spread model, rule;
  int velocity_of(double by_rule) const {
    if (model.count == 0) return static_cast<int>(std::floor(by_rule + 0.5));
    const double factor = rule.deviation > 0 ? model.deviation / rule.deviation : 0;
    // Where the user's notes hardly differ among themselves, neither do the new ones.
    const double velocity = model.mean + (by_rule - rule.mean) * std::min(factor, 2.0);
    return static_cast<int>(std::floor(velocity + 0.5));
  }
};

/// What the notes nearby are like; where there are none, the whole part; else the rule.
Match match_for(const Company& company, Bar first, Bar last, const Pitch* key) {
  Spread model = company.old_ones(first + -kNearBars, last + kNearBars, key);
  if (model.count == 0) model = company.old_ones(Bar(-1), Bar(1 << 30), key);
  return {model, company.new_ones(key)};
}

/// The end of what is written, kept short of the next note on the same key.
Duration length_of(const std::vector<Note>& notes, std::size_t index) {
  const Note& note = notes[index];
  for (std::size_t i = index + 1; i < notes.size() && notes[i].onset < note.end(); ++i)
    if (notes[i].pitch == note.pitch && notes[i].onset > note.onset)
      return notes[i].onset - note.onset;
  return note.duration;
}

void play_added(const Part& part, const Company& company, const MeterMap& meter,
                Performance& result) {
  std::vector<Note> added;
  std::ranges::copy_if(part.notes, std::back_inserter(added),
                       [&](const Note& note) { return company.is_added(note); });
  if (added.empty()) return;
  const Bar first = meter.bar_at(added.front().onset), last = meter.bar_at(added.back().onset);
  std::vector<std::pair<Pitch, Match>> drums;
  const Match whole = match_for(company, first, last, nullptr);
  const auto match_of = [&](const Note& note) {
    if (!part.instrument.is_drums) return whole;
    for (const auto& [key, match] : drums)
      if (key == note.pitch) return match;
    const Match own = match_for(company, first, last, &note.pitch);
    drums.emplace_back(note.pitch, own.model.count > 0 ? own : whole);
    return drums.back().second;
  };
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    const Note& note = part.notes[i];
    if (!company.is_added(note)) continue;
    const int velocity = match_of(note).velocity_of(company.by_rule(note));
    result.notes.push_back(
        {note.id, Duration(0), length_of(part.notes, i), Velocity::clamped(velocity), {}});
  }
}

}  // namespace

Performance perform_like(const Score& score, const Performance& performance,
                         const std::vector<NoteId>& added, const Rng& rng) {
  const Performance rule = perform_by_curve({score}, rng);
  Performance result{{}, {}, performance.tempo};
  for (const Part& part : score.parts)
    play_added(part, Company(score, part, performance, rule, added), score.meter, result);
  std::ranges::sort(result.notes, {}, &PlayedNote::note);
  return result;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include "bass.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include <toccata/base/elementary.hpp>

#include "chord_scale.hpp"
#include "maqam_pitch.hpp"
#include "riff.hpp"

namespace toccata {
namespace {

constexpr double kMostDetached = 0.6;
/// How often a stroke differs in a bar that does not keep its pattern, and its tone.
constexpr double kOtherStroke = 0.12, kOtherTone = 0.15;
/// How much more energy it takes to fill a pattern up.
constexpr double kFullerBy = 0.25;
/// How often a piece's last note is struck again.
constexpr double kStruckAgain = 0.75;
/// How a walking beat is split: in halves, late as a skip, in three.
constexpr std::array<double, 3> kSplits{4, 2, 1};
/// How often a walking line goes in half notes, at most.
constexpr double kMostHalves = 0.2;

/// A genre's bass as one player takes it: of the tones beside the root each more or less often.
BassStyle leaned(const BassStyle& genre, const Rng& rng) {
  constexpr double kMostOtherTones = 0.85;  // the root is heard
  BassStyle own = genre;
  own.onsets = leaned(genre.onsets, rng);
  own.lead = leaned(genre.lead, rng.fork("lead"));
  own.passing = leaned(genre.passing, rng.fork("passing"));
  own.approach = leaned(genre.approach, rng.fork("approach"));
  own.third = leaned(genre.third, rng.fork("third"));
  own.fifth = leaned(genre.fifth, rng.fork("fifth"));
  own.octave = leaned(genre.octave, rng.fork("octave"));
  const double others = own.third + own.fifth + own.octave;
  if (others > kMostOtherTones)
    for (double* tone : {&own.third, &own.fifth, &own.octave}) *tone *= kMostOtherTones / others;
  return own;
}

}  // namespace

BassWriter::BassWriter(const Settings& settings, const Plan& plan, PitchRange range, const Rng& rng)
    : settings_(settings),
      plan_(plan),
      range_(range),
      grid_(settings.meter),
      rng_(rng),
      style_(leaned(settings.genre.bass, rng)),
      touch_(Touch::draw(kMostDetached, rng)),
      leans_(draw_figure_leans(rng.fork("figures"))),
      splits_(kSplits),
      halves_(kMostHalves * rng.fork("halves").uniform()) {
  Rng splits = rng.fork("splits");
  for (double& split : splits_) split *= exact_exp2(3 * splits.uniform() - 1.5);
  const int span = range.highest.number() - range.lowest.number();
  home_ = range.lowest.number() + rng.fork("home").between(6, std::max(6, span / 2));
  last_ = placed(settings.key.tonic.pitch_class(), home_);
}

std::vector<Note> BassWriter::write(const SectionPlan& section) {
  std::vector<Note> notes;
  Rng rng = rng_.fork(section.material);
  auto known = std::ranges::find(patterns_, section.material, &Known::material);
  if (known == patterns_.end()) {
    patterns_.push_back(first_played(section, rng));
    known = patterns_.end() - 1;
  }
  const Pattern pattern = fuller(*known, section.energy, rng.fork("fuller"));
  Rng bars = rng.fork(section.varied ? static_cast<std::uint64_t>(section.first.index()) : 0);
  for (int i = 0; i < section.bars; ++i) {
    const Bar bar = section.first + i;
    Rng own = draws_of_bar(bars, i, settings_.genre.loops);
    if (bar.index() + 1 == settings_.bars) write_last_bar(bar, notes);
    else if (style_.idiom == BassIdiom::Walking)
      write_walking_bar(bar, known->figure[i % 2], section.energy, notes, own);
    else {
      Pattern strokes = played_again(pattern, section.energy, own);
      const bool waits = strokes.empty() || strokes.front().at > Duration(0);
      if (i == 0 && section.lands() && waits)
        strokes.insert(strokes.begin(), {Duration(0), Tone::Root, own.next()});
      // A loop leads on where it ends.
      const double leads = (i + 1) % kLoopBars == 0 ? 1 : 1 - settings_.genre.loops;
      if (own.chance(leads * style_.lead)) put_lead(strokes, section.energy, own);
      write_bar(bar, strokes, notes, own);
    }
  }
  return notes;
}

BassWriter::Known BassWriter::first_played(const SectionPlan& section, Rng& rng) const {
  Known known{section.material, section.energy, {}, {}};
  if (style_.idiom == BassIdiom::Walking)
    known.figure =
        draw_walk_figure(grid_, manner_at(section.energy), tries_for(style_.own), Rng(rng.next()));
  else known.pattern = draw_pattern(section, rng);
  return known;
}

double BassWriter::odds_at(double energy) const { return accompaniment_odds(settings_, energy); }

RhythmManner BassWriter::manner_at(double energy) const {
  RhythmManner manner;
  manner.onsets = style_.onsets;
  manner.odds = odds_at(energy);
  manner.figures = style_.figures;
  manner.swings = settings_.genre.swing_percent > 50;
  manner.leans = leans_;
  return manner;
}

void BassWriter::put_lead(Pattern& strokes, double energy, Rng& rng) const {
  if (settings_.note_lengths == NoteLengths::Long || grid_.beats() < 2) return;
  const int beat = std::max(1, grid_.beats() - (rng.chance(0.35) ? 2 : 1));
  const Duration from = grid_.beat_onset(beat);
  std::erase_if(strokes, [&](const Stroke& stroke) { return stroke.at >= from; });
  for (const Duration at :
       draw_figures(grid_, beat, grid_.bar() - from, manner_at(energy), Rng(rng.next())))
    strokes.push_back({from + at, Tone::Lead, rng.next()});
}

double BassWriter::chance_of(Tone tone) const {
  switch (tone) {
    case Tone::Lead:
    case Tone::Root: return 1 - style_.third - style_.fifth - style_.octave;
    case Tone::Third: return style_.third;
    case Tone::Fifth: return style_.fifth;
    case Tone::Octave: return style_.octave;
  }
  return 0;
}

BassWriter::Stroke BassWriter::draw_stroke(Duration at, Rng& rng) const {
  const std::array<double, 4> tones{chance_of(Tone::Root), chance_of(Tone::Third),
                                    chance_of(Tone::Fifth), chance_of(Tone::Octave)};
  return {at, static_cast<Tone>(rng.weighted(tones)), rng.next()};
}

BassWriter::Pattern BassWriter::draw_pattern(const SectionPlan& section, Rng& rng) const {
  if (has_riffs(settings_)) {
    Pattern riff;
    for (const Duration at : draw_riff(grid_, settings_, section))
      riff.push_back(draw_stroke(at, rng));
    return riff;
  }
  const double energy = section.energy;
  Pattern rarest;
  double least = 2;
  for (int attempt = 0; attempt < tries_for(style_.own); ++attempt) {
    Pattern pattern;
    const auto onsets = draw_strokes(grid_, manner_at(energy), rng);
    double likely = likelihood(grid_, style_.onsets, odds_at(energy), onsets);
    for (const Duration at : onsets) {
      pattern.push_back(draw_stroke(at, rng));
      likely *= chance_of(pattern.back().tone);
    }
    if (likely >= least) continue;
    least = likely;
    rarest = std::move(pattern);
  }
  return rarest;
}

BassWriter::Pattern BassWriter::played_again(const Pattern& pattern, double energy,
                                             Rng& rng) const {
  if (rng.chance(settings_.genre.loops)) return pattern;
  Pattern again;
  const double odds = odds_at(energy);
  for (const Place& place : grid_.places()) {
    const auto known = std::ranges::find(pattern, place.at, &Stroke::at);
    if (rng.chance(kOtherStroke)) {
      if (rng.chance(onset_chance(style_.onsets, place.kind, odds)))
        again.push_back(draw_stroke(place.at, rng));
    } else if (known != pattern.end()) {
      again.push_back(rng.chance(kOtherTone) ? draw_stroke(place.at, rng) : *known);
    }
  }
  // Strokes between the places of the grid (triplets) are played or left out.
  for (const Stroke& stroke : pattern)
    if (grid_.nearest(stroke.at).at != stroke.at && !rng.chance(kOtherStroke))
      again.push_back(stroke);
  std::ranges::stable_sort(again, {}, &Stroke::at);
  return again.empty() ? pattern : again;
}

BassWriter::Pattern BassWriter::fuller(const Known& known, double energy, Rng rng) const {
  Pattern full = known.pattern;
  if (energy - known.energy < kFullerBy) return full;
  for (const Place& place : grid_.places()) {
    const double before = onset_chance(style_.onsets, place.kind, odds_at(known.energy)),
                 now = onset_chance(style_.onsets, place.kind, odds_at(energy));
    const bool is_free = std::ranges::none_of(
        known.pattern, [&](const Stroke& stroke) { return stroke.at == place.at; });
    if (is_free && before < 1 && rng.chance((now - before) / (1 - before)))
      full.push_back(draw_stroke(place.at, rng));
  }
  std::ranges::stable_sort(full, {}, &Stroke::at);
  return full;
}

void BassWriter::write_bar(Bar bar, const Pattern& pattern, std::vector<Note>& notes, Rng& rng) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  // A chord that begins where the pattern rests is marked all the same.
  Pattern strokes = pattern;
  for (const ChordSpan& span : plan_.chords_in(line, end)) {
    const bool struck =
        std::ranges::any_of(strokes, [&](const Stroke& s) { return line + s.at == span.at; });
    if (!struck && style_.onsets.bar > 0.9)
      strokes.push_back({span.at - line, Tone::Root, rng.next()});
  }
  std::ranges::stable_sort(strokes, {}, &Stroke::at);
  std::optional<int> goal;  // of what leads on
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const Tick onset = line + strokes[i].at;
    const Tick next_onset = i + 1 < strokes.size() ? line + strokes[i + 1].at : end;
    Rng touch(strokes[i].touch);
    const Held held = touch_.held(next_onset - onset, touch);
    const ChordSpan& span = plan_.chord_at(onset);
    const ChordSpan* next = chord_after(onset);
    if (strokes[i].tone == Tone::Lead) {
      const Chord& ahead = next != nullptr && next->at <= end ? next->chord : span.chord;
      const int left = static_cast<int>(strokes.size() - i);
      if (!goal) goal = placed(ahead.bass_class(), last_);
      add(onset, held, steps_short_of(*goal, left, last_ <= *goal, span.chord), notes);
      continue;
    }
    const bool leads = next != nullptr && next->at == next_onset && onset > span.at;
    if (leads && settings_.maqam == nullptr && touch.chance(style_.approach))
      add(onset, held, approach(placed(next->chord.bass_class(), last_), span.chord, touch), notes);
    else if (onset > span.at && touch.chance(style_.passing * (1 - settings_.genre.loops)))
      add(onset, held, walk_to(onset, span.chord, next, touch), notes);
    else
      add(onset, held, tone_number(span.chord, onset == span.at ? Tone::Root : strokes[i].tone),
          notes);
  }
}

int BassWriter::steps_short_of(int goal, int steps, bool rises, const Chord& chord) const {
  const PitchClassSet scale = chord_scale(settings_, chord);
  const auto from = [&](int direction) -> std::optional<int> {
    int number = goal;
    for (int left = steps; left > 0;) {
      number += direction;
      if (number < range_.lowest.number() || number > range_.highest.number()) return std::nullopt;
      if (has(scale, number)) --left;
    }
    return number;
  };
  // Where the range ends too soon the line comes from the other side.
  const int direction = rises ? -1 : 1;
  if (const auto near = from(direction)) return *near;
  return from(-direction).value_or(goal);
}

Tick BassWriter::lead_home(Tick line, const Chord& chord, int goal, std::vector<Note>& notes,
                           Rng& rng) {
  if (settings_.note_lengths == NoteLengths::Long || grid_.beats() < 2) return line;
  // Late rather than early: what leads there is the piece's own.
  const int latest = std::max(1, grid_.beats() - 1);
  const int rest_beat = std::max(rng.between(1, latest), rng.between(1, latest));
  const Duration rest_at = grid_.beat_onset(rest_beat);
  auto strokes = draw_figures(grid_, 0, rest_at, manner_at(0.5), Rng(rng.next()));
  if (strokes.size() < 3)
    strokes = draw_figures(grid_, 0, rest_at, manner_at(0.5), Rng(rng.next()));
  const bool steps = rng.chance(0.5), rises = rng.chance(0.5);
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const Duration until = i + 1 < strokes.size() ? strokes[i + 1] : rest_at;
    const int left = static_cast<int>(strokes.size() - i);
    const Tone tone = draw_stroke(strokes[i], rng).tone;
    // What came a step short of the goal goes there.
    const bool arrives = i == 0 && std::abs(goal - last_) <= 2;
    const int number = arrives ? goal
                       : steps && strokes[i] > Duration(0)
                           ? steps_short_of(goal, left, rises, chord)
                           : tone_number(chord, tone);
    add(line + strokes[i], touch_.held(until - strokes[i], rng), number, notes);
  }
  return line + rest_at;
}

void BassWriter::write_last_bar(Bar bar, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  Rng rng = rng_.fork("ending");
  for (const ChordSpan& span : plan_.chords) {
    const Tick onset = std::max(span.at, line), until = std::min(span.at + span.duration, end);
    if (onset >= until) continue;
    // It is led to, then held or struck again where the bar has room, an octave lower or higher
    // where the hand can.
    const int number = placed(span.chord.bass_class(), last_);
    const bool closes = until == end && onset == line;
    const Tick rest = closes ? lead_home(line, span.chord, number, notes, rng) : onset;
    const Tick again = line + grid_.beat_onset(rng.between(0, grid_.beats() - 1));
    if (again > rest && again < until && rng.chance(kStruckAgain)) {
      add(rest, {again - rest}, number, notes);
      const int other = number + (rng.chance(0.6) ? -12 : 12);
      const bool reaches = other >= range_.lowest.number() && other <= range_.highest.number();
      add(again, {until - again}, reaches && rng.chance(0.7) ? other : number, notes);
    } else {
      add(rest, {until - rest}, number, notes);
    }
  }
}

void BassWriter::add(Tick onset, Held held, int number, std::vector<Note>& notes) {
  Note note;
  note.onset = onset;
  note.duration = held.written;
  if (settings_.note_lengths == NoteLengths::Short) note.duration = shortened(note.duration);
  if (held.staccato) note.marks.add(Mark::Staccato);
  note.pitch = range_.folded(number);
  last_ = note.pitch.number();
  note.detune = detune_in_maqam(settings_, last_);
  notes.push_back(note);
}

int BassWriter::tone_number(const Chord& chord, Tone tone) const {
  const PitchClass root = chord.root_class();
  switch (tone) {
    case Tone::Lead:
    case Tone::Root: return placed(chord.bass_class(), last_);
    case Tone::Third: return placed(root + chord.semitones_of(3).value_or(0), last_);
    case Tone::Fifth: return placed(root + chord.semitones_of(5).value_or(0), last_);
    case Tone::Octave: {
      const int low = placed(chord.bass_class(), last_);
      return low + 12 <= range_.highest.number() ? low + 12 : low;
    }
  }
  return last_;
}

int BassWriter::placed(PitchClass pitch_class, int near) const {
  // Pulled towards its home, so that a line does not drift away; but a step goes where it leads.
  constexpr int kStep = 2;
  const int pulled = (3 * near + home_) / 4;
  int best = 0, distance = 1000;
  for (int n = range_.lowest.number(); n <= range_.highest.number(); ++n) {
    if (PitchClass::folded(n) != pitch_class) continue;
    if (std::abs(n - near) <= kStep) return n;
    if (std::abs(n - pulled) >= distance) continue;
    best = n;
    distance = std::abs(n - pulled);
  }
  return distance < 1000 ? best : near;
}

const ChordSpan* BassWriter::chord_after(Tick at) const {
  const auto after = std::ranges::upper_bound(plan_.chords, at, {}, &ChordSpan::at);
  return after == plan_.chords.end() ? nullptr : &*after;
}

}  // namespace toccata

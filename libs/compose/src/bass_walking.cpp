// SPDX-License-Identifier: MIT
// The walking bass: a tone a beat, tones of the chord on the strong ones, and steps that lead on.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "bass.hpp"

namespace toccata {
namespace {

/// How often a beat is struck that half notes hold over, and how often something leads on from it.
constexpr double kStrikesHeld = 0.3, kLeadsOn = 0.6;
/// How often a bar that leaves its figure has another rhythm too.
constexpr double kOtherRhythm = 0.4;
constexpr int kScaleSteps = 7;  ///< in an octave
}  // namespace

void BassWriter::write_walking_bar(Bar bar, const WalkBar& figure, double energy,
                                   std::vector<Note>& notes, Rng& rng) {
  const Tick line = plan_.meter.onset_of(bar);
  if (style_.figure > 0) {
    WalkBar played = figure;
    if (!rng.chance(style_.figure)) depart(line, energy, played, rng);
    played.path = settled_path(grid_, played);
    if (passes(played.path.back()) && begins_at(line + grid_.bar())) --played.path.back();
    const std::vector<int> walk = walk_of(line, played.path);
    if (!walk.empty()) return write_figure(line, std::move(played.strokes), walk, notes, rng);
  }
  const bool in_halves = grid_.beats() % 2 == 0 && rng.chance(halves_);
  std::vector<int> walk;
  if (!rng.chance(style_.own)) walk = walk_of(line, draw_path(line, 0, rng));
  for (int beat = 0; beat < grid_.beats(); ++beat) {
    // In half notes a beat that brings no chord is held over.
    const Tick onset = line + grid_.beat_onset(beat);
    const bool is_held = in_halves && beat % 2 == 1 && plan_.chord_at(onset).at != onset &&
                         !notes.empty() && !rng.chance(kStrikesHeld);
    if (is_held) hold_over(beat, line, notes, rng);
    else write_beat(beat, line, walk, notes, rng);
  }
}

void BassWriter::depart(Tick line, double energy, WalkBar& figure, Rng& rng) const {
  figure.path = draw_path(line, figure.path.front(), rng);
  if (rng.chance(kOtherRhythm))
    figure.strokes = draw_walk_strokes(grid_, manner_at(energy), tries_for(style_.own), rng);
}

WalkPath BassWriter::draw_path(Tick line, int first, Rng& rng) const {
  const ChordSpan& span = plan_.chord_at(line);
  const ChordSpan* next = chord_after(line);
  int goal = 0;  // the next root, in steps from this one
  if (next != nullptr) {
    const int up = root_of(next->chord) - root_of(span.chord);
    goal = (up * kScaleSteps + (up < 0 ? -6 : 6)) / 12;
  }
  return draw_walk_path(grid_.beats(), first, goal, rng);
}

int BassWriter::root_of(const Chord& chord) const {
  return placed(chord.root_class(), style_.figure > 0 ? home_ : last_);
}

std::vector<int> BassWriter::walk_of(Tick line, const WalkPath& path) const {
  std::vector<int> walk;
  if (settings_.maqam != nullptr) return walk;
  walk.reserve(path.size());
  const ChordSpan* span = nullptr;
  PitchClassSet scale;
  for (std::size_t beat = 0, begun = 0; beat < path.size(); ++beat) {
    const ChordSpan& now = plan_.chord_at(line + grid_.beat_onset(static_cast<int>(beat)));
    if (now.chord.bass) return {};
    const bool begins = beat > 0 ? &now != span : begins_at(line);
    if (begins) begun = beat;
    if (span != &now) scale = chord_scale(settings_, now.chord);
    span = &now;
    // On the first and the third beat stand tones of the chord, and the root where it begins.
    const bool is_strong = (beat - begun) % 2 == 0;
    walk.push_back(tone_of_step(now.chord, scale, begins ? 0 : path[beat - begun], is_strong));
    // What lies a semitone above a tone of the chord goes on by step or is not there.
    if (beat == 0) continue;
    int& before = walk[beat - 1];
    const bool rubs = !span->chord.contains(PitchClass::folded(before)) &&
                      span->chord.contains(PitchClass::folded(before - 1));
    if (rubs && std::abs(walk.back() - before) > 2) --before;
  }
  return walk;
}

bool BassWriter::begins_at(Tick line) const {
  return line == Tick(0) || plan_.chord_at(line - Duration(1)).chord != plan_.chord_at(line).chord;
}

int BassWriter::tone_of_step(const Chord& chord, const PitchClassSet& scale, int step,
                             bool is_strong) const {
  const int octaves = (step + 2 * kScaleSteps) / kScaleSteps - 2;
  const int degree = step - octaves * kScaleSteps + 1;
  const int root = root_of(chord);
  int above = degree_above(chord, scale, degree);
  // A triad has its octave for the seventh.
  if (is_strong && !chord.contains(PitchClass::folded(root + above))) above = degree > 5 ? 12 : 0;
  // What the hand cannot reach is played an octave nearer.
  return range_.folded(root + 12 * octaves + above).number();
}

void BassWriter::write_figure(Tick line, std::vector<WalkStroke> strokes, std::span<const int> walk,
                              std::vector<Note>& notes, Rng& rng) {
  const Tick end = line + grid_.bar();
  for (const ChordSpan& span : plan_.chords_in(line, end)) strike(span.at - line, strokes);
  const ChordSpan* next = chord_after(end - Duration(1));
  const Chord& last = plan_.chord_at(end - Duration(1)).chord;
  std::optional<int> home, leads;  // what follows the bar, and what goes there
  if (next != nullptr && next->chord != last) home = root_of(next->chord);
  if (home && grid_.nearest(strokes.back().at).beat + 1 == grid_.beats() &&
      rng.chance(style_.approach))
    leads = approach(*home, last, rng);
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const Tick onset = line + strokes[i].at;
    const bool is_last = i + 1 == strokes.size();
    const Duration until = is_last ? grid_.bar() : strokes[i + 1].at;
    const auto tone_at = [&](const WalkStroke& stroke) {
      return walk[static_cast<std::size_t>(grid_.nearest(stroke.at).beat)];
    };
    std::optional<int> goal = home;
    if (!is_last) {
      const bool walks = strokes[i + 1].turn == WalkTurn::Walks;
      goal = i + 2 == strokes.size() && leads ? leads
             : walks                          ? std::optional(tone_at(strokes[i + 1]))
                                              : std::nullopt;
    }
    const int number = is_last && leads ? *leads
                       : strokes[i].turn == WalkTurn::Walks
                           ? tone_at(strokes[i])
                           : turned(strokes[i].turn, plan_.chord_at(onset).chord, goal);
    add(onset, touch_.held(until - strokes[i].at, rng), number, notes);
  }
}

void BassWriter::strike(Duration at, std::vector<WalkStroke>& strokes) const {
  const auto place = std::ranges::lower_bound(strokes, at, {}, &WalkStroke::at);
  if (place == strokes.end() || place->at != at) strokes.insert(place, {at, WalkTurn::Walks});
}

int BassWriter::turned(WalkTurn turn, const Chord& chord, std::optional<int> goal) const {
  const bool is_own = chord.contains(PitchClass::folded(last_));
  const int higher = last_ + 12 <= range_.highest.number() ? last_ + 12 : last_ - 12;
  switch (turn) {
    case WalkTurn::Walks:
    case WalkTurn::Again: return last_;
    case WalkTurn::Octave: return is_own && higher >= range_.lowest.number() ? higher : last_;
    case WalkTurn::Root: return is_own ? root_of(chord) : last_;
    case WalkTurn::Leads: break;
  }
  if (!goal) return last_;
  const int below = *goal - 1, above = *goal + 1;
  const int short_of = last_ <= below ? below : above;
  return short_of == last_ ? below : short_of;
}

int BassWriter::degree_above(const Chord& chord, const PitchClassSet& scale, int degree) {
  static constexpr std::array<int, 8> kMajor{0, 2, 4, 5, 7, 9, 11, 12};
  if (degree == 8) return 12;
  for (const int same : {degree, degree + 7})
    if (const auto tone = chord.semitones_of(same)) return *tone % 12;
  if (degree == 3) return chord.semitones_of(4).value_or(chord.semitones_of(2).value_or(7));
  const int above = kMajor[static_cast<std::size_t>(degree - 1)];
  for (const int near : {above, above - 1, above + 1})
    if (has(scale, chord.root_class().number() + near)) return near;
  return above;
}

void BassWriter::hold_over(int beat, Tick line, std::vector<Note>& notes, Rng& rng) {
  // What is held gives way, most often, to a short note that leads on.
  const Tick onset = line + grid_.beat_onset(beat);
  const Duration length = grid_.beat_length(beat);
  const bool leads_on = rng.chance(kLeadsOn);
  const Duration late = rng.chance(0.5) ? length / 2 : length * 2 / 3;
  notes.back().duration = onset + (leads_on ? late : length) - notes.back().onset;
  notes.back().marks = {};
  if (!leads_on) return;
  const ChordSpan& span = plan_.chord_at(onset);
  add(onset + late, {length - late}, walk_to(onset + late, span.chord, chord_after(onset), rng),
      notes);
}

void BassWriter::write_beat(int beat, Tick line, std::span<const int> walk,
                            std::vector<Note>& notes, Rng& rng) {
  const Tick onset = line + grid_.beat_onset(beat);
  const Duration length = grid_.beat_length(beat);
  const ChordSpan& span = plan_.chord_at(onset);
  const ChordSpan* next = chord_after(onset);
  const auto step = static_cast<std::size_t>(beat);
  const bool is_last = next != nullptr && next->at == onset + length;
  int number = 0;
  if (onset == span.at) number = tone_number(span.chord, Tone::Root);
  else if (is_last && rng.chance(style_.approach))
    number = approach(placed(next->chord.bass_class(), last_), span.chord, rng);
  else if (step < walk.size() && span.at <= line) number = walk[step];
  else number = walk_to(onset, span.chord, next, rng);
  if (!rng.chance(style_.onsets.offbeat))
    return add(onset, touch_.held(length, rng), number, notes);
  // Now and then the beat is split, as a skip or in three. A tone that leads somewhere comes last;
  // one of the chord comes first and is repeated or left by another.
  const std::size_t split = length.ticks() % 3 == 0 ? rng.weighted(splits_) : 0;
  const Duration first = split == 0 ? length / 2 : split == 1 ? length * 2 / 3 : length / 3;
  const bool leads = !span.chord.contains(PitchClass::folded(number));
  for (Duration at; at < length;) {
    const Duration until = at == Duration(0) || split == 2 ? at + first : length;
    const bool has_turn = leads ? until >= length : at == Duration(0) || rng.chance(0.5);
    add(onset + at, {until - at}, has_turn ? number : walk_to(onset + at, span.chord, next, rng),
        notes);
    at = until;
  }
}

int BassWriter::walk_to(Tick at, const Chord& chord, const ChordSpan* next, Rng& rng) const {
  constexpr int kOctave = 12;
  constexpr double kPasses = 0.8;
  const int goal = next != nullptr ? placed(next->chord.bass_class(), last_) : last_;
  const Place& place = grid_.nearest(at - plan_.meter.onset_of(plan_.meter.bar_at(at)));
  const bool is_strong = place.kind == PlaceKind::Bar || place.kind == PlaceKind::Middle;
  const PitchClassSet scale = chord_scale(settings_, chord), tones = tones_of(chord);
  std::array<double, 2 * kOctave + 1> weights{};
  const int first = std::max(last_ - kOctave, range_.lowest.number());
  const int last = std::min(last_ + kOctave, range_.highest.number());
  if (first > last) return last_;
  for (int n = first; n <= last; ++n) {
    const int step = std::abs(n - last_);
    // What lies a semitone from a tone of the chord would have to go there, which nothing here sees
    // to.
    const bool rubs = settings_.maqam == nullptr && (has(tones, n - 1) || has(tones, n + 1));
    const bool passes = has(scale, n) && !is_strong && !rubs && step <= 2;
    const double harmony = has(tones, n) ? 1.0 : passes ? kPasses : 0;
    const double size = step == 0 ? 0.3 : step <= 2 ? 1.0 : step <= 5 ? 0.9 : 0.2;
    const double closer = std::abs(n - goal) < std::abs(last_ - goal) ? 1.3 : 0.9;
    weights[static_cast<std::size_t>(n - first)] = harmony * size * closer;
  }
  const auto count = static_cast<std::size_t>(last - first + 1);
  return first + static_cast<int>(rng.weighted(std::span(weights).first(count)));
}

int BassWriter::approach(int target, const Chord& chord, Rng& rng) const {
  // By a step; where it walks also by a semitone outside the key, or as from a dominant.
  static constexpr std::array<int, 6> kSteps{-1, 1, 2, -2, 7, -5};
  static constexpr std::array<double, 6> kWalking{3, 2, 1, 1, 1, 1}, kStepping{2, 2, 2, 2, 0, 0};
  const bool walks = style_.idiom == BassIdiom::Walking;
  const PitchClassSet scale = chord_scale(settings_, chord);
  for (int attempt = 0; attempt < 8; ++attempt) {
    const int step = kSteps[rng.weighted(walks ? kWalking : kStepping)];
    const int number = target + step;
    if (number < range_.lowest.number() || number > range_.highest.number()) continue;
    if ((walks && std::abs(step) == 1) || has(scale, number)) return number;
  }
  return target;
}

}  // namespace toccata

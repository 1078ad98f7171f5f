// SPDX-License-Identifier: MIT
// The walking bass: a tone a beat, tones of the chord on the strong ones, and steps that lead on.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "bass.hpp"

namespace toccata {
namespace {

/// How often a beat is struck that half notes hold over, and how often something leads on from it.
constexpr double kStrikesHeld = 0.3, kLeadsOn = 0.6;
/// A genre whose melodies are as chromatic has a chromatic bass.
constexpr double kChromaticFrom = 0.15;
/// How much a walking line favours a bar that ends near where it goes, and one that begins where
/// the line stands.
constexpr double kLeadsThere = 3, kGoesOn = 2;

/// How a line walks through a bar of one chord: degrees from its root, below it where negative. On
/// the first and the third beat stand tones of the chord; a line that comes from the chord before
/// begins on the root.
struct WalkShape {
  std::array<int, 4> degrees;
  double weight;
};
constexpr std::array<WalkShape, 17> kWalkShapes{{{{1, 3, 5, 6}, 4},
                                                 {{1, 3, 5, 8}, 2},
                                                 {{1, 3, 5, 3}, 2},
                                                 {{1, 2, 3, 5}, 3},
                                                 {{1, 5, 8, 5}, 1},
                                                 {{1, 5, 3, 2}, 1},
                                                 {{1, 3, 5, 7}, 2},
                                                 {{1, -7, -5, -3}, 2},
                                                 {{1, -6, -5, -3}, 3},
                                                 {{1, -5, -3, -2}, 1},
                                                 {{1, -5, 1, 3}, 1},
                                                 {{1, -6, -5, -6}, 1},
                                                 {{-7, -6, -5, -3}, 4},
                                                 {{8, 6, 5, 3}, 3},
                                                 {{3, 4, 5, 6}, 2},
                                                 {{5, 6, 8, 5}, 2},
                                                 {{5, 3, 1, 3}, 2}}};

}  // namespace

void BassWriter::write_walking_bar(Bar bar, std::vector<Note>& notes, Rng& rng) {
  const Tick line = plan_.meter.onset_of(bar);
  const bool in_halves = grid_.beats() % 2 == 0 && rng.chance(halves_);
  const std::vector<int> walk = draw_walk(line, rng);
  for (int beat = 0; beat < grid_.beats(); ++beat) {
    // In half notes a beat that brings no chord is held over.
    const Tick onset = line + grid_.beat_onset(beat);
    const bool is_held = in_halves && beat % 2 == 1 && plan_.chord_at(onset).at != onset &&
                         !notes.empty() && !rng.chance(kStrikesHeld);
    if (is_held) hold_over(beat, line, notes, rng);
    else write_beat(beat, line, walk, notes, rng);
  }
}

std::vector<int> BassWriter::draw_walk(Tick line, Rng& rng) const {
  const ChordSpan& span = plan_.chord_at(line);
  const ChordSpan* next = chord_after(line);
  if (span.chord.bass || settings_.maqam != nullptr || rng.chance(style_.own)) return {};
  const PitchClassSet scale = chord_scale(settings_, span.chord);
  const int root = placed(span.chord.root_class(), last_);
  const int goal = next != nullptr ? placed(next->chord.bass_class(), root) : root;
  const bool begins_here = span.at == line;
  std::array<std::array<int, 4>, kWalkShapes.size()> walks{};
  std::array<double, kWalkShapes.size()> weights{};
  for (std::size_t i = 0; i < kWalkShapes.size(); ++i) {
    const auto& degrees = kWalkShapes[i].degrees;
    for (std::size_t beat = 0; beat < degrees.size(); ++beat) {
      const int above = degree_above(span.chord, scale, std::abs(degrees[beat]));
      walks[i][beat] = root + (degrees[beat] < 0 ? above - 12 : above);
    }
    const auto [low, high] = std::ranges::minmax(walks[i]);
    const auto sounds = [&](std::size_t beat) {
      return span.chord.contains(PitchClass::folded(walks[i][beat]));
    };
    if (low < range_.lowest.number() || high > range_.highest.number()) continue;
    if ((begins_here && degrees[0] != 1) || !sounds(0) || !sounds(2)) continue;
    const bool leads = std::abs(walks[i].back() - goal) <= 2 && walks[i].back() != goal;
    const bool goes_on = begins_here || std::abs(walks[i].front() - last_) <= 2;
    weights[i] = kWalkShapes[i].weight * (leads ? kLeadsThere : 1) * (goes_on ? kGoesOn : 1);
  }
  if (std::ranges::all_of(weights, [](double weight) { return weight == 0; })) return {};
  const auto& walk = walks[rng.weighted(weights)];
  return {walk.begin(), walk.end()};
}

int BassWriter::degree_above(const Chord& chord, const PitchClassSet& scale, int degree) {
  static constexpr std::array<int, 8> kMajor{0, 2, 4, 5, 7, 9, 11, 12};
  if (degree == 8) return 12;
  for (const int same : {degree, degree + 7})
    if (const auto tone = chord.semitones_of(same)) return *tone % 12;
  if (degree == 3) return chord.semitones_of(4).value_or(chord.semitones_of(2).value_or(7));
  const int above = kMajor[static_cast<std::size_t>(degree - 1)];
  return has(scale, chord.root_class().number() + above) ? above : above - 1;
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
  constexpr double kPasses = 0.4;
  const int goal = next != nullptr ? placed(next->chord.bass_class(), last_) : last_;
  const Place& place = grid_.nearest(at - plan_.meter.onset_of(plan_.meter.bar_at(at)));
  const bool is_strong = place.kind == PlaceKind::Bar || place.kind == PlaceKind::Middle;
  const PitchClassSet scale = chord_scale(settings_, chord);
  std::array<double, 2 * kOctave + 1> weights{};
  const int first = std::max(last_ - kOctave, range_.lowest.number());
  const int last = std::min(last_ + kOctave, range_.highest.number());
  if (first > last) return last_;
  for (int n = first; n <= last; ++n) {
    const int step = std::abs(n - last_);
    // What lies a semitone from a tone of the chord would have to go there, which nothing here sees
    // to.
    const bool rubs = settings_.maqam == nullptr && (chord.contains(PitchClass::folded(n - 1)) ||
                                                     chord.contains(PitchClass::folded(n + 1)));
    const bool passes = has(scale, n) && !is_strong && !rubs && step <= 2;
    const double harmony = chord.contains(PitchClass::folded(n)) ? 1.0 : passes ? kPasses : 0;
    const double size = step == 0 ? 0.3 : step <= 2 ? 1.0 : step <= 5 ? 0.9 : 0.2;
    const double closer = std::abs(n - goal) < std::abs(last_ - goal) ? 1.3 : 0.9;
    weights[static_cast<std::size_t>(n - first)] = harmony * size * closer;
  }
  const auto count = static_cast<std::size_t>(last - first + 1);
  return first + static_cast<int>(rng.weighted(std::span(weights).first(count)));
}

int BassWriter::approach(int target, const Chord& chord, Rng& rng) const {
  static constexpr std::array<int, 4> kSteps{-1, 1, 2, -2};
  static constexpr std::array<double, 4> kChromatic{3, 2, 1, 1}, kDiatonic{2, 2, 2, 2};
  const bool chromatic = settings_.genre.melody.chromatic > kChromaticFrom;
  const PitchClassSet scale = chord_scale(settings_, chord);
  for (int attempt = 0; attempt < 8; ++attempt) {
    const int step = kSteps[rng.weighted(chromatic ? kChromatic : kDiatonic)];
    const int number = target + step;
    if (number < range_.lowest.number() || number > range_.highest.number()) continue;
    if ((chromatic && std::abs(step) == 1) || has(scale, number)) return number;
  }
  return target;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// How a hand plays one stroke of a chord: whole, thinned, turned, split, answered, with a voice
// that moves.
#include <algorithm>
#include <cstdlib>

#include <toccata/base/elementary.hpp>

#include "chords.hpp"

namespace toccata {
namespace {

/// How often hands play so, before what each of them favours.
constexpr WayLeans kWays{1, 1, 0.8, 1, 1, 0.8};
/// How much more often all voices are struck at once where a hand has nothing of its own.
constexpr double kPlain = 5;

}  // namespace

WayLeans draw_way_leans(double own, Rng rng) {
  WayLeans leans = kWays;
  leans[0] += kPlain * (1 - own);
  for (std::size_t way = 0; way < leans.size(); ++way) {
    leans[way] *= exact_exp2(3 * rng.uniform() - 1.5);
    if (way >= static_cast<std::size_t>(Way::Turned)) leans[way] *= own;
  }
  return leans;
}

void ChordsWriter::play(Tick onset, Held held, const Voicing& voicing, Rng& touch,
                        std::vector<Note>& notes) const {
  if (idiom_ == ChordsIdiom::Power) return strike(onset, held, strings_of(voicing, touch), notes);
  play_as(static_cast<Way>(touch.weighted(ways_)), onset, held, voicing, touch, notes);
}

void ChordsWriter::play_alone(Tick onset, Held held, const Voicing& voicing, Rng& touch,
                              std::vector<Note>& notes) const {
  const double own = settings_.genre.chords.own;
  if (!touch.chance(own)) return play(onset, held, voicing, touch, notes);
  WayLeans ways = ways_;
  for (const Way bare : {Way::Whole, Way::Thin, Way::Turned})
    ways[static_cast<std::size_t>(bare)] = 0;
  play_as(static_cast<Way>(touch.weighted(ways)), onset, held, voicing, touch, notes);
}

void ChordsWriter::play_as(Way way, Tick onset, Held held, const Voicing& voicing, Rng& touch,
                           std::vector<Note>& notes) const {
  if (voicing.size() < 2 || way == Way::Whole) return strike(onset, held, voicing, notes);
  if (way == Way::Thin) return strike(onset, held, thinned(voicing, touch), notes);
  if (way == Way::Turned) return strike(onset, held, turned(voicing, touch), notes);
  const auto later = time_within(held.written, touch);
  if (!later) return strike(onset, held, thinned(voicing, touch), notes);
  if (way == Way::Split) return split(onset, *later, held, voicing, touch, notes);
  if (way == Way::Answered) return answer_stroke(onset, *later, held, voicing, touch, notes);
  move_voice(onset, *later, held, voicing, touch, notes);
}

Chord ChordsWriter::coloured(const Chord& chord) const {
  // Chords that the user gave are played as they were given.
  if (!settings_.genre.chords.ninths || !settings_.chords.empty()) return chord;
  const bool has_room = options_.most_tones > 3;
  if (!has_room || (!chord.is_minor() && !chord.is_dominant())) return chord;
  constexpr ChordTone kNinth{9, 14};
  const bool has_ninth = chord.semitones_of(9).has_value() || chord.semitones_of(6).has_value();
  if (chord.semitones_of(7) != 10 || has_ninth) return chord;
  if (!settings_.key.contains(chord.root_class() + kNinth.semitones)) return chord;
  Chord rich = chord;
  rich.tones.push_back(kNinth);
  return rich;
}

Voicing ChordsWriter::strings_of(const Voicing& voicing, Rng& touch) const {
  // Between full chords the low string alone, or root and fifth; in a chorus all, with the fifth
  // above.
  const std::array<double, 3> tones{2 * (1 - fullness_), 2 * (1 - fullness_ / 2),
                                    3 + 4 * fullness_};
  const std::size_t taken = std::min(voicing.size(), 1 + touch.weighted(tones));
  Voicing strings(voicing.begin(), voicing.begin() + static_cast<std::ptrdiff_t>(taken));
  const bool is_wide = taken == voicing.size() && taken > 1 && touch.chance(fullness_);
  const int above = is_wide ? voicing[1].number() + 12 : 0;
  if (is_wide && above <= top_) strings.push_back(Pitch::folded_into_range(above));
  return strings;
}

Voicing ChordsWriter::thinned(const Voicing& voicing, Rng& touch) const {
  if (voicing.size() < 3) return voicing;
  Voicing thin = voicing;
  const std::size_t voice = touch.below(thin.size());
  const int raised = thin[voice].number() + 12;
  const bool may_rise = raised <= top_ && std::ranges::none_of(thin, [&](Pitch p) {
                          return std::abs(p.number() - raised) <= 1;
                        });
  if (may_rise && voice + 1 < thin.size() && touch.chance(0.4)) {
    thin[voice] = Pitch::folded_into_range(raised);
    std::ranges::sort(thin);
  } else {
    thin.erase(thin.begin() + static_cast<std::ptrdiff_t>(voice));
  }
  return thin;
}

Voicing ChordsWriter::turned(const Voicing& voicing, Rng& touch) const {
  const bool rises = touch.chance(0.5);
  const int moved = rises ? voicing.front().number() + 12 : voicing.back().number() - 12;
  const bool fits = moved >= options_.range.lowest.number() && moved <= top_;
  // Nor beside a tone of the chord.
  if (!fits ||
      std::ranges::any_of(voicing, [&](Pitch p) { return std::abs(p.number() - moved) <= 1; }))
    return voicing;
  Voicing turned(voicing.begin() + (rises ? 1 : 0), voicing.end() - (rises ? 0 : 1));
  turned.push_back(Pitch::folded_into_range(moved));
  std::ranges::sort(turned);
  return turned;
}

std::optional<Duration> ChordsWriter::time_within(Duration sounds, Rng& touch) const {
  // Sixteenths have a place only where the genre gives them one.
  const Duration beat = kComposedPpq.quarter();
  const Duration step = onsets_.fine == 0 ? beat / 2 : beat / 4;
  const auto steps = static_cast<int>((sounds - Duration(1)) / step);
  if (steps < 1 || settings_.note_lengths == NoteLengths::Long) return std::nullopt;
  return step * touch.between(1, std::min(steps, static_cast<int>(beat * 2 / step)));
}

void ChordsWriter::split(Tick onset, Duration later, Held held, const Voicing& voicing, Rng& touch,
                         std::vector<Note>& notes) const {
  // The thumb and the fingers: the low voices first, or the high ones.
  const auto low = static_cast<std::ptrdiff_t>(1 + touch.below(voicing.size() - 1));
  const Voicing below(voicing.begin(), voicing.begin() + low),
      above(voicing.begin() + low, voicing.end());
  const bool low_first = touch.chance(0.7);
  strike(onset, {std::min(held.written, later), held.staccato}, low_first ? below : above, notes);
  const Duration left = std::max(held.written - later, kComposedPpq.quarter() / 4);
  strike(onset + later, {left, held.staccato}, low_first ? above : below, notes);
}

void ChordsWriter::answer_stroke(Tick onset, Duration later, Held held, const Voicing& voicing,
                                 Rng& touch, std::vector<Note>& notes) const {
  strike(onset, {std::min(held.written, later), held.staccato}, voicing, notes);
  const Duration left = std::max(held.written - later, kComposedPpq.quarter() / 4);
  const std::size_t first = touch.below(voicing.size());
  const std::size_t count = touch.between(1, 2);
  for (std::size_t i = first; i < std::min(voicing.size(), first + count); ++i)
    add(onset + later, {left, held.staccato}, voicing[i].number(), Cents(), notes);
}

void ChordsWriter::move_voice(Tick onset, Duration later, Held held, const Voicing& voicing,
                              Rng& touch, std::vector<Note>& notes) const {
  const std::size_t voice = touch.below(voicing.size());
  const int neighbour = voicing[voice].number() + (touch.chance(0.5) ? 2 : -2);
  const bool is_free = std::ranges::none_of(
      voicing, [&](Pitch pitch) { return std::abs(pitch.number() - neighbour) <= 1; });
  const bool may_move = may_leave_chords() && is_free && neighbour >= range_.lowest.number() &&
                        neighbour <= top_ && settings_.key.contains(PitchClass::folded(neighbour));
  if (!may_move) return answer_stroke(onset, later, held, voicing, touch, notes);
  const Duration left = std::max(held.written - later, kComposedPpq.quarter() / 4);
  for (std::size_t i = 0; i < voicing.size(); ++i) {
    if (i != voice) {
      add(onset, held, voicing[i].number(), Cents(), notes);
      continue;
    }
    add(onset, {std::min(held.written, later), held.staccato}, neighbour, Cents(), notes);
    add(onset + later, {left, held.staccato}, voicing[i].number(), Cents(), notes);
  }
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include "given_chords.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace toccata {
namespace {

/// How many notes before a chord may ring into it: a hand's and its arpeggio's.
constexpr std::ptrdiff_t kMostRinging = 24;

/// The pitch of that class nearest to another one, or nothing where the range has none.
std::optional<Pitch> nearest(PitchClass tone, Pitch to, PitchRange range) {
  std::optional<Pitch> best;
  for (int number = range.lowest.number(); number <= range.highest.number(); ++number) {
    const bool is_tone = PitchClass::folded(number) == tone;
    const int away = std::abs(number - to.number());
    if (is_tone && (!best || away < std::abs(best->number() - to.number())))
      best = Pitch::folded_into_range(number);
  }
  return best;
}

/// The notes about a chord, of a part in order of onset.
struct Surroundings {
  std::span<Note> ringing;  ///< begun before it; some may sound into it
  std::span<Note> begun;    ///< in it
};

bool has(const Surroundings& around, const ChordSpan& span, PitchClass tone) {
  const auto is_tone = [&](const Note& note) {
    return note.end() > span.at && note.pitch.pitch_class() == tone;
  };
  return std::ranges::any_of(around.ringing, is_tone) || std::ranges::any_of(around.begun, is_tone);
}

/// A note of that class for a chord in which none begins; what rang on before gives way.
std::optional<Note> alone(const Surroundings& around, const ChordSpan& span, PitchClass tone,
                          PitchRange range) {
  const Pitch before = around.ringing.empty() ? range.lowest : around.ringing.back().pitch;
  const auto pitch = nearest(tone, before, range);
  if (!pitch) return std::nullopt;
  for (Note& note : around.ringing) note.duration = std::min(note.duration, span.at - note.onset);
  Note note;
  note.onset = span.at;
  note.duration = span.duration;
  note.pitch = *pitch;
  return note;
}

/// Goes through chords that lack a tone: `mend` gives a note to add, or changes those that are
/// there.
template <class ToneOf, class Mend>
void for_each_lack(std::vector<Note>& notes, std::span<const ChordSpan> chords, ToneOf tone_of,
                   Mend mend) {
  std::vector<Note> added;
  auto begin = notes.begin();
  for (const ChordSpan& span : chords) {
    const Tick end = span.at + span.duration;
    while (begin != notes.end() && begin->onset < span.at) ++begin;
    auto until = begin;
    while (until != notes.end() && until->onset < end) ++until;
    const auto ringing = std::min(kMostRinging, begin - notes.begin());
    const Surroundings around{{begin - ringing, begin}, {begin, until}};
    const std::optional<PitchClass> tone = tone_of(span.chord);
    if (!tone || has(around, span, *tone)) continue;
    if (const auto note = mend(around, span, *tone)) added.push_back(*note);
  }
  notes.insert(notes.end(), added.begin(), added.end());
  std::ranges::stable_sort(notes, {}, &Note::onset);
}

}  // namespace

void sound_basses(std::vector<Note>& bass, std::span<const ChordSpan> chords, PitchRange range) {
  const auto tone_of = [](const Chord& chord) -> std::optional<PitchClass> {
    return chord.bass ? chord.bass->pitch_class() : chord.root_class();
  };
  const auto mend = [&](const Surroundings& around, const ChordSpan& span,
                        PitchClass tone) -> std::optional<Note> {
    if (around.begun.empty()) return alone(around, span, tone, range);
    Note& first = around.begun.front();
    if (const auto pitch = nearest(tone, first.pitch, range)) first.pitch = *pitch;
    return std::nullopt;
  };
  for_each_lack(bass, chords, tone_of, mend);
}

void sound_thirds(std::vector<Note>& part, std::span<const ChordSpan> chords, PitchRange range) {
  const auto tone_of = [](const Chord& chord) -> std::optional<PitchClass> {
    const auto above = chord.semitones_of(3);
    return above ? std::optional(chord.root_class() + *above) : std::nullopt;
  };
  const auto mend = [&](const Surroundings& around, const ChordSpan& span,
                        PitchClass tone) -> std::optional<Note> {
    if (around.begun.empty()) return alone(around, span, tone, range);
    Note third = around.begun.front();
    const auto pitch = nearest(tone, third.pitch, range);
    if (!pitch) return std::nullopt;
    third.pitch = *pitch;
    return third;
  };
  for_each_lack(part, chords, tone_of, mend);
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include "given_chords.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace toccata {
namespace {

/// Whether a pitch class sounds at some time of a chord, begun in it or before.
bool is_heard(const std::vector<Note>& notes, const ChordSpan& span, PitchClass tone) {
  const Tick end = span.at + span.duration;
  return std::ranges::any_of(notes, [&](const Note& note) {
    return note.onset < end && note.end() > span.at && note.pitch.pitch_class() == tone;
  });
}

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

/// The first note that begins in a chord; one is put at its beginning where there is none.
std::vector<Note>::iterator first_in(std::vector<Note>& notes, const ChordSpan& span,
                                     PitchRange range) {
  const Tick end = span.at + span.duration;
  auto first = std::ranges::lower_bound(notes, span.at, {}, &Note::onset);
  if (first != notes.end() && first->onset < end) return first;
  for (auto before = notes.begin(); before != first; ++before)
    before->duration = std::min(before->duration, span.at - before->onset);
  Note note;
  note.onset = span.at;
  note.duration = span.duration;
  note.pitch = range.lowest;
  return notes.insert(first, note);
}

}  // namespace

void sound_basses(std::vector<Note>& bass, std::span<const ChordSpan> chords, PitchRange range) {
  for (const ChordSpan& span : chords) {
    const PitchClass tone =
        span.chord.bass ? span.chord.bass->pitch_class() : span.chord.root_class();
    if (is_heard(bass, span, tone)) continue;
    const auto first = first_in(bass, span, range);
    if (const auto pitch = nearest(tone, first->pitch, range)) first->pitch = *pitch;
  }
}

void sound_thirds(std::vector<Note>& part, std::span<const ChordSpan> chords, PitchRange range) {
  for (const ChordSpan& span : chords) {
    const auto above = span.chord.semitones_of(3);
    if (!above || is_heard(part, span, span.chord.root_class() + *above)) continue;
    auto first = first_in(part, span, range);
    const auto pitch = nearest(span.chord.root_class() + *above, first->pitch, range);
    if (!pitch) continue;
    Note third = *first;
    third.pitch = *pitch;
    part.insert(first + 1, third);
  }
}

}  // namespace toccata

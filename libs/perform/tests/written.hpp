// SPDX-License-Identifier: MIT
// Small scores for tests: notes in sixteenths.
#pragma once

#include <initializer_list>

#include <toccata/score/score.hpp>

namespace toccata {

/// Units: sixteenths, semitones.
struct Sixteenths {
  int onset, duration, pitch;
};

inline Note written_note(std::uint32_t id, const Sixteenths& at) {
  constexpr std::int64_t kTicks = 120;  // of a sixteenth at 480 a quarter
  Note note;
  note.id = NoteId(id);
  note.onset = Tick(at.onset * kTicks);
  note.duration = Duration(at.duration * kTicks);
  note.pitch = *Pitch::from_number(at.pitch);
  return note;
}

/// One piano part, which lasts to the end of its last bar.
inline Score written(std::initializer_list<Sixteenths> notes) {
  Score score;
  Part part;
  part.id = PartId(1);
  std::uint32_t id = 0;
  for (const Sixteenths& note : notes) {
    part.notes.push_back(written_note(++id, note));
    score.end = std::max(score.end, part.notes.back().end());
  }
  score.end = score.meter.end_of(score.meter.bar_at(score.end - Duration(1)));
  sort_notes(part.notes);
  score.parts.push_back(std::move(part));
  return score;
}

}  // namespace toccata

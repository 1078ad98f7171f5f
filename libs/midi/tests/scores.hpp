// SPDX-License-Identifier: MIT
// Small scores, for the tests of this library.
#pragma once

#include <initializer_list>
#include <string>

#include <toccata/score/performance.hpp>

namespace toccata::midi::fixture {

struct Written {
  std::int64_t onset, duration;
  int pitch;
  double detune = 0;
};

inline Part& add_part(Score& score, std::string name, int program,
                      std::initializer_list<Written> notes, bool is_drums = false) {
  Part part;
  part.id = PartId(static_cast<std::uint16_t>(score.parts.size() + 1));
  part.name = std::move(name);
  part.instrument = {*Program::from_number(program), is_drums};
  part.role = is_drums ? Role::Drums : Role::Other;
  std::uint32_t id = last_note_id(score).number();
  for (const Written& w : notes) {
    Note note;
    note.id = NoteId(++id);
    note.onset = Tick(w.onset);
    note.duration = Duration(w.duration);
    note.pitch = *Pitch::from_number(w.pitch);
    note.detune = Cents(w.detune);
    part.notes.push_back(note);
  }
  sort_notes(part.notes);
  score.parts.push_back(part);
  return score.parts.back();
}

/// Two bars of 4/4 at 100 quarters a minute, without parts.
inline Score blank_score() {
  Score score;
  score.tempo = TempoMap(kComposedPpq, {{Tick(0), *Tempo::from_bpm(100)}});
  score.meter = MeterMap(kComposedPpq, {{Tick(0), kCommonTime}});
  score.end = Tick(2 * 1920);
  return score;
}

}  // namespace toccata::midi::fixture

// SPDX-License-Identifier: MIT
// Small scores for the tests of analysis, written in a few characters.
#pragma once

#include <initializer_list>
#include <vector>

#include <toccata/score/score.hpp>

namespace toccata::tune {

/// A note on the grid of eighths: 240 ticks each.
struct Eighth {
  int at;
  int pitch;
  int eighths = 1;
};

inline std::vector<Note> notes(const std::vector<Eighth>& eighths, std::uint32_t first_id = 1) {
  std::vector<Note> made;
  made.reserve(eighths.size());
  for (const Eighth& e : eighths)
    made.push_back({NoteId(first_id++),
                    Tick(e.at * 240),
                    Duration(e.eighths * 240),
                    *Pitch::from_number(e.pitch),
                    {},
                    {},
                    {},
                    {}});
  sort_notes(made);
  return made;
}

inline Part part(int id, std::vector<Note> notes) {
  return {PartId(static_cast<std::uint16_t>(id)), "Part", Role::Other, {}, std::move(notes), {}};
}

/// One pitched part in 4/4 that ends with the last bar in which something sounds.
inline Score score(std::vector<Note> notes) {
  Score made;
  for (const Note& note : notes) made.end = std::max(made.end, note.end());
  made.end = made.meter.onset_of(Bar(static_cast<int>((made.end.ticks() + 1919) / 1920)));
  made.parts = {part(1, std::move(notes))};
  return made;
}

/// Chords of whole bars, each given by its pitches.
inline Score chords(const std::vector<std::vector<int>>& bars) {
  std::vector<Eighth> eighths;
  for (int bar = 0; bar < static_cast<int>(bars.size()); ++bar)
    for (int pitch : bars[static_cast<std::size_t>(bar)]) eighths.push_back({bar * 8, pitch, 8});
  return score(notes(eighths));
}

}  // namespace toccata::tune

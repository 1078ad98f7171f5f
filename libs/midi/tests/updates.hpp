// SPDX-License-Identifier: MIT
// Updates for the tests: a tune, and what an update adds to a file.
#pragma once

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include <toccata/midi/update.hpp>
#include <toccata/midi/write.hpp>

#include "fixture.hpp"
#include "scores.hpp"

namespace toccata::midi::fixture {

inline File read(const Bytes& bytes) {
  const auto file = read_midi(bytes);
  REQUIRE(file);
  return file->file;
}

/// Two bars of a tune on channel 3 with a lyric, a pedal and an aftertouch between its notes.
inline File tune() {
  return read(
      join({header(1, 2, 96), track({0, 0xFF, 0x51, 3, 9, 0x27, 0xC0, 0, 0xFF, 6, 1, 'A'}),
            track({0,    0xFF, 3,   1,    'M',  0,  0xC2, 40,   0,  0x92, 60,   80, 0,  0xFF,
                   5,    2,    'l', 'a',  0x60, 60, 0,    0,    62, 80,   0x60, 62, 0,  0,
                   0xB2, 64,   99,  0,    0x92, 64, 80,   0x60, 64, 0,    0,    65, 80, 20,
                   0xD2, 9,    76,  0x92, 65,   0,  0,    67,   80, 0x81, 0x40, 67, 0})}));
}

inline File updated(const File& original, const Import& before, const Score& after,
                    const Performance& performance) {
  const auto file = update(original, before, after, performance);
  REQUIRE(file);
  const auto again = read_midi(write_midi(*file));
  REQUIRE(again);
  CHECK(again->file == *file);
  return *file;
}

/// The events of a track that are not among those of another one, in order.
inline std::vector<Event> beyond(const Track& track, const Track& other) {
  std::vector<Event> found;
  auto next = other.events().begin();
  for (const Event& event : track.events()) {
    const bool is_same = next != other.events().end() && event.at == next->at &&
                         event.status == next->status && event.data1 == next->data1 &&
                         event.data2 == next->data2;
    if (is_same) ++next;
    else found.push_back(event);
  }
  CHECK(next == other.events().end());  // nothing is lost
  return found;
}

inline Note& add_note(Part& part, std::uint32_t id, std::int64_t onset, int pitch,
                      double detune = 0) {
  Note note;
  note.id = NoteId(id);
  note.onset = Tick(onset);
  note.duration = Duration(48);
  note.pitch = *Pitch::from_number(pitch);
  note.detune = Cents(detune);
  part.notes.push_back(note);
  sort_notes(part.notes);
  return *std::ranges::find(part.notes, NoteId(id), &Note::id);
}

}  // namespace toccata::midi::fixture

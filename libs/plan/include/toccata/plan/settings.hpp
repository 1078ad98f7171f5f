// SPDX-License-Identifier: MIT
// A brief with every field filled, and why each is as it is.
#pragma once

#include <string>
#include <vector>

#include <toccata/plan/brief.hpp>
#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/theory/maqam.hpp>

namespace toccata {

/// A part to be written.
struct Seat {
  Role role;
  std::string name;  ///< the track's: "Melody", "Bass" ...
  const InstrumentInfo* instrument;
  double gain_db, pan, reverb;
};

/// Everything a plan is made from; nothing is left open.
struct Settings {
  Brief asked;  ///< what this was settled from, with the seed: it makes the same piece
  std::vector<GenreShare> genres;
  Genre genre;                                 ///< blended
  Key key{NoteName{}, *Scale::find("major")};  ///< of a maqam: the nearest scale of the staff
  const Maqam* maqam = nullptr;                ///< null in tonal music
  Tempo tempo = kDefaultTempo;
  Meter meter = kCommonTime;
  const RhythmCycle* rhythm = nullptr;  ///< asked by name; null: the genre's own
  int bars = 0;
  int pickup = 0;  ///< pulses of the meter in a short bar before the first, which bars don't count
  FormAsk form;
  std::string mood;
  double valence = 0, arousal = 0;
  double density = 0.5;
  Dynamics dynamics = Dynamics::MezzoForte;
  NoteLengths note_lengths = NoteLengths::Mixed;
  std::vector<Seat> seats;
  std::vector<std::vector<Chord>>
      chords;  ///< asked for, bar by bar; empty: the harmony is composed
  std::uint64_t seed = 0;
  std::string engine;
  std::string performance;  ///< a performer's name; "default" is whatever the program plays by
  WalkOptions walk;

  const Seat* seat(Role role) const;  ///< null where that part is not written
};

struct Settled {
  Settings settings;
  std::vector<Reason> reasons;  ///< one a field that the brief left open
};

/// Fills a brief from its genre. `seed` is used where the brief names none.
///
/// Errors: fields that contradict each other or cannot be had, by name ("form AABA needs at least 4
/// bars").
Result<Settled, std::string> settle(const Brief& brief, std::uint64_t seed);

/// Asked instruments that the parts asked for leave nothing to play: settle refuses them. Where the
/// brief cannot be seated at all there are none. Range: known genres.
std::vector<std::string> unseated_instruments(const Brief& brief);

/// The brief with every field said: what --explain shows.
Brief to_brief(const Settings& settings);

}  // namespace toccata

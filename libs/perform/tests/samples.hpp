// SPDX-License-Identifier: MIT
// Small scores to be played, drawn from a seed.
#pragma once

#include <toccata/perform/performer.hpp>

namespace toccata::samples {

inline Note note(std::uint32_t id, std::int64_t onset, std::int64_t duration, int pitch) {
  Note made;
  made.id = NoteId(id);
  made.onset = Tick(onset);
  made.duration = Duration(duration);
  made.pitch = *Pitch::from_number(pitch);
  return made;
}

/// Melody, chords, bass and, where wanted, a kit: 4/4, bars as many as said.
inline Score band(int bars, std::uint64_t seed, bool kit) {
  Rng rng(seed);
  Score score;
  score.tempo = TempoMap(kComposedPpq, {{Tick(0), *Tempo::from_bpm(100)}});
  score.meter = MeterMap(kComposedPpq, {{Tick(0), kCommonTime}});
  score.end = Tick(std::int64_t{1920} * bars);
  score.sections = {{Tick(0), "A"}, {Tick(std::int64_t{1920} * (bars / 2)), "B"}};
  const Instrument piano, drums{Program::literal(0), true};
  score.parts = {{PartId(1), "Melody", Role::Melody, piano, {}, {}},
                 {PartId(2), "Chords", Role::Chords, piano, {}, {}},
                 {PartId(3), "Bass", Role::Bass, piano, {}, {}},
                 {PartId(4), "Drums", Role::Drums, drums, {}, {}}};
  std::uint32_t id = 0;
  for (int beat = 0; beat < bars * 4; ++beat) {
    const std::int64_t at = std::int64_t{480} * beat;
    score.parts[0].notes.push_back(note(++id, at, 240, rng.between(62, 82)));
    if (rng.chance(0.7))
      score.parts[0].notes.push_back(note(++id, at + 240, 240, rng.between(62, 82)));
    for (const int pitch : {48, 52, 55})
      if (beat % 2 == 0) score.parts[1].notes.push_back(note(++id, at, 900, pitch));
    score.parts[2].notes.push_back(note(++id, at, 480, rng.between(30, 45)));
    if (!kit) continue;
    score.parts[3].notes.push_back(note(++id, at, 120, beat % 2 == 0 ? 36 : 38));
    score.parts[3].notes.push_back(note(++id, at, 120, 42));
    score.parts[3].notes.push_back(note(++id, at + 240, 120, 42));
  }
  for (Part& part : score.parts) sort_notes(part.notes);
  if (!kit) score.parts.pop_back();
  return score;
}

inline Settings settings_of(const std::string& genre, Dynamics dynamics = Dynamics::MezzoForte) {
  Settings settings;
  settings.genres = {{genre, 1.0}};
  settings.genre = *Genre::find(genre);
  settings.genre.swing_percent = 50;  // tests say when they swing
  settings.dynamics = dynamics;
  settings.seats = {{Role::Melody, "Melody", nullptr, 0, -0.5, 0.25},
                    {Role::Drums, "Drums", nullptr, -6, 0, 0}};
  return settings;
}

inline double mean_velocity(const Performance& performance) {
  double sum = 0;
  for (const PlayedNote& played : performance.notes) sum += played.velocity.number();
  return sum / static_cast<double>(performance.notes.size());
}

}  // namespace toccata::samples

// SPDX-License-Identifier: MIT
#include "ornaments.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace toccata {
namespace {

/// How long a grace note lasts: a thirty-second, or a sixteenth where the piece takes its time.
constexpr std::array<Duration, 2> kGraces{Duration(60), Duration(120)};
/// How far above the minor third the blue third lies: between minor and major, nearer the minor
/// (measured medians lie 30 to 50 cents over it; Cutting 2018, The cambiata blue notes).
constexpr Cents kBlueThird(40), kBlueFifth(-25);

/// A chromatic note is approached by a third at most, so that it is heard as a neighbour or in
/// passing.
constexpr int kNearby = 4;

/// Every note decides for itself, by where it stands in its section: a theme that returns with
/// other notes elsewhere keeps its ornaments.
struct Chances {
  const Rng& rng;
  Tick section_begin;
  Rng at(const Note& note) const {
    return rng.fork(static_cast<std::uint64_t>((note.onset - section_begin).ticks()));
  }
};

/// Before a chord tone, which itself stays: the semitone below it, or above.
void approach_chromatically(std::vector<Note>& notes, const Settings& settings, const Plan& plan,
                            const Lattice& lattice, const Chances& chances) {
  for (std::size_t i = 1; i + 1 < notes.size(); ++i) {
    const Note& next = notes[i + 1];
    const bool short_enough = notes[i].duration <= kComposedPpq.quarter() / 2;
    const bool joined = next.onset == notes[i].end();
    const bool off_bar = plan.meter.weight_at(notes[i].onset) < 0.5;
    const bool to_chord_tone = plan.chord_at(next.onset).chord.contains(next.pitch.pitch_class());
    if (!short_enough || !joined || !off_bar || !to_chord_tone) continue;
    Rng rng = chances.at(notes[i]);
    if (!rng.chance(settings.genre.melody.chromatic)) continue;
    const int number = next.pitch.number() + (rng.chance(0.75) ? -1 : 1);
    const bool in_range =
        number >= lattice.pitches().front().number && number <= lattice.pitches().back().number;
    if (!in_range || std::abs(number - notes[i - 1].pitch.number()) > kNearby) continue;
    notes[i].pitch = Pitch::folded_into_range(number);
    ++i;
  }
}

void add_blue_notes(std::vector<Note>& notes, const Settings& settings, const Chances& chances) {
  const PitchClass tonic = settings.key.tonic.pitch_class();
  for (Note& note : notes) {
    const int above = semitones_up(tonic, note.pitch.pitch_class());
    if (above != 3 && above != 6) continue;
    if (!chances.at(note).chance(settings.genre.melody.blue)) continue;
    note.detune = above == 3 ? kBlueThird : kBlueFifth;
  }
}

void add_bends(std::vector<Note>& notes, const Settings& settings, const Chances& chances) {
  for (Note& note : notes) {
    Rng rng = chances.at(note);
    if (note.duration < kComposedPpq.quarter() || !rng.chance(settings.genre.melody.bend)) continue;
    note.glide = Glide{Cents(rng.chance(0.6) ? -200 : -100), Duration(rng.between(1, 3) * 60)};
  }
}

Note grace(const Note& main, const LinePitch& pitch, Tick onset, Duration length) {
  Note note = main;
  note.onset = onset;
  note.duration = length;
  note.pitch = Pitch::folded_into_range(pitch.number);
  note.detune = pitch.detune;
  note.glide.reset();
  note.marks.add(Mark::Ornament);
  return note;
}

/// One grace from a neighbour, or a turn around the note.
void add_graces(std::vector<Note>& notes, const Settings& settings, const Lattice& lattice,
                const Chances& chances) {
  std::vector<Note> ornate;
  Rng hand = chances.rng.fork("length");
  const Duration length = hand.pick(kGraces);
  for (Note note : notes) {
    Rng rng = chances.at(note);
    const bool roomy = note.duration >= kComposedPpq.quarter();
    if (!roomy || !rng.chance(settings.genre.melody.ornament)) {
      ornate.push_back(note);
      continue;
    }
    const double height = note.pitch.number() + note.detune.value() / 100;
    const auto neighbour = [&](int steps) {
      return lattice.pitches()[lattice.nearest(lattice.moved_by_steps(height, steps))];
    };
    const LinePitch own{note.pitch.number(), note.detune, height};
    const int upper = rng.chance(0.7) ? 1 : -1;
    if (rng.chance(0.5)) {
      ornate.push_back(grace(note, neighbour(upper), note.onset, length));
      note.onset += length;
      note.duration -= length;
    } else {  // a mordent: the note, its neighbour, the note
      ornate.push_back(grace(note, own, note.onset, length));
      ornate.push_back(grace(note, neighbour(upper), note.onset + length, length));
      note.onset += length * 2;
      note.duration -= length * 2;
    }
    ornate.push_back(note);
  }
  notes = std::move(ornate);
}

}  // namespace

void decorate(std::vector<Note>& notes, const Settings& settings, const Plan& plan,
              const Lattice& lattice, Tick section_begin, const Rng& rng) {
  if (settings.maqam == nullptr) {
    const Rng chromatic = rng.fork("chromatic"), blue = rng.fork("blue"), bends = rng.fork("bends");
    approach_chromatically(notes, settings, plan, lattice, {chromatic, section_begin});
    add_blue_notes(notes, settings, {blue, section_begin});
    add_bends(notes, settings, {bends, section_begin});
  }
  const Rng graces = rng.fork("graces");
  add_graces(notes, settings, lattice, {graces, section_begin});
}

}  // namespace toccata

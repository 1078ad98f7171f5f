// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>

#include <toccata/learn/traits.hpp>
#include <toccata/perform/phrases.hpp>

using namespace toccata;
using namespace toccata::learn;

namespace {

constexpr int kBars = 16;

/// Bars of eight eighths, two notes at a time, the last of every fourth bar a half note.
Score eighths() {
  Score score;
  Part part;
  part.id = PartId(1);
  std::uint32_t id = 0;
  for (int eighth = 0; eighth < 8 * kBars; ++eighth) {
    const bool is_end = eighth % 32 >= 28;
    if (is_end && eighth % 32 > 28) continue;
    for (const int pitch : {48, 60 + eighth * 5 % 12}) {
      Note note;
      note.id = NoteId(++id);
      note.onset = Tick(eighth * 240);
      note.duration = Duration(is_end ? 960 : 240);
      note.pitch = *Pitch::from_number(pitch);
      part.notes.push_back(note);
    }
  }
  sort_notes(part.notes);
  score.end = part.notes.back().end();
  score.parts.push_back(part);
  return score;
}

/// Plays each note as `how` says.
template <class How>
Traits traits_of_played(const Score& score, const How& how) {
  Performance performance = make_plain_performance(score);
  for (std::size_t i = 0; i < performance.notes.size(); ++i)
    how(score.parts[0].notes[i], performance.notes[i]);
  const PlayingOrder order(score);
  return traits_of(order, as_heard(order, performance));
}
double trait(const Traits& traits, Trait trait) { return traits[static_cast<std::size_t>(trait)]; }

}  // namespace

TEST_CASE("traits: plain playing has no spread, no accents, no arcs and no pedal") {
  const Score score = eighths();
  const Traits plain = traits_of_played(score, [](const Note&, PlayedNote&) {});
  CHECK(trait(plain, Trait::LoudnessSpread) == doctest::Approx(0));
  CHECK(trait(plain, Trait::Accent) == doctest::Approx(0));
  CHECK(trait(plain, Trait::PhraseArc) == doctest::Approx(0));
  CHECK(trait(plain, Trait::TempoSpread) == doctest::Approx(0).epsilon(1e-6));
  CHECK(trait(plain, Trait::ChordSpread) == doctest::Approx(0));
  CHECK(std::isnan(trait(plain, Trait::PedalLength)));
  CHECK(trait(plain, Trait::PedalShare) == 0);
}

TEST_CASE("traits: each sees what it is named after, in its unit") {
  const Score score = eighths();
  const auto phrases = find_phrases(score);
  const Traits accented = traits_of_played(score, [](const Note& note, PlayedNote& played) {
    if (note.onset.ticks() % 1920 == 0) played.velocity = Velocity::literal(100);
  });
  CHECK(trait(accented, Trait::Accent) == doctest::Approx(20));
  const Traits arched = traits_of_played(score, [&](const Note& note, PlayedNote& played) {
    const double share = phrase_at(phrases, note.onset).share_at(note.onset);
    if (share >= 0.25 && share < 0.75) played.velocity = Velocity::literal(90);
  });
  CHECK(trait(arched, Trait::PhraseArc) == doctest::Approx(10));
  CHECK(trait(arched, Trait::LoudnessPersistence) > 0.5);
  const Traits alternating = traits_of_played(score, [](const Note& note, PlayedNote& played) {
    if (note.onset.ticks() % 480 == 0) played.velocity = Velocity::literal(100);
  });
  CHECK(trait(alternating, Trait::LoudnessPersistence) < -0.5);
  const Traits rolled = traits_of_played(score, [](const Note& note, PlayedNote& played) {
    if (note.pitch.number() > 48) played.shift = Duration(24);  // 25 ms at 120 a minute
  });
  CHECK(trait(rolled, Trait::ChordSpread) == doctest::Approx(25));
  const Traits swung = traits_of_played(score, [](const Note& note, PlayedNote& played) {
    if (note.onset.ticks() % 480 == 240) played.shift = Duration(80);  // two to one
  });
  CHECK(trait(swung, Trait::WaitSpread) > 0.4);
  CHECK(trait(swung, Trait::WaitPersistence) < -0.5);
  CHECK(trait(swung, Trait::TempoSpread) == doctest::Approx(0).epsilon(1e-6));
  const Traits mixed = traits_of_played(score, [](const Note& note, PlayedNote& played) {
    if (note.onset.ticks() % 480 == 0) played.sounding = played.sounding / 2;
  });
  CHECK(trait(mixed, Trait::LengthSpread) > 0.4);
}

TEST_CASE("traits: slowing at the ends of phrases and of the piece, and the pedal") {
  const Score score = eighths();
  Performance performance = make_plain_performance(score);
  std::vector<TempoChange> changes{{Tick(0), *Tempo::from_bpm(120)}};
  for (int bar = 3; bar < kBars; bar += 4) {
    changes.push_back({Tick(bar * 1920), *Tempo::from_bpm(60)});
    if (bar + 1 < kBars) changes.push_back({Tick((bar + 1) * 1920), *Tempo::from_bpm(120)});
  }
  performance.tempo = TempoMap(score.ppq(), changes);
  const auto sustain = Controller::literal(64);
  for (int bar = 0; bar < 2; ++bar) {
    performance.controls.push_back(
        {PartId(1), Tick(bar * 1920), sustain, ControlValue::literal(127)});
    performance.controls.push_back(
        {PartId(1), Tick(bar * 1920 + 960), sustain, ControlValue::literal(0)});
  }
  const PlayingOrder order(score);
  const Traits traits = traits_of(order, as_heard(order, performance));
  CHECK(trait(traits, Trait::PhraseEnd) > 0.3);
  CHECK(trait(traits, Trait::PieceEnd) == doctest::Approx(1));
  CHECK(trait(traits, Trait::TempoSpread) > 0.2);
  CHECK(trait(traits, Trait::TempoPersistence) > 0.3);
  CHECK(trait(traits, Trait::PedalLength) == doctest::Approx(1));
  CHECK(trait(traits, Trait::PedalShare) > 0);
}

TEST_CASE("traits: means, intervals and distances leave out what gave no occasion") {
  const auto index = static_cast<std::size_t>(Trait::Accent);
  TraitRows low, high;
  for (int i = 0; i < 20; ++i) {
    Traits traits{};
    traits[index] = i % 4;
    low.traits.push_back(traits);
    traits[index] = 10 + i % 4;
    high.traits.push_back(traits);
    low.composition.push_back(static_cast<std::uint32_t>(i / 2));
    high.composition.push_back(static_cast<std::uint32_t>(i / 2));
  }
  Traits silent{};
  silent[index] = std::nan("");
  low.traits.push_back(silent);
  low.composition.push_back(99);
  const TraitFigures figures = figures_of(low, Trait::Accent, Rng(1));
  CHECK(figures.mean == doctest::Approx(1.5));
  CHECK(figures.performances == 20);
  CHECK(figures.ci95[0] < 1.5);
  CHECK(figures.ci95[1] > 1.5);
  CHECK(distance(low, low, Trait::Accent) == 0);
  CHECK(distance(low, high, Trait::Accent) == 1);
  CHECK(std::isnan(distance(low, {{silent}, {0}}, Trait::Accent)));
}

// SPDX-License-Identifier: MIT
// from_score and to_score undo one another.
#include "scores.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <toccata/midi/export.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/midi/write.hpp>

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

namespace {

Import there_and_back(const Score& score, Microtones microtones = Microtones::ChannelRotation) {
  const auto file = from_score(score, make_plain_performance(score), {microtones});
  REQUIRE(file);
  Import back = to_score(*file);
  CHECK_FALSE(validate(back.score));
  return back;
}

/// Notes alike but for their ids, tuned within a cent.
void check_alike(const Score& score, const Score& back) {
  REQUIRE(back.parts.size() == score.parts.size());
  for (std::size_t i = 0; i < score.parts.size(); ++i) {
    const Part &a = score.parts[i], &b = back.parts[i];
    CHECK(a.name == b.name);
    CHECK(a.instrument == b.instrument);
    REQUIRE(a.notes.size() == b.notes.size());
    for (std::size_t n = 0; n < a.notes.size(); ++n) {
      CHECK(a.notes[n].onset == b.notes[n].onset);
      CHECK(a.notes[n].duration == b.notes[n].duration);
      CHECK(a.notes[n].pitch == b.notes[n].pitch);
      CHECK(std::fabs((a.notes[n].detune - b.notes[n].detune).value()) < 1);
    }
  }
}

Score tuned_score() {
  Score score = blank_score();
  add_part(score, "Melody", 73,
           {{0, 480, 62}, {480, 480, 64, -50}, {960, 480, 65, 20}, {1440, 480, 64, -50}});
  add_part(score, "Chords", 0,
           {{0, 1920, 50}, {0, 1920, 53, -30}, {0, 1920, 57}, {1920, 960, 52, 49}});
  add_part(score, "Drums", 0, {{0, 120, 36}, {480, 120, 38}}, true);
  return score;
}

}  // namespace

TEST_CASE("to_score undoes from_score: what the conductor knows") {
  Score score = blank_score();
  add_part(score, "Melody", 73, {{0, 480, 62}, {1920, 1920, 64}});
  score.title = "Tune";
  score.keys = {{Tick(0), *parse_key("D minor"), "bayati"},
                {Tick(1920), *parse_key("E major"), ""}};
  score.sections = {{Tick(0), "A"}, {Tick(1920), "A'"}};
  score.chords = {{Tick(0), *parse_chord("Dm7")}, {Tick(1920), *parse_chord("E7b9")}};
  score.provenance = {{"0.1", "compose", "rules", 7, "{}", {}}};
  const Score back = there_and_back(score).score;
  CHECK(back.title == score.title);
  CHECK(back.tempo == score.tempo);
  CHECK(back.meter == score.meter);
  CHECK(back.keys == score.keys);
  CHECK(back.sections == score.sections);
  CHECK(back.chords == score.chords);
  CHECK(back.provenance == score.provenance);
  CHECK(back.end == score.end);
  check_alike(score, back);
}

TEST_CASE("to_score undoes from_score: tuned notes, whatever message tunes them") {
  check_alike(tuned_score(), there_and_back(tuned_score()).score);
  check_alike(tuned_score(), there_and_back(tuned_score(), Microtones::Mts).score);
  check_alike(tuned_score(), there_and_back(tuned_score(), Microtones::Mpe).score);
}

TEST_CASE("to_score undoes from_score: glides") {
  Score score = blank_score();
  Part& part = add_part(score, "Lead", 30,
                        {{0, 960, 60}, {0, 960, 67}, {960, 480, 62, -20}, {1440, 480, 62}});
  part.notes[0].glide = Glide{Cents(-200), Duration(240)};
  part.notes[2].glide = Glide{Cents(30), Duration(7)};
  part.notes[3].glide = Glide{Cents(100), Duration(480)};  // arrives one tick before the end
  const Score back = there_and_back(score).score;
  check_alike(score, back);
  for (std::size_t i : {0u, 2u}) {
    REQUIRE(back.parts[0].notes[i].glide);
    CHECK(back.parts[0].notes[i].glide->over == part.notes[i].glide->over);
    CHECK(std::fabs((back.parts[0].notes[i].glide->from - part.notes[i].glide->from).value()) < 1);
  }
  CHECK(back.parts[0].notes[3].glide->over == Duration(479));
  CHECK(back.carried.empty());
}

TEST_CASE("to_score undoes from_score: controllers and how notes are played") {
  Score score = tuned_score();
  Performance performance = make_plain_performance(score);
  for (PlayedNote& played : performance.notes) {
    played.velocity = Velocity::clamped(40 + static_cast<int>(played.note.number()));
    played.release = ControlValue::clamped(static_cast<int>(played.note.number()));
  }
  performance.controls = {
      {score.parts[1].id, Tick(0), Controller::literal(64), ControlValue::literal(127)},
      {score.parts[1].id, Tick(960), Controller::literal(64), ControlValue::literal(0)}};
  const auto file = from_score(score, performance);
  REQUIRE(file);
  const Import back = to_score(*file);
  CHECK(back.performance.controls == performance.controls);
  for (std::size_t i = 0; i < performance.notes.size(); ++i) {
    CHECK(back.performance.notes[i].velocity == performance.notes[i].velocity);
    CHECK(back.performance.notes[i].release == performance.notes[i].release);
  }
}

TEST_CASE("to_score undoes from_score: a pick-up stays one") {
  Score score = blank_score();
  score.meter =
      MeterMap(kComposedPpq, {{Tick(0), *Meter::make(1, 4)}, {Tick(480), *Meter::make(3, 4)}},
               MeterMap::Pickup::FirstBar);
  score.end = Tick(480 + 1440);
  add_part(score, "Melody", 0, {{0, 480, 60}, {480, 1440, 62}});
  const Score back = there_and_back(score).score;
  CHECK(back.meter == score.meter);
  CHECK(back.bar_count() == 1);
}

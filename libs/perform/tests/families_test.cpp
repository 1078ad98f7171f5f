// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include <toccata/base/json.hpp>
#include <toccata/perform/learned.hpp>
#include <toccata/perform/performer.hpp>
#include <toccata/perform/playing_family.hpp>

#include "small_model.hpp"
#include "written.hpp"

using namespace toccata;

namespace {

Instrument gm(int program) { return {*Program::from_number(program), false}; }

Score played_by_one(Score score, int program, Role role = Role::Melody) {
  score.parts[0].instrument = gm(program);
  score.parts[0].role = role;
  return score;
}

struct Sound {
  Tick begins, ends;
  int pitch;
};
std::vector<Sound> sounds(const Score& score, const Performance& performance) {
  std::vector<Sound> all;
  for (const Note& note : score.parts[0].notes) {
    const PlayedNote& played = *find_played(performance, note.id);
    const Tick begins = note.onset + played.shift;
    all.push_back({begins, begins + played.sounding, note.pitch.number()});
  }
  return all;
}
std::vector<Sound> by_curve(const Score& score, std::uint64_t seed = 1) {
  return sounds(score, perform(*find_performer("curve"), PerformTask{score}, Rng(seed)));
}

/// A scale up and down in eighths, for some bars, in sixteenths.
Score scale(int bars) {
  Score score;
  Part part;
  part.id = PartId(1);
  for (int i = 0; i < bars * 8; ++i)
    part.notes.push_back(written_note(static_cast<std::uint32_t>(i + 1),
                                      {2 * i, 2, 60 + 2 * std::min(i % 12, 12 - i % 12)}));
  score.end = Tick(bars * 1920);
  score.parts.push_back(std::move(part));
  return score;
}

constexpr int kFlute = 73, kViolin = 40, kOrgan = 19, kPiano = 0, kNylon = 24, kHarpsichord = 6;

/// A model whose beats are divided four to one, and whose notes last four times as long.
std::shared_ptr<const ExpressionModel> rough_model() {
  ExpressionModel model;
  const auto put = [&](Target target, float low, float high) {
    model.put(ExpressionModel::Learner::Model, target, Inputs::Marks,
              by_pitch(target, Inputs::Marks, low, high));
  };
  put(Target::NoteVelocity, 40, 100);
  put(Target::Lag, 0.03F, -0.03F);
  put(Target::ChordSlowness, 1, -1);
  put(Target::Articulation, 2, 2);
  put(Target::PedalDown, 1, 1);
  put(Target::PedalChange, 1, 0);
  return std::make_shared<const ExpressionModel>(std::move(model));
}

Performance by_model(const Score& score) {
  const auto performer = make_learned_performer("rough", rough_model(), {1, 1});
  return perform(*performer, PerformTask{score}, Rng(1));
}

/// Ticks by which a sound lasts into the next one, at most.
Duration longest_overlap(const std::vector<Sound>& all) {
  Duration longest = Duration(-100'000);
  for (std::size_t i = 0; i + 1 < all.size(); ++i)
    longest = std::max(longest, all[i].ends - all[i + 1].begins);
  return longest;
}

bool has_pedal(const Performance& performance) {
  return std::ranges::any_of(performance.controls, [](const ControlEvent& event) {
    return event.controller.number() == 64;
  });
}

}  // namespace

TEST_CASE("playing families: every program has one, and those of one kind the same") {
  for (int program = 0; program < 128; ++program) {
    CAPTURE(program);
    CHECK_FALSE(playing_family(gm(program)).name.empty());
    CHECK(playing_family(gm(program)).has_pedal == (program <= 5));
  }
  CHECK(playing_family(gm(kFlute)).breathes);
  CHECK(playing_family(gm(kViolin)).is_line);
  CHECK(playing_family(gm(kNylon)).strum_ms > 0);
  CHECK_FALSE(playing_family({Program::literal(0), true}).has_pedal);
}

TEST_CASE("winds: no note lasts into the next by more than a few milliseconds, by rule or model") {
  const Score flute = played_by_one(scale(8), kFlute);
  CHECK(longest_overlap(by_curve(flute)) <= Duration(5));  // 5 ms at 120 beats a minute
  CHECK(longest_overlap(sounds(flute, by_model(flute))) <= Duration(5));
  // As a chord instrument the same model holds keys on: what is tested is not what would be anyway.
  const Score piano = played_by_one(scale(8), kPiano);
  CHECK(longest_overlap(sounds(piano, by_model(piano))) > Duration(200));
}

TEST_CASE("winds: steps are tied, and leaps are not") {
  const Score steps =
      played_by_one(written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}, {12, 4, 65}}), kFlute);
  const Score leaps =
      played_by_one(written({{0, 4, 60}, {4, 4, 72}, {8, 4, 60}, {12, 4, 72}}), kFlute);
  const auto tied = by_curve(steps), apart = by_curve(leaps);
  for (const std::size_t i : {0, 1, 2}) {
    CHECK(tied[i].ends > tied[i + 1].begins);
    CHECK(apart[i].ends <= apart[i + 1].begins);
  }
}

TEST_CASE("strings: a tie is longer than that of a wind, and two may be stopped at once") {
  const Score steps = played_by_one(written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}}), kViolin);
  const auto tied = by_curve(steps);
  CHECK(tied[0].ends - tied[1].begins > Duration(5));
  CHECK(tied[0].ends - tied[1].begins <= Duration(10));
  const Score stops = played_by_one(
      written({{0, 4, 60}, {0, 4, 67}, {4, 4, 62}, {4, 4, 69}, {8, 4, 60}, {8, 4, 67}}), kViolin);
  CHECK(is_single_line(stops, stops.parts[0]));
  const auto both = by_curve(stops);
  CHECK(both[0].ends > both[1].begins);
}

TEST_CASE("winds: nobody plays on for longer than a breath, and each breath can be heard") {
  const Score score = played_by_one(scale(24), kFlute);  // 48 seconds without a rest
  for (const auto& played : {by_curve(score), sounds(score, by_model(score))}) {
    Tick since = played.front().begins;
    int breaths = 0;
    for (std::size_t i = 0; i + 1 < played.size(); ++i) {
      const Duration gap = played[i + 1].begins - played[i].ends;
      if (gap < Duration(60)) continue;
      ++breaths;
      since = played[i + 1].begins;
    }
    CHECK(breaths >= 6);
    CHECK(breaths <= 24);
    Tick begun = played.front().begins;
    for (std::size_t i = 0; i + 1 < played.size(); ++i) {
      if (played[i + 1].begins - played[i].ends >= Duration(60)) begun = played[i + 1].begins;
      CHECK(played[i].ends - begun <= Duration(7 * 960 + 60));
    }
    CHECK(since > played.front().begins);
  }
}

TEST_CASE("winds: a phrase begins softer after a breath") {
  // The same notes, so that nothing but the breath in the middle differs.
  const Score flute = played_by_one(scale(24), kFlute), organ = played_by_one(scale(24), kOrgan);
  const Performance winds = perform(*find_performer("curve"), PerformTask{flute}, Rng(1));
  const Performance keys = perform(*find_performer("curve"), PerformTask{organ}, Rng(1));
  int softer = 0, louder = 0;
  for (std::size_t i = 0; i < winds.notes.size(); ++i) {
    softer += winds.notes[i].velocity < keys.notes[i].velocity ? 1 : 0;
    louder += winds.notes[i].velocity > keys.notes[i].velocity ? 1 : 0;
  }
  CHECK(softer >= 6);
  CHECK(louder == 0);
}

TEST_CASE("two players in one part are left as they are written") {
  const Score duet = played_by_one(written({{0, 16, 72},
                                            {0, 4, 60},
                                            {4, 4, 62},
                                            {8, 4, 64},
                                            {12, 4, 65},
                                            {16, 16, 72},
                                            {16, 4, 60}}),
                                   kFlute);
  CHECK_FALSE(is_single_line(duet, duet.parts[0]));
  const auto played = by_curve(duet);
  const auto held = std::ranges::max_element(
      played, {}, [](const Sound& sound) { return (sound.ends - sound.begins).ticks(); });
  CHECK(held->ends - held->begins > Duration(1600));
}

TEST_CASE("pedal: pianos have one, organs, harpsichords, guitars and winds have none") {
  Score arpeggios;
  Part part;
  part.id = PartId(1);
  part.role = Role::Chords;
  for (int i = 0; i < 64; ++i)
    part.notes.push_back(written_note(static_cast<std::uint32_t>(i + 1),
                                      {i, 1, 48 + (i % 4) * 4 + (i % 4 == 3 ? 1 : 0)}));
  arpeggios.end = Tick(4 * 1920);
  arpeggios.parts.push_back(part);
  for (const int program : {kPiano, 4})
    CHECK(has_pedal(by_model(played_by_one(arpeggios, program, Role::Chords))));
  for (const int program :
       {kHarpsichord, 7, 16, kOrgan, 21, kNylon, 32, kViolin, 46, 52, 56, kFlute, 81, 89}) {
    CAPTURE(program);
    const Score score = played_by_one(arpeggios, program, Role::Chords);
    CHECK_FALSE(has_pedal(by_model(score)));
    CHECK_FALSE(has_pedal(perform(*find_performer("curve"), PerformTask{score}, Rng(1))));
  }
}

TEST_CASE("guitars: a strum goes down through the strings on the beat and up between, one by one") {
  const Score score = played_by_one(written({{4, 2, 48},
                                             {4, 2, 52},
                                             {4, 2, 55},
                                             {4, 2, 60},
                                             {6, 2, 48},
                                             {6, 2, 52},
                                             {6, 2, 55},
                                             {6, 2, 60}}),
                                    kNylon, Role::Chords);
  for (const auto& played : {by_curve(score), sounds(score, by_model(score))}) {
    for (const std::size_t i : {0, 1, 2}) {
      CHECK(played[i].begins < played[i + 1].begins);
      CHECK(played[i + 4].begins > played[i + 5].begins);
    }
    // 11 ms from string to string, less what rounds away.
    CHECK(played[3].begins - played[0].begins >= Duration(29));
  }
}

TEST_CASE("guitars: broken strings ring until one near by is stopped, and not for ever") {
  const Score score = played_by_one(
      written(
          {{0, 2, 48}, {2, 2, 55}, {4, 2, 64}, {6, 2, 55}, {8, 2, 50}, {10, 2, 57}, {12, 4, 65}}),
      kNylon, Role::Chords);
  const auto played = by_curve(score);
  CHECK(played[0].ends == played[4].begins);  // 48 until 50 takes its string
  CHECK(played[1].ends == played[3].begins);  // 55 until it is plucked again
  CHECK(played[2].ends > played[3].begins);
  for (const Sound& sound : played) CHECK(sound.ends <= score.end);
  const Score piano = played_by_one(score, kPiano, Role::Chords);
  CHECK(by_curve(piano)[0].ends < played[0].ends);
}

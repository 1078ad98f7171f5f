// SPDX-License-Identifier: MIT
// When a learned performer plays chords and moves the pedal.
#include <doctest/doctest.h>

#include <map>

#include <toccata/perform/learned.hpp>

#include "small_model.hpp"
#include "written.hpp"

using namespace toccata;
using Learner = ExpressionModel::Learner;

TEST_CASE(
    "learned performer: chords begin with their first note in time, notes alone have no lag") {
  const Score score = written({{0, 4, 48}, {0, 4, 72}, {4, 4, 50}, {16, 4, 50}, {16, 4, 74}});
  const auto performer = make_learned_performer(
      "small", std::make_shared<const ExpressionModel>(small_model()), {1, 0});
  const Performance performance = perform(*performer, PerformTask{score}, Rng(1));
  std::map<std::pair<std::int64_t, int>, Duration> shifts;
  for (std::size_t i = 0; i < performance.notes.size(); ++i) {
    const Note& note = score.parts[0].notes[i];
    shifts[{note.onset.ticks(), note.pitch.number()}] = performance.notes[i].shift;
  }
  // The model has high notes 20 ms before the mean and low ones 10 ms behind it.
  for (const std::int64_t bar : {0, 1920}) {
    CHECK((shifts[{bar, bar == 0 ? 72 : 74}]) == Duration(0));
    const Duration later = shifts[{bar, bar == 0 ? 48 : 50}];
    const double seconds =
        (performance.tempo.seconds_at(Tick(bar) + later) - performance.tempo.seconds_at(Tick(bar)))
            .value();
    CHECK(seconds == doctest::Approx(0.03).epsilon(0.05));
  }
  CHECK((shifts[{480, 50}]) == Duration(0));
}

namespace {

/// small_model, whose high notes also wait twice as long for the next as they are written.
std::unique_ptr<Performer> uneven_performer(const PlayingOptions& options) {
  ExpressionModel model = small_model();
  model.put(Learner::Model, Target::ChordSlowness, Inputs::Marks,
            by_pitch(Target::ChordSlowness, Inputs::Marks, 0, 1));
  return make_learned_performer("uneven", std::make_shared<const ExpressionModel>(std::move(model)),
                                options);
}

std::vector<std::int64_t> uneven_shifts(const Score& score, double freedom) {
  std::vector<std::int64_t> shifts;
  const Performance performance =
      perform(*uneven_performer({freedom, 0}), PerformTask{score}, Rng(1));
  for (const PlayedNote& played : performance.notes) shifts.push_back(played.shift.ticks());
  return shifts;
}

}  // namespace

TEST_CASE("learned performer: within a beat time goes as the chords' waits say, and no further") {
  using Shifts = std::vector<std::int64_t>;
  // An eighth twice as slow and one that is not; two alike; a chord that lasts into the next beat.
  const Score score =
      written({{0, 2, 72}, {2, 2, 48}, {4, 2, 48}, {6, 4, 48}, {10, 2, 72}, {12, 4, 48}});
  CHECK(uneven_shifts(score, 1) == Shifts{0, 80, 0, 0, -80, 0});
  CHECK(uneven_shifts(score, 0.5) == Shifts{0, 41, 0, 0, -41, 0});
  CHECK(uneven_shifts(score, 0) == Shifts(6, 0));
  // A rest at the beat's beginning goes at the pace of the chord before.
  CHECK(uneven_shifts(written({{0, 4, 72}, {6, 2, 48}, {8, 4, 48}}), 1) == Shifts{0, 80, 0});
  // Nothing is awaited after the last chord: it goes on as the one before.
  CHECK(uneven_shifts(written({{0, 4, 48}, {4, 2, 48}, {6, 2, 72}}), 1) == Shifts(3, 0));
  CHECK(uneven_shifts(written({{2, 2, 72}}), 1) == Shifts{0});
}

TEST_CASE("learned performer: a beat that its bar cuts short ends where the next bar begins") {
  Score score = written({{0, 1, 72}, {1, 1, 48}, {2, 4, 48}, {6, 4, 48}});
  const Meter common = Meter::literal(4, 4);
  score.meter = MeterMap(score.ppq(), {{Tick(0), common}, {Tick(240), common}});
  CHECK(uneven_shifts(score, 1) == std::vector<std::int64_t>{0, 40, 0, 0});
  const Performance performance = perform(*uneven_performer({1, 0}), PerformTask{score}, Rng(1));
  for (const TempoChange& change : performance.tempo.changes())
    CHECK((change.at.ticks() - 240) % 480 == (change.at == Tick(0) ? -240 : 0));
}

TEST_CASE("learned performer: a groove keeps its time, and a guitar goes with the piano") {
  Score score = written({{0, 2, 72}, {2, 2, 48}, {4, 4, 48}});
  Part guitar = score.parts[0];
  guitar.id = PartId(2);
  guitar.instrument.program = Program::literal(24);
  for (Note& note : guitar.notes) note.id = NoteId(note.id.number() + 3);
  score.parts.push_back(guitar);
  const auto second = uneven_shifts(score, 1);
  CHECK(second[1] == 80);
  CHECK(second[4] >= 60);
  CHECK(second[4] <= 100);  // strummed
  Part kit = guitar;
  kit.id = PartId(3);
  kit.instrument.is_drums = true;
  for (Note& note : kit.notes) note.id = NoteId(note.id.number() + 3);
  score.parts.push_back(kit);
  CHECK(std::abs(uneven_shifts(score, 1)[1]) < 40);
}

TEST_CASE("learned performer: the pedal changes with a chord that comes later than written") {
  ExpressionModel model = small_model();
  model.put(Learner::Model, Target::ChordSlowness, Inputs::Marks,
            by_pitch(Target::ChordSlowness, Inputs::Marks, 0, 1));
  model.put(Learner::Model, Target::PedalDown, Inputs::Marks,
            by_pitch(Target::PedalDown, Inputs::Marks, 1, 1));
  model.put(Learner::Model, Target::PedalChange, Inputs::Marks,
            by_pitch(Target::PedalChange, Inputs::Marks, 1, 0));
  const auto performer = make_learned_performer(
      "pedalling", std::make_shared<const ExpressionModel>(std::move(model)), {1, 0});
  const Score score = written({{0, 2, 72}, {2, 2, 48}, {4, 4, 72}});
  std::vector<std::int64_t> lifted;
  for (const ControlEvent& event : perform(*performer, PerformTask{score}, Rng(1)).controls)
    if (event.controller.number() == 64 && event.value.number() == 0)
      lifted.push_back(event.at.ticks());
  CHECK(lifted == std::vector<std::int64_t>{320, 1920});
}

TEST_CASE("learned performer: chords near one lift of the pedal tell of one, in their middle") {
  const auto lifts = [](const Score& score, float held_low, float held_high) {
    ExpressionModel model = small_model();
    model.put(Learner::Model, Target::BeatSlowness, Inputs::Marks,
              by_pitch(Target::BeatSlowness, Inputs::Marks, 0, 0));
    model.put(Learner::Model, Target::PedalDown, Inputs::Marks,
              by_pitch(Target::PedalDown, Inputs::Marks, held_low, held_high));
    model.put(Learner::Model, Target::PedalChange, Inputs::Marks,
              by_pitch(Target::PedalChange, Inputs::Marks, 0, 1));
    const auto performer = make_learned_performer(
        "pedalling", std::make_shared<const ExpressionModel>(std::move(model)), {1, 0});
    std::vector<std::int64_t> at;
    for (const ControlEvent& event : perform(*performer, PerformTask{score}, Rng(1)).controls)
      if (event.controller.number() == 64 && event.value.number() == 0)
        at.push_back(event.at.ticks() / 120);
    return at;
  };
  using At = std::vector<std::int64_t>;
  // Sixteenths at 120 a minute: within half a second lie four.
  const Score fast =
      written({{0, 1, 48}, {1, 1, 48}, {2, 1, 72}, {3, 1, 72}, {4, 1, 72}, {5, 1, 48}});
  CHECK(lifts(fast, 1, 1) == At{3, 16});
  const Score slow = written({{0, 4, 48}, {4, 4, 72}, {8, 4, 72}, {12, 4, 48}});
  CHECK(lifts(slow, 1, 1) == At{4, 8, 16});
  // Where the pedal is not held at those chords, that is the lift.
  CHECK(lifts(fast, 1, 0) == At{2, 16});
}

TEST_CASE("learned performer: what lasts beyond its beat lasts as it waits, but for the last") {
  const Score score = written({{0, 8, 48}, {8, 8, 72}, {16, 4, 48}, {60, 4, 48}});
  const Performance performance = perform(*uneven_performer({1, 0}), PerformTask{score}, Rng(1));
  const auto bpm = [&](int beat) { return performance.tempo.tempo_at(Tick(480 * beat)).bpm(); };
  CHECK(bpm(3) == doctest::Approx(bpm(1) / 2).epsilon(0.001));
  // Bars of rest behind the end change nothing before it.
  Score resting = written({{0, 4, 48}, {4, 4, 72}});
  const auto tempo = [&] {
    return perform(*uneven_performer({1, 0}), PerformTask{resting}, Rng(1)).tempo;
  };
  const double ratio = tempo().tempo_at(Tick(480)).bpm() / tempo().tempo_at(Tick(1000)).bpm();
  CHECK(ratio == doctest::Approx(1).epsilon(0.001));
}

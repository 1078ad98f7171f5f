// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include <toccata/learn/time_counts.hpp>

#include "constant_trees.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

using Learner = ExpressionModel::Learner;

ExpressionModel saying(float slowness, float articulation) {
  ExpressionModel model;
  for (const Inputs inputs : {Inputs::Marks, Inputs::History}) {
    model.put(Learner::Model, Target::ChordSlowness, inputs,
              constant_trees(Target::ChordSlowness, inputs, slowness));
    model.put(Learner::Model, Target::Articulation, inputs,
              constant_trees(Target::Articulation, inputs, articulation));
  }
  return model;
}

/// Four quarters of half a second, but for the third, which lasts two seconds. The first is a chord
/// of two notes. Each note sounds until the next one.
PreparedPiece thirds_and_a_wait(double second_onset = 0) {
  auto score = std::make_unique<Score>();
  Part part;
  part.id = PartId(1);
  std::uint32_t id = 0;
  for (const auto& [quarter, pitch] : {std::pair(0, 60), {0, 64}, {1, 62}, {2, 64}, {3, 65}}) {
    Note note;
    note.id = NoteId(++id);
    note.onset = Tick(quarter * 480);
    note.duration = Duration(480);
    note.pitch = *Pitch::from_number(pitch);
    part.notes.push_back(note);
  }
  score->end = Tick(1920);
  score->parts.push_back(part);
  AlignedPiece piece;
  piece.composition = "a";
  piece.order = std::make_unique<const PlayingOrder>(*score);
  piece.score = std::move(score);
  AlignedPerformance played;
  played.times = {{0, second_onset, 0.5, 1, 3}, {0.5, second_onset + 0.5, 1, 3, 3.5}};
  played.velocities = {60, 60, 60, 60, 60};
  piece.performances.push_back(std::move(played));
  return PreparedPiece(std::move(piece));
}

const Foretold& found(const std::vector<CountedTimes>& counted, TimeCount count,
                      std::optional<Inputs> inputs) {
  for (const CountedTimes& times : counted)
    if (times.count == count && times.inputs == inputs) return times.foretold;
  FAIL("is missing");
  return counted.front().foretold;
}

}  // namespace

TEST_CASE("count_times: a chord counts once for each of its notes") {
  const PreparedPiece piece = thirds_and_a_wait();
  const PreparedPiece* pieces[] = {&piece};
  const auto counted = count_times(saying(0.25F, 0), pieces);
  const Foretold& notes = found(counted, TimeCount::ByNotes, Inputs::History);
  CHECK(notes.rows.targets == std::vector<float>{0, 0, 0, 2});  // the last chord leads nowhere
  CHECK(notes.predicted == std::vector<double>{0.25, 0.25, 0.25, 0.25});
  const Foretold& after = found(counted, TimeCount::NoteAfterNote, Inputs::History);
  CHECK(after.rows.targets == notes.rows.targets);
  CHECK(after.predicted == std::vector<double>{0.25, 0, 0.25, 0.25});  // the second is told
  CHECK(notes.rows.performance == std::vector<std::uint32_t>{0, 0, 0, 0});
}

TEST_CASE("count_times: notes of a chord that were not played do not count") {
  const PreparedPiece piece = thirds_and_a_wait(std::numeric_limits<double>::quiet_NaN());
  const PreparedPiece* pieces[] = {&piece};
  const auto counted = count_times(saying(0.25F, 0), pieces);
  for (const TimeCount count : {TimeCount::ByNotes, TimeCount::NoteAfterNote}) {
    const Foretold& notes = found(counted, count, Inputs::History);
    CHECK(notes.rows.targets == std::vector<float>{0, 0, 2});
    CHECK(notes.predicted == std::vector<double>{0.25, 0.25, 0.25});
  }
  CHECK(found(counted, TimeCount::Lengths, Inputs::Marks).predicted.size() == 4);
}

TEST_CASE("count_times: seconds are the written lengths at the median tempo and what is foretold") {
  const PreparedPiece piece = thirds_and_a_wait();
  const PreparedPiece* pieces[] = {&piece};
  const auto counted = count_times(saying(0.25F, -0.5F), pieces);
  const Foretold& waits = found(counted, TimeCount::Waits, Inputs::Marks);
  CHECK(waits.rows.targets == std::vector<float>{-1, -1, -1, 1});  // half a second, and two
  CHECK(waits.predicted == std::vector<double>{-0.75, -0.75, -0.75, -0.75});
  const Foretold& written = found(counted, TimeCount::Waits, std::nullopt);
  CHECK(written.rows.targets == waits.rows.targets);
  CHECK(written.predicted == std::vector<double>{-1, -1, -1, -1});
  const Foretold& lengths = found(counted, TimeCount::Lengths, Inputs::Marks);
  CHECK(lengths.rows.targets == std::vector<float>{-1, -1, -1, 1, -1});
  // Articulation and tempo; of the last note, whose chord's time is not known, the former alone.
  CHECK(lengths.predicted == std::vector<double>{-1.25, -1.25, -1.25, -1.25, -1.5});
  CHECK(found(counted, TimeCount::Lengths, std::nullopt).predicted ==
        std::vector<double>{-1, -1, -1, -1, -1});
}

TEST_CASE("count_times: a model without learners of times says nothing") {
  const PreparedPiece piece = thirds_and_a_wait();
  const PreparedPiece* pieces[] = {&piece};
  CHECK(count_times(ExpressionModel(), pieces).empty());
}

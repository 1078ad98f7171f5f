// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include <toccata/learn/note_wise_performer.hpp>

using namespace toccata;
using namespace toccata::learn;

namespace {

/// Trees of one split each: below or at `threshold` of a feature one value, above it another.
struct Stump {
  int feature;
  float threshold, low, high;
};
NoteModel forest_of(const std::vector<Stump>& stumps) {
  ml::TreeTables tables;
  tables.features = 7;
  tables.scale = 1.0 / static_cast<double>(stumps.size());
  for (const Stump& stump : stumps) {
    tables.tree_nodes.push_back(3);
    tables.feature.insert(tables.feature.end(), {stump.feature, ml::kLeaf, ml::kLeaf});
    tables.threshold.insert(tables.threshold.end(), {stump.threshold, stump.low, stump.high});
    tables.left.insert(tables.left.end(), {1, 0, 0});
    tables.missing_left.insert(tables.missing_left.end(), {0, 0, 0});
  }
  auto trees = ml::Trees::from_tables(tables);
  if (!trees) FAIL(describe(trees.error()));
  return {*std::move(trees), {}};
}

constexpr int kPitch = 0, kPlace = 4, kDuration = 6;

/// Features as they are: means 0, deviations 1.
std::shared_ptr<const NoteWiseForests> forests(NoteModel velocity, NoteModel duration) {
  auto made = std::make_shared<NoteWiseForests>();
  made->scaler = {std::vector<double>(7, 0), std::vector<double>(7, 1)};
  made->velocity = std::move(velocity);
  made->duration = std::move(duration);
  return made;
}

/// Quarters going up from C4, at any ppq; and a hit of a drum.
Score scale(std::int32_t ppq, int count) {
  Score score;
  score.tempo = TempoMap(*Ppq::from_number(ppq));
  score.meter = MeterMap(*Ppq::from_number(ppq));
  Part part, kit;
  part.id = PartId(1);
  kit.id = PartId(2);
  kit.instrument.is_drums = true;
  for (int i = 0; i <= count; ++i) {
    Note note;
    note.id = NoteId(static_cast<std::uint32_t>(i + 1));
    note.onset = Tick(std::int64_t{ppq} * (i % count));
    note.duration = Duration(ppq);
    note.pitch = *Pitch::from_number(i == count ? 38 : 60 + i);
    (i == count ? kit : part).notes.push_back(note);
  }
  score.end = score.meter.end_of(score.meter.bar_at(part.notes.back().onset));
  score.parts = {part, kit};
  return score;
}

Performance played(const Score& score, std::shared_ptr<const NoteWiseForests> models,
                   double variation, std::uint64_t seed = 1) {
  const auto performer = make_note_wise_performer("forests", std::move(models), {1, variation});
  return perform(*performer, {score}, Rng(seed));
}

}  // namespace

TEST_CASE("note-wise performer: the forests tell velocity and length, the rest is the curve's") {
  const Score score = scale(480, 8);
  const Performance performance = played(
      score, forests(forest_of({{kPitch, 63.5F, 40, 100}}), forest_of({{kPitch, 63.5F, 300, 450}})),
      0);
  const Performance curve = perform(*find_performer("curve"), {score}, Rng(0));
  REQUIRE(performance.notes.size() == 9);
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(performance.notes[i].velocity.number() == (i < 4 ? 40 : 100));
    CHECK(performance.notes[i].sounding == Duration(i < 4 ? 300 : 450));
    CHECK(performance.notes[i].shift == curve.notes[i].shift);
  }
  CHECK(performance.notes[8] == curve.notes[8]);  // the drum
  CHECK(performance.tempo == curve.tempo);
}

TEST_CASE("note-wise performer: lengths are 200 to 1920 ticks of 480, scaled to the score's ppq") {
  const auto models =
      forests(forest_of({{kPitch, 63.5F, -50, 900}}), forest_of({{kPitch, 63.5F, 3, 90'000}}));
  const Score score = scale(96, 8);
  const Performance performance = played(score, models, 0);
  CHECK(performance.notes[0].sounding == Duration(200 * 96 / 480));
  CHECK(performance.notes[4].sounding == Duration(1920 * 96 / 480));
  CHECK(performance.notes[0].velocity.number() == Velocity::kLowest);
  CHECK(performance.notes[4].velocity.number() == Velocity::kHighest);
  // What would sound on behind the piece ends with it.
  CHECK(score.parts[0].notes[7].onset + performance.notes[7].shift +
            performance.notes[7].sounding <=
        score.end);
}

TEST_CASE("note-wise performer: inputs are the protocol's, with durations of 480 a quarter") {
  const auto by_length =
      forests(forest_of({{kDuration, 479.5F, 10, 20}}), forest_of({{kPlace, 0.5F, 300, 400}}));
  for (const std::int32_t ppq : {96, 480, 960}) {
    const Performance performance = played(scale(ppq, 8), by_length, 0);
    CHECK(performance.notes[0].velocity.number() == 20);
    CHECK(performance.notes[3].sounding == Duration(300 * ppq / 480));
    CHECK(performance.notes[4].sounding == Duration(400 * ppq / 480));
  }
}

TEST_CASE("note-wise performer: without variation all seeds agree, with it single trees speak") {
  const auto models = forests(forest_of({{kPitch, 0, 0, 40}, {kPitch, 0, 0, 100}}),
                              forest_of({{kPitch, 0, 0, 300}}));
  const Score score = scale(480, 32);
  CHECK(played(score, models, 0, 1) == played(score, models, 0, 2));
  CHECK(played(score, models, 0).notes[5].velocity.number() == 70);
  CHECK(played(score, models, 1, 1) != played(score, models, 1, 2));
  CHECK(played(score, models, 1, 1) == played(score, models, 1, 1));
  std::set<int> whole, half;
  for (std::size_t i = 0; i < 32; ++i) {
    whole.insert(played(score, models, 1).notes[i].velocity.number());
    half.insert(played(score, models, 0.5).notes[i].velocity.number());
  }
  CHECK(whole == std::set<int>{40, 100});
  CHECK(half == std::set<int>{55, 85});
}

TEST_CASE("note-wise performer: a key is let go before it is struck again") {
  Score score = scale(480, 8);
  for (Note& note : score.parts[0].notes) note.pitch = Pitch::literal(60);
  const Performance performance =
      played(score, forests(forest_of({{kPitch, 0, 0, 80}}), forest_of({{kPitch, 0, 0, 1900}})), 0);
  const auto& notes = score.parts[0].notes;
  for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
    const PlayedNote &here = performance.notes[i], &next = performance.notes[i + 1];
    CHECK(notes[i].onset + here.shift + here.sounding <= notes[i + 1].onset + next.shift);
  }
}

TEST_CASE("note-wise forests: what a bundle lacks is named") {
  ml::Weights weights;
  const auto nothing = load_note_wise_forests(weights);
  REQUIRE(!nothing);
  CHECK(describe(nothing.error()).find("scaler.mean") != std::string::npos);
  const auto whole =
      forests(forest_of({{kPitch, 60, 50, 90}}), forest_of({{kPitch, 60, 200, 300}}));
  ml::save_scaler(whole->scaler, weights, kScalerPrefix);
  save_note_model(whole->velocity, weights, prefix_of(Learner::Forest, NoteTarget::Velocity));
  const auto half = load_note_wise_forests(weights);
  REQUIRE(!half);
  CHECK(describe(half.error()).find("rf_duration") != std::string::npos);
  save_note_model(whole->duration, weights, prefix_of(Learner::Forest, NoteTarget::Duration));
  const auto loaded = load_note_wise_forests(weights);
  REQUIRE(loaded);
  CHECK(loaded->scaler == whole->scaler);
  // A forest without a tree has nothing to say.
  for (ml::Tensor& tensor : weights.tensors) {
    if (!tensor.name.starts_with("rf_velocity.")) continue;
    if (tensor.name.ends_with("scale") || tensor.name.ends_with("features")) continue;
    tensor.bytes = {};
    tensor.shape = {0};
  }
  const auto empty = load_note_wise_forests(weights);
  REQUIRE(!empty);
  CHECK(describe(empty.error()).find("rf_velocity") != std::string::npos);
}

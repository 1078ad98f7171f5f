// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <numeric>

#include <toccata/base/rng.hpp>
#include <toccata/learn/note_wise_run.hpp>

using namespace toccata;
using namespace toccata::learn;

namespace {

/// Rows whose loudness follows their pitch, and whose length is the clipped one.
NoteSample made_sample(std::size_t rows) {
  Rng rng(7);
  NoteSample sample;
  sample.features = Table({kNoteWiseFeatures.begin(), kNoteWiseFeatures.end()}, rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto pitch = static_cast<float>(rng.between(30, 90));
    const auto duration = static_cast<float>(rng.between(10, 900));
    const std::array<float, 7> row{
        pitch, 2, pitch - 2, pitch + 2, static_cast<float>(rng.uniform()), 13, duration};
    for (std::size_t f = 0; f < 7; ++f) sample.features.column(f)[i] = row[f];
    sample.velocity.push_back(pitch + static_cast<float>(rng.between(-5, 5)));
    sample.duration.push_back(std::max(duration, 100.0F));
    sample.is_test.push_back(i % 5 == 0);
    sample.context.push_back(
        {static_cast<float>(rng.between(20, 127)), kUnknown, static_cast<float>(rng.uniform())});
  }
  return sample;
}

NoteModel fitted(const NoteWiseRun& run, NoteTarget target, Learner learner, double share = 1) {
  auto model = run.fit(target, learner, share);
  if (!model) FAIL(describe(model.error()));
  return *std::move(model);
}

}  // namespace

TEST_CASE("NoteWiseRun: the scaler is fitted on the training rows alone") {
  NoteSample sample = made_sample(500);
  const ml::Scaler before = NoteWiseRun(sample, 1).scaler();
  for (const std::size_t row : sample.side(true)) sample.features.column(0)[row] = 1000;
  CHECK(NoteWiseRun(sample, 1).scaler() == before);
}

TEST_CASE(
    "NoteWiseRun: every learner finds what pitch says of velocity, and says that it was pitch") {
  const NoteSample sample = made_sample(2000);
  const NoteWiseRun run(sample, 1);
  for (const Learner learner : kLearners) {
    CAPTURE(name_of(learner));
    const NoteModel model = fitted(run, NoteTarget::Velocity, learner);
    CHECK(run.measure(model, NoteTarget::Velocity, true, 1).r2 > 0.9);
    const auto& shares = model.importances;
    CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == doctest::Approx(1));
    CHECK(shares[0] + shares[2] + shares[3] > 0.9);  // a pitch and its neighbours tell the same
    CHECK(shares[5] < 0.01);
  }
}

TEST_CASE("NoteWiseRun: duration is told by duration, and by nothing else") {
  const NoteSample sample = made_sample(2000);
  const NoteWiseRun run(sample, 1);
  const NoteModel leaking = fitted(run, NoteTarget::Duration, Learner::Forest);
  CHECK(run.measure(leaking, NoteTarget::Duration, true, 1).r2 > 0.99);
  CHECK(leaking.importances[6] > 0.95);
  const NoteModel honest = fitted(run, NoteTarget::DurationWithoutLeak, Learner::Forest);
  CHECK(run.measure(honest, NoteTarget::DurationWithoutLeak, true, 1).r2 < 0.2);
  CHECK(honest.importances[6] == 0);
}

TEST_CASE("fit_note_model: a seed gives the same model whatever the threads") {
  const NoteSample sample = made_sample(600);
  const NoteWiseRun run(sample, 3), other(sample, 4);
  const auto bytes = [](const NoteModel& model) {
    ml::Weights weights;
    save_note_model(model, weights, "m.");
    return ml::write_weights(weights);
  };
  const auto with = [&](const NoteWiseRun& which, unsigned threads) {
    return bytes(*which.fit(NoteTarget::Velocity, Learner::Forest, 1, Running{threads, {}, {}}));
  };
  CHECK(with(run, 1) == with(run, 3));
  CHECK(with(run, 1) != with(other, 1));
}

TEST_CASE("load_note_model undoes save_note_model, and refuses a model of other features") {
  const NoteSample sample = made_sample(600);
  const NoteWiseRun run(sample, 3);
  for (const Learner learner : kLearners)
    for (const NoteTarget target : kNoteTargets) {
      const NoteModel model = fitted(run, target, learner);
      ml::Weights weights;
      save_note_model(model, weights, prefix_of(learner, target));
      const auto again = load_note_model(weights, prefix_of(learner, target), learner, target);
      if (!again) FAIL(describe(again.error()));
      CHECK(run.predict(*again, target, true, 1) == run.predict(model, target, true, 2));
      CHECK(again->importances == model.importances);
      const auto wrong = target == NoteTarget::DurationWithoutLeak
                             ? NoteTarget::Duration
                             : NoteTarget::DurationWithoutLeak;
      CHECK_FALSE(load_note_model(weights, prefix_of(learner, target), learner, wrong).has_value());
    }
}

TEST_CASE("NoteWiseRun: a share of the rows is fitted on fewer of them") {
  const NoteSample sample = made_sample(800);
  const NoteWiseRun run(sample, 3);
  const auto nodes = [&](double share) {
    const NoteModel model = fitted(run, NoteTarget::Velocity, Learner::Tree, share);
    return std::get<ml::Trees>(model.learned).tables().feature.size();
  };
  CHECK(nodes(1.0 / 16) <= 2 * (640 / 16));
  CHECK(nodes(1) > nodes(1.0 / 16));
}

TEST_CASE("split_errors: groups share out the rows, and what is not known has none") {
  const NoteSample sample = made_sample(500);
  const auto rows = sample.side(true);
  std::vector<double> predicted;
  for (const std::size_t row : rows) predicted.push_back(sample.velocity[row] + 3.0);
  const auto splits = split_errors(sample, rows, predicted);
  REQUIRE(splits.size() == 8);
  CHECK(splits[0].by == "beat");
  CHECK(splits[0].groups.empty());
  for (std::size_t i = 1; i < splits.size(); ++i) {
    std::size_t all = 0;
    for (const ErrorGroup& group : splits[i].groups) {
      all += group.rows;
      CHECK(group.mae == doctest::Approx(3));
      CHECK(group.bias == doctest::Approx(3));
    }
    CHECK(all == rows.size());
  }
  CHECK(splits[2].groups[1].rows == 25);  // a quarter of a hundred
}

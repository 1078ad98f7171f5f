// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include <toccata/perform/learned.hpp>
#include <toccata/perform/performed.hpp>

#include "repeats.hpp"
#include "small_model.hpp"
#include "written.hpp"

using namespace toccata;
using Learner = ExpressionModel::Learner;

namespace {

/// Two bars: low notes, then high ones.
Score low_then_high() {
  return written({{0, 4, 48},
                  {4, 4, 50},
                  {8, 4, 52},
                  {12, 4, 53},
                  {16, 4, 72},
                  {20, 4, 74},
                  {24, 4, 76},
                  {28, 4, 77}});
}

Performance played(const Score& score, const PlayingOptions& options, std::uint64_t seed) {
  const auto performer = make_learned_performer(
      "small", std::make_shared<const ExpressionModel>(small_model()), options);
  return perform(*performer, PerformTask{score}, Rng(seed));
}

/// A player whose chords begin anywhere about where they are written.
std::unique_ptr<Performer> loose_performer() {
  ExpressionModel model = small_model();
  model.put(Learner::Model, Target::Lag, Inputs::Marks,
            by_pitch(Target::Lag, Inputs::Marks, 0.1F, -0.1F));
  model.set_spread(Target::Lag, {0.5, 0});
  return make_learned_performer("loose", std::make_shared<const ExpressionModel>(std::move(model)),
                                {1, 1});
}

}  // namespace

TEST_CASE("learned performer: loudness, lengths and pedal are the model's") {
  const Score score = low_then_high();
  const Performance performance = played(score, {1, 0}, 1);
  REQUIRE(performance.notes.size() == 8);
  CHECK(performance.notes[1].velocity.number() == 50);
  CHECK(performance.notes[6].velocity.number() == 90);
  CHECK(performance.notes[6].sounding == Duration(240));
  const auto is_sustain = [](const ControlEvent& event) { return event.controller.number() == 64; };
  const auto pedal = std::ranges::find_if(performance.controls, is_sustain);
  REQUIRE(pedal != performance.controls.end());
  CHECK(pedal->value.number() == 127);
  CHECK(pedal->at < Tick(480));
}

TEST_CASE("learned performer: the tempo slows where the model does, and the whole keeps its time") {
  const Score score = low_then_high();
  const Performance performance = played(score, {1, 0}, 1);
  CHECK(performance.tempo.tempo_at(Tick(480)).bpm() >
        performance.tempo.tempo_at(Tick(4 * 480)).bpm());
  CHECK(performance.tempo.tempo_at(Tick(0)) == score.tempo.tempo_at(Tick(0)));
  CHECK(performance.tempo.seconds_at(score.end).value() ==
        doctest::Approx(score.tempo.seconds_at(score.end).value()).epsilon(0.02));
  CHECK(played(score, {0, 0}, 1).tempo == score.tempo);
}

TEST_CASE("learned performer: without variation all seeds agree, with it players differ") {
  const Score score = low_then_high();
  CHECK(played(score, {1, 0}, 1) == played(score, {1, 0}, 2));
  CHECK(played(score, {1, 1}, 1) == played(score, {1, 1}, 1));
  CHECK(played(score, {1, 1}, 1) != played(score, {1, 1}, 2));
}

TEST_CASE("learned performer: a flute has no pedal and follows the model by half") {
  Score score = low_then_high();
  score.parts[0].instrument.program = Program::literal(73);
  const Performance performance = played(score, {1, 0}, 1);
  CHECK(std::ranges::none_of(performance.controls, [](const ControlEvent& event) {
    return event.controller.number() == 64;
  }));
  CHECK(performance.notes[6].velocity.number() < 90 + 10);
  CHECK(performance.notes[6].velocity > performance.notes[1].velocity);
}

TEST_CASE("learned performer: a key struck again has been let go before") {
  Score score = written({{0, 2, 48}, {2, 2, 48}, {4, 2, 48}, {6, 10, 48}});
  ExpressionModel model = small_model();
  model.put(Learner::Model, Target::Articulation, Inputs::Marks,
            by_pitch(Target::Articulation, Inputs::Marks, 2, 2));
  const auto performer = make_learned_performer(
      "long", std::make_shared<const ExpressionModel>(std::move(model)), {1, 0});
  const Performance performance = perform(*performer, PerformTask{score}, Rng(1));
  for (std::size_t i = 0; i + 1 < 4; ++i) {
    const Tick end =
        score.parts[0].notes[i].onset + performance.notes[i].shift + performance.notes[i].sounding;
    CHECK(end <= score.parts[0].notes[i + 1].onset + performance.notes[i + 1].shift);
  }
}

TEST_CASE(
    "learned performer: whatever the lags, notes keep their bar and the order of their part") {
  // Chords over two bars, of which either note may be far too late.
  Score score = written({{0, 2, 48},
                         {0, 2, 72},
                         {2, 2, 48},
                         {2, 2, 72},
                         {14, 2, 48},
                         {14, 2, 72},
                         {16, 2, 48},
                         {16, 2, 72},
                         {30, 2, 48},
                         {30, 2, 72}});
  const auto performer = loose_performer();
  bool moved = false;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Performance performance = perform(*performer, PerformTask{score}, Rng(seed));
    Tick before(0), latest(0);
    for (std::size_t i = 0; i < score.parts[0].notes.size(); ++i) {
      const Note& note = score.parts[0].notes[i];
      const Tick at = note.onset + performance.notes[i].shift;
      if (i % 2 == 0) before = latest;
      CHECK(score.meter.bar_at(at) == score.meter.bar_at(note.onset));
      CHECK(at >= before);
      latest = std::max(latest, at);
      moved |= performance.notes[i].shift != Duration(0);
    }
  }
  CHECK(moved);
}

TEST_CASE("learned performer: whatever the lags, a key struck again soon is heard twice") {
  Score score = written({{0, 1, 72}});
  score.parts[0].notes.clear();
  for (std::uint32_t i = 0; i < 64; ++i)  // chords of two
    score.parts[0].notes.push_back(written_note(i + 1, {int(i / 2), 1, i % 2 == 0 ? 48 : 72}));
  score.end = score.parts[0].notes.back().end();
  score.tempo = TempoMap(score.ppq(), {{Tick(0), *Tempo::from_bpm(300)}});
  const auto performer = loose_performer();
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Performance performance = perform(*performer, PerformTask{score}, Rng(seed));
    check_repeats_are_heard(score, performance);
    check_order(score, performance);
  }
}

TEST_CASE("learned performer: the pedal is up when the piece ends") {
  const Score score = low_then_high();
  ExpressionModel model = small_model();
  model.put(Learner::Model, Target::PedalDown, Inputs::Marks,
            by_pitch(Target::PedalDown, Inputs::Marks, 1, 1));
  const auto performer = make_learned_performer(
      "held", std::make_shared<const ExpressionModel>(std::move(model)), {1, 0});
  const Performance performance = perform(*performer, PerformTask{score}, Rng(1));
  std::vector<ControlEvent> pedal;
  for (const ControlEvent& event : performance.controls)
    if (event.controller.number() == 64) pedal.push_back(event);
  REQUIRE(pedal.size() >= 2);
  CHECK(pedal.front().value.number() == 127);
  CHECK(pedal.back().value.number() == 0);
  CHECK(pedal.back().at <= score.end);
}

TEST_CASE("learned performer: what a model has not learned is played by the rules") {
  const Score score = low_then_high();
  ExpressionModel loud;
  loud.put(Learner::Model, Target::NoteVelocity, Inputs::Marks,
           by_pitch(Target::NoteVelocity, Inputs::Marks, 50, 90));
  const auto performer = make_learned_performer(
      "loudness alone", std::make_shared<const ExpressionModel>(std::move(loud)), {1, 0});
  const Performance performance = perform(*performer, PerformTask{score}, Rng(1));
  const Performance rules = perform(*find_performer("curve"), PerformTask{score}, Rng(0));
  CHECK(performance.tempo == rules.tempo);
  CHECK(performance.controls == rules.controls);
  for (std::size_t i = 0; i < rules.notes.size(); ++i) {
    CHECK(performance.notes[i].sounding == rules.notes[i].sounding);
    CHECK(performance.notes[i].velocity.number() == (i < 4 ? 50 : 90));
  }
}

TEST_CASE("blend: its ends are the two performances, and its middle lies between") {
  const Score score = low_then_high();
  const Performance plain = make_plain_performance(score), loud = played(score, {1, 0}, 1);
  CHECK(blend(score, plain, loud, 0) == plain);
  CHECK(blend(score, plain, loud, 1) == loud);
  const Performance half = blend(score, plain, loud, 0.5);
  CHECK(half.notes[1].velocity.number() == 65);
  CHECK(half.notes[6].sounding == Duration(360));
}

TEST_CASE("ExpressionModel: reading what was saved predicts the same") {
  ml::Weights weights;
  small_model().save(weights);
  const auto read = ExpressionModel::load(weights);
  REQUIRE(read.has_value());
  CHECK(read->spread(Target::NoteVelocity) == Spread{8, 0.5});
  const auto* trees = read->find(Learner::Model, Target::NoteVelocity, Inputs::Marks);
  REQUIRE(trees != nullptr);
  CHECK(trees->tables() ==
        small_model().find(Learner::Model, Target::NoteVelocity, Inputs::Marks)->tables());
  CHECK(read->find(Learner::Baseline, Target::NoteVelocity, Inputs::Marks) == nullptr);
}

TEST_CASE("ExpressionModel: for playing, what a model is measured by is passed over") {
  ExpressionModel model = small_model();
  model.put(Learner::Baseline, Target::NoteVelocity, Inputs::Marks,
            by_pitch(Target::NoteVelocity, Inputs::Marks, 1, 2));
  model.put(Learner::Model, Target::NoteVelocity, Inputs::Score,
            by_pitch(Target::NoteVelocity, Inputs::Score, 1, 2));
  ml::Weights weights;
  model.save(weights);
  const auto all = ExpressionModel::load(weights),
             playing = ExpressionModel::load(weights, ExpressionModel::Needed::Playing);
  REQUIRE((all.has_value() && playing.has_value()));
  CHECK(all->find(Learner::Baseline, Target::NoteVelocity, Inputs::Marks) != nullptr);
  CHECK(playing->find(Learner::Baseline, Target::NoteVelocity, Inputs::Marks) == nullptr);
  CHECK(playing->find(Learner::Model, Target::NoteVelocity, Inputs::Score) == nullptr);
  CHECK(playing->find(Learner::Model, Target::NoteVelocity, Inputs::Marks) != nullptr);
  CHECK(playing->spread(Target::NoteVelocity) == Spread{8, 0.5});
}

TEST_CASE("ExpressionModel: weights of another format, version or size are refused by name") {
  ml::Weights weights;
  CHECK(describe(ExpressionModel::load(weights).error()).find("format") != std::string::npos);
  small_model().save(weights);
  ml::Weights other = weights;
  other.metadata["columns.velocity.score_marks"] = "pitch,depth";
  CHECK(describe(ExpressionModel::load(other).error()).find("columns.velocity.score_marks") !=
        std::string::npos);
  for (ml::Tensor& tensor : weights.tensors) {
    if (tensor.name != "spread.velocity") continue;
    const std::array<double, 2> wrong{-1, 2};
    tensor = ml::make_tensor<double>(tensor.name, {2}, wrong);
  }
  CHECK(describe(ExpressionModel::load(weights).error()).find("spread.velocity") !=
        std::string::npos);
}

TEST_CASE("find_performed: written music is none, notes off the grid are") {
  Score score;
  Part part;
  part.id = PartId(1);
  for (int i = 0; i < 40; ++i)
    part.notes.push_back(written_note(static_cast<std::uint32_t>(i + 1), {i, 1, 60}));
  score.parts.push_back(part);
  CHECK_FALSE(find_performed(score, make_plain_performance(score)).has_value());
  for (Note& note : score.parts[0].notes)
    note.onset = note.onset + Duration(7 + static_cast<int>(note.id.number()) % 13);
  CHECK(find_performed(score, make_plain_performance(score)).has_value());
}

TEST_CASE(
    "find_performed: septuplets are written; chords of which each note has its loudness are not") {
  Score score;
  Part part;
  part.id = PartId(1);
  std::uint32_t id = 0;
  for (int i = 0; i < 98; ++i)
    for (const int pitch : {60, 64, 67}) {
      Note note = written_note(++id, {0, 1, pitch});
      note.onset = Tick(i * 480 / 7);
      part.notes.push_back(note);
    }
  score.parts.push_back(part);
  Performance performance = make_plain_performance(score);
  // A crescendo over it all: many velocities, each of a whole chord.
  for (std::size_t i = 0; i < performance.notes.size(); ++i)
    performance.notes[i].velocity = Velocity::clamped(20 + static_cast<int>(i / 3));
  CHECK_FALSE(find_performed(score, performance).has_value());
  for (std::size_t i = 0; i < performance.notes.size(); ++i)
    performance.notes[i].velocity = Velocity::clamped(20 + static_cast<int>(i * 37 % 90));
  CHECK(find_performed(score, performance).has_value());
}

TEST_CASE("learned performer: of the players' differences as much is played as asked for") {
  Score score = low_then_high();
  const auto off_by = [&](double spread) {
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
      for (const PlayedNote& note : played(score, {1, 1, spread}, seed).notes) {
        const double off = note.velocity.number() - (note.note.number() <= 4 ? 50 : 90);
        sum += off * off;
      }
    return sum;
  };
  CHECK(off_by(0) == 0);
  CHECK(off_by(0.5) > 0.15 * off_by(1));
  CHECK(off_by(0.5) < 0.4 * off_by(1));
}

TEST_CASE("learned performer: a harpsichord is played as a keyboard, but has no pedal") {
  Score score = low_then_high();
  score.parts[0].instrument.program = Program::literal(6);
  const Performance performance = played(score, {1, 0}, 1);
  CHECK(performance.notes[6].velocity.number() == 90);
  CHECK(std::ranges::none_of(performance.controls, [](const ControlEvent& event) {
    return event.controller.number() == 64;
  }));
}

TEST_CASE("learned performer: a model of shapes is as loud as the rules are, section by section") {
  const Score score = low_then_high();
  const auto model = std::make_shared<const ExpressionModel>(small_model());
  const auto mean = [&](const Performance& performance, std::size_t first) {
    double sum = 0;
    for (std::size_t i = first; i < first + 4; ++i) sum += performance.notes[i].velocity.number();
    return sum / 4;
  };
  Plan plan;
  plan.sections.resize(2);
  plan.sections[1].first = Bar(1);
  plan.sections[0].energy = 0.9;
  plan.sections[1].energy = 0.1;
  PerformTask task{score};
  const auto play = [&](LevelFrom level) {
    return perform(*make_learned_performer("small", model, {1, 0, 1, level}), task, Rng(1));
  };
  const double by_model = mean(play(LevelFrom::Model), 0);
  const Performance overall = play(LevelFrom::Rules);
  const Performance curve = perform(*find_performer("curve"), task, Rng(0));
  CHECK(by_model == doctest::Approx(50));
  CHECK(mean(overall, 0) + mean(overall, 4) ==
        doctest::Approx(mean(curve, 0) + mean(curve, 4)).epsilon(0.02));
  CHECK(mean(overall, 4) - mean(overall, 0) == doctest::Approx(40).epsilon(0.05));
  task.plan = &plan;
  const Performance by_section = play(LevelFrom::Rules);
  const Performance planned = perform(*find_performer("curve"), task, Rng(0));
  for (const std::size_t first : {0U, 4U})
    CHECK(mean(by_section, first) == doctest::Approx(mean(planned, first)).epsilon(0.02));
}

TEST_CASE("perform_with: rules are as free and as varied as asked for") {
  const Score score = low_then_high();
  const Performer& curve = *find_performer("curve");
  const auto play = [&](double freedom, double variation, std::uint64_t seed) {
    return perform_with(curve, {score}, {freedom, variation}, Rng(seed));
  };
  CHECK(play(1, 0, 5) == perform(curve, {score}, Rng(0)));
  CHECK(play(1, 1, 5) == perform(curve, {score}, Rng(5)));
  CHECK(play(0, 1, 5).tempo == score.tempo);
  CHECK(play(0, 0, 5).tempo == score.tempo);
  CHECK(play(1, 0.5, 5) != play(1, 1, 5));
}

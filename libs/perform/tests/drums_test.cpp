// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <toccata/perform/drum_model.hpp>
#include <toccata/perform/performer.hpp>

#include "repeats.hpp"
#include "written.hpp"

using namespace toccata;

namespace {

/// A tree that looks at one column: up to a threshold it gives one number, above it another.
ml::Trees by_column(const char* name, float threshold, float low, float high) {
  const auto& columns = drum_columns();
  const auto column = std::ranges::find(columns, name);
  REQUIRE(column != columns.end());
  ml::TreeTables tables;
  tables.features = columns.size();
  tables.tree_nodes = {3};
  tables.feature = {static_cast<std::int32_t>(column - columns.begin()), ml::kLeaf, ml::kLeaf};
  tables.threshold = {threshold, low, high};
  tables.left = {1, 0, 0};
  tables.missing_left = {0, 0, 0};
  auto trees = ml::Trees::from_tables(tables);
  if (!trees) FAIL(describe(trees.error()));
  return *std::move(trees);
}

/// Loud on the beat and soft off it; the snare late.
DrumModel small_model() {
  DrumModel::Learner velocity{by_column("beat_position", 0.1F, 100, 50), {}, {}};
  DrumModel::Learner lateness{by_column("drum", 0.5F, 0, 20), {}, {}};
  velocity.spreads.fill({6, 0.2, 0.7});
  lateness.spreads.fill({4, 0.2, 0.5});
  return DrumModel(std::move(velocity), std::move(lateness));
}

/// Kick on the beats, snare on the off-beats, a clap at the end, in sixteenths.
Score kit(int program = 0) {
  Score score = written({{0, 1, 36},
                         {2, 1, 38},
                         {4, 1, 36},
                         {6, 1, 38},
                         {8, 1, 36},
                         {10, 1, 38},
                         {12, 1, 36},
                         {14, 1, 38},
                         {15, 1, 39}});
  score.parts[0].role = Role::Drums;
  score.parts[0].instrument = {*Program::from_number(program), true};
  return score;
}

Performance drummed(const Score& score, const PlayingOptions& options, std::uint64_t seed = 1,
                    const Settings* settings = nullptr) {
  const PerformTask task{score, settings};
  Performance performance = perform(*find_performer("curve"), task, Rng(1));
  play_kits(small_model(), task, options, Rng(seed), performance);
  return performance;
}

}  // namespace

TEST_CASE("find_drum: General MIDI's kit has a drum for each key, and claps and congas are none") {
  CHECK(find_drum(Pitch::literal(36)) == Drum::Kick);
  CHECK(find_drum(Pitch::literal(38)) == Drum::Snare);
  CHECK(find_drum(Pitch::literal(22)) == Drum::ClosedHat);
  for (const int key : {39, 54, 62, 63, 64, 70, 82})
    CHECK_FALSE(find_drum(*Pitch::from_number(key)).has_value());
}

TEST_CASE("drum_features: a stroke is told of its place, its company and what comes around it") {
  DrumPattern pattern;
  pattern.bars = 2;
  for (std::int64_t beat = 0; beat < 8; ++beat) {
    const std::int64_t place = beat * 24, bar = place / 96;
    pattern.hits.push_back({place, bar, place % 96, beat % 2 == 0 ? Drum::Kick : Drum::Snare});
    pattern.hits.push_back({place, bar, place % 96, Drum::ClosedHat});
  }
  const NoteFeatures features = drum_features(pattern);
  REQUIRE(features.rows() == 16);
  const auto value = [&](const char* name, std::size_t row) {
    const auto at = std::ranges::find(features.names(), name) - features.names().begin();
    return features.column(static_cast<std::size_t>(at))[row];
  };
  CHECK(value("bar_position", 2) == 1);
  CHECK(value("with_kick", 1) == 1);
  CHECK(value("with_kick", 3) == 0);
  CHECK(value("own_before_1", 4) == 2);  // kicks are two quarters apart
  CHECK(std::isnan(value("own_before_1", 0)));
  CHECK(value("kick_after", 2) == 1);  // a quarter after the snare
  CHECK(value("regularity", 0) == 1);  // in both bars
  CHECK(value("own_a_bar", 1) == 4);
  CHECK(value("run_before", 15) == 7);
  CHECK(value("hits_within_1", 0) == 4);
}

TEST_CASE("drum model: what was saved is read again the same") {
  ml::Weights weights, again;
  small_model().save(weights);
  const auto loaded = DrumModel::load(weights);
  REQUIRE_MESSAGE(loaded.has_value(), describe(loaded.error()));
  loaded->save(again);
  CHECK(weights == again);
}

TEST_CASE("drum model: damaged weights are refused by what is wrong with them") {
  ml::Weights weights;
  small_model().save(weights);
  const auto refused = [&](const auto& damage, const char* says) {
    ml::Weights bad = weights;
    damage(bad);
    const auto loaded = DrumModel::load(bad);
    REQUIRE_FALSE(loaded.has_value());
    CHECK_MESSAGE(describe(loaded.error()).find(says) != std::string::npos,
                  describe(loaded.error()));
  };
  refused([](ml::Weights& bad) { bad.metadata["format"] = "toccata.expression/1"; },
          "toccata.drums/1");
  refused([](ml::Weights& bad) { bad.metadata["columns"] += ",more"; }, "columns");
  refused([](ml::Weights& bad) { bad.tensors.pop_back(); }, "drums_timing.spread");
  refused(
      [](ml::Weights& bad) {
        std::vector<double> spreads(kDrums * 3, 1.5);  // no correlation is over 1
        bad.tensors.back() = ml::make_tensor<double>("drums_timing.spread", {kDrums, 3}, spreads);
      },
      "correlations");
}

TEST_CASE("play_kits: loudness and lateness are the model's, in the order that it says") {
  const Score score = kit();
  const Performance performance = drummed(score, {1, 0});
  const auto& notes = performance.notes;
  for (const std::size_t beat : {0, 2, 4, 6}) {
    CHECK(notes[beat].velocity.number() == notes[beat + 1].velocity.number() + 50);
    CHECK(notes[beat].shift == Duration(0));
    CHECK(notes[beat + 1].shift == Duration(19));  // 20 ms at 120 beats a minute
  }
}

TEST_CASE("play_kits: the kit is as loud in the mean as the rules had it") {
  const Score score = kit();
  const auto mean = [](const Performance& performance) {
    double sum = 0;
    for (std::size_t i = 0; i < 8; ++i) sum += performance.notes[i].velocity.number();
    return sum / 8;
  };
  const Performance rules = perform(*find_performer("curve"), PerformTask{score}, Rng(1));
  CHECK(mean(drummed(score, {1, 0})) == doctest::Approx(mean(rules)).epsilon(0.02));
}

TEST_CASE("play_kits: without variation all seeds agree, with it two performances differ") {
  const Score score = kit();
  CHECK(drummed(score, {1, 0}, 1) == drummed(score, {1, 0}, 2));
  CHECK(drummed(score, {1, 1}, 1) == drummed(score, {1, 1}, 1));
  CHECK_FALSE(drummed(score, {1, 1}, 1) == drummed(score, {1, 1}, 2));
}

TEST_CASE("play_kits: habits come back with the bar, and what is left to chance does not") {
  Score score;
  score.parts.emplace_back();
  score.parts[0].id = PartId(1);
  score.parts[0].role = Role::Drums;
  score.parts[0].instrument = {Program::literal(0), true};
  for (int i = 0; i < 64 * 16; ++i)
    score.parts[0].notes.push_back(written_note(static_cast<std::uint32_t>(i + 1), {i, 1, 42}));
  score.end = Tick(64 * 1920);
  const auto likeness_of_bars = [&](const DrumSpread& spread) {
    const DrumModel::Learner plain{by_column("drum", 99, 64, 64), {}, {}};
    DrumModel::Learner velocity = plain;
    velocity.spreads.fill(spread);
    Performance performance = perform(*find_performer("curve"), PerformTask{score}, Rng(1));
    play_kits(DrumModel(velocity, plain), PerformTask{score}, {1, 1}, Rng(3), performance);
    double mean = 0, squares = 0, products = 0;
    for (const PlayedNote& note : performance.notes) mean += note.velocity.number() / 1024.0;
    const auto away = [&](std::size_t i) { return performance.notes[i].velocity.number() - mean; };
    for (std::size_t i = 0; i < 1024 - 16; ++i) {
      squares += away(i) * away(i);
      products += away(i) * away(i + 16);
    }
    return products / squares;
  };
  CHECK(likeness_of_bars({10, 0, 0}) < 0.15);
  const double habitual = likeness_of_bars({10, 0, 0.7});
  CHECK(habitual > 0.45);
  CHECK(habitual < 0.9);
}

TEST_CASE("play_kits: what is struck at one moment is late together, more than what follows") {
  Score score;
  score.parts.emplace_back();
  score.parts[0].id = PartId(1);
  score.parts[0].role = Role::Drums;
  score.parts[0].instrument = {Program::literal(0), true};
  for (int i = 1; i < 512; ++i)
    for (const int key : {36, 42})
      score.parts[0].notes.push_back(
          written_note(static_cast<std::uint32_t>(score.parts[0].notes.size() + 1), {i, 1, key}));
  score.end = Tick(32 * 1920);
  const DrumModel::Learner plain{by_column("drum", 99, 10, 10), {}, {}};
  DrumModel::Learner lateness = plain;
  lateness.spreads.fill({8, 0, 0});
  Performance performance = perform(*find_performer("curve"), PerformTask{score}, Rng(1));
  play_kits(DrumModel(plain, lateness), PerformTask{score}, {1, 1}, Rng(3), performance);
  double together = 0, apart = 0;
  for (std::size_t i = 0; i + 2 < performance.notes.size(); i += 2) {
    const auto shift = [&](std::size_t at) {
      return static_cast<double>(performance.notes[at].shift.ticks());
    };
    together += (shift(i) - shift(i + 1)) * (shift(i) - shift(i + 1));
    apart += (shift(i) - shift(i + 3)) * (shift(i) - shift(i + 3));
  }
  CHECK(together < 0.75 * apart);
  CHECK(together > 0.3 * apart);
}

TEST_CASE("play_kits: without freedom every stroke stands where it is written") {
  const Performance performance = drummed(kit(), {0, 1});
  for (std::size_t i = 0; i < 8; ++i) CHECK(performance.notes[i].shift == Duration(0));
}

TEST_CASE("play_kits: claps, drum machines and genres of hand drums stay with the rules") {
  const auto rules = [](const Score& score, const Settings* settings) {
    return perform(*find_performer("curve"), PerformTask{score, settings}, Rng(1));
  };
  const Score acoustic = kit(), machine = kit(25);
  CHECK(drummed(acoustic, {1, 0}).notes[8] == rules(acoustic, nullptr).notes[8]);
  CHECK(drummed(machine, {1, 0}) == rules(machine, nullptr));
  for (const char* genre : {"arabic", "electronic", "chiptune"}) {
    Brief brief;
    brief.genres = {{genre, 1.0}};
    const auto settled = settle(brief, 1);
    REQUIRE(settled.has_value());
    CHECK(drummed(acoustic, {1, 0}, 1, &settled->settings) == rules(acoustic, &settled->settings));
    CHECK_FALSE(has_kit_to_play(acoustic, &settled->settings));
  }
  CHECK(has_kit_to_play(acoustic, nullptr));
}

TEST_CASE("play_kits: lateness comes on top of the genre's swing") {
  Brief brief;
  brief.genres = {{"jazz", 1.0}};
  const auto settled = settle(brief, 1);
  REQUIRE(settled.has_value());
  const Score score = kit();
  const Performance performance = drummed(score, {1, 0}, 1, &settled->settings);
  // 64 % of a quarter of 480 ticks is 67 ticks behind its half, and 20 ms are 19 more.
  for (const std::size_t offbeat : {1, 3, 5, 7})
    CHECK(performance.notes[offbeat].shift == Duration(67 + 19));
}

TEST_CASE("play_kits: a drum struck again soon is heard twice") {
  Score score = kit();
  score.tempo = TempoMap(score.ppq(), {{Tick(0), *Tempo::from_bpm(400)}});
  auto& notes = score.parts[0].notes;
  notes.clear();
  for (std::uint32_t i = 0; i < 16; ++i) notes.push_back(written_note(i + 1, {int(i), 1, 38}));
  DrumModel::Learner velocity{by_column("drum", 0.5F, 60, 80), {}, {}};
  DrumModel::Learner lateness{by_column("beat_position", 0.1F, 40, -40), {}, {}};
  const DrumModel model(std::move(velocity), std::move(lateness));  // late on beats, early off them
  const PerformTask task{score};
  Performance performance = perform(*find_performer("curve"), task, Rng(1));
  play_kits(model, task, {1, 0}, Rng(1), performance);
  check_repeats_are_heard(score, performance);
  check_order(score, performance);
}

TEST_CASE("drum styles: every genre with a kit of skins has one of Groove's") {
  for (const std::string_view id : Genre::names()) {
    const Genre& genre = *Genre::find(id);
    const std::string& style = genre.drums.style;
    CAPTURE(id);
    CHECK((style.empty() || find_drum_style(style).has_value()));
    const auto kit_seat = std::ranges::find(genre.ensemble, Role::Drums, &EnsembleSeat::role);
    const bool is_kit = kit_seat != genre.ensemble.end() &&
                        (kit_seat->instrument == "drums" || kit_seat->instrument == "jazz kit");
    CHECK(is_kit == !style.empty());
  }
}

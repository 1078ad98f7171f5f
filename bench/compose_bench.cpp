// SPDX-License-Identifier: MIT
// Making a piece, from a brief to the bytes of a MIDI file: all of it for every genre, and stage by
// stage. Each piece has a seed of its own, so that none repeats the one before.
#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <toccata/base/memory.hpp>
#include <toccata/compose/verbs.hpp>
#include <toccata/midi/export.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/perform/performer.hpp>

namespace {

using namespace toccata;

constexpr std::size_t kVaried = 16;  ///< pieces that a stage is measured on, in turn

Settings settings_of(const std::string& genre, int bars, std::uint64_t seed) {
  Brief brief;
  brief.genres = {{genre, 1.0}};
  brief.bars = bars;
  brief.seed = seed;
  return settle(brief, seed)->settings;
}

Performance performed(const Settings& settings, const Plan& plan, const Score& score) {
  const PerformTask task{score, &settings, &plan};
  return perform(*find_performer(kDefaultPerformer), task, Rng(settings.seed).fork("performance"));
}

void piece(benchmark::State& state, const std::string& genre) {
  const auto bars = static_cast<int>(state.range(0));
  std::uint64_t seed = 1;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const Settings settings = settings_of(genre, bars, seed++);
    const Plan plan = *make_plan(settings);
    const Score score = *compose(settings, plan);
    const Bytes file = midi::write_midi(*midi::from_score(score, performed(settings, plan, score)));
    bytes += file.size();
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

/// What the stages hand on, made before they are measured.
struct Made {
  Settings settings;
  Plan plan;
  Score score;
  Performance performance;
  midi::File file;
};

std::vector<Made> made_pieces(const std::string& genre, int bars) {
  std::vector<Made> pieces;
  for (std::uint64_t seed = 1; seed <= kVaried; ++seed) {
    Settings settings = settings_of(genre, bars, seed);
    Plan plan = *make_plan(settings);
    Score score = *compose(settings, plan);
    Performance performance = performed(settings, plan, score);
    midi::File file = *midi::from_score(score, performance);
    pieces.push_back({std::move(settings), std::move(plan), std::move(score),
                      std::move(performance), std::move(file)});
  }
  return pieces;
}

template <class Stage>
void measure(benchmark::State& state, const std::string& genre, Stage stage) {
  const auto pieces = made_pieces(genre, static_cast<int>(state.range(0)));
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(stage(pieces[at++ % kVaried]));
  state.SetItemsProcessed(state.iterations());
}

void settle_brief(benchmark::State& state, const std::string& genre) {
  measure(state, genre, [](const Made& made) { return settle(made.settings.asked, 0); });
}
void plan_piece(benchmark::State& state, const std::string& genre) {
  measure(state, genre, [](const Made& made) { return make_plan(made.settings); });
}
void compose_score(benchmark::State& state, const std::string& genre) {
  measure(state, genre, [](const Made& made) { return compose(made.settings, made.plan); });
}
void perform_score(benchmark::State& state, const std::string& genre) {
  measure(state, genre,
          [](const Made& made) { return performed(made.settings, made.plan, made.score); });
}
void score_to_file(benchmark::State& state, const std::string& genre) {
  measure(state, genre,
          [](const Made& made) { return midi::from_score(made.score, made.performance); });
}
void write_bytes(benchmark::State& state, const std::string& genre) {
  measure(state, genre, [](const Made& made) { return midi::write_midi(made.file); });
}

[[maybe_unused]] const bool kRegistered = [] {
  keep_freed_memory();  // as the program does
  for (const auto name : Genre::names()) {
    const std::string genre(name);
    benchmark::RegisterBenchmark(("piece/" + genre).c_str(), piece, genre)
        ->Arg(16)
        ->Arg(32)
        ->Unit(benchmark::kMicrosecond);
  }
  const auto stage = [](const char* name, auto run) {
    benchmark::RegisterBenchmark((std::string(name) + "/jazz").c_str(), run, "jazz")
        ->Arg(32)
        ->Unit(benchmark::kMicrosecond);
  };
  stage("settle", settle_brief);
  stage("plan", plan_piece);
  stage("compose", compose_score);
  stage("perform", perform_score);
  stage("to_file", score_to_file);
  stage("write", write_bytes);
  // Ten thousand bars are a thousandth of a second a bar or less, however many they are.
  benchmark::RegisterBenchmark("piece/jazz", piece, "jazz")
      ->Arg(1000)
      ->Arg(10000)
      ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace

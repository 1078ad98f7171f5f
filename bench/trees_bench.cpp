// SPDX-License-Identifier: MIT
// Fitting and running trees on made-up rows: a smooth target with noise, as many features as asked.
#include <benchmark/benchmark.h>

#include <toccata/base/rng.hpp>
#include <toccata/learn/boosting.hpp>
#include <toccata/learn/forest.hpp>

namespace {

using namespace toccata;
using namespace toccata::learn;

struct Rows {
  Table table;
  std::vector<float> targets;
};

Rows make_rows(std::size_t count, std::size_t features) {
  Rng rng(1);
  Rows rows{Table(std::vector<std::string>(features, "f"), count), std::vector<float>(count)};
  for (std::size_t f = 0; f < features; ++f)
    for (float& value : rows.table.column(f)) value = static_cast<float>(rng.normal());
  for (std::size_t row = 0; row < count; ++row) {
    const float a = rows.table.column(0)[row], b = rows.table.column(features - 1)[row];
    rows.targets[row] = a * b + 0.5F * b + static_cast<float>(rng.normal());
  }
  return rows;
}

void bin_table(benchmark::State& state) {
  const Rows rows = make_rows(static_cast<std::size_t>(state.range(0)), 8);
  for (auto _ : state) benchmark::DoNotOptimize(BinnedTable::make(rows.table, 4096, 1));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(bin_table)->Arg(80'000);

void fit_one_tree(benchmark::State& state) {
  const Rows rows = make_rows(static_cast<std::size_t>(state.range(0)), 8);
  const auto binned = BinnedTable::make(rows.table, 4096, 1);
  std::uint64_t seed = 0;
  for (auto _ : state) {
    const ForestOptions options{{}, 1, Bootstrap::WithReplacement, OutOfBag::Skip};
    benchmark::DoNotOptimize(fit_forest(*binned, rows.targets, options, Rng(++seed), {1, {}, {}}));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(fit_one_tree)->Arg(80'000)->Unit(benchmark::kMillisecond);

/// Ten trees of 64 leaves over 32 features in bytes: what 2 million rows take is in proportion.
void boost_ten_trees(benchmark::State& state) {
  const Rows rows = make_rows(static_cast<std::size_t>(state.range(0)), 32);
  const auto binned = BinnedTable::make(rows.table, 255, 1);
  BoostingOptions options;
  options.trees = 10;
  options.leaves = 64;
  options.depth = 12;
  for (auto _ : state)
    benchmark::DoNotOptimize(fit_boosting(*binned, rows.targets, options, Rng(1), {}, {1, {}, {}}));
  state.SetItemsProcessed(state.iterations() * state.range(0) * 10);
}
BENCHMARK(boost_ten_trees)->Arg(100'000)->Unit(benchmark::kMillisecond);

ml::Trees forest() {
  const Rows rows = make_rows(80'000, 8);
  return fit_forest(*BinnedTable::make(rows.table), rows.targets, {}, Rng(1))->model;
}

void predict_row(benchmark::State& state) {
  const ml::Trees trees = forest();
  const Rows rows = make_rows(4096, 8);
  std::vector<std::vector<float>> single;
  for (std::size_t row = 0; row < rows.table.rows(); ++row) single.push_back(rows.table.row(row));
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(trees.predict(single[at++ % single.size()]));
}
BENCHMARK(predict_row);

void predict_batch(benchmark::State& state) {
  const ml::Trees trees = forest();
  const Rows rows = make_rows(20'000, 8);
  for (auto _ : state) benchmark::DoNotOptimize(trees.predict(rows.table.view(), 1));
  state.SetItemsProcessed(state.iterations() * 20'000);
}
BENCHMARK(predict_batch)->Unit(benchmark::kMillisecond);

}  // namespace

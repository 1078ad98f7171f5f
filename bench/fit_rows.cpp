// SPDX-License-Identifier: MIT
// fit_rows FILE THREADS ROUNDS: fits each learner to rows of compare_trees.py and prints, as one
// line of JSON each, seconds, how well the test rows are predicted, and how fast.
//
// FILE: three int64 (rows, features, how many of the first rows are for training), the features as
// float32 column after column, the targets as float32.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>

#include <toccata/base/file.hpp>
#include <toccata/learn/boosting.hpp>
#include <toccata/learn/forest.hpp>
#include <toccata/learn/linear.hpp>
#include <toccata/learn/metrics.hpp>

namespace {

using namespace toccata;
using namespace toccata::learn;
using Clock = std::chrono::steady_clock;

struct Rows {
  Table train, test;
  std::vector<float> train_targets, test_targets;
};

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Of all threads.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Rows read_rows(const char* path) {
  const auto bytes = read_file(path);
  std::int64_t sizes[3] = {};
  if (!bytes || bytes->size() < sizeof sizes) std::exit(2);
  std::memcpy(sizes, bytes->data(), sizeof sizes);
  const auto rows = static_cast<std::size_t>(sizes[0]);
  const auto features = static_cast<std::size_t>(sizes[1]);
  const auto train = static_cast<std::size_t>(sizes[2]);
  if (bytes->size() != sizeof sizes + 4 * rows * (features + 1)) std::exit(2);
  std::vector<std::string> names;
  for (std::size_t f = 0; f < features; ++f) names.push_back(std::to_string(f));
  Rows out{Table(names, train), Table(names, rows - train), std::vector<float>(train),
           std::vector<float>(rows - train)};
  const std::uint8_t* at = bytes->data() + sizeof sizes;
  const auto take = [&](std::span<float> to) {
    std::memcpy(to.data(), at, to.size_bytes());
    at += to.size_bytes();
  };
  for (std::size_t f = 0; f < features; ++f) {
    take(out.train.column(f));
    take(out.test.column(f));
  }
  take(out.train_targets);
  take(out.test_targets);
  return out;
}

void print_trees(const char* name, const Rows& rows, unsigned threads, std::size_t rounds,
                 const std::function<ml::Trees()>& fit) {
  ml::Trees model = fit();  // once before the clock starts, as caches and threads then are warm
  std::vector<double> seconds, used, batches, batches_used, singles;
  double checksum = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto fitting = Clock::now();
    const double before = processor_seconds();
    model = fit();
    seconds.push_back(seconds_since(fitting));
    used.push_back(processor_seconds() - before);
    const auto predicting = Clock::now();
    const double before_batches = processor_seconds();
    for (int again = 0; again < 5; ++again) checksum += model.predict(rows.test.view(), threads)[0];
    batches.push_back(5 * static_cast<double>(rows.test.rows()) / seconds_since(predicting));
    batches_used.push_back(5 * static_cast<double>(rows.test.rows()) /
                           (processor_seconds() - before_batches));
    constexpr std::size_t kSingles = 2000;
    std::vector<std::vector<float>> one;
    for (std::size_t row = 0; row < kSingles; ++row) one.push_back(rows.test.row(row));
    const auto single = Clock::now();
    for (const auto& row : one) checksum += model.predict(row);
    singles.push_back(seconds_since(single) * 1e6 / kSingles);
  }
  const Metrics metrics = measure(rows.test_targets, model.predict(rows.test.view(), threads));
  std::printf(R"({"model": "%s", "fit_seconds": %.4f, "fit_processor_seconds": %.4f, "r2": %.5f, )"
              R"("mae": %.4f, "rows_per_second": %.0f, )"
              R"("rows_per_processor_second": %.0f, )"
              R"("microseconds_per_row": %.3f, "nodes": %zu, "checksum": %.3f})"
              "\n",
              name, median(seconds), median(used), metrics.r2, metrics.mae, median(batches),
              median(batches_used), median(singles), model.tables().feature.size(), checksum);
}

void print_linear(const Rows& rows, std::size_t rounds) {
  std::vector<double> seconds, used;
  ml::LinearModel model;
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto begin = Clock::now();
    const double before = processor_seconds();
    model = *fit_linear(rows.train, rows.train_targets);
    seconds.push_back(seconds_since(begin));
    used.push_back(processor_seconds() - before);
  }
  std::vector<double> predicted;
  for (std::size_t row = 0; row < rows.test.rows(); ++row)
    predicted.push_back(model.predict(rows.test.row(row)));
  const Metrics metrics = measure(rows.test_targets, predicted);
  std::printf(R"({"model": "linear", "fit_seconds": %.4f, "fit_processor_seconds": %.4f, )"
              R"("r2": %.5f, "mae": %.4f})"
              "\n",
              median(seconds), median(used), metrics.r2, metrics.mae);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const Rows rows = read_rows(argv[1]);
  const auto threads = static_cast<unsigned>(std::atoi(argv[2]));
  const auto rounds = static_cast<std::size_t>(std::atoi(argv[3]));
  const Running running{threads, {}, {}};
  // Binning is part of each fit, as it is of the others' that this is compared with.
  const auto bins = [&](std::size_t most) { return *BinnedTable::make(rows.train, most, threads); };
  print_trees("forest", rows, threads, rounds, [&] {
    return fit_forest(bins(4096), rows.train_targets, {}, Rng(1), running)->model;
  });
  print_trees("tree", rows, threads, rounds,
              [&] { return fit_tree(bins(4096), rows.train_targets, {}, Rng(1), running)->model; });
  print_trees("boosting", rows, threads, rounds, [&] {
    return fit_boosting(bins(4096), rows.train_targets, {}, Rng(1), {}, running)->model;
  });
  print_trees("boosting, 255 bins, 31 leaves", rows, threads, rounds, [&] {
    BoostingOptions options;
    options.leaves = 31;
    options.leaf_rows = 20;
    return fit_boosting(bins(255), rows.train_targets, options, Rng(1), {}, running)->model;
  });
  print_linear(rows, rounds);
  return 0;
}

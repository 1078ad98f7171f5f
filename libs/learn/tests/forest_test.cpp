// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <toccata/learn/forest.hpp>
#include <toccata/learn/metrics.hpp>

#include "rows.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

BinnedTable binned(const Table& table) { return *BinnedTable::make(table); }

ForestOptions one_tree(int depth) { return {{depth, 1, 1}, 1, Bootstrap::None, OutOfBag::Skip}; }

double squared_errors(std::span<const float> targets, std::span<const std::size_t> rows) {
  double sum = 0, squares = 0;
  for (const std::size_t row : rows) sum += static_cast<double>(targets[row]);
  const double mean = sum / static_cast<double>(rows.size());
  for (const std::size_t row : rows) squares += (targets[row] - mean) * (targets[row] - mean);
  return squares;
}

/// The least squared errors that a tree fitted greedily leaves: every split of every feature is
/// tried, as the definition of CART says, with no histogram.
double greedy_errors(const Rows& rows, std::vector<std::size_t> node, int depth) {
  const double whole = squared_errors(rows.targets, node);
  double best = whole;
  std::vector<std::size_t> best_left, best_right;
  for (std::size_t f = 0; depth > 0 && f < rows.table.features(); ++f) {
    for (const std::size_t edge : node) {
      std::vector<std::size_t> left, right;
      for (const std::size_t row : node)
        (rows.table.column(f)[row] <= rows.table.column(f)[edge] ? left : right).push_back(row);
      if (right.empty()) continue;
      const double errors =
          squared_errors(rows.targets, left) + squared_errors(rows.targets, right);
      if (errors < best - 1e-9 * whole) {
        best = errors;
        best_left = left;
        best_right = right;
      }
    }
  }
  if (best_left.empty()) return whole;
  return greedy_errors(rows, best_left, depth - 1) + greedy_errors(rows, best_right, depth - 1);
}

}  // namespace

TEST_CASE("forest: one tree on all rows leaves the errors that exhaustive search leaves") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Rows rows = make_rows(60, 3, 25, 3, seed);
    std::vector<std::size_t> all(60);
    std::iota(all.begin(), all.end(), 0);
    for (const int depth : {1, 2, 4}) {
      const auto fitted = fit_forest(binned(rows.table), rows.targets, one_tree(depth), Rng(1));
      REQUIRE(fitted.has_value());
      const auto predicted = fitted->model.predict(rows.table.view(), 1);
      double errors = 0;
      for (std::size_t row = 0; row < 60; ++row)
        errors += (predicted[row] - rows.targets[row]) * (predicted[row] - rows.targets[row]);
      CHECK(errors == doctest::Approx(greedy_errors(rows, all, depth)).epsilon(1e-5));
    }
  }
}

TEST_CASE(
    "forest: a tree without limits learns distinct rows by heart, and whole targets exactly") {
  Rows rows = make_rows(3000, 2, 1'000'000, 0, 3);
  for (std::size_t row = 0; row < 3000; ++row)
    rows.targets[row] = static_cast<float>(row * 7919 % 128);
  const auto tree = fit_tree(binned(rows.table), rows.targets, {64, 1, 1}, Rng(1));
  REQUIRE(tree.has_value());
  const auto predicted = tree->model.predict(rows.table.view(), 1);
  for (std::size_t row = 0; row < 3000; ++row) REQUIRE(predicted[row] == rows.targets[row]);
}

TEST_CASE("forest: the same bits on one thread and on three, alone and again") {
  const Rows rows = make_rows(3000, 5, 900, 20, 4);
  ForestOptions options;
  options.trees = 7;
  options.tree.feature_share = 0.6;
  options.out_of_bag = OutOfBag::Measure;
  const BinnedTable table = binned(rows.table);
  const auto one = fit_forest(table, rows.targets, options, Rng(9), {1, {}, {}});
  const auto three = fit_forest(table, rows.targets, options, Rng(9), {3, {}, {}});
  REQUIRE(one.has_value());
  CHECK(one->model.tables() == three->model.tables());
  CHECK(one->importances == three->importances);
  CHECK(one->out_of_bag_r2 == three->out_of_bag_r2);
  const auto other = fit_forest(table, rows.targets, options, Rng(10), {1, {}, {}});
  CHECK_FALSE(one->model.tables() == other->model.tables());
}

TEST_CASE("forest: a tree shared out among threads is the tree of one thread") {
  const Rows rows = make_rows(30'000, 6, 5000, 20, 5);
  const BinnedTable table = binned(rows.table);
  const auto one = fit_tree(table, rows.targets, {10, 3, 1}, Rng(9), {1, {}, {}});
  const auto four = fit_tree(table, rows.targets, {10, 3, 1}, Rng(9), {4, {}, {}});
  CHECK(one->model.tables() == four->model.tables());
}

TEST_CASE("forest: importances add up to 1 and name the features that matter") {
  const Rows rows = make_rows(4000, 4, 100, 5, 6);
  const auto fitted = fit_forest(binned(rows.table), rows.targets, {{6, 5, 1}, 10}, Rng(1));
  const auto& shares = fitted->importances;
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == doctest::Approx(1));
  CHECK(shares[0] + shares[1] > 0.95);
  CHECK(shares[1] > shares[2]);
}

TEST_CASE("forest: out-of-bag R2 is close to R2 on rows never seen, and under that of training") {
  const Rows rows = make_rows(4000, 3, 50, 30, 7), test = make_rows(4000, 3, 50, 30, 8);
  ForestOptions options;
  options.out_of_bag = OutOfBag::Measure;
  const auto fitted = fit_forest(binned(rows.table), rows.targets, options, Rng(1));
  const auto r2 = [&](const Rows& of) {
    return measure(of.targets, fitted->model.predict(of.table.view(), 2)).r2;
  };
  REQUIRE(fitted->out_of_bag_r2.has_value());
  CHECK(*fitted->out_of_bag_r2 == doctest::Approx(r2(test)).epsilon(0.06));
  CHECK(*fitted->out_of_bag_r2 < r2(rows) - 0.05);
  CHECK(r2(test) > 0.3);
}

TEST_CASE("forest: a constant target and a single row give one leaf") {
  const Rows rows = make_rows(100, 3, 10, 0, 9);
  const std::vector<float> constant(100, 64.5F);
  const auto flat = fit_forest(binned(rows.table), constant, {{12, 1, 1}, 3}, Rng(1));
  REQUIRE(flat.has_value());
  CHECK(flat->model.tables().feature == std::vector<std::int32_t>(3, ml::kLeaf));
  CHECK(flat->model.predict(rows.table.row(0)) == doctest::Approx(64.5));
  CHECK(flat->importances == std::vector<double>(3, 0.0));
  const std::size_t first[] = {0};
  const auto single =
      fit_tree(binned(rows.table.select(first)), std::vector<float>{5}, {12, 1, 1}, Rng(1));
  CHECK(single->model.predict(rows.table.row(7)) == 5);
}

TEST_CASE("forest: leaves hold as many rows as asked") {
  const Rows rows = make_rows(1000, 2, 300, 10, 10);
  const auto fitted = fit_tree(binned(rows.table), rows.targets, {30, 40, 1}, Rng(1));
  const auto predicted = fitted->model.predict(rows.table.view(), 1);
  for (const double value : predicted)
    CHECK(std::count(predicted.begin(), predicted.end(), value) >= 40);
}

TEST_CASE("forest: missing numbers go to the side they are like") {
  Rows rows = make_rows(400, 1, 100, 0, 11);
  for (std::size_t row = 0; row < 400; ++row) {
    float& value = rows.table.column(0)[row];
    if (row % 4 == 0) value = kMissing;
    rows.targets[row] = std::isnan(value) || value < 50 ? 1.0F : 9.0F;
  }
  const auto left = fit_tree(binned(rows.table), rows.targets, {1, 1, 1}, Rng(1));
  CHECK(left->model.predict(std::vector{kMissing}) == 1);
  CHECK(left->model.predict(std::vector{49.0F}) == 1);
  CHECK(left->model.predict(std::vector{51.0F}) == 9);
  for (std::size_t row = 0; row < 400; ++row)
    rows.targets[row] = std::isnan(rows.table.column(0)[row]) ? 9.0F : 1.0F;
  const auto apart = fit_tree(binned(rows.table), rows.targets, {1, 1, 1}, Rng(1));
  CHECK(apart->model.predict(std::vector{kMissing}) == 9);
  CHECK(apart->model.predict(std::vector{1e30F}) == 1);
}

TEST_CASE("forest: cancelling gives no forest, and progress tells of every tree") {
  const Rows rows = make_rows(500, 2, 50, 1, 12);
  std::stop_source stop;
  std::vector<std::size_t> done;
  const Running running{2, stop.get_token(), [&](std::size_t count, std::size_t all) {
                          CHECK(all == 9);
                          done.push_back(count);
                        }};
  REQUIRE(fit_forest(binned(rows.table), rows.targets, {{}, 9}, Rng(1), running).has_value());
  CHECK(done == std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  stop.request_stop();
  const auto cancelled = fit_forest(binned(rows.table), rows.targets, {{}, 9}, Rng(1), running);
  REQUIRE_FALSE(cancelled.has_value());
  CHECK(cancelled.error().fault == FitError::Fault::Cancelled);
  CHECK(describe(cancelled.error()) == "cancelled after 0 of 9 trees");
}

TEST_CASE("forest: options out of range and targets that do not fit are refused by name") {
  const Rows rows = make_rows(20, 2, 50, 1, 13);
  const auto refused = [&](ForestOptions options, std::vector<float> targets) {
    const auto fitted = fit_forest(binned(rows.table), targets, options, Rng(1));
    return fitted ? std::string() : describe(fitted.error());
  };
  CHECK(refused({{0, 1, 1}}, rows.targets) == "depth 0 is not in 1..64");
  CHECK(refused({{5, 0, 1}}, rows.targets) == "leaf_rows 0 is not in 1..16777216");
  CHECK(refused({{5, 1, 0}}, rows.targets) == "feature_share 0 is not in 1e-09..1");
  CHECK(refused({{5, 1, 1}, 0}, rows.targets) == "trees 0 is not in 1..100000");
  CHECK(refused({}, {1, 2}) == "2 targets for 20 rows");
  std::vector<float> infinite = rows.targets;
  infinite[4] = std::numeric_limits<float>::infinity();
  CHECK(refused({}, infinite) == "the target of row 4 is inf");
}

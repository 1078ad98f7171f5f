// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <toccata/learn/boosting.hpp>
#include <toccata/learn/forest.hpp>
#include <toccata/learn/metrics.hpp>

#include "rows.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

BinnedTable binned(const Table& table) { return *BinnedTable::make(table); }

double r2(const ml::Trees& model, const Rows& rows) {
  return measure(rows.targets, model.predict(rows.table.view(), 1)).r2;
}

BoostingOptions trees(std::size_t count) {
  BoostingOptions options;
  options.trees = count;
  return options;
}

/// Rows of each leaf of the first tree, in the order of its leaves' values.
std::size_t leaves_of(const ml::Trees& model) {
  const auto& feature = model.tables().feature;
  return static_cast<std::size_t>(std::count(feature.begin(), feature.end(), ml::kLeaf));
}

}  // namespace

TEST_CASE("boosting: one tree at full rate is the tree that fit_tree grows") {
  const Rows rows = make_rows(2000, 4, 300, 10, 1);
  BoostingOptions options = trees(1);
  options.learning_rate = 1;
  const auto boosted = fit_boosting(binned(rows.table), rows.targets, options, Rng(1));
  const auto tree = fit_tree(binned(rows.table), rows.targets, {6, 1, 1}, Rng(1));
  REQUIRE(boosted.has_value());
  const auto a = boosted->model.predict(rows.table.view(), 1);
  const auto b = tree->model.predict(rows.table.view(), 1);
  for (std::size_t row = 0; row < a.size(); ++row) REQUIRE(a[row] == doctest::Approx(b[row]));
}

TEST_CASE(
    "boosting: each tree brings the training error down, and test R2 near what noise allows") {
  const Rows rows = make_rows(4000, 4, 100, 20, 2), test = make_rows(4000, 4, 100, 20, 3);
  double before = 0;
  for (const std::size_t count : {1, 5, 20, 80}) {
    const auto fitted = fit_boosting(binned(rows.table), rows.targets, trees(count), Rng(1));
    CHECK(r2(fitted->model, rows) > before);
    before = r2(fitted->model, rows);
    if (count == 80) CHECK(r2(fitted->model, test) > 0.84);  // the law itself has 0.861
  }
}

TEST_CASE("boosting: the same bits whatever the number of threads") {
  const Rows rows = make_rows(40'000, 6, 6000, 20, 4);
  const BinnedTable table = binned(rows.table);
  for (const std::size_t leaves : {0, 20}) {
    for (const double share : {1.0, 0.5}) {
      BoostingOptions options = trees(4);
      options.leaves = leaves;
      options.row_share = options.feature_share = share;
      const auto one = fit_boosting(table, rows.targets, options, Rng(5), {}, {1, {}, {}});
      const auto three = fit_boosting(table, rows.targets, options, Rng(5), {}, {3, {}, {}});
      REQUIRE(one.has_value());
      CHECK(one->model.tables() == three->model.tables());
      CHECK(one->importances == three->importances);
    }
  }
}

TEST_CASE("boosting: a tree has at most the leaves asked for, the best splits first") {
  const Rows rows = make_rows(3000, 3, 100, 5, 6);
  BoostingOptions options = trees(1);
  options.learning_rate = 1;
  options.depth = 10;
  double before = 0;
  for (const std::size_t leaves : {2, 3, 5, 16}) {
    options.leaves = leaves;
    const auto fitted = fit_boosting(binned(rows.table), rows.targets, options, Rng(1));
    CHECK(leaves_of(fitted->model) == leaves);
    CHECK(r2(fitted->model, rows) > before);
    before = r2(fitted->model, rows);
  }
  // As many leaves, level by level, explain less: they are not where the errors are.
  options.leaves = 0;
  options.depth = 4;
  const auto levels = fit_boosting(binned(rows.table), rows.targets, options, Rng(1));
  CHECK(leaves_of(levels->model) == 16);
  CHECK(r2(levels->model, rows) <= before);
}

TEST_CASE("boosting: l2 shrinks leaves as so many rows of residual 0 would") {
  Rows rows = make_rows(100, 1, 100, 0, 7);
  for (std::size_t row = 0; row < 100; ++row) {
    rows.table.column(0)[row] = row < 50 ? 0 : 1;
    rows.targets[row] = row < 50 ? -10 : 10;
  }
  BoostingOptions options = trees(1);
  options.learning_rate = 1;
  options.l2 = 50;
  const auto fitted = fit_boosting(binned(rows.table), rows.targets, options, Rng(1));
  CHECK(fitted->model.predict(std::vector{1.0F}) == doctest::Approx(5));
}

TEST_CASE("boosting: early stopping keeps the trees up to the least error of validation") {
  const Rows rows = make_rows(300, 3, 60, 60, 8), other = make_rows(2000, 3, 60, 60, 9);
  BoostingOptions options = trees(300);
  options.patience = 10;
  const auto fitted = fit_boosting(binned(rows.table), rows.targets, options, Rng(1),
                                   Validation{other.table, other.targets});
  REQUIRE(fitted.has_value());
  const auto& errors = fitted->validation_rmse;
  const auto least = std::min_element(errors.begin(), errors.end());
  CHECK(fitted->model.trees() == static_cast<std::size_t>(least - errors.begin()) + 1);
  CHECK(errors.size() == fitted->model.trees() + 10);
  CHECK(errors.size() < 300);
  CHECK(measure(other.targets, fitted->model.predict(other.table.view(), 1)).rmse ==
        doctest::Approx(*least));
}

TEST_CASE("boosting: shares of rows and features still learn") {
  const Rows rows = make_rows(4000, 4, 100, 10, 10);
  BoostingOptions options = trees(100);
  options.row_share = 0.5;
  options.feature_share = 0.5;
  const auto fitted = fit_boosting(binned(rows.table), rows.targets, options, Rng(1));
  CHECK(r2(fitted->model, rows) > 0.9);
  CHECK(std::accumulate(fitted->importances.begin(), fitted->importances.end(), 0.0) ==
        doctest::Approx(1));
}

TEST_CASE("boosting: missing numbers go where they gain most") {
  Rows rows = make_rows(1000, 2, 100, 0, 11);
  for (std::size_t row = 0; row < 1000; row += 3) {
    rows.table.column(1)[row] = kMissing;
    rows.targets[row] = 500;
  }
  BoostingOptions options = trees(60);
  const auto fitted = fit_boosting(binned(rows.table), rows.targets, options, Rng(1));
  CHECK(fitted->model.predict(std::vector{30.0F, kMissing}) == doctest::Approx(500).epsilon(0.03));
  CHECK(r2(fitted->model, rows) > 0.98);
}

TEST_CASE("boosting: a constant target needs no split, one row no more than its value") {
  const Rows rows = make_rows(50, 2, 10, 0, 12);
  const auto flat =
      fit_boosting(binned(rows.table), std::vector<float>(50, 3.0F), trees(5), Rng(1));
  CHECK(flat->model.predict(rows.table.row(0)) == 3);
  CHECK(leaves_of(flat->model) == 5);
  const std::size_t first[] = {0};
  const auto one =
      fit_boosting(binned(rows.table.select(first)), std::vector<float>{8}, trees(5), Rng(1));
  CHECK(one->model.predict(rows.table.row(1)) == 8);
}

TEST_CASE("boosting: options out of range, other features and cancelling are refused by name") {
  const Rows rows = make_rows(20, 2, 50, 1, 13), wider = make_rows(20, 3, 50, 1, 13);
  const auto refused = [&](auto change) {
    BoostingOptions options;
    change(options);
    const auto fitted = fit_boosting(binned(rows.table), rows.targets, options, Rng(1));
    return fitted ? std::string() : describe(fitted.error());
  };
  CHECK(refused([](auto& o) { o.trees = 0; }) == "trees 0 is not in 1..100000");
  CHECK(refused([](auto& o) { o.learning_rate = 1.5; }) == "learning_rate 1.5 is not in 1e-09..1");
  CHECK(refused([](auto& o) { o.leaves = 1; }) == "leaves 1 is not in 2..100000");
  CHECK(refused([](auto& o) { o.l2 = -1; }) == "l2 -1 is not in 0..1000000000000");
  CHECK(refused([](auto& o) { o.row_share = 0; }) == "row_share 0 is not in 1e-09..1");
  const auto other = fit_boosting(binned(rows.table), rows.targets, {}, Rng(1),
                                  Validation{wider.table, wider.targets});
  CHECK(other.error().fault == FitError::Fault::Mismatch);
  std::stop_source stop;
  stop.request_stop();
  const auto cancelled =
      fit_boosting(binned(rows.table), rows.targets, {}, Rng(1), {}, {1, stop.get_token(), {}});
  CHECK(cancelled.error().fault == FitError::Fault::Cancelled);
}

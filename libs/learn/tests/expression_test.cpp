// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <toccata/learn/expression_figures.hpp>
#include <toccata/learn/expression_fit.hpp>

#include "aligned_pieces.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

float number(const ExpressionRows& rows, std::string_view column, std::size_t row) {
  const auto& names = rows.table.names();
  const auto at = std::ranges::find(names, column);
  REQUIRE(at != names.end());
  return rows.table.column(static_cast<std::size_t>(at - names.begin()))[row];
}

}  // namespace

TEST_CASE("expression_rows: a row for each note that each player struck") {
  const PreparedPiece piece(aligned_piece("a", 2));
  const PreparedPiece* pieces[] = {&piece};
  const auto rows = expression_rows(pieces, Target::NoteVelocity, Inputs::History);
  REQUIRE(rows.targets.size() == 2 * kNotes - 1);
  CHECK(rows.table.names() == columns_of(Target::NoteVelocity, Inputs::History));
  CHECK(rows.targets[kNotes] == rows.targets[0] + 10);
  CHECK(rows.performance[kNotes - 1] == 0);
  CHECK(rows.performance[kNotes] == 1);
  // The third note of the second player is told that the one before was not played.
  CHECK(std::isnan(number(rows, "history-1", kNotes + 1)));
  CHECK(number(rows, "history-2", kNotes + 1) == rows.targets[kNotes]);
}

TEST_CASE("expression_rows: the mean of the players is one row a note") {
  const PreparedPiece piece(aligned_piece("a", 2));
  const PreparedPiece* pieces[] = {&piece};
  RowOptions options;
  options.players = Players::Mean;
  const auto rows = expression_rows(pieces, Target::NoteVelocity, Inputs::Marks, options);
  REQUIRE(rows.targets.size() == kNotes);
  CHECK(rows.targets[0] == 48 + 5);
  CHECK(rows.targets[1] == 55);  // of the one who played it
}

TEST_CASE("figures_of: what is foretold within each performance is told apart from its mean") {
  ExpressionRows rows;
  rows.targets = {10, 20, 30, 40};
  rows.performance = {0, 0, 1, 1};
  rows.composition = {0, 0, 1, 1};
  const std::vector<double> means{15, 15, 35, 35}, shapes{0, 10, 0, 10};
  const auto by_mean = figures_of(rows, means, Rng(1));
  CHECK(by_mean.r2 == doctest::Approx(0.8));
  CHECK(by_mean.r2_within == doctest::Approx(0));
  CHECK(by_mean.mae == doctest::Approx(5));
  const auto by_shape = figures_of(rows, shapes, Rng(1));
  CHECK(by_shape.r2_within == doctest::Approx(1));
  CHECK(by_shape.r2 < 0);
  CHECK(by_mean.performances == 2);
  CHECK(by_mean.ci95[0] <= by_mean.r2);
  const std::vector<double> exact{10, 20, 30, 40};
  CHECK(figures_of(rows, exact, Rng(1)).r2_median_per_performance == doctest::Approx(1));
}

TEST_CASE("figures_of: another loudness and range cost nothing once a line is fitted") {
  ExpressionRows rows;
  std::vector<double> straight, other;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const double shape = i % 5 == 0 ? 8 : i % 3;
    rows.targets.push_back(static_cast<float>(70 + shape + (i < 20 ? 0 : 20)));
    rows.performance.push_back(i / 20);
    rows.composition.push_back(i / 20);
    straight.push_back(30 + (i < 20 ? 0.25 : 4) * shape);
    other.push_back(i % 2);
  }
  const auto line = figures_of(rows, straight, Rng(1));
  CHECK(line.r2 < 0);
  CHECK(line.r2_fitted == doctest::Approx(1));
  CHECK(line.r2_fitted_median == doctest::Approx(1));
  CHECK(line.r2_fitted_ci95[0] == doctest::Approx(1));
  const auto unlike = figures_of(rows, other, Rng(1));
  CHECK(unlike.r2_fitted < 0.2);
  CHECK(unlike.r2_fitted >= 0);
  const std::vector<double> constant(40, 75);
  CHECK(figures_of(rows, constant, Rng(1)).r2_fitted == 0);
}

TEST_CASE("bring_to: the usual level leaves the shape of each performance and takes its mean") {
  ExpressionRows rows;
  rows.targets = {10, 20, 30, 100, 104};
  rows.performance = {0, 0, 0, 1, 1};
  bring_to(Level::AsPlayed, rows);
  CHECK(rows.targets[0] == 10);
  bring_to(Level::Usual, rows);
  CHECK(rows.targets == std::vector<float>{70, 80, 90, 78, 82});
}

TEST_CASE("spread_of: differences that go on are persistent, those that change sign are not") {
  ExpressionRows rows;
  for (int i = 0; i < 40; ++i) {
    rows.targets.push_back(i < 20 ? 3.0F : -3.0F);
    rows.performance.push_back(0);
  }
  const std::vector<double> zero(40, 0.0);
  CHECK(spread_of(rows, zero).deviation == doctest::Approx(3));
  CHECK(spread_of(rows, zero).persistence > 0.9);
  for (std::size_t i = 0; i < 40; ++i) rows.targets[i] = i % 2 == 0 ? 3.0F : -3.0F;
  CHECK(spread_of(rows, zero).persistence == 0);
}

TEST_CASE("fit_expression: what depends on the page is learned from other pieces") {
  std::vector<PreparedPiece> made;
  for (const char* name : {"a", "b", "c", "d"}) made.emplace_back(aligned_piece(name, 2));
  const PreparedPiece* training[] = {&made[0], &made[1], &made[2]};
  const PreparedPiece* held[] = {&made[3]};
  const ExpressionTask task{ExpressionModel::Learner::Baseline, Target::NoteVelocity,
                            Inputs::Score};
  const auto fitted = fit_expression(task, training, held, {}, Rng(1));
  REQUIRE(fitted.has_value());
  const auto rows = expression_rows(held, Target::NoteVelocity, Inputs::Score);
  // All but the players' own loudness: 10 between them, of a spread of 24 semitones.
  const auto figures = figures_of(rows, fitted->trees.predict(rows.table.view(), 1), Rng(1));
  CHECK(figures.r2_within > 0.95);
}

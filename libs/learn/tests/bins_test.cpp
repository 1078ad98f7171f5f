// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <toccata/learn/bins.hpp>

#include "rows.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

Table column(std::vector<float> values) {
  Table table({"x"}, values.size());
  std::copy(values.begin(), values.end(), table.column(0).begin());
  return table;
}

FitError::Fault fault_of(const Table& table, std::size_t bins = 4096) {
  const auto made = BinnedTable::make(table, bins);
  REQUIRE_FALSE(made.has_value());
  CHECK_FALSE(describe(made.error()).empty());
  return made.error().fault;
}

}  // namespace

TEST_CASE("bins: each distinct value has its own where there are few, in order") {
  const auto made = BinnedTable::make(column({3, -1, 0.0F, -0.0F, 3, kMissing, -2.5F}));
  REQUIRE(made.has_value());
  const BinnedFeature& bins = made->feature(0);
  CHECK(bins.lowest == std::vector<float>{-2.5F, -1, 0, 3});
  CHECK(bins.highest == bins.lowest);
  CHECK(bins.is_narrow());
  const std::size_t codes[] = {3, 1, 2, 2, 3, 4, 0};
  for (std::size_t row = 0; row < 7; ++row) CHECK(bins.code(row) == codes[row]);
  CHECK(bins.missing() == 4);
}

TEST_CASE("bins: a threshold lies between its neighbours, however close these are") {
  const float close = std::nextafter(1.0F, 2.0F);
  const auto made = BinnedTable::make(column({1, close, 5, -3e38F, 3e38F}));
  const BinnedFeature& bins = made->feature(0);
  CHECK(bins.threshold(1, 2) == 1);
  CHECK(bins.threshold(2, 3) == (close + 5) / 2);
  CHECK(bins.threshold(0, 4) == 0);
}

TEST_CASE("bins: over the limit each holds about as many rows, and rows keep their order") {
  Rng rng(1);
  std::vector<float> values(20'000);
  for (float& value : values) value = static_cast<float>(rng.normal());
  for (const std::size_t most : {2UL, 255UL, 4096UL}) {
    const auto made = BinnedTable::make(column(values), most);
    const BinnedFeature& bins = made->feature(0);
    CHECK(bins.bins() <= most);
    CHECK(bins.bins() > most * 9 / 10);
    CHECK(bins.is_narrow() == (bins.bins() < 256));
    std::vector<std::size_t> rows(bins.bins());
    for (std::size_t row = 0; row < values.size(); ++row) {
      const std::size_t code = bins.code(row);
      ++rows[code];
      CHECK(values[row] >= bins.lowest[code]);
      CHECK(values[row] <= bins.highest[code]);
    }
    CHECK(*std::max_element(rows.begin(), rows.end()) <= 2 * values.size() / most + 1);
    for (std::size_t bin = 1; bin < bins.bins(); ++bin)
      CHECK(bins.highest[bin - 1] < bins.lowest[bin]);
  }
}

TEST_CASE("bins: a value that most rows share leaves the others their bins") {
  std::vector<float> values(10'000, 100.0F);
  for (std::size_t i = 0; i < 1000; ++i) values[i] = static_cast<float>(i);
  const auto made = BinnedTable::make(column(values), 64);
  CHECK(made->feature(0).bins() > 32);
}

TEST_CASE("bins: a column without numbers has no bins") {
  const auto made = BinnedTable::make(column({kMissing, kMissing}));
  CHECK(made->feature(0).bins() == 0);
  CHECK(made->feature(0).code(1) == made->feature(0).missing());
}

TEST_CASE("bins: what cannot be binned is refused with its reason") {
  using Fault = FitError::Fault;
  CHECK(fault_of(Table({"x"}, 0)) == Fault::NoRows);
  CHECK(fault_of(Table({}, 3)) == Fault::NoRows);
  CHECK(fault_of(column({1, std::numeric_limits<float>::infinity()})) == Fault::NotFinite);
  CHECK(fault_of(column({1}), 1) == Fault::Option);
  CHECK(fault_of(column({1}), 4097) == Fault::Option);
  CHECK(fault_of(Table(std::vector<std::string>(1025, "x"), 1)) == Fault::TooLarge);
}

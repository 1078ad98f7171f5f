// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include <toccata/base/rng.hpp>
#include <toccata/ml/simd.hpp>
#include <toccata/ml/trees.hpp>

using namespace toccata;
using namespace toccata::ml;

namespace {

const float kNaN = std::numeric_limits<float>::quiet_NaN();

/// x0 <= 2 ? (x1 <= -1 ? 10 : 20) : 30, and one leaf of 1; a missing x0 goes left, x1 right.
TreeTables two_trees() {
  TreeTables tables;
  tables.features = 2;
  tables.base = 100;
  tables.scale = 0.5;
  tables.tree_nodes = {5, 1};
  tables.feature = {0, 1, kLeaf, kLeaf, kLeaf, kLeaf};
  tables.threshold = {2, -1, 30, 10, 20, 1};
  tables.left = {1, 3, 0, 0, 0, 0};
  tables.missing_left = {1, 0, 0, 0, 0, 0};
  return tables;
}

/// Random trees: leaves are split until there are `splits` splits.
TreeTables random_trees(std::size_t trees, std::size_t splits, std::size_t features, Rng& rng) {
  TreeTables tables;
  tables.features = features;
  for (std::size_t tree = 0; tree < trees; ++tree) {
    const std::size_t first = tables.feature.size();
    const auto add_leaf = [&] {
      tables.feature.push_back(kLeaf);
      tables.threshold.push_back(static_cast<float>(rng.normal()));
      tables.left.push_back(0);
      tables.missing_left.push_back(0);
    };
    add_leaf();
    std::size_t next = first;  // the node to be split, before all leaves that are left
    for (std::size_t split = 0; split < splits; ++split, next += 1 + rng.below(2)) {
      next = std::min(next, tables.feature.size() - 1);
      tables.feature[next] = static_cast<std::int32_t>(rng.below(features));
      tables.left[next] = static_cast<std::uint32_t>(tables.feature.size() - first);
      tables.missing_left[next] = rng.chance(0.5) ? 1 : 0;
      add_leaf();
      add_leaf();
    }
    tables.tree_nodes.push_back(static_cast<std::uint32_t>(tables.feature.size() - first));
  }
  return tables;
}

/// The definition, node by node.
double walk_by_hand(const TreeTables& tables, std::span<const float> row) {
  double sum = 0;
  std::size_t first = 0;
  for (const std::uint32_t nodes : tables.tree_nodes) {
    std::size_t at = first;
    while (tables.feature[at] != kLeaf) {
      const float value = row[static_cast<std::size_t>(tables.feature[at])];
      const bool left =
          std::isnan(value) ? tables.missing_left[at] != 0 : value <= tables.threshold[at];
      at = first + tables.left[at] + (left ? 0 : 1);
    }
    sum += static_cast<double>(tables.threshold[at]);
    first += nodes;
  }
  return tables.base + tables.scale * sum;
}

std::vector<float> random_rows(std::size_t rows, std::size_t features, Rng& rng) {
  std::vector<float> values(rows * features);
  for (float& value : values) value = rng.chance(0.1) ? kNaN : static_cast<float>(rng.normal());
  return values;
}

/// Every prediction of a batch, against the definition.
void check_batch(const Trees& model, std::span<const float> values) {
  const std::size_t width = model.features(), rows = values.size() / width;
  const auto batch = model.predict(FeatureView{values, rows, width, 1}, 2);
  REQUIRE(batch.size() == rows);
  const TreeTables tables = model.tables();
  for (std::size_t row = 0; row < rows; ++row)
    REQUIRE(batch[row] == walk_by_hand(tables, values.subspan(row * width, width)));
}

std::string refusal(const TreeTables& tables) {
  const auto trees = Trees::from_tables(tables);
  return trees ? std::string() : describe(trees.error());
}

}  // namespace

TEST_CASE("trees: a row goes left up to the threshold, and without a number where the node says") {
  const auto trees = Trees::from_tables(two_trees());
  REQUIRE(trees.has_value());
  const auto predict = [&](float a, float b) { return trees->predict(std::vector{a, b}); };
  CHECK(predict(2, -1) == 105.5);
  CHECK(predict(2, -0.5F) == 110.5);
  CHECK(predict(std::nextafter(2.0F, 3.0F), 0) == 115.5);
  CHECK(predict(kNaN, -5) == 105.5);
  CHECK(predict(kNaN, kNaN) == 110.5);
  const float infinity = std::numeric_limits<float>::infinity();
  CHECK(predict(infinity, 0) == 115.5);
  CHECK(predict(-infinity, infinity) == 110.5);
}

TEST_CASE("trees: thresholds of either sign and zero part rows as floats compare") {
  const float edge[] = {-3, -1e-40F, -0.0F, 0.0F, 1e-40F, 3};
  for (const float threshold : edge) {
    TreeTables tables;
    tables.features = 1;
    tables.tree_nodes = {3};
    tables.feature = {0, kLeaf, kLeaf};
    tables.threshold = {threshold, 0, 1};
    tables.left = {1, 0, 0};
    tables.missing_left = {0, 0, 0};
    const auto trees = Trees::from_tables(tables);
    REQUIRE(trees.has_value());
    for (const float value : edge)
      CHECK(trees->predict(std::vector{value}) == (value <= threshold ? 0 : 1));
  }
}

TEST_CASE("trees: rows give the same bits alone, in batches of any size, on any threads") {
  Rng rng(3);
  for (const std::size_t trees : {1, 8, 13}) {
    const TreeTables tables = random_trees(trees, 200, 5, rng);
    const auto model = Trees::from_tables(tables);
    REQUIRE(model.has_value());
    for (const std::size_t rows : {0, 1, 31, 32, 33, 1000, 3001}) {
      const std::vector<float> values = random_rows(rows, 5, rng);
      const auto one = model->predict(FeatureView{values, rows, 5, 1}, 1);
      CHECK(model->predict(FeatureView{values, rows, 5, 1}, 3) == one);
      REQUIRE(one.size() == rows);
      for (std::size_t row = 0; row < rows; ++row) {
        const auto single = std::span(values).subspan(row * 5, 5);
        REQUIRE(one[row] == walk_by_hand(tables, single));
        REQUIRE(one[row] == model->predict(single));
      }
    }
  }
}

TEST_CASE("trees: one tree's word is what an ensemble of it alone, as often, predicts") {
  Rng rng(12);
  TreeTables one = random_trees(1, 60, 3, rng);
  one.base = 3;
  one.scale = 0.5;
  TreeTables both = random_trees(1, 60, 3, rng);
  both.base = 3;
  both.scale = 0.25;
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(both.tree_nodes, one.tree_nodes);
  append(both.feature, one.feature);
  append(both.threshold, one.threshold);
  append(both.left, one.left);
  append(both.missing_left, one.missing_left);
  const auto ensemble = Trees::from_tables(both);
  const std::vector<float> values = random_rows(200, 3, rng);
  for (std::size_t row = 0; row < 200; ++row) {
    const auto single = std::span(values).subspan(row * 3, 3);
    REQUIRE(ensemble->predict_as(1, single) == walk_by_hand(one, single));
  }
}

TEST_CASE("trees: zero's two signs, edges of floats and early leaves part rows as by hand") {
  const float infinity = std::numeric_limits<float>::infinity();
  const float least = std::numeric_limits<float>::denorm_min();
  const std::vector<float> odd{0.0F, -0.0F, least, -least, 1, -1, infinity, -infinity, kNaN, -kNaN};
  Rng rng(13);
  for (const std::string& level : simd_levels()) {
    use_simd_level(level);
    for (std::size_t splits = 0; splits < 12; ++splits) {    // depths from 0 on
      TreeTables tables = random_trees(9, splits, 12, rng);  // too wide for strata
      for (std::size_t node = 0; node < tables.feature.size(); ++node)
        if (tables.feature[node] != kLeaf) tables.threshold[node] = odd[rng.below(6)];
      std::vector<float> values(12 * 100);
      for (float& value : values) value = odd[rng.below(odd.size())];
      const auto model = Trees::from_tables(tables);
      REQUIRE(model.has_value());
      const auto batch = model->predict({values, 100, 12, 1}, 1);
      for (std::size_t row = 0; row < 100; ++row)
        REQUIRE(batch[row] == walk_by_hand(tables, std::span(values).subspan(row * 12, 12)));
    }
  }
  use_best_simd_level();
}

TEST_CASE("trees: a threshold of -0 is given back as 0, and parts rows the same") {
  TreeTables tables = two_trees();
  tables.threshold[0] = -0.0F;
  const auto model = Trees::from_tables(tables);
  REQUIRE(model.has_value());
  CHECK_FALSE(std::signbit(model->tables().threshold[0]));
  CHECK(Trees::from_tables(model->tables())->tables() == model->tables());
  for (const float value : {-1.0F, -0.0F, 0.0F, 1.0F})
    CHECK(model->predict(std::vector{value, 0.0F}) ==
          walk_by_hand(tables, std::vector{value, 0.0F}));
}

TEST_CASE("trees: many rows give the same bits on every instruction set") {
  Rng rng(8);
  const auto model = Trees::from_tables(random_trees(20, 300, 8, rng));
  const std::vector<float> values = random_rows(3000, 8, rng);
  const FeatureView rows{values, 3000, 8, 1};
  const auto best = model->predict(rows, 1);
  for (const std::string& level : simd_levels()) {
    CAPTURE(level);
    use_simd_level(level);
    CHECK(model->predict(rows, 1) == best);
  }
  use_best_simd_level();
}

TEST_CASE("trees: many rows are parted at, below and above each threshold as floats compare") {
  constexpr float kMost = std::numeric_limits<float>::max();
  constexpr float kLeast = std::numeric_limits<float>::denorm_min();
  const float infinity = std::numeric_limits<float>::infinity();
  // Close together, denormal, and so wide that their range is no float.
  const std::vector<std::vector<float>> kinds{{1, std::nextafter(1.0F, 2.0F), 1e9F},
                                              {-kLeast, -0.0F, 0.0F, kLeast, 2 * kLeast},
                                              {-kMost, -1, 0, 1, kMost},
                                              {5}};
  Rng rng(9);
  for (const auto& kind : kinds) {
    TreeTables tables = random_trees(6, 40, 2, rng);
    for (std::size_t node = 0; node < tables.feature.size(); ++node)
      if (tables.feature[node] != kLeaf) tables.threshold[node] = kind[rng.below(kind.size())];
    const auto model = Trees::from_tables(tables);
    std::vector<float> near{infinity, -infinity, 0.0F, kNaN};
    for (const float threshold : kind)
      for (const float value :
           {threshold, std::nextafter(threshold, infinity), std::nextafter(threshold, -infinity)})
        near.push_back(value);
    std::vector<float> values(2000);
    for (float& value : values) value = near[rng.below(near.size())];
    check_batch(*model, values);
  }
}

TEST_CASE("trees: many rows of wide, huge, deep and bare ensembles are predicted as by hand") {
  Rng rng(10);
  const auto check = [&](const TreeTables& tables, std::size_t rows) {
    const auto model = Trees::from_tables(tables);
    REQUIRE(model.has_value());
    check_batch(*model, random_rows(rows, tables.features, rng));
  };
  check(random_trees(3, 100, 9, rng), 500);        // more features than a row has codes for
  check(random_trees(1, 70'000, 1, rng), 10'000);  // more thresholds than codes
  TreeTables chain = random_trees(1, 0, 1, rng);
  for (std::uint32_t node = 0; node < 3000; node += 2) {
    chain.feature[node] = 0;
    chain.left[node] = node + 1;
    for (const float value : {1.0F, -1.0F}) {
      chain.feature.push_back(kLeaf);
      chain.threshold.push_back(value);
      chain.left.push_back(0);
      chain.missing_left.push_back(0);
    }
  }
  chain.tree_nodes = {static_cast<std::uint32_t>(chain.feature.size())};
  check(chain, 500);  // as many steps as splits
  TreeTables bare = random_trees(2, 0, 1, rng);
  check(bare, 100);
}

TEST_CASE("trees: rows that come a few at a time give the bits that many at once do") {
  Rng rng(11);
  const auto model = Trees::from_tables(random_trees(10, 400, 4, rng));
  const std::vector<float> values = random_rows(2000, 4, rng);
  const auto all = Trees::from_tables(model->tables())->predict({values, 2000, 4, 1}, 1);
  for (std::size_t row = 0; row < 2000; row += 50) {
    const auto some = model->predict({std::span(values).subspan(row * 4, 200), 50, 4, 1}, 1);
    REQUIRE(std::equal(some.begin(), some.end(), all.begin() + static_cast<std::ptrdiff_t>(row)));
  }
}

TEST_CASE("trees: a table of columns is read like one of rows") {
  Rng rng(4);
  const auto model = Trees::from_tables(random_trees(5, 50, 3, rng));
  const std::vector<float> rows = random_rows(100, 3, rng);
  std::vector<float> columns(300);
  for (std::size_t i = 0; i < 300; ++i) columns[i % 3 * 100 + i / 3] = rows[i];
  CHECK(model->predict(FeatureView{rows, 100, 3, 1}, 1) ==
        model->predict(FeatureView{columns, 100, 1, 100}, 1));
}

TEST_CASE("trees: what is saved is loaded, by name, through the file's bytes") {
  Rng rng(5);
  const TreeTables tables = random_trees(7, 60, 4, rng);
  const auto model = Trees::from_tables(tables);
  Weights weights;
  model->save(weights, "rf_velocity.");
  Trees::from_tables(two_trees())->save(weights, "other.");
  const auto read = read_weights(write_weights(weights));
  REQUIRE(read.has_value());
  const auto again = Trees::load(*read, "rf_velocity.");
  REQUIRE(again.has_value());
  CHECK(again->tables() == tables);
  CHECK(describe(Trees::load(*read, "rf_duration.").error()) ==
        "tensor rf_duration.scale: found nothing, but F64 [2] is needed");
}

TEST_CASE("trees: an ensemble without trees predicts its base") {
  TreeTables tables;
  tables.features = 1;
  tables.base = 64;
  const auto model = Trees::from_tables(tables);
  REQUIRE(model.has_value());
  CHECK(model->predict(std::vector{1.0F}) == 64);
}

TEST_CASE("trees: a cycle, a node with two parents or none, and a child out of range are refused") {
  REQUIRE(refusal(two_trees()).empty());
  TreeTables cycle = two_trees();
  cycle.left[1] = 1;
  CHECK(
      refusal(cycle) ==
      "tensor left: found child 1 in node 1 of tree 0, but a node behind it, of which there are 5 "
      "is needed");
  TreeTables shared = two_trees();
  shared.left[0] = 3;
  CHECK(refusal(shared).find("node 1 of tree 0 without a parent") != std::string::npos);
  TreeTables twice = two_trees();
  twice.left[1] = 2;
  CHECK(refusal(twice).find("node 2 of tree 0 with two parents") != std::string::npos);
  TreeTables outside = two_trees();
  outside.left[1] = 4;
  CHECK(refusal(outside).find("child 4 in node 1 of tree 0") != std::string::npos);
  TreeTables leaf = two_trees();
  leaf.left[2] = 3;
  CHECK(refusal(leaf).find("child 3 in node 2 of tree 0") != std::string::npos);
}

TEST_CASE("trees: numbers that are not finite or not in range are refused by name") {
  const auto refused = [](auto change) {
    TreeTables tables = two_trees();
    change(tables);
    return refusal(tables).substr(0, 14);
  };
  const float infinity = std::numeric_limits<float>::infinity();
  CHECK(refused([](auto& t) { t.feature[0] = 2; }) == "tensor feature");
  CHECK(refused([](auto& t) { t.feature[0] = -2; }) == "tensor feature");
  CHECK(refused([](auto& t) { t.features = 0; }) == "tensor feature");
  CHECK(refused([](auto& t) { t.features = kMostFeatures + 1; }) == "tensor feature");
  CHECK(refused([](auto& t) { t.threshold[0] = kNaN; }) == "tensor thresho");
  CHECK(refused([&](auto& t) { t.threshold[3] = infinity; }) == "tensor thresho");
  CHECK(refused([](auto& t) { t.missing_left[0] = 2; }) == "tensor missing");
  CHECK(refused([](auto& t) { t.missing_left[2] = 1; }) == "tensor missing");
  CHECK(refused([](auto& t) { t.scale = std::nan(""); }) == "tensor scale: ");
  CHECK(refused([](auto& t) { t.tree_nodes[1] = 0; }) == "tensor tree_no");
  CHECK(refused([](auto& t) { t.tree_nodes[1] = 2; }) == "tensor feature");
  CHECK(refused([](auto& t) { t.left.pop_back(); }) == "tensor left: f");
}

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <toccata/learn/boosting.hpp>
#include <toccata/learn/forest.hpp>
#include <toccata/learn/metrics.hpp>

#include "checks.hpp"
#include "grow.hpp"

namespace toccata::learn {
namespace {

using Fault = FitError::Fault;
constexpr std::size_t kChunk = 16'384;  ///< rows of one task

Result<void, FitError> check_options(const BoostingOptions& options) {
  TOCCATA_CHECK(check_option("trees", static_cast<double>(options.trees), 1, 100'000));
  TOCCATA_CHECK(check_option("learning_rate", options.learning_rate, 1e-9, 1));
  TOCCATA_CHECK(check_option("depth", options.depth, 1, kDeepestTree));
  if (options.leaves != 0)
    TOCCATA_CHECK(check_option("leaves", static_cast<double>(options.leaves), 2, 100'000));
  TOCCATA_CHECK(check_option("leaf_rows", options.leaf_rows, 1, BinnedTable::kMostRows));
  TOCCATA_CHECK(check_option("l2", options.l2, 0, 1e12));
  TOCCATA_CHECK(check_option("row_share", options.row_share, 1e-9, 1));
  return check_option("feature_share", options.feature_share, 1e-9, 1);
}

class BoostingFit {
 public:
  BoostingFit(const BinnedTable& table, std::span<const float> targets,
              const BoostingOptions& options, const Rng& rng,
              const std::optional<Validation>& validation, const Running& running)
      : table_(table),
        options_(options),
        rng_(rng),
        validation_(validation),
        running_(running),
        workers_(running.threads),
        grower_(
            table,
            {options.depth, options.leaves, 1, LeafRows::Known, {options.leaf_rows, options.l2}},
            workers_),
        importances_(table.features(), 0.0) {
    double sum = 0;
    for (const float target : targets) sum += static_cast<double>(target);
    base_ = sum / static_cast<double>(targets.size());
    for (const float target : targets) residuals_.push_back(static_cast<double>(target) - base_);
    if (validation_) validation_predicted_.assign(validation_->targets.size(), base_);
  }

  Result<BoostedTrees, FitError> fit();

 private:
  template <class Do>
  void each_chunk(std::size_t count, const Do& act);
  std::vector<std::size_t> draw_features(const Rng& rng) const;
  bool draw_rows(const Rng& rng);
  Packing fill_sample(bool all_rows);
  Result<void, FitError> add_tree(std::size_t index);
  void learn_from(std::span<const GrownNode> tree, std::span<const float> values, bool all_rows);
  Result<void, FitError> validate(std::span<const GrownNode> tree, std::span<const float> values);
  std::size_t best_count() const;

  const BinnedTable& table_;
  const BoostingOptions& options_;
  const Rng& rng_;
  const std::optional<Validation>& validation_;
  const Running& running_;
  Workers workers_;
  Grower grower_;
  double base_ = 0;
  std::vector<double> residuals_;
  Sample sample_;
  std::vector<std::vector<GrownNode>> trees_;
  std::vector<std::vector<float>> leaf_values_;
  std::vector<double> importances_;
  std::vector<double> validation_predicted_, validation_rmse_;
};

template <class Do>
void BoostingFit::each_chunk(std::size_t count, const Do& act) {
  workers_.run((count + kChunk - 1) / kChunk, [&](std::size_t chunk, std::size_t /*worker*/) {
    act(chunk, chunk * kChunk, std::min(count, (chunk + 1) * kChunk));
  });
}

std::vector<std::size_t> BoostingFit::draw_features(const Rng& rng) const {
  std::vector<std::size_t> drawn(table_.features());
  for (std::size_t f = 0; f < drawn.size(); ++f) drawn[f] = f;
  const auto wanted = static_cast<std::size_t>(
      std::max(1.0, std::nearbyint(options_.feature_share * static_cast<double>(drawn.size()))));
  Rng draws = rng.fork("features");
  for (std::size_t i = 0; i < wanted; ++i)
    std::swap(drawn[i], drawn[i + draws.below(drawn.size() - i)]);
  drawn.resize(wanted);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

/// Fills the sample's rows; whether it is all of them. Source: Knuth, algorithm S.
bool BoostingFit::draw_rows(const Rng& rng) {
  const std::size_t rows = table_.rows();
  const auto wanted = static_cast<std::size_t>(
      std::max(1.0, std::nearbyint(options_.row_share * static_cast<double>(rows))));
  sample_.rows.clear();
  Rng draws = rng.fork("rows");
  for (std::size_t row = 0; row < rows; ++row) {
    const auto still = static_cast<double>(wanted - sample_.rows.size());
    if (wanted == rows || draws.uniform() * static_cast<double>(rows - row) < still)
      sample_.rows.push_back(static_cast<std::uint32_t>(row));
  }
  return wanted == rows;
}

Packing BoostingFit::fill_sample(bool all_rows) {
  const std::size_t rows = sample_.rows.size();
  std::vector<double> reaches(rows / kChunk + 1, 0.0);
  each_chunk(rows, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    double reach = 0;
    for (std::size_t i = begin; i < end; ++i)
      reach = std::max(reach, std::abs(residuals_[all_rows ? i : sample_.rows[i]]));
    reaches[chunk] = reach;
  });
  const Packing packing(rows, 0, *std::max_element(reaches.begin(), reaches.end()));
  sample_.values.resize(rows);
  each_chunk(rows, [&](std::size_t /*chunk*/, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      sample_.values[i] = packing.pack(residuals_[all_rows ? i : sample_.rows[i]], 1);
  });
  return packing;
}

/// Takes what the tree explains from the residuals.
void BoostingFit::learn_from(std::span<const GrownNode> tree, std::span<const float> values,
                             bool all_rows) {
  if (!all_rows) {
    each_chunk(residuals_.size(), [&](std::size_t /*chunk*/, std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) {
        const GrownNode& leaf = leaf_of(tree, table_, row);
        residuals_[row] -=
            static_cast<double>(values[static_cast<std::size_t>(&leaf - tree.data())]);
      }
    });
    return;
  }
  workers_.run(tree.size(), [&](std::size_t node, std::size_t /*worker*/) {
    if (tree[node].feature != ml::kLeaf) return;
    for (std::size_t i = tree[node].begin; i < tree[node].end; ++i)
      residuals_[sample_.rows[i]] -= static_cast<double>(values[node]);
  });
}

Result<void, FitError> BoostingFit::validate(std::span<const GrownNode> tree,
                                             std::span<const float> values) {
  ml::TreeTables tables;
  tables.features = table_.features();
  append(tables, tree, values);
  const auto model = ml::Trees::from_tables(tables);
  if (!model) return Unexpected{FitError{Fault::TooLarge, describe(model.error())}};
  const std::vector<double> more =
      model->predict(validation_->table.view(), static_cast<unsigned>(workers_.count()));
  for (std::size_t row = 0; row < more.size(); ++row) validation_predicted_[row] += more[row];
  validation_rmse_.push_back(measure(validation_->targets, validation_predicted_).rmse);
  return {};
}

Result<void, FitError> BoostingFit::add_tree(std::size_t index) {
  const Rng rng = rng_.fork(index);
  const std::vector<std::size_t> features = draw_features(rng);
  const bool all_rows = draw_rows(rng);
  const Packing packing = fill_sample(all_rows);
  std::vector<GrownNode> tree = grower_.grow(sample_, packing, features, rng);
  std::vector<float> values;
  for (const GrownNode& node : tree) {
    const double sum = static_cast<double>(packing.sum(node.total)) * packing.unit();
    const double weight = static_cast<double>(packing.weight(node.total)) + options_.l2;
    values.push_back(static_cast<float>(options_.learning_rate * sum / weight));
  }
  learn_from(tree, values, all_rows);
  if (validation_) TOCCATA_CHECK(validate(tree, values));
  trees_.push_back(std::move(tree));
  leaf_values_.push_back(std::move(values));
  return {};
}

std::size_t BoostingFit::best_count() const {
  if (options_.patience == 0 || validation_rmse_.empty()) return trees_.size();
  return static_cast<std::size_t>(
      std::min_element(validation_rmse_.begin(), validation_rmse_.end()) -
      validation_rmse_.begin() + 1);
}

Result<BoostedTrees, FitError> BoostingFit::fit() {
  for (std::size_t index = 0; index < options_.trees; ++index) {
    if (running_.stop.stop_requested())
      return Unexpected{FitError{
          Fault::Cancelled, fmt::format("cancelled after {} of {} trees", index, options_.trees)}};
    TOCCATA_CHECK(add_tree(index));
    if (running_.progress) running_.progress(index + 1, options_.trees);
    if (options_.patience != 0 && trees_.size() >= best_count() + options_.patience) break;
  }
  ml::TreeTables tables;
  tables.features = table_.features();
  tables.base = base_;
  double gained = 0;
  for (std::size_t tree = 0; tree < best_count(); ++tree) {
    append(tables, trees_[tree], leaf_values_[tree]);
    for (const GrownNode& node : trees_[tree]) {
      if (node.feature == ml::kLeaf) continue;
      importances_[static_cast<std::size_t>(node.feature)] += node.gain;
      gained += node.gain;
    }
  }
  if (gained > 0)
    for (double& share : importances_) share /= gained;
  auto model = ml::Trees::from_tables(tables);
  if (!model) return Unexpected{FitError{Fault::TooLarge, describe(model.error())}};
  return BoostedTrees{*std::move(model), std::move(importances_), std::move(validation_rmse_)};
}

}  // namespace

Result<BoostedTrees, FitError> fit_boosting(const BinnedTable& table,
                                            std::span<const float> targets,
                                            const BoostingOptions& options, const Rng& rng,
                                            const std::optional<Validation>& validation,
                                            const Running& running) {
  TOCCATA_CHECK(check_targets(targets, table.rows()));
  TOCCATA_CHECK(check_options(options));
  if (validation) {
    TOCCATA_CHECK(check_targets(validation->targets, validation->table.rows()));
    if (validation->table.names() != table.names())
      return Unexpected{
          FitError{Fault::Mismatch, "the features to validate on are not those to learn from"}};
  }
  return BoostingFit(table, targets, options, rng, validation, running).fit();
}

}  // namespace toccata::learn

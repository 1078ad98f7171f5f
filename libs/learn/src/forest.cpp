// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

#include <fmt/format.h>

#include <toccata/learn/forest.hpp>
#include <toccata/learn/metrics.hpp>

#include "checks.hpp"
#include "grow.hpp"

namespace toccata::learn {
namespace {

/// A tree, and which rows it has not learned from (a bit a row; empty if nobody asks).
struct Member {
  std::vector<GrownNode> nodes;
  std::vector<std::uint64_t> left_out;
};

Result<void, FitError> check_options(const TreeOptions& options) {
  TOCCATA_CHECK(check_option("depth", options.depth, 1, kDeepestTree));
  TOCCATA_CHECK(check_option("leaf_rows", options.leaf_rows, 1, BinnedTable::kMostRows));
  return check_option("feature_share", options.feature_share, 1e-9, 1);
}

/// Below count, uniformly but for 2^-40: one multiplication a draw.
std::uint32_t draw_below(Rng& rng, std::uint64_t count) {
  return static_cast<std::uint32_t>((rng.next() >> 32) * count >> 32);
}

class ForestFit {
 public:
  ForestFit(const BinnedTable& table, std::span<const float> targets, const ForestOptions& options,
            const Rng& rng, const Running& running)
      : table_(table),
        targets_(targets),
        options_(options),
        rng_(rng),
        running_(running),
        workers_(running.threads),
        alone_(1),
        packing_(make_packing(targets)),
        members_(options.trees) {
    for (std::size_t f = 0; f < table.features(); ++f) features_.push_back(f);
  }

  Result<FittedTrees, FitError> fit();

 private:
  static Packing make_packing(std::span<const float> targets);
  void draw(const Rng& rng, Sample& sample, Member& member) const;
  void fit_member(std::size_t index, Grower& grower);
  std::vector<double> importances() const;
  std::optional<double> out_of_bag_r2();
  double leaf_value(const GrownNode& leaf) const;

  const BinnedTable& table_;
  std::span<const float> targets_;
  const ForestOptions& options_;
  const Rng& rng_;
  const Running& running_;
  Workers workers_, alone_;
  Packing packing_;
  std::vector<std::size_t> features_;
  std::vector<Member> members_;
  std::mutex progress_;
  std::size_t done_ = 0;
};

Packing ForestFit::make_packing(std::span<const float> targets) {
  double sum = 0, reach = 0;
  for (const float target : targets) sum += static_cast<double>(target);
  const double mean = sum / static_cast<double>(targets.size());
  for (const float target : targets) reach = std::max(reach, std::abs(target - mean));
  return {targets.size(), mean, reach};
}

void ForestFit::draw(const Rng& rng, Sample& sample, Member& member) const {
  const std::size_t rows = table_.rows();
  std::vector<std::uint16_t> times(rows, options_.bootstrap == Bootstrap::None ? 1 : 0);
  if (options_.bootstrap == Bootstrap::WithReplacement) {
    Rng draws = rng.fork("bootstrap");
    for (std::size_t i = 0; i < rows; ++i) ++times[draw_below(draws, rows)];
  }
  if (options_.out_of_bag == OutOfBag::Measure) member.left_out.resize(rows / 64 + 1);
  sample.rows.clear();
  sample.values.clear();
  for (std::size_t row = 0; row < rows; ++row) {
    if (times[row] != 0) {
      sample.rows.push_back(static_cast<std::uint32_t>(row));
      sample.values.push_back(packing_.pack(static_cast<double>(targets_[row]), times[row]));
    } else if (!member.left_out.empty()) {
      member.left_out[row / 64] |= std::uint64_t{1} << (row % 64);
    }
  }
}

void ForestFit::fit_member(std::size_t index, Grower& grower) {
  if (running_.stop.stop_requested()) return;
  const Rng rng = rng_.fork(index);
  Sample sample;
  draw(rng, sample, members_[index]);
  members_[index].nodes = grower.grow(sample, packing_, features_, rng);
  const std::lock_guard lock(progress_);
  ++done_;
  if (running_.progress) running_.progress(done_, members_.size());
}

double ForestFit::leaf_value(const GrownNode& leaf) const {
  return packing_.centre() + packing_.unit() * static_cast<double>(packing_.sum(leaf.total)) /
                                 static_cast<double>(packing_.weight(leaf.total));
}

/// As each tree counts for as much as any other, whatever it gained.
std::vector<double> ForestFit::importances() const {
  std::vector<double> all(table_.features(), 0.0);
  double whole = 0;
  for (const Member& member : members_) {
    double gained = 0;
    for (const GrownNode& node : member.nodes) gained += node.gain;
    if (gained <= 0) continue;
    ++whole;
    for (const GrownNode& node : member.nodes)
      if (node.feature != ml::kLeaf)
        all[static_cast<std::size_t>(node.feature)] += node.gain / gained;
  }
  if (whole > 0)
    for (double& share : all) share /= whole;
  return all;
}

std::optional<double> ForestFit::out_of_bag_r2() {
  constexpr std::size_t kChunk = 1024;
  std::vector<double> sums(table_.rows(), 0.0);
  std::vector<std::uint32_t> counts(table_.rows(), 0);
  workers_.run(table_.rows() / kChunk + 1, [&](std::size_t chunk, std::size_t /*worker*/) {
    const std::size_t end = std::min(table_.rows(), (chunk + 1) * kChunk);
    for (const Member& member : members_) {
      for (std::size_t row = chunk * kChunk; row < end; ++row) {
        if ((member.left_out[row / 64] >> (row % 64) & 1) == 0) continue;
        sums[row] += leaf_value(leaf_of(member.nodes, table_, row));
        ++counts[row];
      }
    }
  });
  std::vector<double> predicted;
  std::vector<float> expected;
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    if (counts[row] == 0) continue;
    predicted.push_back(sums[row] / counts[row]);
    expected.push_back(targets_[row]);
  }
  if (predicted.empty()) return std::nullopt;
  return measure(expected, predicted).r2;
}

Result<FittedTrees, FitError> ForestFit::fit() {
  // Trees are shared out among the workers; a tree alone is shared out itself.
  const bool together = members_.size() == 1;
  const GrowRules rules{options_.tree.depth,
                        0,
                        options_.tree.feature_share,
                        LeafRows::Unknown,
                        {options_.tree.leaf_rows, 0}};
  std::vector<std::unique_ptr<Grower>> growers(together ? 1 : workers_.count());
  for (auto& grower : growers)
    grower = std::make_unique<Grower>(table_, rules, together ? workers_ : alone_);
  if (together) fit_member(0, *growers[0]);
  else
    workers_.run(members_.size(), [&](std::size_t index, std::size_t worker) {
      fit_member(index, *growers[worker]);
    });
  if (done_ != members_.size())
    return Unexpected{
        FitError{FitError::Fault::Cancelled,
                 fmt::format("cancelled after {} of {} trees", done_, members_.size())}};
  ml::TreeTables tables;
  tables.features = table_.features();
  tables.scale = 1 / static_cast<double>(members_.size());
  for (const Member& member : members_) {
    std::vector<float> values;
    for (const GrownNode& node : member.nodes)
      values.push_back(static_cast<float>(leaf_value(node)));
    append(tables, member.nodes, values);
  }
  auto model = ml::Trees::from_tables(tables);
  if (!model) return Unexpected{FitError{FitError::Fault::TooLarge, describe(model.error())}};
  FittedTrees fitted{*std::move(model), importances(), std::nullopt};
  if (options_.out_of_bag == OutOfBag::Measure) fitted.out_of_bag_r2 = out_of_bag_r2();
  return fitted;
}

}  // namespace

Result<FittedTrees, FitError> fit_forest(const BinnedTable& table, std::span<const float> targets,
                                         const ForestOptions& options, const Rng& rng,
                                         const Running& running) {
  TOCCATA_CHECK(check_targets(targets, table.rows()));
  TOCCATA_CHECK(check_options(options.tree));
  TOCCATA_CHECK(check_option("trees", static_cast<double>(options.trees), 1, 100'000));
  return ForestFit(table, targets, options, rng, running).fit();
}

Result<FittedTrees, FitError> fit_tree(const BinnedTable& table, std::span<const float> targets,
                                       const TreeOptions& options, const Rng& rng,
                                       const Running& running) {
  return fit_forest(table, targets, {options, 1, Bootstrap::None, OutOfBag::Skip}, rng, running);
}

}  // namespace toccata::learn

// SPDX-License-Identifier: MIT
#include <toccata/learn/drum_fit.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace toccata::learn {
namespace {

constexpr std::size_t kBins = 255;  // a byte a code

BoostingOptions options_of(DrumTarget target) {
  BoostingOptions options;
  options.trees = target == DrumTarget::HitVelocity ? 300 : 200;
  options.leaves = 40;
  options.depth = 16;
  options.learning_rate = 0.1;
  options.leaf_rows = 60;
  options.l2 = 1;
  options.row_share = 0.6;
  options.feature_share = 0.4;
  options.patience = 30;
  return options;
}

const std::vector<float>& values_of(const DrumTake& take, DrumTarget target) {
  return target == DrumTarget::HitVelocity ? take.velocities : take.lateness;
}

/// Differences from what is expected, of one drum: their size, and how alike the next one of the
/// take is.
class Differences {
 public:
  void begin_take() { last_.reset(); }
  void add(double difference) {
    squares_ += difference * difference;
    count_ += 1;
    if (last_) {
      products_ += difference * *last_;
      pairs_ += 1;
    }
    last_ = difference;
  }
  Spread spread() const {
    if (count_ == 0 || pairs_ == 0 || squares_ == 0) return {};
    const double persistence = products_ / pairs_ / (squares_ / count_);
    return {std::sqrt(squares_ / count_), std::clamp(persistence, 0.0, 0.99)};
  }

 private:
  double squares_ = 0, count_ = 0, products_ = 0, pairs_ = 0;
  std::optional<double> last_;
};

std::array<Spread, kDrums> spreads_of(std::span<const DrumTake* const> takes,
                                      const ExpressionRows& rows,
                                      const std::vector<double>& predicted) {
  std::array<Differences, kDrums> differences;
  std::size_t row = 0;
  for (const DrumTake* take : takes) {
    for (Differences& drum : differences) drum.begin_take();
    for (const PatternHit& hit : take->pattern.hits) {
      differences[static_cast<std::size_t>(hit.drum)].add(rows.targets[row] - predicted[row]);
      ++row;
    }
  }
  std::array<Spread, kDrums> spreads;
  std::ranges::transform(differences, spreads.begin(), &Differences::spread);
  return spreads;
}

struct Mean {
  double sum = 0, count = 0;
  void add(double value) {
    sum += value;
    count += 1;
  }
  double or_else(double otherwise) const { return count > 0 ? sum / count : otherwise; }
};

}  // namespace

ExpressionRows drum_rows(std::span<const DrumTake* const> takes, DrumTarget target) {
  ExpressionRows rows;
  std::size_t count = 0;
  for (const DrumTake* take : takes) count += take->pattern.hits.size();
  rows.table = Table(drum_columns(), count);
  std::uint32_t number = 0;
  for (const DrumTake* take : takes) {
    const std::size_t first = rows.targets.size();
    const NoteFeatures features = drum_features(take->pattern);
    for (std::size_t c = 0; c < features.names().size(); ++c)
      std::ranges::copy(features.column(c),
                        rows.table.column(c).begin() + static_cast<std::ptrdiff_t>(first));
    const auto& values = values_of(*take, target);
    rows.targets.insert(rows.targets.end(), values.begin(), values.end());
    rows.performance.resize(rows.targets.size(), number);
    rows.composition.resize(rows.targets.size(), number);
    ++number;
  }
  return rows;
}

DrumMeans drum_means(std::span<const DrumTake* const> takes, DrumTarget target) {
  std::vector<Mean> means(kDrums * DrumMeans::kBarPlaces);
  std::array<Mean, kDrums> of_drums;
  Mean of_all;
  for (const DrumTake* take : takes)
    for (std::size_t i = 0; i < take->pattern.hits.size(); ++i) {
      const PatternHit& hit = take->pattern.hits[i];
      const double value = values_of(*take, target)[i];
      means[DrumMeans::index(hit)].add(value);
      of_drums[static_cast<std::size_t>(hit.drum)].add(value);
      of_all.add(value);
    }
  std::vector<double> values;
  for (std::size_t i = 0; i < means.size(); ++i)
    values.push_back(
        means[i].or_else(of_drums[i / DrumMeans::kBarPlaces].or_else(of_all.or_else(0))));
  return DrumMeans(std::move(values));
}

std::vector<double> predict(const DrumMeans& means, std::span<const DrumTake* const> takes) {
  std::vector<double> values;
  for (const DrumTake* take : takes)
    for (const PatternHit& hit : take->pattern.hits) values.push_back(means.of(hit));
  return values;
}

Result<FittedDrums, FitError> fit_drums(std::span<const DrumTake* const> training,
                                        std::span<const DrumTake* const> validation,
                                        DrumTarget target, const Rng& rng, const Running& running) {
  ExpressionRows rows = drum_rows(training, target);
  TOCCATA_TRY(const BinnedTable binned, BinnedTable::make(rows.table, kBins, running.threads));
  rows.table = Table();  // the codes say all that is needed
  const ExpressionRows held = drum_rows(validation, target);
  TOCCATA_TRY(BoostedTrees fitted,
              fit_boosting(binned, rows.targets, options_of(target), rng.fork(name_of(target)),
                           Validation{held.table, held.targets}, running));
  return FittedDrums{std::move(fitted.model), std::move(fitted.importances),
                     std::move(fitted.validation_rmse), rows.targets.size()};
}

DrumModel::Learner drum_learner(ml::Trees trees, std::span<const DrumTake* const> training,
                                std::span<const DrumTake* const> validation, DrumTarget target) {
  const ExpressionRows held = drum_rows(validation, target);
  const auto spreads = spreads_of(validation, held, trees.predict(held.table.view(), 1));
  return {std::move(trees), drum_means(training, target), spreads};
}

}  // namespace toccata::learn

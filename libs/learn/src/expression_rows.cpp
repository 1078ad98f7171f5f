// SPDX-License-Identifier: MIT
#include <toccata/learn/expression_rows.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <toccata/learn/target_series.hpp>
#include <toccata/perform/past.hpp>

namespace toccata::learn {
namespace {

/// The rows of one performance, as columns.
class Block {
 public:
  Block(const PreparedPiece& prepared, const PlayedTimes& times, TargetSeries series, Target target,
        Inputs inputs)
      : order_(*prepared.piece.order), series_(std::move(series)) {
    for (std::size_t i = 0; i < series_.values.size(); ++i)
      if (!std::isnan(series_.values[i])) kept_.push_back(i);
    add(prepared.score);
    if (inputs != Inputs::Score) add(prepared.marks);
    if (inputs == Inputs::Timing || (inputs == Inputs::History && target == Target::NoteVelocity))
      add(timing_features(order_, times));
    if (inputs != Inputs::History) return;
    add_past(target);
  }

  std::size_t rows() const { return kept_.size(); }
  const std::vector<std::vector<float>>& columns() const { return columns_; }
  float target(std::size_t row) const { return series_.values[kept_[row]]; }

 private:
  void add(const NoteFeatures& features) {
    for (std::size_t c = 0; c < features.names().size(); ++c) {
      const auto from = features.column(c);
      auto& to = columns_.emplace_back();
      to.reserve(kept_.size());
      for (const std::size_t element : kept_) to.push_back(from[series_.places[element]]);
    }
  }

  /// What each element that is kept is told of those before it.
  void add_past(Target target) {
    std::vector<float> told(past_names(target).size());
    const std::size_t first = columns_.size();
    columns_.resize(first + told.size());
    Past past(order_, target, series_.places);
    for (const float value : series_.values) {
      if (!std::isnan(value)) {
        past.tell(told);
        for (std::size_t c = 0; c < told.size(); ++c) columns_[first + c].push_back(told[c]);
      }
      past.add(value);
    }
  }

  const PlayingOrder& order_;
  TargetSeries series_;
  std::vector<std::size_t> kept_;
  std::vector<std::vector<float>> columns_;
};

/// Gathers blocks into rows.
class Gathering {
 public:
  Gathering(Target target, Inputs inputs)
      : target_(target), inputs_(inputs), columns_(columns_of(target, inputs).size()) {}

  void add(const PreparedPiece& prepared, const PlayedTimes& times, TargetSeries series,
           std::uint32_t performance) {
    const auto composition = static_cast<std::uint32_t>(
        compositions_.emplace(prepared.piece.composition, compositions_.size()).first->second);
    const Block block(prepared, times, std::move(series), target_, inputs_);
    for (std::size_t c = 0; c < columns_.size(); ++c)
      columns_[c].insert(columns_[c].end(), block.columns()[c].begin(), block.columns()[c].end());
    for (std::size_t row = 0; row < block.rows(); ++row) rows_.targets.push_back(block.target(row));
    rows_.performance.resize(rows_.targets.size(), performance);
    rows_.composition.resize(rows_.targets.size(), composition);
  }

  ExpressionRows finish() && {
    rows_.table = Table(columns_of(target_, inputs_), rows_.targets.size());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      std::ranges::copy(columns_[c], rows_.table.column(c).begin());
      columns_[c] = {};
    }
    return std::move(rows_);
  }

 private:
  Target target_;
  Inputs inputs_;
  ExpressionRows rows_;
  std::vector<std::vector<float>> columns_;
  std::map<std::string, std::uint32_t> compositions_;
};

/// The mean of what each player did, element by element.
TargetSeries mean_series(const AlignedPiece& piece, Target target, std::size_t players) {
  TargetSeries mean;
  std::vector<double> sums, counts;
  for (std::size_t i = 0; i < std::min(players, piece.performances.size()); ++i) {
    TargetSeries series = target_series(*piece.order, piece.performances[i], target);
    sums.resize(series.values.size());
    counts.resize(series.values.size());
    for (std::size_t element = 0; element < series.values.size(); ++element) {
      if (std::isnan(series.values[element])) continue;
      sums[element] += series.values[element];
      counts[element] += 1;
    }
    mean.places = std::move(series.places);
  }
  for (std::size_t element = 0; element < sums.size(); ++element)
    mean.values.push_back(
        static_cast<float>(counts[element] > 0 ? sums[element] / counts[element] : std::nan("")));
  return mean;
}

}  // namespace

PreparedPiece::PreparedPiece(AlignedPiece&& aligned)
    : piece(std::move(aligned)),
      score(score_features(*piece.order)),
      marks(mark_features(*piece.order, piece.written.get())) {}

ExpressionRows expression_rows(std::span<const PreparedPiece* const> pieces, Target target,
                               Inputs inputs, const RowOptions& options) {
  Gathering gathering(target, inputs);
  std::uint32_t number = 0;
  for (const PreparedPiece* prepared : pieces) {
    const AlignedPiece& piece = prepared->piece;
    if (options.players == Players::Mean) {
      gathering.add(*prepared, {}, mean_series(piece, target, options.most_performances), number++);
      continue;
    }
    const std::size_t taken = std::min(options.most_performances, piece.performances.size());
    for (const AlignedPerformance& performance : std::span(piece.performances).first(taken))
      gathering.add(*prepared, performance.times, target_series(*piece.order, performance, target),
                    number++);
  }
  return std::move(gathering).finish();
}

Spread spread_of(const HeardRows& rows, std::span<const double> predicted) {
  double squares = 0, count = 0, products = 0, pairs = 0;
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    const double difference = rows.targets[row] - predicted[row];
    squares += difference * difference;
    count += 1;
    if (row == 0 || rows.performance[row - 1] != rows.performance[row]) continue;
    products += difference * (rows.targets[row - 1] - predicted[row - 1]);
    pairs += 1;
  }
  if (count == 0 || pairs == 0 || squares == 0) return {};
  const double persistence = products / pairs / (squares / count);
  return {std::sqrt(squares / count), std::clamp(persistence, 0.0, 0.99)};
}

}  // namespace toccata::learn

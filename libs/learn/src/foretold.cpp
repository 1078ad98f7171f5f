// SPDX-License-Identifier: MIT
#include <toccata/learn/foretold.hpp>

#include <cmath>
#include <map>
#include <optional>
#include <string>

#include <toccata/learn/target_series.hpp>
#include <toccata/perform/foretelling.hpp>

#include "workers.hpp"

namespace toccata::learn {
namespace {

/// What is foretold of the performances of one piece.
class PieceForetold {
 public:
  PieceForetold(const ExpressionModel& model, const ExpressionTask& task,
                const PreparedPiece& prepared)
      : model_(model), task_(task), prepared_(prepared), known_(prepared.score) {
    if (task.inputs != Inputs::Score) known_.append(prepared.marks);
    if (is_same_for_all()) foretelling_.emplace(model, task.inputs, *prepared.piece.order, known_);
  }

  void add(const AlignedPerformance& performance) {
    const PlayingOrder& order = *prepared_.piece.order;
    const TargetSeries series = target_series(order, performance, task_.target);
    const auto predicted = predict(order, performance, series);
    Foretold& out = performances.emplace_back();
    for (std::size_t i = 0; i < predicted.size(); ++i) {
      if (std::isnan(series.values[i])) continue;
      out.rows.targets.push_back(series.values[i]);
      out.predicted.push_back(predicted[i]);
    }
  }

  std::vector<Foretold> performances;

 private:
  bool is_same_for_all() const {
    return task_.inputs == Inputs::Score || task_.inputs == Inputs::Marks;
  }
  bool is_timed() const {
    return task_.inputs == Inputs::Timing ||
           (task_.inputs == Inputs::History && task_.target == Target::NoteVelocity);
  }

  /// One number an element of the series; none where there is no learner.
  std::vector<double> predict(const PlayingOrder& order, const AlignedPerformance& performance,
                              const TargetSeries& series) {
    if (foretelling_) return foretelling_->of(task_.target, series.places, task_.learner);
    NoteFeatures timed = known_;
    if (is_timed()) timed.append(timing_features(order, performance.times));
    if (task_.inputs == Inputs::Timing)
      return Foretelling(model_, task_.inputs, order, timed)
          .of(task_.target, series.places, task_.learner);
    return foretell_next(model_, task_.learner, {order, timed, task_.target, series.places},
                         series.values);
  }

  const ExpressionModel& model_;
  const ExpressionTask& task_;
  const PreparedPiece& prepared_;
  NoteFeatures known_;
  std::optional<Foretelling> foretelling_;
};

}  // namespace

Foretold foretell(const ExpressionModel& model, const ExpressionTask& task,
                  std::span<const PreparedPiece* const> pieces, const Running& running) {
  std::vector<std::vector<Foretold>> parts(pieces.size());
  Workers(running.threads).run(pieces.size(), [&](std::size_t i, std::size_t) {
    PieceForetold piece(model, task, *pieces[i]);
    for (const AlignedPerformance& performance : pieces[i]->piece.performances)
      piece.add(performance);
    parts[i] = std::move(piece.performances);
  });
  Foretold all;
  std::map<std::string, std::uint32_t> compositions;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto composition = static_cast<std::uint32_t>(
        compositions.emplace(pieces[i]->piece.composition, compositions.size()).first->second);
    for (const Foretold& part : parts[i]) {
      auto& targets = all.rows.targets;
      targets.insert(targets.end(), part.rows.targets.begin(), part.rows.targets.end());
      all.predicted.insert(all.predicted.end(), part.predicted.begin(), part.predicted.end());
      all.rows.performance.resize(targets.size(), number++);
      all.rows.composition.resize(targets.size(), composition);
    }
  }
  return all;
}

}  // namespace toccata::learn

// SPDX-License-Identifier: MIT
#include <toccata/learn/note_wise_models.hpp>

#include <algorithm>
#include <cmath>

#include <toccata/base/assert.hpp>
#include <toccata/learn/boosting.hpp>
#include <toccata/learn/forest.hpp>
#include <toccata/learn/linear.hpp>

namespace toccata::learn {
namespace {

constexpr std::array<std::string_view, 4> kLearnerNames{"linear", "tree", "forest", "boosting"};
constexpr std::array<std::string_view, 3> kTargetNames{"velocity", "duration",
                                                       "duration_without_leak"};

std::array<double, 7> shares_of(std::span<const double> sizes) {
  std::array<double, 7> shares{};
  double sum = 0;
  for (const double size : sizes) sum += std::abs(size);
  if (sum == 0) return shares;
  for (std::size_t f = 0; f < sizes.size(); ++f) shares[f] = std::abs(sizes[f]) / sum;
  return shares;
}

/// As many of its features, from the first on.
ml::Scaler first_of(const ml::Scaler& scaler, std::size_t features) {
  TOCCATA_ASSERT(scaler.mean.size() >= features);
  ml::Scaler first = scaler;
  first.mean.resize(features);
  first.deviation.resize(features);
  return first;
}

Result<NoteModel, FitError> fit_trees(const Table& features, std::span<const float> targets,
                                      Learner learner, const Rng& rng, const Running& running) {
  TOCCATA_TRY(const auto bins,
              BinnedTable::make(features, BinnedTable::kMostBins, running.threads));
  if (learner == Learner::Boosting) {
    TOCCATA_TRY(BoostedTrees fitted, fit_boosting(bins, targets, {}, rng, {}, running));
    return NoteModel{std::move(fitted.model), shares_of(fitted.importances)};
  }
  auto fitted = learner == Learner::Tree ? fit_tree(bins, targets, {}, rng, running)
                                         : fit_forest(bins, targets, {}, rng, running);
  if (!fitted) return Unexpected{std::move(fitted).error()};
  return NoteModel{std::move(fitted->model), shares_of(fitted->importances)};
}

std::size_t features_in(const NoteModel& model) {
  if (const auto* linear = std::get_if<ml::LinearModel>(&model.learned))
    return linear->coefficients.size();
  return std::get<ml::Trees>(model.learned).features();
}

}  // namespace

std::string_view name_of(Learner learner) {
  return kLearnerNames[static_cast<std::size_t>(learner)];
}
std::optional<Learner> find_learner(std::string_view name) {
  for (const Learner learner : kLearners)
    if (name_of(learner) == name) return learner;
  return std::nullopt;
}
std::string_view name_of(NoteTarget target) {
  return kTargetNames[static_cast<std::size_t>(target)];
}

std::size_t features_of(NoteTarget target) {
  static_assert(kNoteWiseFeatures.back() == "duration");
  return target == NoteTarget::DurationWithoutLeak ? 6 : 7;
}

std::span<const float> targets_of(const NoteSample& sample, NoteTarget target) {
  return target == NoteTarget::Velocity ? sample.velocity : sample.duration;
}

ml::Scaler fit_note_scaler(const NoteSample& sample) {
  return fit_scaler(sample.features.select(sample.side(false)));
}

Table scaled(const Table& features, const ml::Scaler& scaler) {
  Table out(features.names(), features.rows());
  for (std::size_t f = 0; f < features.features(); ++f) {
    const auto from = features.column(f);
    const auto to = out.column(f);
    for (std::size_t i = 0; i < from.size(); ++i)
      to[i] = static_cast<float>(scaler.scaled(f, from[i]));
  }
  return out;
}

Result<NoteModel, FitError> fit_note_model(const Table& features, const ml::Scaler& scaler,
                                           std::span<const float> targets, Learner learner,
                                           std::uint64_t seed, const Running& running) {
  if (learner != Learner::Linear) {
    // The same for all targets, so that what a feature adds is seen on the same draws of rows.
    const Rng rng = Rng(seed).fork(name_of(learner));
    return fit_trees(scaled(features, scaler), targets, learner, rng, running);
  }
  TOCCATA_TRY(ml::LinearModel model, fit_linear(features, targets));
  const auto importances = shares_of(model.coefficients);
  return NoteModel{std::move(model), importances};
}

std::vector<double> predict(const NoteModel& model, const ml::Scaler& scaler, const Table& features,
                            unsigned threads) {
  if (const auto* trees = std::get_if<ml::Trees>(&model.learned))
    return trees->predict(scaled(features, first_of(scaler, features.features())).view(), threads);
  const auto& linear = std::get<ml::LinearModel>(model.learned);
  std::vector<double> out(features.rows(), linear.intercept);
  for (std::size_t f = 0; f < features.features(); ++f) {
    const auto column = features.column(f);
    for (std::size_t i = 0; i < column.size(); ++i)
      out[i] += linear.coefficients[f] * linear.scaler.scaled(f, column[i]);
  }
  return out;
}

std::string prefix_of(Learner learner, NoteTarget target) {
  const std::string_view short_name = learner == Learner::Forest ? "rf" : name_of(learner);
  return std::string(short_name) + '_' + std::string(name_of(target)) + '.';
}

void save_note_model(const NoteModel& model, ml::Weights& weights, std::string_view prefix) {
  if (const auto* linear = std::get_if<ml::LinearModel>(&model.learned))
    ml::save_linear(*linear, weights, prefix);
  else std::get<ml::Trees>(model.learned).save(weights, prefix);
  weights.tensors.push_back(ml::make_tensor<double>(std::string(prefix) + "importances",
                                                    {model.importances.size()}, model.importances));
}

Result<NoteModel, ml::TensorError> load_note_model(const ml::Weights& weights,
                                                   std::string_view prefix, Learner learner,
                                                   NoteTarget target) {
  NoteModel model;
  if (learner == Learner::Linear) {
    TOCCATA_TRY(model.learned, ml::load_linear(weights, prefix));
  } else {
    TOCCATA_TRY(model.learned, ml::Trees::load(weights, prefix));
  }
  if (features_in(model) != features_of(target))
    return Unexpected{ml::TensorError{std::string(prefix) + "features",
                                      std::to_string(features_in(model)) + " features",
                                      std::to_string(features_of(target)) + " features"}};
  constexpr std::array<std::size_t, 1> kShape{7};
  TOCCATA_TRY(const auto importances,
              weights.values<double>(std::string(prefix) + "importances", kShape));
  std::ranges::copy(importances, model.importances.begin());
  return model;
}

}  // namespace toccata::learn

// SPDX-License-Identifier: MIT
// The note-wise protocol's learners: fitted on scaled features, kept in one file, applied to rows.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include <toccata/learn/fitting.hpp>
#include <toccata/learn/note_sample.hpp>
#include <toccata/ml/linear_model.hpp>
#include <toccata/ml/trees.hpp>

namespace toccata::learn {

enum class Learner : std::uint8_t { Linear, Tree, Forest, Boosting };
inline constexpr std::array<Learner, 4> kLearners{Learner::Linear, Learner::Tree, Learner::Forest,
                                                  Learner::Boosting};
std::string_view name_of(Learner learner);  ///< "linear", "tree", "forest", "boosting"
std::optional<Learner> find_learner(std::string_view name);

/// What is predicted, and from what.
enum class NoteTarget : std::uint8_t {
  Velocity,            ///< from all seven features
  Duration,            ///< from all seven, `duration` itself among them
  DurationWithoutLeak  ///< from the six others
};
inline constexpr std::array<NoteTarget, 3> kNoteTargets{NoteTarget::Velocity, NoteTarget::Duration,
                                                        NoteTarget::DurationWithoutLeak};
std::string_view name_of(NoteTarget target);  ///< "velocity", "duration", "duration_without_leak"
/// How many of the seven features, from the first on, it is predicted from.
std::size_t features_of(NoteTarget target);
/// A sample's column of it.
std::span<const float> targets_of(const NoteSample& sample, NoteTarget target);

/// A fitted learner. It takes features brought to mean 0 and deviation 1 by the protocol's scaler;
/// the linear one holds that scaler and takes features as they are.
struct NoteModel {
  std::variant<ml::LinearModel, ml::Trees> learned;
  /// Each of the seven features' share, 0 for one that is left out: of what splits gain, or of the
  /// sizes of coefficients. They add up to 1, or are all 0 where nothing was learned.
  std::array<double, 7> importances{};
};

/// The prefix of the protocol's scaler in a bundle.
inline constexpr std::string_view kScalerPrefix = "scaler.";
/// Means and deviations of the training rows. Cost: O(rows).
ml::Scaler fit_note_scaler(const NoteSample& sample);
/// Features scaled, as floats. Range: as many features as the scaler has.
Table scaled(const Table& features, const ml::Scaler& scaler);

/// The protocol's learner: 50 trees of depth 12, one tree of depth 12, boosting of 100 trees of
/// depth 6 with the rate 0.1, or least squares. Each seed gives the same model on any machine.
///
/// Range:  `features` are the training rows in their own units; the scaler has as many or more.
/// Errors: see FitError.
Result<NoteModel, FitError> fit_note_model(const Table& features, const ml::Scaler& scaler,
                                           std::span<const float> targets, Learner learner,
                                           std::uint64_t seed, const Running& running = {});

/// The predictions for rows of features in their own units. Range: threads at least 1.
std::vector<double> predict(const NoteModel& model, const ml::Scaler& scaler, const Table& features,
                            unsigned threads);

/// The prefix of its tensors in a bundle: "rf_velocity.", "boosting_duration." ...
std::string prefix_of(Learner learner, NoteTarget target);
/// One model among a bundle's tensors. Errors: see TensorError; other features than the target's.
void save_note_model(const NoteModel& model, ml::Weights& weights, std::string_view prefix);
Result<NoteModel, ml::TensorError> load_note_model(const ml::Weights& weights,
                                                   std::string_view prefix, Learner learner,
                                                   NoteTarget target);

}  // namespace toccata::learn

// SPDX-License-Identifier: MIT
// What a model makes of notes: what it expects of each, and what a player of its kind would do.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/perform/past.hpp>

namespace toccata {

/// A prediction brought into a range; what is no number becomes its middle.
inline double bounded(double value, double lowest, double highest) {
  return std::isfinite(value) ? std::clamp(value, lowest, highest) : (lowest + highest) / 2;
}

/// What a model expects of the notes of one score, or of one performance, each in the light of all,
/// and what a player makes of them. Its network reads them once.
class Foretelling {
 public:
  using Learner = ExpressionModel::Learner;

  /// Borrows model, order and features. Range: inputs other than History, with their columns of the
  /// order's notes.
  Foretelling(const ExpressionModel& model, Inputs inputs, const PlayingOrder& order,
              const NoteFeatures& features);

  /// A number for each of some places of the order: trees and network in the model's proportion; of
  /// the baseline, its trees. Empty where there is no such learner.
  /// Cost: at the first target of which the network has a part, the network's.
  std::vector<double> of(Target target, std::span<const std::size_t> places,
                         Learner learner = Learner::Model);

  /// A player's series over the notes of the order: each element drawn by the
  /// chances that the network gives it after those that were drawn before. Empty where the model
  /// has no such network.
  /// Range: in all calls the same places for the same elements_of().
  /// Cost: at the first call, the reader's network; then the player's.
  std::vector<double> draw(Target target, std::span<const std::size_t> places, Rng rng);

 private:
  /// What the reader hears in the notes. Range: the model has one.
  std::span<const float> heard();
  std::vector<double> read(Target target, std::span<const std::size_t> places);

  const ExpressionModel& model_;
  Inputs inputs_;
  const PlayingOrder& order_;
  const NoteFeatures& features_;
  std::vector<float> heard_;        ///< by the reader's encoder, once it was asked
  std::vector<float> reading_;      ///< of the reader, once it has read: a number for each of its
                                    ///< targets, place by place
  std::map<Elements, Past> pasts_;  ///< of series that begin
};

/// A series of which each element (note, chord or beat) is foretold from those before it. Borrows
/// all.
struct Sequence {
  const PlayingOrder& order;
  const NoteFeatures& features;  ///< columns of the inputs but for the past
  Target target;
  std::span<const std::size_t> places;  ///< of each element, rising; for notes all of the order
};

/// What is expected of each element when those before it are as `series` says (NaN where one was
/// not played): by the learners of Inputs::History. Empty where there is none.
std::vector<double> foretell_next(const ExpressionModel& model, ExpressionModel::Learner learner,
                                  const Sequence& sequence, std::span<const float> series);

}  // namespace toccata

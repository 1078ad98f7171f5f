// SPDX-License-Identifier: MIT
// What was learned from performances: trees and networks by what they foretell and from what.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/ml/networks/sequence_player.hpp>
#include <toccata/ml/networks/sequence_reader.hpp>
#include <toccata/ml/trees.hpp>
#include <toccata/perform/features.hpp>

namespace toccata {

/// What is predicted. docs/expression.md defines each; targets.hpp measures them.
enum class Target : std::uint8_t {
  NoteVelocity,   ///< of a note
  BeatSlowness,   ///< of a beat: log2 of its length against the performance's median
  ChordSlowness,  ///< likewise, from a chord to the next
  Lag,            ///< of a note behind the mean of its chord, in seconds
  Articulation,   ///< of a note: log2 of its sounding length over its written one
  PedalDown,      ///< share of the time from a chord to the next with the pedal down
  PedalChange,    ///< 1 where the pedal is lifted at a chord, else 0
};
inline constexpr std::size_t kTargets = 7;
std::string_view name_of(Target target);  ///< "velocity", "beat_slowness" ...
/// Of what it is predicted.
enum class Elements : std::uint8_t { Notes, Chords, Beats };
Elements elements_of(Target target);

/// What it is predicted from: each has the columns of those before it, and more.
enum class Inputs : std::uint8_t {
  Score,    ///< the notes alone
  Marks,    ///< and what the page says of playing them
  Timing,   ///< and when they were played
  History,  ///< and the target of what came before; of targets other than velocity without Timing
};
inline constexpr std::size_t kInputs = 4;
std::string_view name_of(Inputs inputs);  ///< "score", "score_marks" ...

/// Names of the columns that predictions for a target from these inputs are made of.
std::vector<std::string> columns_of(Target target, Inputs inputs);

/// What a network that reads a whole piece foretells from these inputs, in its order: from the
/// marks all targets at once, else the velocity. None of History, which is gone through step by
/// step.
std::span<const Target> reader_targets(Inputs inputs);

/// The inputs of the reader through which a player of these hears a piece: its own but for the
/// past.
Inputs heard_inputs(Target target, Inputs inputs);

/// How far players are from what is expected of all of them.
struct Spread {
  double deviation = 0;    ///< of the differences, in the target's unit
  double persistence = 0;  ///< correlation of one with the next, [0, 1)
  friend bool operator==(const Spread&, const Spread&) = default;
};

/// Why weights are no such model.
struct ModelError {
  std::string what;
};
std::string describe(const ModelError& error);

/// Learners of one training run.
class ExpressionModel {
 public:
  /// Who predicts: what is used, and the plain boosting that it is compared with.
  enum class Learner : std::uint8_t { Model, Baseline };

  /// What of a file is read.
  enum class Needed : std::uint8_t {
    All,
    Playing,    ///< the model from Inputs::Marks; what it is measured by is passed over
    Expecting,  ///< of that, what all players have in common; their own ways are not even checked
  };

  /// Reads what save() wrote, and networks beside it. Errors: another format, other columns than
  /// this version computes (the first that differs is named), tensors that are missing or wrong.
  static Result<ExpressionModel, ModelError> load(const ml::Weights& weights,
                                                  Needed needed = Needed::All);
  /// Writes tensors "LEARNER.TARGET.INPUTS.*" of trees, spreads, shares and the metadata. Networks
  /// are not written: their tensors are added as they were read.
  void save(ml::Weights& weights) const;

  /// Takes in networks, tensors "network.INPUTS.*" (readers) and "player.TARGET.INPUTS.*".
  /// A reader takes the place of one that there is, whose players go with it. Errors: see load();
  /// players whose reader is not in the same file. What there is stays then.
  Result<void, ModelError> add_networks(const ml::Weights& weights, Needed needed = Needed::All);

  /// Null where it was not learned.
  const ml::Trees* find(Learner learner, Target target, Inputs inputs) const;
  void put(Learner learner, Target target, Inputs inputs, ml::Trees trees);
  /// Null where there is none. Range of players' inputs: History, told of the true past, Score and
  /// Marks, told of their own. Where there is a player, there is the reader of its heard_inputs().
  const ml::SequenceReader* reader(Inputs inputs) const;
  const ml::SequencePlayer* player(Target target, Inputs inputs) const;
  /// Who foretells a target from the true past: the player of History, or where that hears what one
  /// of Marks does, the latter. Null where there is none.
  const ml::SequencePlayer* player_told(Target target) const;
  /// What of an expectation is the network's, where there are trees too; the rest is theirs.
  /// [0, 1]; 0 where nothing was set.
  double network_share(Target target, Inputs inputs) const;
  void set_network_share(Target target, Inputs inputs, double share);

  Spread spread(Target target) const { return spreads_[static_cast<std::size_t>(target)]; }
  void set_spread(Target target, Spread spread) {
    spreads_[static_cast<std::size_t>(target)] = spread;
  }

 private:
  using Subject = std::pair<Target, Inputs>;
  std::map<std::string, ml::Trees> trees_;  ///< by the prefix of their tensors
  std::map<Inputs, ml::SequenceReader> readers_;
  std::map<Subject, ml::SequencePlayer> players_;
  std::map<Subject, double> shares_;
  std::array<Spread, kTargets> spreads_{};
};

}  // namespace toccata

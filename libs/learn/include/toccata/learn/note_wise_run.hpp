// SPDX-License-Identifier: MIT
// The note-wise protocol on a sample: fits, what they are worth, and how that grows with the rows.
//
// The split is by notes, so that notes of one performance lie on both sides, and `duration` is both
// a feature and, clipped, a target: figures of this protocol compare with others of its kind only.
#pragma once

#include <array>
#include <vector>

#include <toccata/learn/metrics.hpp>
#include <toccata/learn/note_wise_models.hpp>

namespace toccata::learn {

/// A sample made ready: both sides apart, and the scaler of the training rows.
class NoteWiseRun {
 public:
  NoteWiseRun(const NoteSample& sample, std::uint64_t seed);

  const ml::Scaler& scaler() const { return scaler_; }
  std::size_t rows(bool test) const { return sides_[test ? 1 : 0].rows.size(); }
  /// The numbers in the sample of one side's rows.
  const std::vector<std::size_t>& rows_of(bool test) const { return sides_[test ? 1 : 0].rows; }

  /// Fitted on `share` of the training rows, drawn by the seed; 1 takes all of them.
  /// Errors: see FitError.
  Result<NoteModel, FitError> fit(NoteTarget target, Learner learner, double share = 1,
                                  const Running& running = {}) const;
  std::vector<double> predict(const NoteModel& model, NoteTarget target, bool test,
                              unsigned threads) const;
  std::vector<float> expected(NoteTarget target, bool test) const;
  Metrics measure(const NoteModel& model, NoteTarget target, bool test, unsigned threads) const;

 private:
  struct Side {
    std::vector<std::size_t> rows;
    Table features, without_leak;
  };
  const Table& features(NoteTarget target, bool test) const;

  const NoteSample& sample_;
  std::uint64_t seed_;
  std::array<Side, 2> sides_;  ///< training, test
  ml::Scaler scaler_;
  std::vector<std::size_t> order_;  ///< of the training rows, for shares of them
};

/// Shares of the training rows at which learning curves are measured, beside all of them.
inline constexpr std::array<double, 4> kCurveShares{1.0 / 16, 1.0 / 8, 1.0 / 4, 1.0 / 2};

/// How large errors are among some of the test rows.
struct ErrorGroup {
  std::string name;
  std::size_t rows = 0;
  double mae = 0;   ///< mean of absolute errors
  double bias = 0;  ///< mean of predicted less expected
};
/// Two or three groups that share out the rows of which something is known.
struct ErrorSplit {
  std::string by;
  std::vector<ErrorGroup> groups;  ///< none where nothing is known
};
/// Where velocities are missed: by beat, accent, unevenness of time, loudness, leap, register,
/// place in the piece and length. Range: a prediction for each of the rows named.
std::vector<ErrorSplit> split_errors(const NoteSample& sample, std::span<const std::size_t> rows,
                                     std::span<const double> predicted);

}  // namespace toccata::learn

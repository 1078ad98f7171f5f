// SPDX-License-Identifier: MIT
// What each note, chord or beat is told of how those before it were played.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <toccata/perform/expression_model.hpp>

namespace toccata {

/// Names of the numbers that an element of a target's series is told of those before it.
const std::vector<std::string>& past_names(Target target);

/// The mean of numbers as they come.
class RunningMean {
 public:
  /// NaN adds nothing.
  void add(double value) {
    if (std::isnan(value)) return;
    sum_ += value;
    count_ += 1;
  }
  /// NaN where there is none.
  double value() const {
    return count_ > 0 ? sum_ / count_ : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  double sum_ = 0, count_ = 0;
};

/// A series of notes, chords or beats as it grows. A note is told of those just before it, near it
/// in pitch, in its line and a bar ago; a chord or beat of those just before it; and all of how the
/// same music was played before: the same notes, the same shape elsewhere, the same rhythm at the
/// same place of the bar, the same place of the bar; and for notes, the same length in their line.
/// docs/expression.md describes it. Borrows the order. A copy of a past that knows nothing yet
/// begins another series of the same elements, and costs less than to sort them anew.
class Past {
 public:
  /// Of the elements that stand at some places of the order, rising; of notes all places.
  /// Cost: O(n) for n elements, and a search from bar to bar where meters change.
  Past(const PlayingOrder& order, Target target, std::span<const std::size_t> places);

  /// Elements so far.
  std::size_t size() const { return values_.size(); }
  /// What the next element is told. Range: there is one; `out` has room for past_names().
  /// Cost: O(1).
  void tell(std::span<float> out) const;
  /// Adds the next element as it was played; NaN where it was not.
  void add(float value);

 private:
  /// Elements of the same music.
  struct Alike {
    float last = std::numeric_limits<float>::quiet_NaN();  ///< as it was played most lately
    RunningMean mean;
    RunningMean over;  ///< of what each was above the mean of those just before it
  };
  using Groups = std::vector<std::vector<std::uint32_t>>;  ///< of each kind, of each element
  void tell_series(std::span<float> out) const;
  void remember(float value);
  double mean_of_last(std::size_t reach) const;

  const PlayingOrder* order_;
  bool of_notes_;
  std::size_t count_;  ///< elements that there will be
  std::vector<float> values_;
  RunningMean mean_;
  std::shared_ptr<const Groups> group_of_;
  std::vector<std::vector<Alike>> alike_;  ///< of each kind, each group
};

}  // namespace toccata

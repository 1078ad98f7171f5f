// SPDX-License-Identifier: MIT
// What a part's markings say at a point: the dynamic in force, hairpins, changes of tempo.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include <toccata/perform/playing_order.hpp>

namespace toccata {

/// A part's markings of some kinds, for all staves or one, asked by time. Units: quarters.
class WrittenMarks {
 public:
  struct Said {
    double at, end;  ///< of a level both are the same
    Marking::Kind kind;
    std::optional<double> level;  ///< as a velocity
  };
  using Kinds = std::span<const Marking::Kind>;

  /// Range: `staff` 0 takes the markings of all staves; no part, those of all parts.
  WrittenMarks(const PlayingOrder& order, std::optional<std::uint32_t> part, int staff,
               Kinds kinds);

  /// The last that begins at or before a point, or the one `back` before it; null where none does.
  const Said* last(double quarter, std::size_t back = 0) const;
  /// The first that begins after a point; null where none does.
  const Said* next(double quarter) const;
  /// The last to begin of those whose stretch holds a point; null where none does.
  const Said* around(double quarter) const;
  std::span<const Said> all() const { return said_; }

 private:
  std::vector<Said> said_;     ///< by `at`
  std::vector<double> reach_;  ///< of each: the latest end of it and those before it
};

/// How loud a part is meant to be at a point, hairpins included: between two levels a hairpin leads
/// from the one to the other, else half a step of the usual scale up or down; what it reached holds
/// until the next level. None before the first mark. Units: velocity.
class WrittenLevel {
 public:
  WrittenLevel(const PlayingOrder& order, std::uint32_t part, int staff);
  std::optional<double> at(double quarter) const;

 private:
  struct Knot {
    double at, end;  ///< a hairpin's stretch; a level's are the same
    double from, to;
  };
  std::vector<Knot> knots_;
};

}  // namespace toccata

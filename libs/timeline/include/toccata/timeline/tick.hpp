// SPDX-License-Identifier: MIT
// Points and lengths in score time, which never mix up.
#pragma once

#include <compare>
#include <cstdint>

#include <toccata/base/assert.hpp>
#include <toccata/base/rational.hpp>
#include <toccata/base/result.hpp>

namespace toccata {

/// A length of score time, negative when it is a shift to the left. Units: ticks.
class Duration {
 public:
  constexpr Duration() = default;
  explicit constexpr Duration(std::int64_t ticks) : ticks_(ticks) {}
  constexpr std::int64_t ticks() const { return ticks_; }
  friend constexpr auto operator<=>(Duration, Duration) = default;

  friend constexpr Duration operator+(Duration a, Duration b) {
    return Duration(a.ticks_ + b.ticks_);
  }
  friend constexpr Duration operator-(Duration a, Duration b) {
    return Duration(a.ticks_ - b.ticks_);
  }
  friend constexpr Duration operator-(Duration a) { return Duration(-a.ticks_); }
  friend constexpr Duration operator*(Duration a, std::int64_t n) { return Duration(a.ticks_ * n); }
  friend constexpr Duration operator*(std::int64_t n, Duration a) { return a * n; }
  /// Rounds towards zero. Range: n not 0.
  friend constexpr Duration operator/(Duration a, std::int64_t n) { return Duration(a.ticks_ / n); }
  /// How many whole `b` fit into `a`, for non-negative lengths. Range: b over 0.
  friend constexpr std::int64_t operator/(Duration a, Duration b) { return a.ticks_ / b.ticks_; }
  friend constexpr Duration operator%(Duration a, Duration b) {
    return Duration(a.ticks_ % b.ticks_);
  }
  constexpr Duration& operator+=(Duration d) { return *this = *this + d; }
  constexpr Duration& operator-=(Duration d) { return *this = *this - d; }

 private:
  std::int64_t ticks_ = 0;
};

/// A point in score time, counted from the start of the score. Units: ticks.
class Tick {
 public:
  constexpr Tick() = default;
  explicit constexpr Tick(std::int64_t ticks) : ticks_(ticks) {}
  constexpr std::int64_t ticks() const { return ticks_; }
  friend constexpr auto operator<=>(Tick, Tick) = default;

  friend constexpr Tick operator+(Tick t, Duration d) { return Tick(t.ticks_ + d.ticks()); }
  friend constexpr Tick operator-(Tick t, Duration d) { return Tick(t.ticks_ - d.ticks()); }
  friend constexpr Duration operator-(Tick later, Tick earlier) {
    return Duration(later.ticks_ - earlier.ticks_);
  }
  constexpr Tick& operator+=(Duration d) { return *this = *this + d; }

 private:
  std::int64_t ticks_ = 0;
};
// Tick + Tick is left out on purpose; tests/compile_fail/tick_plus_tick.cpp holds that.

/// Ticks per quarter note: the resolution of a score.
class Ppq {
 public:
  static constexpr int kLowest = 1, kHighest = 32767;
  static Result<Ppq, RangeError> from_number(int number) {
    if (number < kLowest || number > kHighest)
      return Unexpected{RangeError{number, kLowest, kHighest}};
    return Ppq(number);
  }
  /// For literals: a number out of range does not compile.
  static consteval Ppq literal(int number) {
    if (number < kLowest || number > kHighest) throw "ppq out of range";
    return Ppq(number);
  }
  constexpr int ticks() const { return number_; }
  constexpr Duration quarter() const { return Duration(number_); }
  /// A length in quarters on this grid, rounded to the nearest tick (halves go up).
  constexpr Duration nearest(Rational quarters) const {
    return Duration((quarters * Rational(number_)).nearest());
  }
  friend constexpr bool operator==(Ppq, Ppq) = default;

 private:
  explicit constexpr Ppq(int number) : number_(number) {}
  int number_;
};

/// The resolution of everything we compose: divisible by 2^5, 3 and 5.
inline constexpr Ppq kComposedPpq = Ppq::literal(480);

/// A length of real time or a point counted from the start. Units: seconds.
class Seconds {
 public:
  constexpr Seconds() = default;
  explicit constexpr Seconds(double seconds) : value_(seconds) {}
  constexpr double value() const { return value_; }
  friend constexpr auto operator<=>(Seconds, Seconds) = default;
  friend constexpr Seconds operator+(Seconds a, Seconds b) { return Seconds(a.value_ + b.value_); }
  friend constexpr Seconds operator-(Seconds a, Seconds b) { return Seconds(a.value_ - b.value_); }

 private:
  double value_ = 0;
};

}  // namespace toccata

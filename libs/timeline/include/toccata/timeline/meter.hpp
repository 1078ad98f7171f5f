// SPDX-License-Identifier: MIT
// Meters, bars and beats.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/timeline/tick.hpp>

namespace toccata {

/// A time signature with the grouping of its pulses into felt beats.
///
/// 3/4 has three beats of one quarter, 6/8 two beats of three eighths, 7/8 three beats of 2+2+3
/// eighths unless made otherwise.
class Meter {
 public:
  static constexpr int kMostPulses = 255, kShortestPulse = 128;
  /// Range: pulses 1..255, unit a power of two 1..128. The grouping is the usual one.
  static Result<Meter, RangeError> make(int pulses, int unit);
  /// With a grouping of its own. Range: groups sum to 1..255, each at least 1.
  static Result<Meter, RangeError> make_additive(std::span<const int> groups, int unit);
  /// For literals: what is out of range does not compile.
  static consteval Meter literal(int pulses, int unit) {
    if (pulses < 1 || pulses > kMostPulses || !is_unit(unit)) throw "meter out of range";
    return Meter(static_cast<std::uint8_t>(pulses), static_cast<std::uint8_t>(unit));
  }

  int pulses() const { return pulses_; }  ///< the upper figure
  int unit() const { return unit_; }      ///< the lower figure
  Rational bar_quarters() const { return {std::int64_t{4} * pulses_, unit_}; }
  Duration bar(Ppq ppq) const { return pulse_onset(pulses_, ppq); }
  Duration pulse(Ppq ppq) const { return pulse_onset(1, ppq); }
  /// Where a pulse begins within a bar, counted from 0: the nearest tick, halves go up.
  Duration pulse_onset(int pulse, Ppq ppq) const {
    // 4 * pulse / unit quarters; the unit is a power of two, so that a shift divides by it.
    const std::int64_t halves = std::int64_t{8} * pulse * ppq.ticks();
    return Duration((halves + unit_) >> std::bit_width(unit_));
  }
  /// How many felt beats a bar has, and the pulses of each; their sum is pulses(). They allocate
  /// nothing.
  int beat_count() const;
  int pulses_of_beat(int beat) const;
  /// All of these in order.
  std::vector<int> beats() const;
  /// Onsets of the felt beats within a bar.
  std::vector<Duration> beat_onsets(Ppq ppq) const;
  /// How strong a position of the bar is: 1 at the bar line, 0.5 to 0.75 on other beats (the middle
  /// of an even bar is strongest), 0.25 on other pulses, 0.125 halfway between pulses, less on
  /// finer ones.
  double weight_at(Duration from_bar_line, Ppq ppq) const;
  bool is_compound() const { return pulses_ > 3 && pulses_ % 3 == 0 && unit_ >= 8 && groups_ == 0; }

  friend bool operator==(const Meter&, const Meter&) = default;

 private:
  constexpr Meter(std::uint8_t pulses, std::uint8_t unit, std::uint64_t groups = 0)
      : pulses_(pulses), unit_(unit), groups_(groups) {}
  static constexpr bool is_unit(int unit) {
    return unit >= 1 && unit <= kShortestPulse && (unit & (unit - 1)) == 0;
  }
  std::uint8_t pulses_;
  std::uint8_t unit_;
  std::uint64_t groups_;  ///< up to 16 groups of 4 bits, first lowest; 0: the usual grouping
};

inline constexpr Meter kCommonTime = Meter::literal(4, 4);

/// "7/8".
std::string to_string(const Meter& meter);
/// "3/4", "7/8" or "2+2+3/8". Errors: what is not of that form, or out of range.
Result<Meter, std::string> parse_meter(std::string_view text);

/// A bar, counted from 0 as stored and from 1 as printed. A pick-up bar is -1 and prints as 0.
class Bar {
 public:
  /// Bars are counted this far. What a file puts beyond lies in this one, however long that makes
  /// it.
  static constexpr int kLast = 1 << 30;
  constexpr Bar() = default;
  explicit constexpr Bar(int index) : index_(index) {}
  static constexpr Bar from_printed(int number) { return Bar(number - 1); }
  constexpr int index() const { return index_; }
  constexpr int printed() const { return index_ + 1; }
  friend constexpr auto operator<=>(Bar, Bar) = default;
  friend constexpr Bar operator+(Bar bar, int count) { return Bar(bar.index_ + count); }
  friend constexpr int operator-(Bar later, Bar earlier) { return later.index_ - earlier.index_; }

 private:
  int index_ = 0;
};

/// A position as musicians count it. Both 0-based; printed 1-based.
struct BarBeat {
  Bar bar;
  int beat;            ///< felt beat within the bar
  Duration into_beat;  ///< ticks after that beat's onset
  friend bool operator==(const BarBeat&, const BarBeat&) = default;
};

struct MeterChange {
  Tick at;
  Meter meter;
  friend bool operator==(const MeterChange&, const MeterChange&) = default;
};

/// Where the meter changes; before the first change it is 4/4. A change in the middle of a bar cuts
/// that bar short and begins a new one there.
///
/// Invariant: changes are sorted by tick, one a tick, none negative.
class MeterMap {
 public:
  enum class Pickup : std::uint8_t { None, FirstBar };

  explicit MeterMap(Ppq ppq) : ppq_(ppq) { index_bars(); }
  /// Of several changes at one tick the last one wins. With Pickup::FirstBar the first bar is bar
  /// -1.
  MeterMap(Ppq ppq, std::vector<MeterChange> changes, Pickup pickup = Pickup::None);

  Ppq ppq() const { return ppq_; }
  std::span<const MeterChange> changes() const { return changes_; }
  Pickup pickup() const { return pickup_; }
  Bar first_bar() const { return Bar(pickup_ == Pickup::FirstBar ? -1 : 0); }

  const Meter& meter_at(Tick at) const { return span_at(at).meter; }
  const Meter& meter_of(Bar bar) const { return meter_at(onset_of(bar)); }
  /// The bar that holds a tick; ticks before 0 belong to the first bar. Cost: O(log changes).
  Bar bar_at(Tick at) const;
  /// Where a bar begins; bars go on for ever. Range: from first_bar() on. Cost: O(log changes).
  Tick onset_of(Bar bar) const;
  Tick end_of(Bar bar) const { return onset_of(bar + 1); }
  BarBeat bar_beat_at(Tick at) const;
  Tick tick_at(const BarBeat& position) const;
  /// Meter::weight_at of a point.
  double weight_at(Tick at) const;
  friend bool operator==(const MeterMap&, const MeterMap&) = default;

 private:
  /// A stretch of one meter, from its first bar line on.
  struct Span {
    Tick onset;
    Bar first;
    Meter meter;
    Duration bar;        ///< at least 1
    Duration even_beat;  ///< between the onsets of felt beats; 0 where it differs
    friend bool operator==(const Span&, const Span&) = default;
  };
  /// A point as bar and ticks after the bar line (negative before 0), found with one search.
  struct Place {
    const Span& span;
    Bar bar;
    Duration into_bar;
  };
  void index_bars();
  Span make_span(Tick onset, Bar first, const Meter& meter) const;
  static Bar bars_after(const Span& span, Duration stretch);
  const Span& span_at(Tick at) const;
  Place place_of(Tick at) const;
  Ppq ppq_;
  std::vector<MeterChange> changes_;
  Pickup pickup_ = Pickup::None;
  std::vector<Span> spans_;
};

/// How unevenly the two halves of a beat are played: the first half's share of the beat.
/// 1/2 is straight, 2/3 triplet swing. Range: [1/2, 3/4].
class Swing {
 public:
  constexpr Swing() = default;
  static Result<Swing, RangeError> from_percent(int percent) {
    if (percent < 50 || percent > 75) return Unexpected{RangeError{percent, 50, 75}};
    return Swing(Rational(percent, 100));
  }
  constexpr Rational ratio() const { return ratio_; }
  /// Where a straight position within a beat is played: the halves are stretched linearly.
  /// Range: into_beat in [0, beat].
  Duration swung(Duration into_beat, Duration beat) const;
  friend constexpr bool operator==(Swing, Swing) = default;

 private:
  explicit constexpr Swing(Rational ratio) : ratio_(ratio) {}
  Rational ratio_{1, 2};
};

}  // namespace toccata

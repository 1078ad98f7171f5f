// SPDX-License-Identifier: MIT
// Tempo as a file stores it, and the map between score time and real time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <toccata/timeline/tick.hpp>

namespace toccata {

/// How fast quarters pass. Units: microseconds per quarter, an integer as in SMF, so files
/// round-trip.
class Tempo {
 public:
  static constexpr std::int32_t kFastest = 1, kSlowest = 0xFFFFFF;  ///< SMF gives the value 24 bits
  static Result<Tempo, RangeError> from_micros_per_quarter(std::int32_t micros) {
    if (micros < kFastest || micros > kSlowest)
      return Unexpected{RangeError{micros, kFastest, kSlowest}};
    return Tempo(micros);
  }
  /// The nearest storable tempo. Range: 3.6 to 60,000,000 quarters per minute.
  static Result<Tempo, RangeError> from_bpm(double bpm);
  static consteval Tempo literal(std::int32_t micros) {
    if (micros < kFastest || micros > kSlowest) throw "tempo out of range";
    return Tempo(micros);
  }
  constexpr std::int32_t micros_per_quarter() const { return micros_; }
  constexpr double bpm() const { return 60e6 / micros_; }  ///< quarters per minute, for display
  friend constexpr bool operator==(Tempo, Tempo) = default;

 private:
  explicit constexpr Tempo(std::int32_t micros) : micros_(micros) {}
  std::int32_t micros_;
};

/// What holds where a file names no tempo: 120 quarters per minute (SMF 1.0).
inline constexpr Tempo kDefaultTempo = Tempo::literal(500'000);

struct TempoChange {
  Tick at;
  Tempo tempo;
  friend bool operator==(const TempoChange&, const TempoChange&) = default;
};

/// Where the tempo changes; before the first change it is kDefaultTempo.
///
/// Invariant: changes are sorted by tick, one a tick, none negative.
class TempoMap {
 public:
  explicit TempoMap(Ppq ppq) : ppq_(ppq) {}
  /// Of several changes at one tick the last one wins. Range: ticks not negative.
  TempoMap(Ppq ppq, std::vector<TempoChange> changes);

  Ppq ppq() const { return ppq_; }
  std::span<const TempoChange> changes() const { return changes_; }
  Tempo tempo_at(Tick at) const;
  /// Real time of a point. Cost: O(log changes).
  Seconds seconds_at(Tick at) const;
  /// The nearest tick; undoes seconds_at within half a tick. Cost: O(log changes).
  Tick tick_at(Seconds at) const;
  friend bool operator==(const TempoMap&, const TempoMap&) = default;

 private:
  /// Index of the change in force, or -1 before the first.
  std::ptrdiff_t index_at(Tick at) const;
  Ppq ppq_;
  std::vector<TempoChange> changes_;
  std::vector<double> seconds_;  ///< real time of each change
};

}  // namespace toccata

// SPDX-License-Identifier: MIT
// When the chords of a score were played, and how fast that makes the music around them.
#pragma once

#include <vector>

#include <toccata/perform/features.hpp>

namespace toccata {

/// The middle value, the upper of two; NaN where there is none. Those that are NaN are left out.
double median(std::vector<double> values);

/// The chords of an order as they were played. Units: seconds and quarters. The order and the times
/// must outlive it.
class PlayedChords {
 public:
  PlayedChords(const PlayingOrder& order, const PlayedTimes& times);

  /// Mean onset of a chord's notes; NaN where none is played.
  double onset(std::size_t chord) const { return onsets_[chord]; }
  /// How many of its notes are played.
  double count(std::size_t chord) const { return counts_[chord]; }
  /// From its first note to its last.
  double spread(std::size_t chord) const { return spreads_[chord]; }
  /// Seconds a quarter between the played chords furthest apart within so many quarters of one.
  double period(std::size_t chord, double reach) const { return between(chord, reach, reach); }
  double period_before(std::size_t chord, double reach) const { return between(chord, reach, 0); }
  double period_after(std::size_t chord, double reach) const { return between(chord, 0, reach); }
  double median_period() const { return median_period_; }
  /// Seconds from a chord to the one so many onsets away; NaN where either is not played.
  double wait(std::size_t chord, int steps) const;
  /// Notes played in chords that begin within so many seconds, per second.
  double rate(std::size_t chord, double reach) const;
  /// When the chord at a point of the score was played; NaN where there is none. Nothing is guessed
  /// from chords behind it, which those who foretell what follows must not know.
  double time_at(double quarter) const;

 private:
  void add(std::size_t index);
  double quarter(std::size_t chord) const {
    return order_->quarters(order_->chords()[chord].onset);
  }
  double between(std::size_t chord, double before, double after) const;

  const PlayingOrder* order_;
  const PlayedTimes* times_;
  std::vector<double> onsets_, spreads_;
  std::vector<double> counts_;  ///< notes played of each
  double median_period_ = 0;
};

}  // namespace toccata

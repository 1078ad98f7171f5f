// SPDX-License-Identifier: MIT
// Places in the meter asked for one after the other, as notes come.
#pragma once

#include <array>

#include <toccata/timeline/meter.hpp>

namespace toccata {

/// Answers what MeterMap does, without a search where points lie in the bar of the last one.
/// Borrows the map.
///
///     MeterCursor place(score.meter);
///     for (const Note& note : part.notes) {
///       place.go(note.onset);
///       use(place.weight());
///     }
class MeterCursor {
 public:
  explicit MeterCursor(const MeterMap& map) : map_(map) {}

  /// Goes to a point. What follows is of the last one. Cost: O(1) within the bar, O(log changes)
  /// from bar to bar.
  void go(Tick at) {
    if (at < begin_ || at >= end_) find(at);
    into_bar_ = at - begin_;
  }
  Bar bar() const { return bar_; }
  Tick begin() const { return begin_; }  ///< of the bar
  Tick end() const { return end_; }
  const Meter& meter() const { return *meter_; }
  /// MeterMap::weight_at.
  double weight();
  /// MeterMap::bar_beat_at.
  BarBeat bar_beat() const;
  /// How long a felt beat of the bar's meter lasts. Range: [0, meter().beat_count()).
  Duration beat(int number) const {
    return meter_->pulse(map_.ppq()) * meter_->pulses_of_beat(number);
  }

 private:
  struct Weighed {
    Duration into_bar = Duration(-1);
    double weight = 0;
  };
  void find(Tick at);

  const MeterMap& map_;
  const Meter* meter_ = nullptr;
  Bar bar_;
  Tick begin_, end_;
  Duration into_bar_;
  Duration even_beat_;                 ///< between the onsets of felt beats; 0 where it differs
  std::array<Weighed, 32> weighed_{};  ///< the points of a bar come back in the next ones
};

}  // namespace toccata

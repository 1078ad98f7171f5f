// SPDX-License-Identifier: MIT
// Swing of a whole score: one rule for all parts, so that they stay together.
#pragma once

#include <optional>

#include <toccata/timeline/meter_cursor.hpp>

namespace toccata {

/// Where written points are played. Quarters are swung from each beat on; beats that divide in
/// three (6/8, the last of 7/8) and positions on triplets stay. Borrows the meter.
class SwungTime {
 public:
  SwungTime(const MeterMap& meter, Swing swing)
      : place_(meter), quarter_(meter.ppq().quarter()), swing_(swing) {}

  /// Cost: little where it is asked for the same point again, as one note's end is the next one's
  /// onset.
  Tick of(Tick at) {
    if (swing_ == Swing() || at < Tick(0)) return at;
    if (!last_ || last_->written != at) last_ = {at, swung(at)};
    return last_->played;
  }

 private:
  struct Point {
    Tick written, played;
  };
  Tick swung(Tick at);

  MeterCursor place_;
  Duration quarter_;
  Swing swing_;
  std::optional<Point> last_;
};

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Swing of a whole score: one rule for all parts, so that they stay together.
#pragma once

#include <toccata/timeline/meter.hpp>

namespace toccata {

/// Where written points are played. Quarters are swung from each beat on; beats that divide in
/// three (6/8, the last of 7/8) and positions on triplets stay. Borrows the meter.
class SwungTime {
 public:
  SwungTime(const MeterMap& meter, Swing swing) : meter_(meter), swing_(swing) {}

  /// Cost: little where it is asked for the same point again, as one note's end is the next one's
  /// onset.
  Tick of(Tick at) {
    if (swing_ == Swing() || at < Tick(0)) return at;
    if (at != asked_) {
      asked_ = at;
      played_ = swung(at);
    }
    return played_;
  }

 private:
  Tick swung(Tick at) const;

  const MeterMap& meter_;
  Swing swing_;
  Tick asked_ = Tick(-1), played_;
};

/// One point alone.
inline Tick swung(Tick at, const MeterMap& meter, Swing swing) {
  return SwungTime(meter, swing).of(at);
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Swing of a whole score: one rule for all parts, so that they stay together.
#pragma once

#include <optional>
#include <span>

#include <toccata/score/score.hpp>
#include <toccata/timeline/meter_cursor.hpp>

namespace toccata {

/// Where written points are played. Quarters are swung from each beat on; beats that divide in
/// three (6/8, the last of 7/8) and positions on triplets stay. Borrows the meter and the notes.
class SwungTime {
 public:
  /// Range: `notes` sorted by onset. Where one of them would be played no later than the point
  /// before it, as on the last third of a beat whose half is written too, that point stays.
  SwungTime(const MeterMap& meter, Swing swing, std::span<const Note> notes = {})
      : place_(meter), quarter_(meter.ppq().quarter()), swing_(swing), notes_(notes) {}

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
  std::span<const Note> notes_;
  std::size_t next_ = 0;  ///< the first of them after the point asked for last
  std::optional<Point> last_;
};

}  // namespace toccata

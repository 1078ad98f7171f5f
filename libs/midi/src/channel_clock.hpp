// SPDX-License-Identifier: MIT
// What stands on a channel at each time: notes that are kept, bends, and what is added.
#pragma once

#include <optional>
#include <vector>

#include "channels.hpp"
#include "tuning_in.hpp"

namespace toccata::midi {

/// A stretch of time: of a sounding note, or of a bend that is put in for one.
struct Span {
  Tick begin;
  Tick end;
};

/// Spans, and whether any of them overlaps another one.
class Busy {
 public:
  void add(Span span);
  bool overlaps(Span span) const;

 private:
  mutable std::vector<Span> spans_;
  mutable std::vector<Tick> latest_end_;  ///< of the spans up to each
  mutable bool is_sorted_ = true;
  void sort() const;
};

/// One channel while notes are added to it.
class ChannelClock {
 public:
  void set_bends(std::vector<BendPoint> points) { points_ = std::move(points); }
  /// From here on the channel stands at a bend. Range: not before the last point.
  void bend(Tick at, int bend) { points_.push_back({at, bend, points_.back().range_cents}); }
  void add_kept(Span note, std::uint8_t pitch);

  /// Whether a note of this tuning can be added without a bend of its own.
  bool stands_at(Cents detune, Span note) const;
  /// Whether nothing sounds or bends in a span, so that a bend may be put in.
  bool is_idle(Span span) const;
  void add_plain(Span note) { added_.add(note); }
  void add_bent(Span note) { bent_.add(note); }

  /// The bend in force: the file's, or one that was put in and stays.
  const BendPoint& point_at(Tick at) const;
  /// Whether a kept note of this pitch sounds on at a tick, on a channel that bends: a note added
  /// there would have to outlast it, under bends that are not its own.
  bool is_taken(Tick at, std::uint8_t pitch) const;
  /// The end of a note to be added, so that it does not swallow the end of a kept one of its pitch.
  Tick fitting_end(Span note, std::uint8_t pitch) const;

 private:
  std::vector<BendPoint> points_{{Tick(0), 0, 200.0}};
  Busy kept_, added_, bent_;
  std::vector<std::vector<Span>> kept_by_pitch_;  ///< by onset
};

}  // namespace toccata::midi

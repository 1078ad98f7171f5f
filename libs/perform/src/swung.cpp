// SPDX-License-Identifier: MIT
#include "swung.hpp"

namespace toccata {

Tick SwungTime::swung(Tick at) {
  place_.go(at);
  const BarBeat place = place_.bar_beat();
  const Duration into = place.into_beat % quarter_;
  if (into == Duration(0)) return at;
  // Thirds and sixths of a quarter are triplets, written where they sound.
  if (2 * into != quarter_ && into.ticks() * 6 % quarter_.ticks() == 0) return at;
  const Duration beat = place_.beat(place.beat);
  if (beat < quarter_ || beat % quarter_ != Duration(0)) return at;
  const Tick played = at + (swing_.swung(into, quarter_) - into);
  // Points are asked for nearly in order.
  while (next_ > 0 && notes_[next_ - 1].onset > at) --next_;
  while (next_ < notes_.size() && notes_[next_].onset <= at) ++next_;
  return next_ < notes_.size() && notes_[next_].onset <= played ? at : played;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include <toccata/timeline/meter_cursor.hpp>

#include <cstdint>

#include "beats.hpp"

namespace toccata {
namespace {

/// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4), five bits of it.
std::size_t slot_of(Duration into_bar) {
  return static_cast<std::size_t>(
      static_cast<std::uint64_t>(into_bar.ticks()) * 0x9E3779B97F4A7C15ULL >> 59);
}

}  // namespace

void MeterCursor::find(Tick at) {
  bar_ = map_.bar_at(at);
  begin_ = map_.onset_of(bar_);
  end_ = map_.end_of(bar_);
  const Meter& meter = map_.meter_at(at);
  if (meter_ != nullptr && *meter_ == meter) return;
  meter_ = &meter;
  even_beat_ = even_beat(meter, map_.ppq());
  weighed_.fill({});
}

double MeterCursor::weight() {
  Weighed& weighed = weighed_[slot_of(into_bar_)];
  if (weighed.into_bar != into_bar_)
    weighed = {into_bar_, meter_->weight_at(into_bar_, map_.ppq())};
  return weighed.weight;
}

BarBeat MeterCursor::bar_beat() const {
  return beat_at(*meter_, map_.ppq(), even_beat_, bar_, into_bar_);
}

}  // namespace toccata

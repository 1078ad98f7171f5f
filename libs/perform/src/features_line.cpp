// SPDX-License-Identifier: MIT
// Columns of a note by itself, in its bar and in its line.
#include <algorithm>
#include <array>
#include <map>

#include "feature_columns.hpp"

namespace toccata {
namespace {

const Note& note_at(const PlayingOrder& order, std::size_t place) {
  return *order.notes()[place].note;
}
double pitch_at(const PlayingOrder& order, std::size_t place) {
  return note_at(order, place).pitch.number();
}

/// The place so many steps along the line; none beyond its ends.
std::optional<std::size_t> along(const PlayingOrder& order, std::size_t place, int steps) {
  for (; steps != 0; steps += steps > 0 ? -1 : 1) {
    const PlacedNote& placed = order.notes()[place];
    const std::size_t to = steps > 0 ? placed.next : placed.previous;
    if (to == place) return std::nullopt;
    place = to;
  }
  return place;
}

/// Slope of the line around a note: semitones a step, by least squares over those within reach.
double contour_at(const PlayingOrder& order, std::size_t place, int reach) {
  double count = 0, x_sum = 0, y_sum = 0, xx = 0, xy = 0;
  for (int step = -reach; step <= reach; ++step) {
    const auto there = along(order, place, step);
    if (!there) continue;
    const double y = pitch_at(order, *there);
    count += 1;
    x_sum += step;
    y_sum += y;
    xx += step * step;
    xy += step * y;
  }
  const double spread = xx * count - x_sum * x_sum;
  return spread > 0 ? (xy * count - x_sum * y_sum) / spread : 0;
}

/// 1 where the line turns downwards, -1 where it turns upwards, else 0.
double turn_at(const PlayingOrder& order, std::size_t place) {
  const auto before = along(order, place, -1), after = along(order, place, 1);
  if (!before || !after) return 0;
  const double pitch = pitch_at(order, place);
  const double from = pitch_at(order, *before), to = pitch_at(order, *after);
  return from < pitch && to < pitch ? 1 : from > pitch && to > pitch ? -1 : 0;
}

void add_steps(const PlayingOrder& order, NoteFeatures& features) {
  for (const int step : {-3, -2, -1, 1, 2, 3}) {
    const std::string suffix = step > 0 ? "+" + std::to_string(step) : std::to_string(step);
    add_column(features, "line_interval" + suffix, [&](std::size_t place) {
      const auto there = along(order, place, step);
      return there ? pitch_at(order, *there) - pitch_at(order, place) : kMissing;
    });
    add_column(features, "line_duration" + suffix, [&](std::size_t place) {
      const auto there = along(order, place, step);
      return there ? log2_or_missing(order.duration(*there)) : kMissing;
    });
  }
}

}  // namespace

void add_note_columns(const PlayingOrder& order, NoteFeatures& features) {
  add_column(features, "pitch", [&](std::size_t p) { return pitch_at(order, p); });
  add_column(features, "duration",
             [&](std::size_t p) { return log2_or_missing(order.duration(p)); });
  add_column(features, "is_ornament",
             [&](std::size_t p) { return note_at(order, p).marks.has(Mark::Ornament) ? 1 : 0; });
  add_column(features, "staff", [&](std::size_t p) { return note_at(order, p).staff; });
  add_column(features, "voice", [&](std::size_t p) { return note_at(order, p).voice; });
  std::map<int, double> last;  // onset of each pitch's last note
  add_column(features, "since_same_pitch", [&](std::size_t p) {
    const auto [found, is_new] = last.emplace(note_at(order, p).pitch.number(), order.onset(p));
    const double since = is_new ? kMissing : order.onset(p) - found->second;
    found->second = order.onset(p);
    return std::min(since, 64.0);
  });
}

void add_meter_columns(const PlayingOrder& order, NoteFeatures& features) {
  const MeterMap& meters = order.score().meter;
  add_column(features, "beat_position", [&](std::size_t p) {
    const Tick at = note_at(order, p).onset;
    const Bar bar = meters.bar_at(at);
    const Tick begin = meters.onset_of(bar);
    return static_cast<double>((at - begin).ticks()) /
           static_cast<double>((meters.end_of(bar) - begin).ticks());
  });
  add_column(features, "quarter_in_bar", [&](std::size_t p) {
    const Tick at = note_at(order, p).onset;
    return order.quarters(at) - order.quarters(meters.onset_of(meters.bar_at(at)));
  });
  add_column(features, "metric_weight",
             [&](std::size_t p) { return meters.weight_at(note_at(order, p).onset); });
  add_column(features, "bar_quarters", [&](std::size_t p) {
    return meters.meter_at(note_at(order, p).onset).bar_quarters().to_double();
  });
  add_column(features, "beats_a_bar",
             [&](std::size_t p) { return meters.meter_at(note_at(order, p).onset).beat_count(); });
  add_column(features, "into_beat", [&](std::size_t p) {
    return order.quarters(Tick(0) + meters.bar_beat_at(note_at(order, p).onset).into_beat);
  });
  add_column(features, "bar_of_four", [&](std::size_t p) {
    return (meters.bar_at(note_at(order, p).onset).index() % 4 + 4) % 4;
  });
  add_column(features, "tempo_local", [&](std::size_t p) {
    return log2_or_missing(order.score().tempo.tempo_at(note_at(order, p).onset).bpm());
  });
}

void add_line_columns(const PlayingOrder& order, NoteFeatures& features) {
  add_steps(order, features);
  add_column(features, "melodic_contour", [&](std::size_t p) { return contour_at(order, p, 3); });
  add_column(features, "long_contour", [&](std::size_t p) { return contour_at(order, p, 8); });
  add_column(features, "line_turn", [&](std::size_t p) { return turn_at(order, p); });
  add_column(features, "line_gap_before", [&](std::size_t p) {
    const auto before = along(order, p, -1);
    return before ? std::min(order.onset(p) - order.end(*before), 16.0) : kMissing;
  });
  add_column(features, "line_gap_after", [&](std::size_t p) {
    const auto after = along(order, p, 1);
    return after ? std::min(order.onset(*after) - order.end(p), 16.0) : kMissing;
  });
  add_column(features, "line_wait", [&](std::size_t p) {
    const auto after = along(order, p, 1);
    return after ? log2_or_missing(order.onset(*after) - order.onset(p)) : kMissing;
  });
}

}  // namespace toccata

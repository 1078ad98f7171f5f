// SPDX-License-Identifier: MIT
// Columns of how notes are timed: the tempo around them, waits, the spread of chords, articulation.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "feature_columns.hpp"
#include "played_chords.hpp"

namespace toccata {
namespace {

void add_tempo_columns(const PlayingOrder& order, const PlayedChords& played,
                       NoteFeatures& features) {
  const double usual = log2_or_missing(played.median_period());
  const auto chord_of = [&](std::size_t p) { return order.notes()[p].chord; };
  add_column(features, "played_tempo", [&](std::size_t) { return -usual; });
  for (const int reach : {1, 4, 16})
    add_column(features, fmt::format("played_slowness_{}", reach), [&](std::size_t p) {
      return log2_or_missing(played.period(chord_of(p), reach)) - usual;
    });
  add_column(features, "played_slowing", [&](std::size_t p) {
    return log2_or_missing(played.period_after(chord_of(p), 2)) -
           log2_or_missing(played.period_before(chord_of(p), 2));
  });
  for (const int step : {-3, -2, -1, 1, 2, 3})
    add_column(features, fmt::format("played_wait{:+d}", step), [&](std::size_t p) {
      return log2_or_missing(std::abs(played.wait(chord_of(p), step)));
    });
  for (const int step : {-1, 1})
    add_column(features, fmt::format("played_stretch{:+d}", step), [&](std::size_t p) {
      const auto there = static_cast<std::ptrdiff_t>(chord_of(p)) + step;
      if (there < 0 || there >= std::ssize(order.chords())) return kMissing;
      const double quarters =
          order.quarters(order.chords()[static_cast<std::size_t>(there)].onset) - order.onset(p);
      return log2_or_missing(played.wait(chord_of(p), step) / quarters) -
             log2_or_missing(played.period(chord_of(p), 4));
    });
  add_column(features, "played_rate_half",
             [&](std::size_t p) { return played.rate(chord_of(p), 0.5); });
  add_column(features, "played_rate_two",
             [&](std::size_t p) { return played.rate(chord_of(p), 2); });
}

void add_spread_columns(const PlayingOrder& order, const PlayedTimes& times,
                        const PlayedChords& played, NoteFeatures& features) {
  const auto chord_of = [&](std::size_t p) { return order.notes()[p].chord; };
  add_column(features, "played_lag",
             [&](std::size_t p) { return times.onset[p] - played.onset(chord_of(p)); });
  add_column(features, "played_spread", [&](std::size_t p) { return played.spread(chord_of(p)); });
  add_column(features, "played_rank", [&](std::size_t p) {
    const PlacedChord& chord = order.chords()[chord_of(p)];
    double earlier = 0;
    for (std::size_t i = chord.first; i < chord.end; ++i)
      if (times.onset[i] < times.onset[p]) earlier += 1;
    return earlier;
  });
}

void add_articulation_columns(const PlayingOrder& order, const PlayedTimes& times,
                              const PlayedChords& played, NoteFeatures& features) {
  const std::size_t count = order.notes().size();
  std::vector<double> lengths(count), articulations(count);
  for (std::size_t p = 0; p < count; ++p) {
    lengths[p] = log2_or_missing(times.end[p] - times.onset[p]);
    articulations[p] =
        lengths[p] - log2_or_missing(order.duration(p) * played.period(order.notes()[p].chord, 4));
  }
  const double usual = median(articulations);
  add_column(features, "played_articulation_usual", [&](std::size_t) { return usual; });
  add_column(features, "played_duration", [&](std::size_t p) { return lengths[p]; });
  add_column(features, "played_articulation", [&](std::size_t p) { return articulations[p]; });
  add_column(features, "played_overlap", [&](std::size_t p) {
    const std::size_t next = order.notes()[p].next;
    return next == p ? kMissing : times.end[p] - times.onset[next];
  });
  const auto beside = [&](const char* name, auto step) {
    add_column(features, fmt::format("played_duration_{}", name), [&](std::size_t p) {
      const std::size_t there = step(p);
      return there == p ? kMissing : lengths[there];
    });
    add_column(features, fmt::format("played_articulation_{}", name), [&](std::size_t p) {
      const std::size_t there = step(p);
      return there == p ? kMissing : articulations[there];
    });
  };
  beside("line-1", [&](std::size_t p) { return order.notes()[p].previous; });
  beside("line+1", [&](std::size_t p) { return order.notes()[p].next; });
  for (const int step : {-3, -2, -1, 1, 2, 3})
    beside(fmt::format("{:+d}", step).c_str(), [step, count](std::size_t p) {
      const auto there = static_cast<std::ptrdiff_t>(p) + step;
      return there < 0 || there >= static_cast<std::ptrdiff_t>(count)
                 ? p
                 : static_cast<std::size_t>(there);
    });
}

}  // namespace

NoteFeatures timing_features(const PlayingOrder& order, const PlayedTimes& times) {
  NoteFeatures features(order.notes().size());
  const PlayedChords played(order, times);
  add_tempo_columns(order, played, features);
  add_spread_columns(order, times, played, features);
  add_articulation_columns(order, times, played, features);
  return features;
}

}  // namespace toccata

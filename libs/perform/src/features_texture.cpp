// SPDX-License-Identifier: MIT
// Columns of what sounds around a note: its chord, the density, the chords before and after.
#include <algorithm>
#include <array>
#include <deque>

#include <fmt/format.h>

#include "feature_columns.hpp"

namespace toccata {
namespace {

double pitch_at(const PlayingOrder& order, std::size_t place) {
  return order.notes()[place].note->pitch.number();
}

const PlacedChord& chord_of(const PlayingOrder& order, std::size_t place) {
  return order.chords()[order.notes()[place].chord];
}

/// The chord so many onsets away; none beyond the ends.
const PlacedChord* chord_beside(const PlayingOrder& order, std::size_t place, int steps) {
  const auto index = static_cast<std::ptrdiff_t>(order.notes()[place].chord) + steps;
  if (index < 0 || index >= std::ssize(order.chords())) return nullptr;
  return &order.chords()[static_cast<std::size_t>(index)];
}

double top_of(const PlayingOrder& order, const PlacedChord& chord) {
  return pitch_at(order, chord.end - 1);
}
double bottom_of(const PlayingOrder& order, const PlacedChord& chord) {
  return pitch_at(order, chord.first);
}

/// How many notes begun before a chord still sound when it begins.
std::vector<double> held_notes(const PlayingOrder& order) {
  std::vector<double> held(order.chords().size());
  std::vector<double> ends;  // of notes that sound, as a heap with the earliest on top
  for (std::size_t i = 0; i < held.size(); ++i) {
    const PlacedChord& chord = order.chords()[i];
    const double now = order.quarters(chord.onset);
    while (!ends.empty() && ends.front() <= now) {
      std::ranges::pop_heap(ends, std::greater{});
      ends.pop_back();
    }
    held[i] = static_cast<double>(ends.size());
    for (std::size_t place = chord.first; place < chord.end; ++place) {
      ends.push_back(order.end(place));
      std::ranges::push_heap(ends, std::greater{});
    }
  }
  return held;
}

void add_chord_columns(const PlayingOrder& order, NoteFeatures& features) {
  add_column(features, "chord_size", [&](std::size_t p) { return chord_of(order, p).size(); });
  add_column(features, "from_top", [&](std::size_t p) { return chord_of(order, p).end - 1 - p; });
  add_column(features, "from_bottom", [&](std::size_t p) { return p - chord_of(order, p).first; });
  add_column(features, "below_top",
             [&](std::size_t p) { return top_of(order, chord_of(order, p)) - pitch_at(order, p); });
  add_column(features, "above_bottom", [&](std::size_t p) {
    return pitch_at(order, p) - bottom_of(order, chord_of(order, p));
  });
  const auto held = held_notes(order);
  add_column(features, "polyphony", [&](std::size_t p) {
    return held[order.notes()[p].chord] + chord_of(order, p).size();
  });
  std::vector<double> longest(order.chords().size());
  for (std::size_t p = 0; p < order.notes().size(); ++p) {
    double& so_far = longest[order.notes()[p].chord];
    so_far = std::max(so_far, order.duration(p));
  }
  add_column(features, "longest_of_chord",
             [&](std::size_t p) { return log2_or_missing(longest[order.notes()[p].chord]); });
}

/// The reach of a window around a note, in quarters.
struct Reach {
  double before, after;
  const char* name;
};
constexpr std::array<Reach, 6> kReaches{{{1, 1, "1"},
                                         {4, 4, "4"},
                                         {16, 16, "16"},
                                         {8, 0, "before8"},
                                         {0, 8, "after8"},
                                         {2, 0, "before2"}}};

void add_window(const PlayingOrder& order, const Reach& reach, const RunningSums& pitches,
                NoteFeatures& features) {
  std::vector<Places> around;
  around.reserve(order.notes().size());
  for (std::size_t p = 0; p < order.notes().size(); ++p)
    around.push_back(places_between(order, order.onset(p) - reach.before,
                                    order.onset(p) + std::max(reach.after, 1e-6)));
  const double length = reach.before + reach.after;
  add_column(features, fmt::format("density_{}", reach.name),
             [&](std::size_t p) { return static_cast<double>(around[p].size()) / length; });
  add_column(features, fmt::format("onsets_{}", reach.name), [&](std::size_t p) {
    const Places places = around[p];
    if (places.size() == 0) return 0.0;
    return (order.notes()[places.end - 1].chord - order.notes()[places.first].chord + 1) / length;
  });
  add_column(features, fmt::format("pitch_over_{}", reach.name), [&](std::size_t p) {
    const Places places = around[p];
    return pitch_at(order, p) - pitches.mean(places.first, places.end);
  });
}

/// For each chord, the highest of `value` over the chords within so many quarters either way.
/// Cost: O(chords), by a queue of candidates that only fall.
template <class Value>
std::vector<double> highest_around(const PlayingOrder& order, double reach, const Value& value) {
  const auto chords = order.chords();
  std::vector<double> out;
  std::deque<std::size_t> candidates;
  std::size_t next = 0;
  for (const PlacedChord& chord : chords) {
    const double at = order.quarters(chord.onset);
    for (; next < chords.size() && order.quarters(chords[next].onset) < at + reach; ++next) {
      while (!candidates.empty() && value(chords[candidates.back()]) <= value(chords[next]))
        candidates.pop_back();
      candidates.push_back(next);
    }
    while (order.quarters(chords[candidates.front()].onset) < at - reach) candidates.pop_front();
    out.push_back(value(chords[candidates.front()]));
  }
  return out;
}

/// Where a note lies among all that begins within two quarters: 1 the highest, 0 the lowest.
void add_height(const PlayingOrder& order, NoteFeatures& features) {
  const auto highs =
      highest_around(order, 2, [&](const PlacedChord& chord) { return top_of(order, chord); });
  const auto lows =
      highest_around(order, 2, [&](const PlacedChord& chord) { return -bottom_of(order, chord); });
  add_column(features, "height_2", [&](std::size_t p) {
    const double high = highs[order.notes()[p].chord], low = -lows[order.notes()[p].chord];
    return high > low ? (pitch_at(order, p) - low) / (high - low) : 0.5;
  });
}

}  // namespace

void add_texture_columns(const PlayingOrder& order, NoteFeatures& features) {
  add_chord_columns(order, features);
  const RunningSums pitches(order.notes().size(),
                            [&](std::size_t place) { return pitch_at(order, place); });
  for (const Reach& reach : kReaches) add_window(order, reach, pitches, features);
  add_height(order, features);
}

void add_neighbour_columns(const PlayingOrder& order, NoteFeatures& features) {
  for (const int step : {-4, -3, -2, -1, 1, 2, 3, 4}) {
    const std::string suffix = fmt::format("{:+d}", step);
    const auto add = [&](const char* name, auto value) {
      add_column(features, name + suffix, [&](std::size_t p) -> double {
        const PlacedChord* chord = chord_beside(order, p, step);
        return chord == nullptr ? kMissing : value(p, *chord);
      });
    };
    add("onset", [&](std::size_t p, const PlacedChord& chord) {
      return std::clamp(order.quarters(chord.onset) - order.onset(p), -16.0, 16.0);
    });
    add("size", [](std::size_t, const PlacedChord& chord) -> double { return chord.size(); });
    add("top", [&](std::size_t p, const PlacedChord& chord) {
      return top_of(order, chord) - pitch_at(order, p);
    });
    add("bottom", [&](std::size_t p, const PlacedChord& chord) {
      return bottom_of(order, chord) - pitch_at(order, p);
    });
  }
}

void add_piece_columns(const PlayingOrder& order, NoteFeatures& features) {
  const std::size_t count = order.notes().size();
  if (count == 0) return;
  const auto every = [&](const char* name, double value) {
    add_column(features, name, [&](std::size_t) { return value; });
  };
  const RunningSums pitches(count, [&](std::size_t p) { return pitch_at(order, p); });
  const RunningSums squares(count,
                            [&](std::size_t p) { return pitch_at(order, p) * pitch_at(order, p); });
  const RunningSums lengths(
      count, [&](std::size_t p) { return std::max(log2_or_missing(order.duration(p)), -6.0); });
  const double quarters = order.onset(count - 1) - order.onset(0) + 1;
  const double mean = pitches.mean(0, count);
  const double seconds =
      order.score().tempo.seconds_at(order.notes()[count - 1].note->onset).value() + 1;
  every("piece_pitch", mean);
  every("piece_spread", squares.mean(0, count) - mean * mean);
  every("piece_duration", lengths.mean(0, count));
  every("piece_density", static_cast<double>(count) / quarters);
  every("piece_rate", static_cast<double>(count) / seconds);
  every("piece_chord_size",
        static_cast<double>(count) / static_cast<double>(order.chords().size()));
  every("piece_quarters", log2_or_missing(quarters));
  add_column(features, "piece_position",
             [&](std::size_t p) { return (order.onset(p) - order.onset(0)) / quarters; });
  add_column(features, "to_end", [&](std::size_t p) {
    return std::min(order.onset(count - 1) - order.onset(p), 64.0);
  });
}

}  // namespace toccata

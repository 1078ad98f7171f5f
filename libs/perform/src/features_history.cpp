// SPDX-License-Identifier: MIT
#include "features_history.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include <toccata/perform/past.hpp>

#include "feature_columns.hpp"

namespace toccata {
namespace {

constexpr std::size_t kLast = 6, kChords = 3, kLine = 3, kNear = 24, kLong = 64;
constexpr std::array<std::size_t, 5> kMeans{4, 8, 16, 32, 64};

std::vector<std::string> make_names() {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= kLast; ++i) names.push_back(fmt::format("history-{}", i));
  for (const std::size_t reach : kMeans) names.push_back(fmt::format("history_mean_{}", reach));
  names.insert(names.end(), {"history_trend", "history_highest_8", "history_lowest_8",
                             "history_chord_below", "history_nearest", "history_nearest_by",
                             "history_near_mean", "history_same_pitch"});
  for (std::size_t i = 1; i <= kChords; ++i) names.push_back(fmt::format("history_top-{}", i));
  for (std::size_t i = 1; i <= kChords; ++i) names.push_back(fmt::format("history_bottom-{}", i));
  for (std::size_t i = 1; i <= kLine; ++i) names.push_back(fmt::format("history_line-{}", i));
  names.insert(names.end(), {"history_bar_before", "history_piece_mean"});
  return names;
}

/// Writes one number after the other.
struct Writer {
  std::span<float> out;
  std::size_t at = 0;
  void put(double value) { out[at++] = static_cast<float>(value); }
};

struct Before {
  const PlayingOrder& order;
  std::span<const float> values;
  std::size_t place;

  const PlacedNote& note(std::size_t at) const { return order.notes()[at]; }
  int pitch(std::size_t at) const { return note(at).note->pitch.number(); }
  /// The last `reach` places before this one.
  std::size_t from(std::size_t reach) const { return place - std::min(place, reach); }
};

void put_recent(const Before& before, Writer& out) {
  for (std::size_t i = 1; i <= kLast; ++i)
    out.put(before.place >= i ? before.values[before.place - i] : kMissing);
  std::array<double, kMeans.size()> means{};
  for (std::size_t k = 0; k < kMeans.size(); ++k) {
    RunningMean tally;
    for (std::size_t i = before.from(kMeans[k]); i < before.place; ++i) tally.add(before.values[i]);
    means[k] = tally.value();
    out.put(means[k]);
  }
  out.put(means[0] - means[2]);
  double highest = kMissing, lowest = kMissing;
  for (std::size_t i = before.from(8); i < before.place; ++i) {
    highest = std::fmax(highest, before.values[i]);
    lowest = std::fmin(lowest, before.values[i]);
  }
  out.put(highest);
  out.put(lowest);
}

/// Notes near in pitch, lately.
void put_near(const Before& before, Writer& out) {
  RunningMean chord, near;
  const std::size_t lowest = before.order.chords()[before.note(before.place).chord].first;
  for (std::size_t i = std::max(lowest, before.from(kLong)); i < before.place; ++i)
    chord.add(before.values[i]);
  out.put(chord.value());
  int nearest = 1000;
  double value = kMissing, same = kMissing;
  for (std::size_t i = before.place; i-- > before.from(kLong);) {
    if (std::isnan(before.values[i])) continue;
    const int apart = std::abs(before.pitch(i) - before.pitch(before.place));
    if (apart == 0 && std::isnan(same)) same = before.values[i];
    if (before.place - i > kNear) continue;
    if (apart <= 5) near.add(before.values[i]);
    if (apart < nearest) {
      nearest = apart;
      value = before.values[i];
    }
  }
  out.put(value);
  out.put(nearest == 1000 ? kMissing : nearest);
  out.put(near.value());
  out.put(same);
}

void put_chords(const Before& before, Writer& out) {
  const auto chords = before.order.chords();
  const std::size_t here = before.note(before.place).chord;
  for (const bool top : {true, false})
    for (std::size_t i = 1; i <= kChords; ++i) {
      if (here < i) out.put(kMissing);
      else out.put(before.values[top ? chords[here - i].end - 1 : chords[here - i].first]);
    }
}

void put_line(const Before& before, Writer& out) {
  std::size_t at = before.place;
  bool ended = false;
  for (std::size_t i = 0; i < kLine; ++i) {
    const std::size_t earlier = before.note(at).previous;
    ended |= earlier == at;
    out.put(ended ? kMissing : before.values[earlier]);
    at = earlier;
  }
}

/// The note nearest in pitch that begins at the same point of the bar before.
void put_bar_before(const Before& before, Writer& out) {
  const Tick onset = before.note(before.place).note->onset;
  const Duration bar = before.order.score().meter.meter_at(onset).bar(before.order.score().ppq());
  const double wanted = before.order.quarters(onset - bar);
  const PlacedChord& chord = before.order.chords()[before.order.chord_at(wanted)];
  double value = kMissing;
  if (before.order.quarters(chord.onset) == wanted && chord.end <= before.place) {
    int nearest = 1000;
    for (std::size_t i = chord.first; i < chord.end; ++i) {
      const int apart = std::abs(before.pitch(i) - before.pitch(before.place));
      if (apart >= nearest || std::isnan(before.values[i])) continue;
      nearest = apart;
      value = before.values[i];
    }
  }
  out.put(value);
}

}  // namespace

const std::vector<std::string>& history_names() {
  static const std::vector<std::string> kNames = make_names();
  return kNames;
}

void history_features(const PlayingOrder& order, std::span<const float> values, double mean,
                      std::span<float> out) {
  const Before before{order, values, values.size()};
  Writer writer{out};
  put_recent(before, writer);
  put_near(before, writer);
  put_chords(before, writer);
  put_line(before, writer);
  put_bar_before(before, writer);
  writer.put(mean);
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// What a note is told of how the notes before it were played.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

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

/// Sums over values that are there.
struct Tally {
  double sum = 0, count = 0;
  void add(float value) {
    if (std::isnan(value)) return;
    sum += value;
    count += 1;
  }
  double mean() const { return count > 0 ? sum / count : kMissing; }
};

struct Past {
  const PlayingOrder& order;
  std::span<const float> values;
  std::size_t place;

  const PlacedNote& note(std::size_t at) const { return order.notes()[at]; }
  int pitch(std::size_t at) const { return note(at).note->pitch.number(); }
  /// The last `reach` places before this one.
  std::size_t from(std::size_t reach) const { return place - std::min(place, reach); }
};

void put_recent(const Past& past, Writer& out) {
  for (std::size_t i = 1; i <= kLast; ++i)
    out.put(past.place >= i ? past.values[past.place - i] : kMissing);
  std::array<double, kMeans.size()> means{};
  for (std::size_t k = 0; k < kMeans.size(); ++k) {
    Tally tally;
    for (std::size_t i = past.from(kMeans[k]); i < past.place; ++i) tally.add(past.values[i]);
    means[k] = tally.mean();
    out.put(means[k]);
  }
  out.put(means[0] - means[2]);
  double highest = kMissing, lowest = kMissing;
  for (std::size_t i = past.from(8); i < past.place; ++i) {
    highest = std::fmax(highest, past.values[i]);
    lowest = std::fmin(lowest, past.values[i]);
  }
  out.put(highest);
  out.put(lowest);
}

/// Notes near in pitch, lately.
void put_near(const Past& past, Writer& out) {
  Tally chord, near;
  const std::size_t lowest = past.order.chords()[past.note(past.place).chord].first;
  for (std::size_t i = std::max(lowest, past.from(kLong)); i < past.place; ++i)
    chord.add(past.values[i]);
  out.put(chord.mean());
  int nearest = 1000;
  double value = kMissing, same = kMissing;
  for (std::size_t i = past.place; i-- > past.from(kLong);) {
    if (std::isnan(past.values[i])) continue;
    const int apart = std::abs(past.pitch(i) - past.pitch(past.place));
    if (apart == 0 && std::isnan(same)) same = past.values[i];
    if (past.place - i > kNear) continue;
    if (apart <= 5) near.add(past.values[i]);
    if (apart < nearest) {
      nearest = apart;
      value = past.values[i];
    }
  }
  out.put(value);
  out.put(nearest == 1000 ? kMissing : nearest);
  out.put(near.mean());
  out.put(same);
}

void put_chords(const Past& past, Writer& out) {
  const auto chords = past.order.chords();
  const std::size_t here = past.note(past.place).chord;
  for (const bool top : {true, false})
    for (std::size_t i = 1; i <= kChords; ++i) {
      if (here < i) out.put(kMissing);
      else out.put(past.values[top ? chords[here - i].end - 1 : chords[here - i].first]);
    }
}

void put_line(const Past& past, Writer& out) {
  std::size_t at = past.place;
  bool ended = false;
  for (std::size_t i = 0; i < kLine; ++i) {
    const std::size_t before = past.note(at).previous;
    ended |= before == at;
    out.put(ended ? kMissing : past.values[before]);
    at = before;
  }
}

/// The note nearest in pitch that begins at the same point of the bar before.
void put_bar_before(const Past& past, Writer& out) {
  const Tick onset = past.note(past.place).note->onset;
  const Duration bar = past.order.score().meter.meter_at(onset).bar(past.order.score().ppq());
  const double wanted = past.order.quarters(onset - bar);
  const PlacedChord& chord = past.order.chords()[past.order.chord_at(wanted)];
  double value = kMissing;
  if (past.order.quarters(chord.onset) == wanted && chord.end <= past.place) {
    int nearest = 1000;
    for (std::size_t i = chord.first; i < chord.end; ++i) {
      const int apart = std::abs(past.pitch(i) - past.pitch(past.place));
      if (apart >= nearest || std::isnan(past.values[i])) continue;
      nearest = apart;
      value = past.values[i];
    }
  }
  out.put(value);
}

}  // namespace

const std::vector<std::string>& history_names() {
  static const std::vector<std::string> kNames = make_names();
  return kNames;
}

void history_features(const PlayingOrder& order, const NoteHistory& history, std::size_t place,
                      std::span<float> out) {
  const Past past{order, history.values(), place};
  Writer writer{out};
  put_recent(past, writer);
  put_near(past, writer);
  put_chords(past, writer);
  put_line(past, writer);
  put_bar_before(past, writer);
  writer.put(history.mean());
}

void NoteHistory::add(float value) {
  values_.push_back(value);
  if (std::isnan(value)) return;
  sum_ += value;
  count_ += 1;
}

double NoteHistory::mean() const { return count_ > 0 ? sum_ / count_ : kMissing; }

}  // namespace toccata

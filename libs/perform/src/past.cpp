// SPDX-License-Identifier: MIT
#include <toccata/perform/past.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/perform/targets.hpp>
#include <toccata/timeline/meter_cursor.hpp>

#include "features_history.hpp"

namespace toccata {
namespace {

constexpr std::size_t kLags = 8;
constexpr std::array<std::size_t, 3> kMeans{4, 12, 32};
/// What may be the same in music, from the most to the least.
constexpr std::array kAlike{"notes", "shape", "rhythm", "place"};
/// How far the same music goes: chords from an element on, but for the place in the bar. With two
/// or six instead of three, the same notes brought an eighth less on the validation pieces.
constexpr std::size_t kNotes = 3, kShape = 3, kRhythm = 4;

std::vector<std::string> make_series_names() {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= kLags; ++i) names.push_back(fmt::format("series-{}", i));
  for (const std::size_t reach : kMeans) names.push_back(fmt::format("series_mean_{}", reach));
  for (const char* kind : kAlike) {
    names.push_back(fmt::format("series_same_{}", kind));
    names.push_back(fmt::format("series_same_{}_mean", kind));
    names.push_back(fmt::format("series_same_{}_over", kind));
  }
  return names;
}

/// The music from some chords on, as numbers that are equal where it is the same.
class Sameness {
 public:
  explicit Sameness(const PlayingOrder& order) : order_(order), meter_(order.score().meter) {}

  /// One number for each kind.
  std::array<std::uint64_t, kAlike.size()> from(std::size_t chord) {
    meter_.go(order_.chords()[chord].onset);
    at_ = meter_.bar_beat();
    return {notes(chord), shape(chord), rhythm(chord), place()};
  }

 private:
  std::int64_t pitch(std::size_t note) const { return order_.notes()[note].note->pitch.number(); }
  std::size_t end(std::size_t chord, std::size_t reach) const {
    return std::min(order_.chords().size(), chord + reach);
  }
  void put_wait(std::size_t chord) {
    const auto chords = order_.chords();
    const bool is_last = chord + 1 >= chords.size();
    said_.push_back(is_last ? -1 : (chords[chord + 1].onset - chords[chord].onset).ticks());
  }
  void put_place() { said_.insert(said_.end(), {at_.beat, at_.into_beat.ticks()}); }
  std::uint64_t take() {
    const std::uint64_t hash = file_hash(
        {reinterpret_cast<const char*>(said_.data()), said_.size() * sizeof(said_.front())});
    said_.clear();
    return hash;
  }

  std::uint64_t notes(std::size_t chord) {
    for (std::size_t c = chord; c < end(chord, kNotes); ++c) {
      const PlacedChord& here = order_.chords()[c];
      said_.push_back(here.size());
      for (std::size_t note = here.first; note < here.end; ++note) said_.push_back(pitch(note));
      put_wait(c);
    }
    return take();
  }
  std::uint64_t shape(std::size_t chord) {
    for (std::size_t c = chord; c < end(chord, kShape); ++c) {
      if (c + 1 < order_.chords().size())
        said_.push_back(pitch(place_of_chord(order_, c + 1)) - pitch(place_of_chord(order_, c)));
      put_wait(c);
    }
    return take();
  }
  std::uint64_t rhythm(std::size_t chord) {
    put_place();
    for (std::size_t c = chord; c < end(chord, kRhythm); ++c) put_wait(c);
    return take();
  }
  std::uint64_t place() {
    put_place();
    return take();
  }

  const PlayingOrder& order_;
  MeterCursor meter_;
  BarBeat at_{};
  std::vector<std::int64_t> said_;
};

}  // namespace

const std::vector<std::string>& past_names(Target target) {
  static const std::vector<std::string> kSeries = make_series_names();
  return is_of_notes(target) ? history_names() : kSeries;
}

Past::Past(const PlayingOrder& order, Target target, std::span<const std::size_t> places)
    : order_(&order), of_notes_(is_of_notes(target)), count_(places.size()) {
  static_assert(kKinds == kAlike.size());
  TOCCATA_ASSERT(!of_notes_ || count_ == order.notes().size());
  values_.reserve(count_);
  if (of_notes_) return;
  Sameness sameness(order);
  std::array<std::unordered_map<std::uint64_t, std::uint32_t>, kKinds> groups;
  for (const std::size_t place : places) {
    const auto music = sameness.from(order.notes()[place].chord);
    for (std::size_t k = 0; k < kKinds; ++k) {
      const auto number = static_cast<std::uint32_t>(groups[k].size());
      kinds_[k].group_of.push_back(groups[k].try_emplace(music[k], number).first->second);
    }
  }
  for (std::size_t k = 0; k < kKinds; ++k) kinds_[k].groups.resize(groups[k].size());
}

void Past::tell(std::span<float> out) const {
  TOCCATA_ASSERT(size() < count_);
  if (of_notes_) history_features(*order_, values_, mean_.value(), out);
  else tell_series(out);
}

void Past::tell_series(std::span<float> out) const {
  std::size_t at = 0;
  const auto put = [&](double value) { out[at++] = static_cast<float>(value); };
  for (std::size_t i = 1; i <= kLags; ++i)
    put(size() < i ? std::numeric_limits<double>::quiet_NaN() : values_[size() - i]);
  for (const std::size_t reach : kMeans) put(mean_of_last(reach));
  for (const Kind& kind : kinds_) {
    const Alike& alike = kind.groups[kind.group_of[size()]];
    put(alike.last);
    put(alike.mean.value());
    put(alike.over.value());
  }
}

double Past::mean_of_last(std::size_t reach) const {
  RunningMean mean;
  for (std::size_t i = size() - std::min(size(), reach); i < size(); ++i) mean.add(values_[i]);
  return mean.value();
}

void Past::add(float value) {
  TOCCATA_ASSERT(size() < count_);
  if (!of_notes_ && !std::isnan(value)) remember(value);
  mean_.add(value);
  values_.push_back(value);
}

void Past::remember(float value) {
  const double over = value - mean_of_last(kMeans.front());
  for (Kind& kind : kinds_) {
    Alike& alike = kind.groups[kind.group_of[size()]];
    alike.last = value;
    alike.mean.add(value);
    alike.over.add(over);
  }
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The columns of drum_features, group by group.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include <toccata/perform/drum_pattern.hpp>

#include "feature_columns.hpp"

namespace toccata {
namespace {

constexpr std::int64_t kQuarter = DrumPattern::kPlaces, kSixteenth = kQuarter / 4;

/// Drums that do one thing in a groove.
constexpr std::size_t kGroups = 6;
constexpr std::array<std::string_view, kGroups> kGroupNames{"kick", "snare", "hat",
                                                            "tom",  "ride",  "crash"};
std::size_t group_of(Drum drum) {
  switch (drum) {
    case Drum::Kick: return 0;
    case Drum::Snare:
    case Drum::Rim:
    case Drum::CrossStick: return 1;
    case Drum::ClosedHat:
    case Drum::OpenHat:
    case Drum::PedalHat: return 2;
    case Drum::HighTom:
    case Drum::MiddleTom:
    case Drum::FloorTom: return 3;
    case Drum::Ride:
    case Drum::RideBell: return 4;
    case Drum::Crash: return 5;
  }
  return 0;
}

double quarters(std::int64_t places) {
  return static_cast<double>(places) / static_cast<double>(kQuarter);
}

/// Places of some strokes, rising; asked by time.
class Strokes {
 public:
  void add(std::int64_t place) {
    if (places_.empty() || places_.back() != place) places_.push_back(place);
  }
  /// Those within [from, to].
  std::size_t within(std::int64_t from, std::int64_t to) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(places_, to) -
                                    std::ranges::lower_bound(places_, from));
  }
  bool has(std::int64_t place) const { return std::ranges::binary_search(places_, place); }
  /// Quarters back to the nth one before a place; NaN where there is none.
  double before(std::int64_t place, std::ptrdiff_t nth = 1) const {
    const auto at = std::ranges::lower_bound(places_, place);
    return at - places_.begin() >= nth ? quarters(place - *(at - nth)) : kMissing;
  }
  double after(std::int64_t place, std::ptrdiff_t nth = 1) const {
    const auto at = std::ranges::upper_bound(places_, place);
    return places_.end() - at >= nth ? quarters(*(at + nth - 1) - place) : kMissing;
  }
  /// How many strokes that lead to a place, or from it, keep the distance of the one next to it.
  double run(std::int64_t place, std::ptrdiff_t step) const {
    constexpr int kLongest = 8;
    auto at = std::ranges::lower_bound(places_, place) - places_.begin();
    const auto exists = [&](std::ptrdiff_t i) { return i >= 0 && i < std::ssize(places_); };
    const auto gap = [&](std::ptrdiff_t i) {
      return places_[static_cast<std::size_t>(i + step)] - places_[static_cast<std::size_t>(i)];
    };
    if (!exists(at + step)) return 0;
    const auto first = gap(at);
    int length = 0;
    while (length < kLongest && exists(at + step) && gap(at) == first) {
      at += step;
      ++length;
    }
    return length;
  }

 private:
  std::vector<std::int64_t> places_;
};

/// The pattern, indexed for questions.
class Kit {
 public:
  explicit Kit(const DrumPattern& pattern) : pattern_(pattern) {
    for (const PatternHit& hit : pattern.hits) {
      const auto drum = static_cast<std::size_t>(hit.drum), group = group_of(hit.drum);
      own_[drum].add(hit.place);
      groups_[group].add(hit.place);
      any_.add(hit.place);
      all_.push_back(hit.place);
      ++drum_counts_[drum];
      ++group_counts_[group];
      ++bars_with_[{drum, hit.in_bar}];
      ++beats_with_[{drum, hit.place % kQuarter}];
    }
  }
  const Strokes& own(Drum drum) const { return own_[static_cast<std::size_t>(drum)]; }
  const Strokes& group(std::size_t group) const { return groups_[group]; }
  const Strokes& any() const { return any_; }
  double hits_within(std::int64_t from, std::int64_t to) const {
    return static_cast<double>(std::ranges::upper_bound(all_, to) -
                               std::ranges::lower_bound(all_, from));
  }
  double bars() const { return static_cast<double>(std::max<std::int64_t>(pattern_.bars, 1)); }
  double a_bar(std::size_t drum) const { return static_cast<double>(drum_counts_[drum]) / bars(); }
  double share_of_group(std::size_t group) const {
    return static_cast<double>(group_counts_[group]) / static_cast<double>(all_.size());
  }
  double hits_a_bar() const { return static_cast<double>(all_.size()) / bars(); }
  /// In how many of the bars the drum is struck at this place.
  double regularity(const PatternHit& hit) const {
    const auto drum = static_cast<std::size_t>(hit.drum);
    return static_cast<double>(bars_with_.at({drum, hit.in_bar})) / bars();
  }
  /// How many of the drum's strokes stand at this place of the beat.
  double share_at_place(const PatternHit& hit) const {
    const auto drum = static_cast<std::size_t>(hit.drum);
    return static_cast<double>(beats_with_.at({drum, hit.place % kQuarter})) /
           static_cast<double>(drum_counts_[drum]);
  }

 private:
  const DrumPattern& pattern_;
  std::array<Strokes, kDrums> own_;
  std::array<Strokes, kGroups> groups_;
  Strokes any_;
  std::vector<std::int64_t> all_;  ///< place of every hit
  std::array<std::size_t, kDrums> drum_counts_{};
  std::array<std::size_t, kGroups> group_counts_{};
  std::map<std::pair<std::size_t, std::int64_t>, std::size_t> bars_with_, beats_with_;
};

/// Adds a column whose rows are what `value` says of each hit.
template <class Value>
void add(NoteFeatures& features, const DrumPattern& pattern, std::string_view name,
         const Value& value) {
  add_column(features, name,
             [&](std::size_t row) { return static_cast<double>(value(pattern.hits[row])); });
}

void add_places(const DrumPattern& pattern, NoteFeatures& features) {
  add(features, pattern, "drum",
      [](const PatternHit& hit) { return static_cast<double>(hit.drum); });
  add(features, pattern, "beat_position",
      [](const PatternHit& hit) { return quarters(hit.place % kQuarter); });
  add(features, pattern, "bar_position",
      [](const PatternHit& hit) { return quarters(hit.in_bar); });
  add(features, pattern, "bar", [](const PatternHit& hit) { return hit.bar; });
  add(features, pattern, "bar_of_four", [](const PatternHit& hit) { return hit.bar % 4; });
  add(features, pattern, "bar_of_eight", [](const PatternHit& hit) { return hit.bar % 8; });
  add(features, pattern, "bars_left",
      [&](const PatternHit& hit) { return pattern.bars - 1 - hit.bar; });
  const auto all = static_cast<double>(std::max<std::int64_t>(pattern.bars, 1));
  add(features, pattern, "share",
      [&](const PatternHit& hit) { return static_cast<double>(hit.bar) / all; });
}

void add_piece(const DrumPattern& pattern, const Kit& kit, NoteFeatures& features) {
  const auto constant = [&](std::string_view name, double value) {
    add(features, pattern, name, [&](const PatternHit&) { return value; });
  };
  constant("tempo", pattern.bpm);
  constant("style", static_cast<double>(pattern.style));
  constant("is_fill", pattern.is_fill ? 1 : 0);
  constant("bar_length", quarters(pattern.bar_length));
  constant("bars", static_cast<double>(pattern.bars));
  constant("hits_a_bar", kit.hits_a_bar());
  for (std::size_t group = 0; group < kGroups; ++group)
    constant("share_" + std::string(kGroupNames[group]), kit.share_of_group(group));
  for (std::size_t drum = 1; drum < 7; ++drum)
    constant(std::string(name_of(static_cast<Drum>(drum))) + "_a_bar", kit.a_bar(drum));
}

void add_company(const DrumPattern& pattern, const Kit& kit, NoteFeatures& features) {
  for (std::size_t group = 0; group < kGroups; ++group) {
    const std::string name(kGroupNames[group]);
    add(features, pattern, "with_" + name,
        [&](const PatternHit& hit) { return kit.group(group).has(hit.place) ? 1 : 0; });
    add(features, pattern, name + "_before",
        [&](const PatternHit& hit) { return kit.group(group).before(hit.place); });
    add(features, pattern, name + "_after",
        [&](const PatternHit& hit) { return kit.group(group).after(hit.place); });
  }
  add(features, pattern, "any_before",
      [&](const PatternHit& hit) { return kit.any().before(hit.place); });
  add(features, pattern, "any_after",
      [&](const PatternHit& hit) { return kit.any().after(hit.place); });
  for (const std::int64_t reach : {1, 4})
    add(features, pattern, "hits_within_" + std::to_string(reach), [&](const PatternHit& hit) {
      return kit.hits_within(hit.place - reach * kQuarter, hit.place + reach * kQuarter);
    });
}

void add_own(const DrumPattern& pattern, const Kit& kit, NoteFeatures& features) {
  for (std::ptrdiff_t nth = 1; nth <= 3; ++nth) {
    add(features, pattern, "own_before_" + std::to_string(nth),
        [&](const PatternHit& hit) { return kit.own(hit.drum).before(hit.place, nth); });
    add(features, pattern, "own_after_" + std::to_string(nth),
        [&](const PatternHit& hit) { return kit.own(hit.drum).after(hit.place, nth); });
  }
  for (const std::int64_t away : {-8, -6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 8})
    add(features, pattern, "own_at_" + std::to_string(away), [&](const PatternHit& hit) {
      const std::int64_t at = hit.place + away * kSixteenth;
      return kit.own(hit.drum).within(at - 1, at + 1) > 0 ? 1 : 0;
    });
  for (const std::int64_t reach : {1, 4})
    add(features, pattern, "own_within_" + std::to_string(reach), [&](const PatternHit& hit) {
      return kit.own(hit.drum).within(hit.place - reach * kQuarter, hit.place + reach * kQuarter);
    });
  for (const std::int64_t bars : {-2, -1, 1})
    add(features, pattern, "own_bars_away_" + std::to_string(bars), [&](const PatternHit& hit) {
      return kit.own(hit.drum).has(hit.place + bars * pattern.bar_length) ? 1 : 0;
    });
  add(features, pattern, "own_a_bar",
      [&](const PatternHit& hit) { return kit.a_bar(static_cast<std::size_t>(hit.drum)); });
  add(features, pattern, "regularity", [&](const PatternHit& hit) { return kit.regularity(hit); });
  add(features, pattern, "share_at_place",
      [&](const PatternHit& hit) { return kit.share_at_place(hit); });
  add(features, pattern, "run_before",
      [&](const PatternHit& hit) { return kit.own(hit.drum).run(hit.place, -1); });
  add(features, pattern, "run_after",
      [&](const PatternHit& hit) { return kit.own(hit.drum).run(hit.place, 1); });
}

}  // namespace

NoteFeatures drum_features(const DrumPattern& pattern) {
  NoteFeatures features(pattern.hits.size());
  const Kit kit(pattern);
  add_places(pattern, features);
  add_piece(pattern, kit, features);
  add_company(pattern, kit, features);
  add_own(pattern, kit, features);
  return features;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include "musicxml/conductor.hpp"

#include <algorithm>

namespace toccata::musicxml::detail {
namespace {

const WrittenBar& bar_of(const WrittenScore& written, const PlayedBar& played) {
  return written.bars[static_cast<std::size_t>(played.measure)];
}

/// The meter in force in each measure; none where it is free of one.
std::vector<std::optional<Meter>> meters_in_force(const WrittenScore& written) {
  std::vector<std::optional<Meter>> meters;
  std::optional<Meter> meter = kCommonTime;
  for (const WrittenBar& bar : written.bars) {
    if (bar.meter) meter = bar.meter;
    else if (bar.is_unmeasured) meter.reset();
    meters.push_back(meter);
  }
  return meters;
}

/// A meter whose bar lasts so long, in the longest unit that can say it.
std::optional<Meter> meter_of_length(Duration length, Ppq ppq) {
  for (int unit = 4; unit <= Meter::kShortestPulse; unit *= 2) {
    const std::int64_t scaled = length.ticks() * unit, whole = std::int64_t{4} * ppq.ticks();
    if (scaled % whole != 0 || scaled / whole > Meter::kMostPulses) continue;
    return *Meter::make(static_cast<int>(scaled / whole), unit);
  }
  return std::nullopt;
}

/// Makes bars as long as the measures are: a short one is cut, a long one gets a meter of its own.
class MeterWriter {
 public:
  explicit MeterWriter(Ppq ppq) : ppq_(ppq) {}

  void add(const PlayedBar& bar, const std::optional<Meter>& meter, bool is_implicit) {
    const Meter wanted = meter_for(bar, meter);
    // The rest of a bar that a repeat divides is no bar of its own.
    const bool goes_on = is_implicit && bar.follows && wanted == current_ && into_ > Duration(0) &&
                         into_ + bar.length <= wanted.bar(ppq_);
    if (!goes_on) {
      const bool is_whole = into_ == Duration(0);
      if (changes_.empty() || wanted != current_ || !is_whole)
        changes_.push_back({bar.onset, wanted});
      current_ = wanted;
      into_ = Duration(0);
    }
    into_ = (into_ + bar.length) % current_.bar(ppq_);
  }
  /// With a first bar cut short as a pick-up.
  MeterMap map(const std::vector<PlayedBar>& bars) && {
    const bool is_short = bars.size() > 1 && changes_.size() > 1 &&
                          changes_[1].at == bars[1].onset &&
                          bars[0].length < changes_[0].meter.bar(ppq_);
    return {ppq_, std::move(changes_),
            is_short ? MeterMap::Pickup::FirstBar : MeterMap::Pickup::None};
  }

 private:
  Meter meter_for(const PlayedBar& bar, const std::optional<Meter>& meter) const {
    if (meter && bar.length <= meter->bar(ppq_)) return *meter;
    return meter_of_length(bar.length, ppq_).value_or(meter.value_or(kCommonTime));
  }
  Ppq ppq_;
  std::vector<MeterChange> changes_;
  Meter current_ = kCommonTime;
  Duration into_;  ///< of the bar that is being filled
};

/// What holds where each measure is written, for measures that are jumped to.
template <class T>
std::vector<std::optional<T>> in_force(const WrittenScore& written,
                                       std::vector<At<T>> WrittenBar::*changes) {
  std::vector<std::optional<T>> values;
  std::optional<T> value;
  for (const WrittenBar& bar : written.bars) {
    values.push_back(value);
    if (!(bar.*changes).empty()) value = (bar.*changes).back().value;
  }
  return values;
}

/// Hands on every change, and those that a jump makes.
template <class T, class Put>
void play_changes(const WrittenScore& written, const Grid& grid,
                  std::vector<At<T>> WrittenBar::*changes, Put put) {
  const auto before = in_force(written, changes);
  std::optional<T> current;
  const auto change = [&](Tick at, const T& value) {
    if (current && *current == value) return;
    current = value;
    put(at, value);
  };
  for (const PlayedBar& bar : grid.bars) {
    const auto& held = before[static_cast<std::size_t>(bar.measure)];
    if (!bar.follows && held) change(bar.onset, *held);
    for (const At<T>& item : bar_of(written, bar).*changes)
      change(grid.tick(bar, item.at), item.value);
  }
}

void add_labels(const WrittenScore& written, const Grid& grid, Score& score) {
  for (const PlayedBar& bar : grid.bars)
    for (const auto& label : bar_of(written, bar).labels) {
      const Section section{grid.tick(bar, label.at), label.value};
      // Several parts may carry the same mark.
      if (score.sections.empty() || score.sections.back() != section)
        score.sections.push_back(section);
    }
}

}  // namespace

void conduct(const WrittenScore& written, const Grid& grid, Score& score) {
  score.title = written.title;
  score.end = grid.end;
  std::vector<TempoChange> tempos;
  play_changes(written, grid, &WrittenBar::tempos, [&](Tick at, Tempo tempo) {
    tempos.push_back({at, tempo});
  });
  std::ranges::stable_sort(tempos, {}, &TempoChange::at);
  score.tempo = TempoMap(grid.ppq, std::move(tempos));
  play_changes(written, grid, &WrittenBar::keys, [&](Tick at, const Key& key) {
    score.keys.push_back({at, key, {}});
  });
  play_changes(written, grid, &WrittenBar::chords, [&](Tick at, const Chord& chord) {
    score.chords.push_back({at, chord});
  });
  add_labels(written, grid, score);
  std::ranges::stable_sort(score.keys, {}, &KeyMark::at);
  std::ranges::stable_sort(score.chords, {}, &ChordMark::at);
  std::ranges::stable_sort(score.sections, {}, &Section::at);
  const auto meters = meters_in_force(written);
  MeterWriter writer(grid.ppq);
  for (const PlayedBar& bar : grid.bars)
    writer.add(bar, meters[static_cast<std::size_t>(bar.measure)],
               bar_of(written, bar).is_implicit);
  score.meter = std::move(writer).map(grid.bars);
}

}  // namespace toccata::musicxml::detail

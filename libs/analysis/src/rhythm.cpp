// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>

#include <toccata/analysis/rhythm.hpp>

namespace toccata {
namespace {

constexpr int kValueParts = 48;  ///< to the quarter

std::vector<ValueShare> shares_of(const std::map<Rational, int>& counts) {
  double total = 0;
  for (const auto& [quarters, count] : counts) total += count;
  std::vector<ValueShare> shares;
  for (const auto& [quarters, count] : counts) shares.push_back({quarters, count / total});
  std::ranges::stable_sort(shares, std::ranges::greater(), &ValueShare::share);
  return shares;
}

Rational rounded_value(Duration duration, Ppq ppq) {
  const auto parts = Rational(duration.ticks() * kValueParts, ppq.ticks()).nearest();
  return {std::max<std::int64_t>(parts, 1), kValueParts};
}

/// True within 1/192 quarter of a point of the grid.
bool is_on_grid(Duration from_bar_line, Ppq ppq, int per_quarter) {
  const Rational parts(from_bar_line.ticks() * per_quarter, ppq.ticks());
  const Rational off = parts - Rational(parts.nearest());
  const Rational tolerance(per_quarter, 192);
  return off <= tolerance && -off <= tolerance;
}

/// The places of onsets within the quarter they fall into, and which quarters have them.
class QuarterOnsets {
 public:
  QuarterOnsets(std::vector<Tick> onsets, const MeterMap& meters)
      : onsets_(std::move(onsets)), meters_(meters) {
    std::ranges::sort(onsets_);
    onsets_.erase(std::unique(onsets_.begin(), onsets_.end()), onsets_.end());
  }

  /// Where the one onset between two quarters with an onset lies, in (0, 1).
  std::vector<double> between() const {
    std::vector<double> places;
    for (std::size_t i = 0; i + 1 < onsets_.size();) {
      const std::size_t next = after_quarter(i);
      if (next == i) {
        ++i;
        continue;
      }
      if (const auto place = lone_place(i, next)) places.push_back(*place);
      i = next;
    }
    return places;
  }

 private:
  Duration quarter() const { return meters_.ppq().quarter(); }
  Duration tolerance() const { return quarter() / 12; }
  bool begins_quarter(Tick at) const {
    if (meters_.meter_at(at).is_compound()) return false;
    const Duration rest = (at - meters_.onset_of(meters_.bar_at(at))) % quarter();
    return rest <= tolerance() || quarter() - rest <= tolerance();
  }
  /// The first onset about a quarter after onset i, or i when there is none or i is no quarter.
  std::size_t after_quarter(std::size_t i) const {
    if (!begins_quarter(onsets_[i])) return i;
    std::size_t next = i + 1;
    while (next < onsets_.size() && onsets_[next] - onsets_[i] < quarter() - tolerance()) ++next;
    const bool found =
        next < onsets_.size() && onsets_[next] - onsets_[i] <= quarter() + tolerance();
    return found ? next : i;
  }
  std::optional<double> lone_place(std::size_t first, std::size_t next) const {
    const auto whole = static_cast<double>((onsets_[next] - onsets_[first]).ticks());
    std::optional<double> lone;
    for (std::size_t i = first + 1; i < next; ++i) {
      const Duration into = onsets_[i] - onsets_[first];
      if (into <= tolerance()) continue;  // sounds with the first
      if (lone && onsets_[i] - onsets_[i - 1] > tolerance()) return std::nullopt;
      if (!lone) lone = static_cast<double>(into.ticks()) / whole;
    }
    return lone && *lone >= 0.4 && *lone <= 0.8 ? lone : std::nullopt;
  }

  std::vector<Tick> onsets_;
  const MeterMap& meters_;
};

std::optional<SwingEstimate> swing_of(std::vector<Tick> onsets, const MeterMap& meters) {
  auto places = QuarterOnsets(std::move(onsets), meters).between();
  if (places.empty()) return std::nullopt;
  const auto middle = places.begin() + static_cast<std::ptrdiff_t>(places.size() / 2);
  std::ranges::nth_element(places, middle);
  return SwingEstimate{*middle, static_cast<int>(places.size())};
}

}  // namespace

int sixteenths_of(const Meter& meter) {
  return static_cast<int>(
      std::max<std::int64_t>(1, (meter.bar_quarters() * Rational(4)).nearest()));
}

OnsetGrid onset_grid(std::span<const Note> notes, const MeterMap& meters, const Meter& meter) {
  const int positions = sixteenths_of(meter);
  OnsetGrid grid{meter, std::vector<double>(static_cast<std::size_t>(positions))};
  double total = 0;
  for (const Note& note : notes) {
    if (meters.meter_at(note.onset) != meter) continue;
    const Duration into = note.onset - meters.onset_of(meters.bar_at(note.onset));
    const auto sixteenth = Rational(into.ticks() * 4, meters.ppq().ticks()).nearest();
    grid.shares[static_cast<std::size_t>(sixteenth % positions)] += 1;
    total += 1;
  }
  for (double& share : grid.shares) share = total > 0 ? share / total : 0;
  return grid;
}

std::vector<std::int64_t> onset_positions(std::span<const Note> notes, Span span, Ppq ppq) {
  std::vector<std::int64_t> positions;
  for (const Note& note : notes)
    if (span.onset <= note.onset && note.onset < span.end)
      positions.push_back(Rational((note.onset - span.onset).ticks() * 4, ppq.ticks()).nearest());
  std::ranges::sort(positions);
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return positions;
}

double onset_likeness(std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
  if (a.empty() && b.empty()) return 1;
  std::vector<std::int64_t> shared;
  std::ranges::set_intersection(a, b, std::back_inserter(shared));
  return 2 * static_cast<double>(shared.size()) / static_cast<double>(a.size() + b.size());
}

Meter prevailing_meter(const MeterMap& meters, BarRange bars) {
  bars = clipped(bars, meters);
  std::vector<std::pair<Meter, int>> counts;
  for (Bar bar = bars.first; bar < bars.end; bar = bar + 1) {
    const Meter meter = meters.meter_of(bar);
    const auto known =
        std::ranges::find(counts, meter, [](const auto& count) { return count.first; });
    if (known == counts.end()) counts.emplace_back(meter, 1);
    else ++known->second;
  }
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& count) { return count.second; });
  return most == counts.end() ? meters.meter_of(bars.first) : most->first;
}

std::vector<ValueShare> duration_shares(std::span<const Note> notes, Ppq ppq) {
  std::map<Rational, int> counts;
  for (const Note& note : notes) ++counts[rounded_value(note.duration, ppq)];
  return shares_of(counts);
}

std::vector<ValueShare> step_shares(std::span<const Note> notes, Ppq ppq) {
  std::map<Rational, int> counts;
  for (std::size_t i = 1; i < notes.size(); ++i)
    if (notes[i].onset > notes[i - 1].onset)
      ++counts[rounded_value(notes[i].onset - notes[i - 1].onset, ppq)];
  return shares_of(counts);
}

Grid finest_grid(std::span<const Note> notes, const MeterMap& meters) {
  static constexpr std::array kGrids = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48};
  if (notes.empty()) return {1, 1.0};
  Grid grid{1, 0};
  for (int per_quarter : kGrids) {
    const auto on_grid = std::ranges::count_if(notes, [&](const Note& note) {
      const Duration into = note.onset - meters.onset_of(meters.bar_at(note.onset));
      return is_on_grid(into, meters.ppq(), per_quarter);
    });
    grid = {per_quarter, static_cast<double>(on_grid) / static_cast<double>(notes.size())};
    if (grid.share >= 0.97) return grid;
  }
  return grid;
}

std::optional<SwingEstimate> estimate_swing(std::span<const Note> notes, const MeterMap& meters) {
  std::vector<Tick> onsets;
  for (const Note& note : notes) onsets.push_back(note.onset);
  return swing_of(std::move(onsets), meters);
}

std::optional<SwingEstimate> estimate_swing(std::span<const Note> notes, const MeterMap& meters,
                                            const Performance& performance) {
  std::vector<Tick> onsets;
  for (const Note& note : notes) {
    const PlayedNote* played = find_played(performance, note.id);
    const Tick onset = note.onset + (played != nullptr ? played->shift : Duration(0));
    onsets.push_back(std::max(onset, Tick(0)));
  }
  return swing_of(std::move(onsets), meters);
}

}  // namespace toccata

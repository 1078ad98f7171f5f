// SPDX-License-Identifier: MIT
#include <toccata/learn/quantise.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <toccata/base/elementary.hpp>

namespace toccata::learn {
namespace {

constexpr double kUnsteady = 0.022;  ///< seconds: a deviation of single strokes
constexpr double kEarly = 0.07;      ///< quarters before the beat that belong to it
constexpr double kCollision = 3;     ///< for two strokes of a drum that a grid cannot tell apart
constexpr std::array kGrids{4, 3, 6, 8};
/// Shares to begin with: most quarters are sixteenths.
constexpr std::array kUsual{0.7, 0.1, 0.1, 0.1};

/// The strokes of one quarter.
struct Quarter {
  std::int64_t index;
  std::size_t first, end;
};

std::int64_t slot_of(double into, int grid) {
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(into * grid + 0.5)), 0,
                                  grid);
}

std::vector<Quarter> quarters_of(std::span<const Struck> strokes) {
  std::vector<Quarter> quarters;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const auto index = static_cast<std::int64_t>(std::floor(strokes[i].at + kEarly));
    if (quarters.empty() || quarters.back().index != index) quarters.push_back({index, i, i});
    quarters.back().end = i + 1;
  }
  return quarters;
}

double length_of(std::span<const Struck> strokes, const Quarter& quarter, int grid,
                 double seconds) {
  constexpr double kFurthest = 3 * kUnsteady;  // of what is no member of any grid
  double length = 0;
  std::set<std::pair<Drum, std::int64_t>> seen;
  for (const Struck& stroke : strokes.subspan(quarter.first, quarter.end - quarter.first)) {
    const double into = stroke.at - static_cast<double>(quarter.index);
    const std::int64_t slot = slot_of(into, grid);
    const double away =
        std::min(std::fabs(into - static_cast<double>(slot) / grid) * seconds, kFurthest);
    length += away * away / (2 * kUnsteady * kUnsteady) + exact_log(grid);
    if (!seen.emplace(stroke.drum, slot).second) length += kCollision;
  }
  return length;
}

/// The index into kGrids of each quarter.
std::vector<std::size_t> choose_grids(std::span<const Struck> strokes,
                                      std::span<const Quarter> quarters, double seconds) {
  constexpr int kRounds = 4;
  std::vector<std::array<double, kGrids.size()>> lengths;
  for (const Quarter& quarter : quarters) {
    auto& own = lengths.emplace_back();
    for (std::size_t g = 0; g < kGrids.size(); ++g)
      own[g] = length_of(strokes, quarter, kGrids[g], seconds);
  }
  std::array<double, kGrids.size()> shares = kUsual;
  std::vector<std::size_t> chosen(quarters.size());
  for (int round = 0; round < kRounds; ++round) {
    std::array<double, kGrids.size()> counts;
    counts.fill(1);
    for (std::size_t q = 0; q < quarters.size(); ++q) {
      auto total = lengths[q];
      for (std::size_t g = 0; g < kGrids.size(); ++g) total[g] -= exact_log(shares[g]);
      chosen[q] = static_cast<std::size_t>(std::ranges::min_element(total) - total.begin());
      const bool tells = std::ranges::any_of(
          strokes.subspan(quarters[q].first, quarters[q].end - quarters[q].first),
          [&](const Struck& stroke) {
            return stroke.at - static_cast<double>(quarters[q].index) > 0.1;
          });
      if (tells) counts[chosen[q]] += 1;
    }
    double all = 0;
    for (const double count : counts) all += count;
    for (std::size_t g = 0; g < kGrids.size(); ++g) shares[g] = counts[g] / all;
  }
  return chosen;
}

/// Of the strokes on some slots of a grid: how far they stand behind it in the middle.
double usual_lateness(std::vector<double> lateness) {
  constexpr std::size_t kFewest = 8;
  if (lateness.size() < kFewest) return 0;
  const auto middle = lateness.begin() + std::ssize(lateness) / 2;
  std::ranges::nth_element(lateness, middle);
  return *middle;
}

/// A take on its grid, before and after its swing is taken off.
class Gridded {
 public:
  Gridded(std::span<const Struck> strokes, double seconds) {
    const auto quarters = quarters_of(strokes);
    const auto grids = choose_grids(strokes, quarters, seconds);
    for (std::size_t q = 0; q < quarters.size(); ++q)
      for (std::size_t i = quarters[q].first; i < quarters[q].end; ++i)
        add(strokes[i].at, quarters[q].index, kGrids[grids[q]]);
  }

  Quantised unswung() && {
    const auto off_sixteenth = [](const Slot& slot) {
      return slot.grid == 4 && slot.index % 2 == 1;
    };
    const auto off_eighth = [](const Slot& slot) { return slot.grid == 4 && slot.index == 2; };
    const auto last_third = [](const Slot& slot) { return slot.grid == 3 && slot.index == 2; };
    // Swing is of eighths where sixteenths between them are rare.
    const bool of_eighths = 4 * count(off_sixteenth) < count(off_eighth);
    if (of_eighths) out_.eighth_swing = 0.5 + take_off(off_eighth, 0, 0.2);
    else out_.sixteenth_swing = 0.5 + 2 * take_off(off_sixteenth, 0, 0.1);
    take_off(last_third, -0.11, 0.08);  // triplets that lean to straight or to dotted ones
    return std::move(out_);
  }

 private:
  struct Slot {
    int grid;
    std::int64_t index;
  };
  void add(double at, std::int64_t quarter, int grid) {
    const std::int64_t slot = slot_of(at - static_cast<double>(quarter), grid);
    const std::int64_t place = quarter * DrumPattern::kPlaces + slot * DrumPattern::kPlaces / grid;
    slots_.push_back({grid, slot});
    out_.places.push_back(place);
    out_.lateness.push_back(at - static_cast<double>(place) / DrumPattern::kPlaces);
  }
  template <class Is>
  std::ptrdiff_t count(const Is& is) const {
    return std::ranges::count_if(slots_, is);
  }
  template <class Is>
  double take_off(const Is& is, double least, double most) {
    std::vector<double> late;
    for (std::size_t i = 0; i < slots_.size(); ++i)
      if (is(slots_[i])) late.push_back(out_.lateness[i]);
    const double swing = std::clamp(usual_lateness(std::move(late)), least, most);
    for (std::size_t i = 0; i < slots_.size(); ++i)
      if (is(slots_[i])) out_.lateness[i] -= swing;
    return swing;
  }

  std::vector<Slot> slots_;
  Quantised out_;
};

}  // namespace

Quantised quantise(std::span<const Struck> strokes, double seconds_a_quarter) {
  return Gridded(strokes, seconds_a_quarter).unswung();
}

}  // namespace toccata::learn

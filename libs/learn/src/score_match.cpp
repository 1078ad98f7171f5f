// SPDX-License-Identifier: MIT
#include "score_match.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace toccata::learn {
namespace {

constexpr double kGrid = 48;                 ///< steps of a quarter in which onsets are compared
constexpr double kFarthest = 12;             ///< that the two move apart at once, in quarters
constexpr std::size_t kAhead = 32;           ///< notes that are asked whether they have
constexpr std::size_t kMoreOf = kAhead / 4;  ///< at least so many more are found then

std::int64_t step_of(double quarters) { return std::llround(quarters * kGrid); }

class Matching {
 public:
  Matching(const PlayingOrder& from, const PlayingOrder& to) : from_(from) {
    for (std::size_t place = 0; place < to.notes().size(); ++place) {
      auto& notes = to_[pitch_of(to, place)];
      const std::int64_t step = step_of(to.onset(place));
      if (notes.empty() || notes.back().step != step) notes.push_back({step, place});
    }
  }

  ScoreMatch match() const {
    ScoreMatch match;
    std::int64_t by = 0;
    for (std::size_t place = 0; place < from_.notes().size(); ++place) {
      auto found = find(place, by);
      if (!found) {
        const std::int64_t better = best_shift(place, by);
        if (better != by)
          match.shifts.push_back({from_.onset(place), static_cast<double>(by = better) / kGrid});
        found = find(place, by);
      }
      match.places.push_back(found);
      match.found += found ? 1 : 0;
    }
    return match;
  }

 private:
  struct Struck {
    std::int64_t step;
    std::size_t place;
  };
  static std::size_t pitch_of(const PlayingOrder& order, std::size_t place) {
    return static_cast<std::size_t>(order.notes()[place].note->pitch.number());
  }

  std::optional<std::size_t> find(std::size_t place, std::int64_t by) const {
    const auto& notes = to_[pitch_of(from_, place)];
    const std::int64_t wanted = step_of(from_.onset(place)) + by;
    const auto found = std::ranges::lower_bound(notes, wanted, {}, &Struck::step);
    if (found == notes.end() || found->step != wanted) return std::nullopt;
    return found->place;
  }

  std::size_t found_ahead(std::size_t place, std::int64_t by) const {
    const std::size_t end = std::min(place + kAhead, from_.notes().size());
    std::size_t count = 0;
    for (; place < end; ++place) count += find(place, by) ? 1 : 0;
    return count;
  }

  /// The shift by which a note is found, and most of those ahead; as it was where that does not
  /// bring enough of them.
  std::int64_t best_shift(std::size_t place, std::int64_t by) const {
    const std::int64_t here = step_of(from_.onset(place)), reach = step_of(kFarthest);
    const auto& notes = to_[pitch_of(from_, place)];
    auto note = std::ranges::lower_bound(notes, here + by - reach, {}, &Struck::step);
    std::int64_t best = by;
    std::size_t most = found_ahead(place, by) + kMoreOf;
    for (; note != notes.end() && note->step <= here + by + reach; ++note) {
      const std::int64_t shift = note->step - here;
      const std::size_t count = found_ahead(place, shift);
      const bool is_nearer = best == by || std::abs(shift - by) < std::abs(best - by);
      if (count < most || (count == most && !is_nearer)) continue;
      best = shift;
      most = count;
    }
    return best;
  }

  const PlayingOrder& from_;
  std::array<std::vector<Struck>, Pitch::kHighest + 1> to_;  ///< by pitch
};

}  // namespace

double ScoreMatch::moved(double quarter) const {
  const auto after = std::ranges::upper_bound(shifts, quarter, {}, &Shift::from);
  return quarter + (after == shifts.begin() ? 0 : std::prev(after)->by);
}

ScoreMatch match_scores(const PlayingOrder& from, const PlayingOrder& to) {
  return Matching(from, to).match();
}

}  // namespace toccata::learn

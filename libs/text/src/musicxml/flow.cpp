// SPDX-License-Identifier: MIT
#include "musicxml/flow.hpp"

#include <algorithm>
#include <map>

namespace toccata::musicxml::detail {
namespace {

struct Ending {
  int first, last;  ///< measures, both included
  int group;
};
/// Endings that follow one another.
struct EndingGroup {
  int passes = 1;
  bool repeats = false;
  int begins_at = 0;  ///< where its repeat begins
  int last = 0;
};
constexpr int kNone = -1;

/// What leads where, found before anything is played.
class FlowMap {
 public:
  explicit FlowMap(const std::vector<WrittenBar>& bars) : bars_(bars) {
    repeat_begins_.assign(bars.size(), kNone);
    ending_at_.assign(bars.size(), kNone);
    find_endings();
    find_repeats();
  }
  const FlowSigns& signs(int measure) const { return bars_[at(measure)].flow; }
  /// Where the repeat that ends with a measure begins, or kNone.
  int repeat_begin(int measure) const { return repeat_begins_[at(measure)]; }
  const Ending* ending_of(int measure) const {
    const int ending = ending_at_[at(measure)];
    return ending == kNone ? nullptr : &endings_[at(ending)];
  }
  const EndingGroup& group_of(const Ending& ending) const { return groups_[at(ending.group)]; }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  int size() const { return static_cast<int>(bars_.size()); }

  bool is_new_stretch(int measure) const {
    return !signs(measure).ending_numbers.empty() || signs(measure).repeat_begins;
  }
  /// An ending without an end goes up to its repeat, or is one measure. One whose bracket is drawn
  /// too short, as many are, goes on to the repeat that stands right before the next ending.
  int last_of_ending(int first) const {
    int last = first;
    while (!signs(last).ending_ends && !signs(last).repeat_times) {
      if (last + 1 == size() || is_new_stretch(last + 1)) break;
      ++last;
    }
    if (last + 1 == size() && !signs(last).ending_ends && !signs(last).repeat_times) return first;
    for (int m = last; m + 1 < size(); ++m) {
      if (signs(m).repeat_times) return signs(m + 1).ending_numbers.empty() ? last : m;
      if (is_new_stretch(m + 1)) break;
    }
    return last;
  }

  void find_endings() {
    for (int m = 0; m < size(); ++m) {
      if (signs(m).ending_numbers.empty()) continue;
      const bool goes_on = !endings_.empty() && endings_.back().last + 1 == m;
      if (!goes_on) groups_.emplace_back();
      const int last = last_of_ending(m);
      endings_.push_back({m, last, static_cast<int>(groups_.size()) - 1});
      EndingGroup& group = groups_.back();
      group.last = last;
      group.passes = std::max(group.passes, *std::ranges::max_element(signs(m).ending_numbers));
      for (int k = m; k <= last; ++k) {
        ending_at_[at(k)] = static_cast<int>(endings_.size()) - 1;
        if (!signs(k).repeat_times) continue;
        // A first ending alone is left out the second time.
        if (!group.repeats) ++group.passes;
        group.repeats = true;
      }
      m = last;
    }
  }

  void find_repeats() {
    std::vector<int> open;
    int fallback = 0, group_with_begin = kNone;
    const auto take_begin = [&] {
      if (open.empty()) return fallback;
      const int begin = open.back();
      open.pop_back();
      return begin;
    };
    for (int m = 0; m < size(); ++m) {
      if (signs(m).repeat_begins) open.push_back(m);
      const Ending* ending = ending_of(m);
      if (signs(m).repeat_times) {
        if (ending == nullptr) {
          repeat_begins_[at(m)] = take_begin();
        } else {
          EndingGroup& group = groups_[at(ending->group)];
          if (group_with_begin != ending->group) group.begins_at = take_begin();
          group_with_begin = ending->group;
          repeat_begins_[at(m)] = group.begins_at;
        }
        fallback = m + 1;
      }
      if (ending != nullptr && m == groups_[at(ending->group)].last) fallback = m + 1;
    }
  }

  const std::vector<WrittenBar>& bars_;
  std::vector<int> repeat_begins_, ending_at_;
  std::vector<Ending> endings_;
  std::vector<EndingGroup> groups_;
};

/// Plays through a map.
class Player {
 public:
  Player(const std::vector<WrittenBar>& bars, Reading& reading)
      : bars_(bars), map_(bars), reading_(reading), passes_(bars.size(), 1), left_(bars.size()) {}

  Read<std::vector<int>> play() {
    int m = 0;
    while (m < static_cast<int>(bars_.size())) {
      if (const Ending* ending = map_.ending_of(m); ending != nullptr && is_skipped(*ending, m)) {
        m = ending->last + 1;
        continue;
      }
      if (order_.size() >= static_cast<std::size_t>(kMostBars))
        return reading_.refuse(Fault::TooLong, {}, "over " + std::to_string(kMostBars) + " bars");
      order_.push_back(m);
      if (has_jumped_ && map_.signs(m).fine) break;
      TOCCATA_TRY(m, next_after(m));
    }
    return std::move(order_);
  }

 private:
  int& passes_from(int begin) { return passes_[static_cast<std::size_t>(begin)]; }

  bool is_skipped(const Ending& ending, int measure) {
    const EndingGroup& group = map_.group_of(ending);
    if (measure != ending.first || !group.repeats) return false;
    const int pass = has_jumped_ ? group.passes : passes_from(group.begins_at);
    const auto& numbers = map_.signs(ending.first).ending_numbers;
    return std::ranges::find(numbers, pass) == numbers.end();
  }

  Read<int> next_after(int measure) {
    if (const int begin = map_.repeat_begin(measure); begin != kNone && !has_jumped_) {
      const Ending* ending = map_.ending_of(measure);
      const int passes =
          ending != nullptr ? map_.group_of(*ending).passes : *map_.signs(measure).repeat_times;
      if (passes_from(begin) < passes) {
        ++passes_from(begin);
        return begin;
      }
      passes_from(begin) = 1;
    }
    // The last ending may have no repeat of its own: then the next time begins anew here.
    if (const Ending* ending = map_.ending_of(measure); ending != nullptr &&
                                                        map_.group_of(*ending).repeats &&
                                                        measure == map_.group_of(*ending).last)
      passes_from(map_.group_of(*ending).begins_at) = 1;
    return jump_after(measure);
  }

  Read<int> jump_after(int measure) {
    const FlowSigns& signs = map_.signs(measure);
    const bool is_fresh = !left_[static_cast<std::size_t>(measure)];
    if (has_jumped_ && signs.to_coda && is_fresh) {
      left_[static_cast<std::size_t>(measure)] = true;
      return target(measure, *signs.to_coda, codas_);
    }
    if ((signs.da_capo || signs.dal_segno) && is_fresh) {
      left_[static_cast<std::size_t>(measure)] = true;
      if (signs.da_capo) {
        has_jumped_ = true;
        return 0;
      }
      TOCCATA_TRY(const int to, target(measure, *signs.dal_segno, segnos_));
      has_jumped_ = has_jumped_ || to <= measure;
      return to;
    }
    return measure + 1;
  }

  using Targets = std::map<std::string, int, std::less<>>;  ///< by label, and the first as ""

  Targets targets_of(std::vector<std::string> FlowSigns::*signs) const {
    Targets targets;
    for (int m = 0; m < static_cast<int>(bars_.size()); ++m)
      for (const std::string& label : map_.signs(m).*signs) {
        targets.try_emplace("", m);
        targets.try_emplace(label, m);
      }
    return targets;
  }
  /// The measure with a sign of this label, or else the first with any; the next one where there is
  /// none.
  Read<int> target(int measure, const std::string& label, const Targets& targets) {
    auto found = targets.find(label);
    if (found == targets.end()) found = targets.find("");
    if (found != targets.end()) return found->second;
    reading_.enter({}, bars_[static_cast<std::size_t>(measure)].number);
    TOCCATA_CHECK(reading_.fault(Fault::NoTarget, {}, label));
    return measure + 1;
  }

  const std::vector<WrittenBar>& bars_;
  FlowMap map_;
  Reading& reading_;
  std::vector<int> passes_;
  const Targets segnos_ = targets_of(&FlowSigns::segnos), codas_ = targets_of(&FlowSigns::codas);
  std::vector<bool> left_;  ///< measures from which a jump was taken
  std::vector<int> order_;
  bool has_jumped_ = false;
};

}  // namespace

Read<std::vector<int>> played_order(const std::vector<WrittenBar>& bars, Reading& reading) {
  return Player(bars, reading).play();
}

}  // namespace toccata::musicxml::detail

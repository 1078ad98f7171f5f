// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "musicxml/players.hpp"

namespace toccata::musicxml::detail {
namespace {

using Kind = Marking::Kind;
using Side = WrittenDirection::Side;

struct Played {
  const WrittenDirection* written;
  Tick at;
};

bool is_hairpin(Kind kind) { return kind == Kind::Crescendo || kind == Kind::Diminuendo; }
bool is_pace(Kind kind) { return kind == Kind::Slower || kind == Kind::Faster; }

/// Dynamics in force where each measure is written, by staff: what a jump brings back. Levels of
/// staves beyond the last stay as they are.
constexpr std::size_t kStaves = 9;
using Levels = std::array<const WrittenDirection*, kStaves>;

std::vector<Levels> levels_before(const WrittenPart& part) {
  std::vector<Levels> before;
  Levels levels{};
  for (const WrittenMeasure& measure : part.measures) {
    before.push_back(levels);
    for (const WrittenDirection& direction : measure.directions)
      if (direction.kind == Kind::Dynamic && direction.staff < kStaves)
        levels[direction.staff] = &direction;
  }
  return before;
}

std::vector<Played> laid_out(const WrittenPart& part, const Grid& grid) {
  std::vector<Played> played;
  const auto before = levels_before(part);
  for (const PlayedBar& bar : grid.bars) {
    const auto m = static_cast<std::size_t>(bar.measure);
    if (!bar.follows)
      for (const WrittenDirection* level : before[m])
        if (level != nullptr) played.push_back({level, bar.onset});
    for (const WrittenDirection& direction : part.measures[m].directions)
      played.push_back({&direction, grid.tick(bar, direction.at)});
  }
  // Ends come first, so that a stretch ends before the next of its number begins.
  std::ranges::stable_sort(played, [](const Played& a, const Played& b) {
    if (a.at != b.at) return a.at < b.at;
    return a.written->side == Side::End && b.written->side != Side::End;
  });
  return played;
}

/// Gives stretches their ends.
class StretchEnder {
 public:
  StretchEnder(const TempoMap& tempo, Tick end) : tempo_(tempo), end_(end) {}

  void add(const Played& played) {
    const WrittenDirection& written = *played.written;
    const int family = written.kind == Kind::Pedal ? 0 : 1;
    const std::pair of_number(family, written.number);
    if (written.side == Side::End) {
      close(of_number, played.at);
      return;
    }
    if (written.side == Side::Begin && written.number != kWordStretch) close(of_number, played.at);
    if (written.kind == Kind::Dynamic || is_hairpin(written.kind)) end_words(growing_, played.at);
    if (is_pace(written.kind) || written.kind == Kind::ATempo) end_words(pacing_, played.at);
    markings_.push_back(
        {written.kind, played.at, played.at, written.loudness, written.text, written.staff});
    if (written.side != Side::Begin) return;
    if (written.number == kWordStretch)
      (is_pace(written.kind) ? pacing_ : growing_).push_back(markings_.size() - 1);
    else open_[of_number] = markings_.size() - 1;
  }

  std::vector<Marking> finish() && {
    for (const auto& [number, index] : open_) markings_[index].end = unclosed_end(index);
    for (const auto& words : {growing_, pacing_})
      for (std::size_t index : words) markings_[index].end = end_;
    for (Marking& marking : markings_) cut_at_tempo(marking);
    std::erase_if(markings_, [](const Marking& marking) {
      return is_stretch(marking.kind) && marking.end <= marking.at;
    });
    return std::move(markings_);
  }

 private:
  void close(std::pair<int, int> number, Tick at) {
    const auto found = open_.find(number);
    if (found == open_.end()) return;
    markings_[found->second].end = at;
    open_.erase(found);
  }
  /// Ends the words of a kind that began before a point; those at it go on.
  void end_words(std::vector<std::size_t>& words, Tick at) {
    // What goes on began at one point, so that the first tells for all.
    if (words.empty() || markings_[words.front()].at == at) return;
    for (std::size_t index : words) markings_[index].end = at;
    words.clear();
  }
  /// What nobody ends holds to the next level, or to the end.
  Tick unclosed_end(std::size_t index) const {
    if (!is_hairpin(markings_[index].kind)) return end_;
    for (std::size_t i = index + 1; i < markings_.size(); ++i)
      if (markings_[i].kind == Kind::Dynamic && markings_[i].at > markings_[index].at)
        return markings_[i].at;
    return end_;
  }
  void cut_at_tempo(Marking& marking) const {
    if (!is_pace(marking.kind)) return;
    const auto changes = tempo_.changes();
    const auto next = std::ranges::upper_bound(changes, marking.at, {}, &TempoChange::at);
    if (next != changes.end()) marking.end = std::min(marking.end, next->at);
  }

  const TempoMap& tempo_;
  Tick end_;
  std::vector<Marking> markings_;
  std::map<std::pair<int, int>, std::size_t> open_;
  std::vector<std::size_t> growing_, pacing_;  ///< words that still hold
};

/// A level that holds already says nothing, as where a jump brought it back.
void drop_restated(std::vector<Marking>& markings, const Grid& grid) {
  std::map<std::uint8_t, Marking> held;
  std::vector<Tick> jumps;
  for (const PlayedBar& bar : grid.bars)
    if (!bar.follows) jumps.push_back(bar.onset);
  std::erase_if(markings, [&](const Marking& marking) {
    if (marking.kind != Kind::Dynamic) return false;
    const auto found = held.find(marking.staff);
    const bool is_same = found != held.end() && found->second.text == marking.text &&
                         found->second.loudness == marking.loudness;
    held.insert_or_assign(marking.staff, marking);
    return is_same && std::ranges::binary_search(jumps, marking.at);
  });
}

}  // namespace

std::vector<Marking> play_markings(const WrittenPart& part, const Grid& grid,
                                   const TempoMap& tempo) {
  StretchEnder ender(tempo, grid.end);
  for (const Played& played : laid_out(part, grid)) ender.add(played);
  auto markings = std::move(ender).finish();
  drop_restated(markings, grid);
  return markings;
}

}  // namespace toccata::musicxml::detail

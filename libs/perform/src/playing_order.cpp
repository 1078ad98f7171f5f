// SPDX-License-Identifier: MIT
#include <toccata/perform/playing_order.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace toccata {
namespace {

constexpr int kHighest = -1, kInner = -2, kLowest = -3;

}  // namespace

PlayingOrder::PlayingOrder(const Score& score)
    : score_(&score), ppq_(static_cast<double>(score.ppq().ticks())) {
  for (std::uint32_t part = 0; part < score.parts.size(); ++part) {
    if (score.parts[part].instrument.is_drums) continue;
    for (const Note& note : score.parts[part].notes) notes_.push_back({&note, part, 0, 0, 0, 0});
  }
  std::ranges::stable_sort(notes_, [](const PlacedNote& a, const PlacedNote& b) {
    return std::tuple(a.note->onset, a.note->pitch, a.part) <
           std::tuple(b.note->onset, b.note->pitch, b.part);
  });
  find_chords();
  find_lines();
}

void PlayingOrder::find_chords() {
  for (std::uint32_t place = 0; place < notes_.size(); ++place) {
    const Tick onset = notes_[place].note->onset;
    if (chords_.empty() || chords_.back().onset != onset) chords_.push_back({onset, place, place});
    chords_.back().end = place + 1;
    notes_[place].chord = static_cast<std::uint32_t>(chords_.size() - 1);
  }
}

void PlayingOrder::find_lines() {
  // What a line is told apart by: part, staff, voice; without a voice, where it lies in its part.
  std::map<std::tuple<std::uint32_t, int, int>, std::uint32_t> lines;
  for (const PlacedChord& chord : chords_) {
    std::map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>> ends;  // of each part, here
    for (std::uint32_t place = chord.first; place < chord.end; ++place)
      ends.emplace(notes_[place].part, std::pair(place, place)).first->second.second = place;
    for (std::uint32_t place = chord.first; place < chord.end; ++place) {
      PlacedNote& placed = notes_[place];
      const auto [lowest, highest] = ends.at(placed.part);
      const int where = place == highest ? kHighest : place == lowest ? kLowest : kInner;
      const bool has_voice = placed.note->voice != 0;
      const auto found = lines.emplace(std::tuple(placed.part, has_voice ? placed.note->staff : 0,
                                                  has_voice ? placed.note->voice : where),
                                       static_cast<std::uint32_t>(lines.size()));
      placed.line = found.first->second;
    }
  }
  // The highest note of the line's chord before, and of the one after.
  struct Passed {
    std::optional<std::uint32_t> here, before;
  };
  std::vector<Passed> passed(lines.size());
  for (std::uint32_t place = 0; place < notes_.size(); ++place) {
    Passed& line = passed[notes_[place].line];
    if (line.here && notes_[*line.here].chord != notes_[place].chord) line.before = line.here;
    line.here = place;
    notes_[place].previous = line.before.value_or(place);
  }
  passed.assign(lines.size(), {});
  for (auto place = static_cast<std::uint32_t>(notes_.size()); place-- > 0;) {
    Passed& line = passed[notes_[place].line];
    if (!line.here || notes_[*line.here].chord != notes_[place].chord) {
      line.before = line.here;
      line.here = place;  // going backwards, the highest comes first
    }
    notes_[place].next = line.before.value_or(place);
  }
}

std::size_t PlayingOrder::chord_at(double quarter) const {
  const auto after = std::ranges::upper_bound(
      chords_, quarter, {}, [&](const PlacedChord& chord) { return quarters(chord.onset); });
  return after == chords_.begin() ? 0 : static_cast<std::size_t>(after - chords_.begin() - 1);
}

}  // namespace toccata

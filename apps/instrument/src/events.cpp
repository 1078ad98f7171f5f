// SPDX-License-Identifier: MIT
#include "events.hpp"

#include <algorithm>
#include <array>

namespace toccata::instrument {
namespace {

enum class Rank : std::uint32_t {
  NoteEnd,
  SysEx,
  Bank,
  Program,
  Selector,
  DataEntry,
  LateSelector,
  Other,
  NoteBegin,
  NotePressure
};

/// Controllers 98 to 101 say what data entry is for; seen again at a frame they unset it.
class Ranks {
 public:
  Rank rank_of(const Event& event) {
    if (event.frame != frame_) seen_ = {};
    frame_ = event.frame;
    switch (event.kind()) {
      case 0x80: return Rank::NoteEnd;
      case 0x90: return event.data(2) == 0 ? Rank::NoteEnd : Rank::NoteBegin;
      case 0xA0: return Rank::NotePressure;
      case 0xB0: return rank_of_controller(event);
      case 0xC0: return Rank::Program;
      case 0xF0: return Rank::SysEx;
      default: return Rank::Other;
    }
  }

 private:
  Rank rank_of_controller(const Event& event) {
    const std::uint8_t number = event.data(1);
    if (number == 0 || number == 32) return Rank::Bank;
    if (number == 6 || number == 38 || number == 96 || number == 97) return Rank::DataEntry;
    if (number < 98 || number > 101) return Rank::Other;
    const auto bit = static_cast<std::uint8_t>(1U << (number - 98));
    const bool is_late = (seen_[event.channel()] & bit) != 0;
    seen_[event.channel()] |= bit;
    return is_late ? Rank::LateSelector : Rank::Selector;
  }

  std::uint32_t frame_ = 0;
  std::array<std::uint8_t, 16> seen_{};
};

/// std::stable_sort takes memory; here the place breaks ties.
void sort(std::span<Event> events) {
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return a.frame != b.frame ? a.frame < b.frame : a.rank < b.rank;
  });
}

}  // namespace

void put_in_order(std::span<Event> events, SameFrame same_frame) {
  std::uint32_t place = 0;
  for (Event& event : events) event.rank = place++;
  if (!std::is_sorted(events.begin(), events.end(),
                      [](const Event& a, const Event& b) { return a.frame < b.frame; }))
    sort(events);
  if (same_frame == SameFrame::Kept) return;
  Ranks ranks;
  place = 0;
  for (Event& event : events)
    event.rank = static_cast<std::uint32_t>(ranks.rank_of(event)) << 16 | place++;
  sort(events);
}

}  // namespace toccata::instrument

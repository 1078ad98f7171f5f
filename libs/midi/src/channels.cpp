// SPDX-License-Identifier: MIT
#include "channels.hpp"

#include <algorithm>

namespace toccata::midi {
namespace {

struct Slot {
  int bend = 0;
  std::optional<Tick> released;  ///< of everything that sounded on it; none while it is unused
  Tick closed;                   ///< up to here a glide has it for itself
};

bool is_idle(const Slot& slot, Tick at, Duration tail) {
  return !slot.released || *slot.released + tail <= at;
}

class SlotFinder {
 public:
  SlotFinder(Duration tail, Sharing sharing) : tail_(tail), sharing_(sharing) {}

  std::size_t find(const SoundingNote& note) {
    const int bend = note.bend_from.value_or(note.bend);
    const bool may_share = sharing_ == Sharing::EqualBends && !note.bend_from;
    const auto fits = [&](const Slot& slot) {
      const bool is_free = may_share ? slot.closed <= note.on : is_idle(slot, note.on, tail_);
      return slot.bend == bend && is_free;
    };
    auto found = std::ranges::find_if(slots_, fits);
    if (found == slots_.end())
      found =
          std::ranges::find_if(slots_, [&](const Slot& s) { return is_idle(s, note.on, tail_); });
    if (found == slots_.end()) found = slots_.insert(slots_.end(), Slot{});
    take(*found, note);
    return static_cast<std::size_t>(found - slots_.begin());
  }
  int count() const { return static_cast<int>(slots_.size()); }

 private:
  void take(Slot& slot, const SoundingNote& note) {
    slot.bend = note.bend;
    slot.released = std::max(slot.released.value_or(note.released), note.released);
    if (note.bend_from) slot.closed = note.released + tail_;
  }
  Duration tail_;
  Sharing sharing_;
  std::vector<Slot> slots_;
};

int least_needed(std::vector<Voices>& voices, Duration tail, int most) {
  int needed = 0;
  for (Voices& v : voices) {
    const auto slots = assign_slots(v.notes, tail, Sharing::EqualBends, most);
    needed += slots.value_or(most + 1);
  }
  return needed;
}

int slots_of(const Voices& voices) {
  int slots = 1;
  for (const SoundingNote& note : voices.notes) slots = std::max(slots, note.slot + 1);
  return slots;
}

void give_channels(std::vector<Voices>& voices, std::vector<int> free) {
  const auto take = [&](Voices& v, std::vector<int>::iterator channel) {
    v.channels.push_back(*channel);
    free.erase(channel);
  };
  for (Voices& v : voices) v.channels.clear();
  for (Voices& v : voices)
    if (const auto wish = std::ranges::find(free, v.wish.value_or(-1)); wish != free.end())
      take(v, wish);
  for (Voices& v : voices)
    while (static_cast<int>(v.channels.size()) < slots_of(v)) take(v, free.begin());
}

}  // namespace

SoundingNote::SoundingNote(const Note& written, const PlayedNote* played, std::size_t of_part)
    : note(&written),
      part(of_part),
      on(written.onset),
      pitch(static_cast<std::uint8_t>(written.pitch.number())),
      velocity(static_cast<std::uint8_t>(kPlainVelocity.number())) {
  Duration sounding = written.duration;
  if (played != nullptr) {
    on = on + played->shift;
    sounding = played->sounding;
    velocity = static_cast<std::uint8_t>(played->velocity.number());
    if (played->release) release = static_cast<std::uint8_t>(played->release->number());
  }
  on = std::max(on, Tick(0));
  off = released = on + std::max(sounding, Duration(1));
}

std::optional<int> assign_slots(std::vector<SoundingNote>& notes, Duration tail, Sharing sharing,
                                int most) {
  SlotFinder finder(tail, sharing);
  for (SoundingNote& note : notes) {
    note.slot = static_cast<int>(finder.find(note));
    if (finder.count() > most) return std::nullopt;
  }
  return std::max(1, finder.count());
}

Result<void, int> plan_channels(std::vector<Voices>& voices, std::vector<int> free, Duration tail) {
  const int most = static_cast<int>(free.size());
  int needed = 0;
  for (const Duration shorter : {tail, tail / 4, Duration(0)}) {
    needed = least_needed(voices, shorter, most);
    if (needed > most) continue;
    give_channels(voices, std::move(free));
    return {};
  }
  return Unexpected{needed};
}

}  // namespace toccata::midi

// SPDX-License-Identifier: MIT
#include "contradictions.hpp"

#include <algorithm>

namespace toccata::plan_detail {
namespace {

template <class Items, class Item>
bool has(const Items& items, const Item& item) {
  return std::ranges::find(items, item) != std::ranges::end(items);
}

/// "No drums, but a darbuka".
bool names_hand_drum(const Brief& brief) {
  return std::ranges::any_of(brief.instruments, [](const std::string& id) {
    const auto* info = InstrumentInfo::find(id);
    return info != nullptr && info->instrument.is_drums && id != "drums";
  });
}

Unexpected<std::string> twofold(std::string_view what) {
  return Unexpected{std::string(what) + " asked for and refused"};
}

}  // namespace

Result<void, std::string> check_wishes(const Brief& brief) {
  const bool refused = brief.drums == false;
  if (refused && has(brief.parts, Role::Drums) && !names_hand_drum(brief))
    return twofold("drums are among the parts");
  if (refused && has(brief.instruments, "drums")) return twofold("drums are among the instruments");
  if (brief.drums == true && !brief.parts.empty() && !has(brief.parts, Role::Drums))
    return Unexpected{std::string("drums are asked for, and not among the parts asked for")};
  for (const Role role : brief.parts)
    if (has(brief.without_parts, role))
      return twofold("the part " + std::string(name_of(role)) + " is");
  for (const std::string& id : brief.instruments)
    if (has(brief.without_instruments, id)) return twofold("the instrument " + id + " is");
  for (const SeatAsk& seat : brief.seats) {
    const bool is_left_out = has(brief.without_parts, seat.role) ||
                             (!brief.parts.empty() && !has(brief.parts, seat.role));
    const bool is_drums = seat.role == Role::Drums && refused && !names_hand_drum(brief);
    if (is_left_out || is_drums || has(brief.without_instruments, seat.instrument))
      return twofold("the seat " + to_string(seat) + " is");
  }
  if (brief.alone && brief.instruments.empty() && brief.seats.empty())
    return Unexpected{std::string("nobody else is to play, and no instrument is asked for")};
  return {};
}

std::vector<std::string> without_seat(const Brief& brief, std::span<const Seat> seats) {
  std::vector<std::string> ids;
  for (const std::string& id : brief.instruments) {
    const bool sits = std::ranges::any_of(seats, [&](const Seat& seat) {
      return seat.instrument->id == id || (id == "drums" && seat.role == Role::Drums);
    });
    if (!sits && !has(ids, id)) ids.push_back(id);
  }
  return ids;
}

Result<void, std::string> check_seats(const Brief& brief, std::span<const Seat> seats) {
  const auto ids = without_seat(brief, seats);
  if (ids.empty()) return {};
  std::string names;
  for (const Seat& seat : seats)
    if (names.find(name_of(seat.role)) == std::string::npos)
      names += (names.empty() ? "" : ", ") + std::string(name_of(seat.role));
  return Unexpected{"the instrument " + ids.front() +
                    " has nothing to play: the parts written are " + names};
}

}  // namespace toccata::plan_detail

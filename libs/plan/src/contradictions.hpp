// SPDX-License-Identifier: MIT
// Wishes of one brief that exclude each other.
#pragma once

#include <span>

#include <toccata/plan/settings.hpp>

namespace toccata::plan_detail {

/// Errors: a part or an instrument that is asked for and refused, by name.
Result<void, std::string> check_wishes(const Brief& brief);

/// Asked instruments that sit nowhere; any kit will do for "drums".
std::vector<std::string> without_seat(const Brief& brief, std::span<const Seat> seats);

/// Errors: an asked instrument that the parts leave nothing to play.
Result<void, std::string> check_seats(const Brief& brief, std::span<const Seat> seats);

}  // namespace toccata::plan_detail

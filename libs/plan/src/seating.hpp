// SPDX-License-Identifier: MIT
// Who plays what: the genre's ensemble with the asked instruments put on its seats.
#pragma once

#include <string>
#include <vector>

#include <toccata/plan/settings.hpp>

namespace toccata {

/// Fills settings.seats. Errors: an unknown instrument; no part left to write.
Result<void, std::string> seat_ensemble(const Brief& brief, Settings& settings,
                                        std::vector<Reason>& reasons);

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The instruments of the settings, checked against what is there.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <toccata/sound/settings.hpp>

namespace toccata::render {

/// The same instruments with plug-in, preset and sound font in their places.
/// Errors: BadSettings for a part of no such name, naming those there are; Plugin for a file that
/// is not there, of another kind, or a damaged preset.
Result<std::vector<sound::Instrument>, sound::Error> check_instruments(
    std::span<const sound::Instrument> instruments, std::span<const std::string_view> parts);

/// The one that is given to the part, else the one for all others; null where there is none.
const sound::Instrument* find_instrument(std::span<const sound::Instrument> instruments,
                                         std::string_view part);

}  // namespace toccata::render

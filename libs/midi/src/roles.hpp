// SPDX-License-Identifier: MIT
// What a part of a file does in the music, as far as its name and instrument tell.
#pragma once

#include <toccata/score/score.hpp>

namespace toccata::midi {

/// Drums by channel, then by a word of the name, then basses by program; Other where nothing tells.
Role guess_role(std::string_view name, const Instrument& instrument);

}  // namespace toccata::midi

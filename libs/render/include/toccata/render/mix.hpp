// SPDX-License-Identifier: MIT
// Parts rendered and put together in one room.
#pragma once

#include <span>

#include <toccata/render/renderer.hpp>

namespace toccata::render {

/// A part's place in the mix as factors.
struct Place {
  float left = 1, right = 1;  ///< of its sound
  float send = 1;             ///< of what the part itself sends to the room
  float added_send = 0;       ///< of its sound to the room
};
/// Equal power: 1 on both sides in the middle, +3 dB on one side at the ends.
Place place_of(const sound::PartMix& mix);
/// The settings of the part of that name, letters' case not regarded, or the defaults.
sound::PartMix find_mix(std::span<const sound::PartMix> parts, std::string_view name);

/// The sound of the chosen parts (indices into song.parts), before mastering.
///
/// It lasts to the song's end and the tail; without a tail asked for, until it has died away, at
/// most 10 s, then it is faded. The bytes do not depend on the number of threads.
/// Errors: what the backend says; NotFinite, naming the part.
Result<audio::Stereo, sound::Error> mix_parts(const Song& song, std::span<const std::size_t> chosen,
                                              Backend& backend, const sound::Settings& settings);

}  // namespace toccata::render

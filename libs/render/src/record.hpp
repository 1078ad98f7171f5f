// SPDX-License-Identifier: MIT
// Each part from its messages to a tape: played, levelled, equalised, compressed.
#pragma once

#include "tape.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include <toccata/render/renderer.hpp>

namespace toccata::render {

inline constexpr double kMostTailSeconds = 10;
inline constexpr float kDied = 1e-5F;  ///< -100 dB below full scale: nothing sounds any more

/// A part on tape, all of its strip done but for the last factor.
struct Recorded {
  std::string part;
  Tape tape;
  std::size_t frames = 0;                 ///< until it has died; what lies behind is silent
  std::optional<double> loudness_lufs{};  ///< of the tape; none: silent, or not measured
  double gain_db = 0;                     ///< from the instrument's level to the fader's
  double fader_db = 0;                    ///< still to be given
  double reduction_db = 0;                ///< the most that the compressor took
};

/// Every part of the song, several at once. Their sound waits in memory, or on the disk in
/// `folder` where it is much.
/// Errors: what the backend says; NotFinite, naming the part; Output where there is no room.
Result<std::vector<Recorded>, sound::Error> record_parts(const Song& song, Backend& backend,
                                                         const sound::Settings& settings,
                                                         const std::filesystem::path& folder);

}  // namespace toccata::render

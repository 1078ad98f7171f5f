// SPDX-License-Identifier: MIT
// How parts are mixed: level, place, tone and dynamics of each, and of all together.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace toccata::sound {

/// Loudness that stands for "level 0": a part with a level is brought here before its compressor,
/// and to its level beside it after. Threshold and knee of a compressor count from it. Units: LUFS.
inline constexpr double kPartLevel = -20, kBusLevel = -16;

enum class EqKind : std::uint8_t { LowCut, LowShelf, Bell, HighShelf, HighCut };
struct EqBand {
  EqKind kind = EqKind::Bell;
  double hertz = 1000;  ///< Range: 10 to 20000
  double gain_db = 0;   ///< of shelves and bells. Range: -24 to 24
  double q = 0.7071;    ///< Range: 0.1 to 10
};

struct Compression {
  double threshold_db = -18;  ///< a full sine is at 0. Range: -60 to 0
  double ratio = 2;           ///< Range: 1 to 20
  double knee_db = 6;         ///< Range: 0 to 24
  double attack_ms = 10;      ///< Range: 0.5 to 200
  double release_ms = 120;    ///< Range: 5 to 2000
  double makeup_db = 0;       ///< Range: -24 to 24
};

/// How parts are told apart: letters' case is not regarded, of ASCII's.
inline bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

/// Stands for all parts that are not named.
inline constexpr const char* kOtherParts = "*";

/// How one part stands in the mix: instrument, level, equaliser, compressor, gain, pan, room.
struct PartMix {
  std::string part{};                ///< its track's name, letters' case not regarded, or "*"
  double gain_db = 0;                ///< after all else. Range: -60 to 24
  double pan = 0;                    ///< on top of the file's. Range: -1 (left) to 1
  double reverb_send = 0;            ///< on top of what the file sends. Range: 0 to 1
  std::optional<double> level_lu{};  ///< loudness to be brought to, beside kPartLevel; none: as it
                                     ///< plays. Range: -40 to 10
  std::vector<EqBand> eq{};
  std::optional<Compression> compressor{};
};

/// What all parts go through together. With a compressor the mix is brought to kBusLevel before it.
struct BusMix {
  std::vector<EqBand> eq{};
  std::optional<Compression> compressor{};
};

}  // namespace toccata::sound

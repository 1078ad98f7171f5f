// SPDX-License-Identifier: MIT
// Rigs: what plays each part and how it is mixed, as toccata.rig/1 files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/result.hpp>
#include <toccata/sound/mix.hpp>

namespace toccata::sound {

/// What a part is played with, as the file says it: paths stand beside the rig's own file, and a
/// preset without a plug-in is one of the shipped ones by its name. All empty: the sound font.
struct RigInstrument {
  std::string plugin{}, preset{}, sound_font{};
  friend bool operator==(const RigInstrument&, const RigInstrument&) = default;
};
struct RigPart {
  PartMix mix;
  RigInstrument instrument{};
};

struct Rig {
  std::string about{};
  std::vector<RigPart> parts{};
  BusMix bus{};
  std::optional<double> loudness_lufs{}, true_peak_dbtp{};  ///< where the call says nothing
};

/// Errors: what is no JSON, an unknown or wrong member: its name and what was allowed.
Result<Rig, std::string> read_rig(std::string_view text);

/// The rig of a genre, by the genre's id. Null where there is none. Source: data/rigs.
const Rig* find_rig(std::string_view name);
std::vector<std::string_view> rig_names();

}  // namespace toccata::sound

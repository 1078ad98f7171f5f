// SPDX-License-Identifier: GPL-3.0-or-later
// Whether what a plug-in gave may be written.
#pragma once

#include "options.hpp"

namespace toccata::midirenderer {

/// What no file may hold: "anything over +24 dBFS is an error everywhere".
inline constexpr double kLoudestDb = 24;

struct Levels {
  double peak_dbfs = 0;  ///< of what is written
};
/// Applies the gain and looks at the result.
/// Errors: a NaN, silence, over kLoudestDb, clipped with whole numbers. All name the plug-in.
Outcome<Levels> finish(audio::StereoSpan sound, audio::SampleRate rate,
                       const RenderOptions& options);

}  // namespace toccata::midirenderer

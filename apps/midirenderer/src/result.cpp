// SPDX-License-Identifier: GPL-3.0-or-later
#include "result.hpp"

#include <cmath>

#include <fmt/format.h>

namespace toccata::midirenderer {

using cli::cannot;

Outcome<Levels> finish(audio::StereoSpan sound, audio::SampleRate rate,
                       const RenderOptions& options) {
  const audio::Inspection found = audio::inspect(sound);
  const std::string plugin = options.plugin.path.string();
  if (found.not_finite)
    return cannot(
        fmt::format("{}: the plug-in gave a sample that is no number (NaN or infinite), "
                    "{:.3f} s after the beginning",
                    plugin, static_cast<double>(*found.not_finite) / rate.hertz()));
  if (found.peak < audio::kSilentPeak)
    return cannot(fmt::format(
        "{}: the result is silent{}", plugin,
        found.peak == 0
            ? ""
            : fmt::format(" (its peak is {:.1f} dBFS{})", audio::db_of_factor(found.peak),
                          found.denormals > 0 ? ", denormal numbers among it" : "")));
  const double peak_db = audio::db_of_factor(found.peak);
  const double written_db = peak_db + options.gain_db;
  if (std::max(peak_db, written_db) > kLoudestDb)
    return cannot(
        fmt::format("{}: the result reaches {:+.1f} dBFS, over +24 something is wrong "
                    "with the plug-in or its preset",
                    plugin, std::max(peak_db, written_db)));
  constexpr double kRounding = 1e-6;
  if (options.depth != sound::Depth::Float32 && written_db > kRounding) {
    const double needed = std::floor((options.gain_db - written_db) * 10) / 10;
    return cannot(
        fmt::format("{}: the result would clip by {:.2f} dB with {} bits; --gain {:.1f} or "
                    "--bits 32f keeps it whole",
                    plugin, written_db, options.depth == sound::Depth::Pcm16 ? 16 : 24, needed));
  }
  if (options.gain_db != 0) {
    const auto factor = static_cast<float>(audio::factor_of_db(options.gain_db));
    for (const auto side : {sound.left, sound.right})
      for (float& sample : side) sample *= factor;
  }
  return Levels{written_db};
}

}  // namespace toccata::midirenderer

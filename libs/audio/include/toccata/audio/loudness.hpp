// SPDX-License-Identifier: MIT
// How loud a signal is to a listener, after EBU R 128.
#pragma once

#include <optional>
#include <span>

#include <toccata/audio/signal.hpp>

namespace toccata::audio {

struct Loudness {
  double integrated_lufs;
  double range_lu;  ///< between quiet and loud passages
};

/// Nothing where all of it lies under the gate of -70 LUFS, or is shorter than 0.4 s.
/// Source: ITU-R BS.1770-4, EBU Tech 3342, through libebur128.
std::optional<Loudness> measure_loudness(StereoView signal, SampleRate rate);

/// The integrated loudness of the signal times a factor for each frame (none: 1), without making
/// it. Measured in stretches, whatever the number of threads, so each filter but the first starts
/// anew: within 0.001 LU of measure_loudness().
/// Range: as many factors as frames, or none; threads 0 for all cores.
std::optional<double> integrated_loudness(StereoView signal, std::span<const float> factors,
                                          SampleRate rate, int threads = 1);

}  // namespace toccata::audio

// SPDX-License-Identifier: MIT
// True peak: how high a signal goes between its samples too.
#pragma once

#include <vector>

#include <toccata/audio/signal.hpp>

namespace toccata::audio {

/// The largest size of the signal, eight points a sample looked at, over both channels.
/// Units: 1 is full scale. Source: ITU-R BS.1770-4 annex 2, finer than it asks.
/// `threads`: 0 is one a core.
double true_peak(StereoView signal, int threads = 1);

/// For each frame the largest size of either channel up to the next frame. Where it surely stays
/// under `of_interest` the largest sample near may stand for it.
std::vector<float> peak_curve(StereoView signal, float of_interest = 0, int threads = 1);

}  // namespace toccata::audio

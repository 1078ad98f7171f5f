// SPDX-License-Identifier: MIT
// What a signal's power is made of: in thirds of an octave, and over time.
#pragma once

#include <vector>

#include <toccata/audio/signal.hpp>

namespace toccata::audio {

/// The power of a third of an octave.
struct ThirdOctave {
  double hertz;     ///< its nominal middle: 20, 25, 31.5 ... 20000
  double level_db;  ///< beside the power of the whole signal; -120 where there is nothing
};
/// The 31 bands of the audible range, of both channels' mean power.
/// Source: IEC 61260-1, base ten; Welch 1967 (Hann windows of 0.37 s, half over each other).
std::vector<ThirdOctave> third_octaves(StereoView signal, SampleRate rate);

/// Power over time and frequency.
struct Spectrogram {
  static constexpr double kLowest = 30, kHighest = 20000;  ///< Hz, at the first and the last row

  std::size_t columns = 0, rows = 0;
  std::vector<float> level_db{};  ///< rows from low to high, each from the first column on

  float at(std::size_t column, std::size_t row) const { return level_db[row * columns + column]; }
};
/// Rows stand at even steps of the logarithm of frequency; a full sine is at 0 dB.
/// Range: at least one column and two rows.
Spectrogram make_spectrogram(StereoView signal, SampleRate rate, std::size_t columns,
                             std::size_t rows);

}  // namespace toccata::audio

// SPDX-License-Identifier: MIT
// The last step before a file: as loud as asked, with no peak over the ceiling.
#pragma once

#include <string>

#include <toccata/audio/loudness.hpp>
#include <toccata/audio/signal.hpp>

namespace toccata::audio {

struct MasterSettings {
  double loudness_lufs = -14;    ///< integrated. Range: -60 to 0
  double true_peak_dbtp = -1;    ///< never passed. Range: -30 to 0
  double most_reduction_db = 9;  ///< how far the limiter may press a peak. Range: 0 to 24
  int threads = 1;               ///< 0: one a core. The result is the same with any number
};

struct Mastered {
  std::optional<Loudness> loudness;  ///< none for a signal under 0.4 s
  double true_peak_dbtp;
  double gain_db;              ///< before the limiter
  double reduction_db;         ///< the most that the limiter took away
  double target_missed_by_lu;  ///< below the target, because the peak won; 0 within 0.1 LU
};

/// By how much a loudness lies under its target, in LU; 0 within 0.1.
constexpr double missed_by_lu(double target_lufs, double lufs) {
  return target_lufs - lufs < 0.1 ? 0 : target_lufs - lufs;
}

/// Why a signal cannot be mastered.
struct SignalFault {
  enum class Kind : std::uint8_t { Silent, NotFinite } kind;
  std::size_t frame = 0;  ///< of the first number that is not finite
  double peak = 0;        ///< of what is too quiet
};
/// "silent: its highest sample is at -120.4 dBFS".
std::string describe(const SignalFault& fault);

/// Brings the signal to the loudness; where peak and loudness cannot both hold, the peak wins.
///
/// Errors: a silent signal, one with a NaN or infinity in it; the signal is then as it was.
/// A signal too short to have a loudness is brought up to the peak instead, by 24 dB at most.
Result<Mastered, SignalFault> master(StereoSpan signal, SampleRate rate,
                                     const MasterSettings& settings);

}  // namespace toccata::audio

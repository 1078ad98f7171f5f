// SPDX-License-Identifier: MIT
// A compressor: what is loud is turned down by a curve, both sides alike.
#pragma once

#include <span>
#include <vector>

#include <toccata/audio/signal.hpp>

namespace toccata::audio {

struct CompressorSettings {
  double threshold_db = -18;  ///< level over which it works; a full sine is at 0. Range: -60 to 0
  double ratio = 2;           ///< dB in for one dB out above the threshold. Range: 1 to 20
  double knee_db = 6;         ///< how wide the curve bends around the threshold. Range: 0 to 24
  double attack_ms = 10;      ///< to 63 % of a greater reduction. Range: 0.5 to 200
  double release_ms = 120;    ///< to 63 % of a smaller one. Range: 5 to 2000
  double makeup_db = 0;       ///< gain after it. Range: -24 to 24
};

/// How far a steady level is turned down, without the makeup. Units: dB, 0 or below.
double compressor_curve_db(double level_db, const CompressorSettings& settings);

/// Feed-forward, in decibels; the level is the mean power of 10 ms on the louder side.
///
/// Realtime: gains() and process() allocate nothing. The same input in the same blocks gives the
/// same output. Latency: none; a gain is found every 32 frames and reached along a line.
/// Source: Giannoulis, Massberg and Reiss 2012, Digital Dynamic Range Compressor Design (soft knee,
/// smooth branching detector).
class Compressor {
 public:
  static constexpr std::size_t kStep = 32;  ///< frames between two gains

  Compressor(SampleRate rate, const CompressorSettings& settings);

  /// The factor for each frame, for any signals that are to be turned down together.
  /// Range: whole steps, but for the last call; as many factors as frames.
  void gains(StereoView signal, std::span<float> factors);
  /// Multiplies a signal by its gains. Range: as above.
  void process(StereoSpan signal);
  /// The most that was taken away so far. Units: dB, 0 or more.
  double most_reduction_db() const { return most_reduction_db_; }

 private:
  double level_db(StereoView step);

  CompressorSettings settings_;
  double attack_, release_;     ///< share of the way to its goal that a step takes
  std::vector<double> window_;  ///< mean powers of the last steps
  std::size_t at_ = 0;          ///< of the next in the window
  double reduction_db_ = 0;     ///< now, 0 or below
  float factor_;                ///< at the last frame
  double most_reduction_db_ = 0;
};

}  // namespace toccata::audio

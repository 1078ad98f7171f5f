// SPDX-License-Identifier: MIT
// Stereo signals in memory, and what can be wrong with one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/base/result.hpp>

namespace toccata::audio {

/// Frames a second, one of the four rates that music is kept at.
class SampleRate {
 public:
  /// Errors: another rate than 44100, 48000, 88200 and 96000.
  static Result<SampleRate, RangeError> from_hertz(int hertz);
  static consteval SampleRate literal(int hertz) {
    if (!is_known(hertz)) throw "no such sample rate";
    return SampleRate(hertz);
  }
  constexpr int hertz() const { return hertz_; }
  /// The nearest whole frame of a point or length. Range: up to 2^53 frames.
  constexpr std::size_t frames(double seconds) const {
    if (seconds <= 0) return 0;
    // std::lround is not constexpr. NOLINTNEXTLINE(bugprone-incorrect-roundings)
    return static_cast<std::size_t>(seconds * hertz_ + 0.5);
  }
  friend constexpr bool operator==(SampleRate, SampleRate) = default;

 private:
  static constexpr bool is_known(int hertz) {
    return hertz == 44100 || hertz == 48000 || hertz == 88200 || hertz == 96000;
  }
  explicit constexpr SampleRate(int hertz) : hertz_(hertz) {}
  int hertz_;
};

/// Two channels borrowed, of one length. Full scale is 1.
struct StereoView {
  std::span<const float> left, right;
  std::size_t frames() const { return left.size(); }
  StereoView part(std::size_t from, std::size_t count) const {
    return {left.subspan(from, count), right.subspan(from, count)};
  }
};
/// The same, to be written to.
struct StereoSpan {
  std::span<float> left, right;
  std::size_t frames() const { return left.size(); }
  StereoSpan part(std::size_t from, std::size_t count) const {
    return {left.subspan(from, count), right.subspan(from, count)};
  }
  operator StereoView() const { return {left, right}; }
};

/// Two channels owned, planar.
struct Stereo {
  std::vector<float> left, right;

  explicit Stereo(std::size_t frames = 0) : left(frames), right(frames) {}
  std::size_t frames() const { return left.size(); }
  void resize(std::size_t frames) {
    left.resize(frames);
    right.resize(frames);
  }
  StereoSpan span() { return {left, right}; }
  StereoView view() const { return {left, right}; }
};

/// dB to a factor and back. Range: decibels of a factor over 0.
double factor_of_db(double db);
double db_of_factor(double factor);

/// What a signal holds.
struct Inspection {
  double peak = 0;  ///< the largest sample's size; what is not finite left out
  std::optional<std::size_t> not_finite;  ///< first frame with a NaN or an infinity
  std::size_t denormals = 0;              ///< samples too small for a normal float, but not 0
};
Inspection inspect(StereoView signal);

/// Below this peak a whole signal counts as silent: under the last bit of 16.
inline constexpr double kSilentPeak = 1.0 / 65536;

/// Lets the last frames fall to 0 in a raised cosine.
void fade_out(StereoSpan signal, std::size_t frames);

}  // namespace toccata::audio

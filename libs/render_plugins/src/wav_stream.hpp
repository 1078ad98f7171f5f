// SPDX-License-Identifier: MIT
// A stereo WAV of 32-bit floats read piece by piece, as MidiRenderer writes it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <toccata/audio/signal.hpp>
#include <toccata/base/result.hpp>

namespace toccata::render {

class WavStream {
 public:
  /// Errors: one line without the path: no WAV, another kind of sample, of channels or of rate.
  static Result<WavStream, std::string> open(const std::filesystem::path& path,
                                             audio::SampleRate rate);

  std::uint64_t frames_left() const { return left_; }
  /// Adds the next frames, as many as there are and fit. A file that has become shorter ends.
  void add_next(audio::StereoSpan out);

 private:
  WavStream(std::ifstream in, std::uint64_t frames) : in_(std::move(in)), left_(frames) {}
  std::ifstream in_;
  std::uint64_t left_;
};

}  // namespace toccata::render

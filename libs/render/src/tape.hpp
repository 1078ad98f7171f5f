// SPDX-License-Identifier: MIT
// The sound of one part from beginning to end, with what it sends to the room.
#pragma once

#include <filesystem>
#include <string>

#include <toccata/audio/signal.hpp>
#include <toccata/base/result.hpp>

namespace toccata::render {

/// Three channels of one length, silent at first. What stays silent takes no memory.
class Tape {
 public:
  static constexpr std::size_t kChannels = 3;

  /// In memory, or in a file without a name in `folder` where that is given.
  /// Errors: what the system says: no memory, a full disk, a folder that may not be written.
  static Result<Tape, std::string> make(std::size_t frames, const std::filesystem::path& folder);
  Tape(Tape&& other) noexcept;
  Tape& operator=(Tape&&) = delete;
  ~Tape();

  std::size_t frames() const { return frames_; }
  audio::StereoSpan sound() const { return {channel(0), channel(1)}; }
  std::span<float> send() const { return channel(2); }

 private:
  Tape(float* samples, std::size_t frames) : samples_(samples), frames_(frames) {}
  std::span<float> channel(std::size_t index) const {
    return {samples_ + index * frames_, frames_};
  }

  float* samples_;
  std::size_t frames_;
};

}  // namespace toccata::render

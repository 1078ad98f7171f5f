// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that the program and its worker both see, without a name in any folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

#include <sys/mman.h>
#include <toccata/audio/signal.hpp>
#include <toccata/base/bytes.hpp>
#include <unistd.h>

namespace toccata::midirenderer {

class SharedMemory {
 public:
  /// Zeros that take up room only where they are written to. Errors: the system has none left.
  static Result<SharedMemory, std::string> make(std::size_t bytes);
  static Result<SharedMemory, std::string> make(ByteView content);
  /// What a program that started this one has made. Errors: there is no such thing.
  static Result<SharedMemory, std::string> open(int descriptor);
  SharedMemory(SharedMemory&& other) noexcept;
  SharedMemory& operator=(SharedMemory&&) = delete;
  ~SharedMemory();

  int descriptor() const { return descriptor_; }  ///< that a child inherits
  ByteView bytes() const { return {static_cast<const std::uint8_t*>(at_), size_}; }
  /// Two channels, one after the other.
  audio::StereoSpan stereo() const {
    auto* first = static_cast<float*>(at_);
    const std::size_t frames = size_ / (2 * sizeof(float));
    return {{first, frames}, {first + frames, frames}};
  }

 private:
  SharedMemory(int descriptor, void* at, std::size_t size)
      : descriptor_(descriptor), at_(at), size_(size) {}
  static Result<SharedMemory, std::string> map(int descriptor, std::size_t size);

  int descriptor_;
  void* at_;
  std::size_t size_;
};

}  // namespace toccata::midirenderer

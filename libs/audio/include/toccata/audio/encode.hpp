// SPDX-License-Identifier: MIT
// A signal as the bytes of a sound file.
#pragma once

#include <filesystem>
#include <string>

#include <toccata/audio/signal.hpp>
#include <toccata/base/bytes.hpp>
#include <toccata/base/file.hpp>

namespace toccata::audio {

enum class SampleFormat : std::uint8_t { Pcm16, Pcm24, Float32 };
enum class Container : std::uint8_t { Wav, Flac, Ogg, Mp3 };

struct EncodeSettings {
  Container container = Container::Wav;
  SampleFormat format = SampleFormat::Pcm16;   ///< of Wav and Flac (which has no Float32)
  std::string title{}, software{}, comment{};  ///< metadata; empty ones are left out
  std::uint64_t dither_seed = 1;
};

struct EncodeError {
  enum class Kind : std::uint8_t { NotFinite, NotSupported, Failed } kind;
  std::string detail;
};
std::string describe(const EncodeError& error);

/// Whole numbers get triangular dither of two of their last bits, drawn from the seed: quiet sound
/// fades into even noise and not into distortion. What lies beyond full scale is cut off.
///
/// Wav: PCM or IEEE float, metadata in LIST INFO (INAM, ISFT, ICMT), the same bytes each time.
/// Errors: a NaN or infinity; a pair of container and format that does not exist; a file over 4
/// GiB.
Result<Bytes, EncodeError> encode(StereoView signal, SampleRate rate,
                                  const EncodeSettings& settings);

/// Whether what is heard of such a file is not quite what was put in.
constexpr bool is_lossy(Container container) {
  return container == Container::Ogg || container == Container::Mp3;
}

/// The sound of a file that encode() made. Errors: it is no such file.
Result<Stereo, EncodeError> decode(ByteView bytes);

}  // namespace toccata::audio

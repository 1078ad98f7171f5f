// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>

#include <sndfile.h>
#include <toccata/audio/encode.hpp>
#include <toccata/base/rng.hpp>

namespace toccata::audio {
namespace {

constexpr std::size_t kFrames = 4096;                                   ///< handed over at once
constexpr std::size_t kMostFrames = (std::size_t{1} << 32) / 8 - 4096;  ///< a size has 32 bits

/// A file in memory, as libsndfile wants it.
struct Memory {
  Bytes bytes;
  std::size_t at = 0;
};

sf_count_t memory_size(void* user) {
  return static_cast<sf_count_t>(static_cast<Memory*>(user)->bytes.size());
}
sf_count_t memory_seek(sf_count_t to, int whence, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  const auto from = whence == SEEK_SET   ? sf_count_t{0}
                    : whence == SEEK_CUR ? static_cast<sf_count_t>(memory.at)
                                         : memory_size(user);
  memory.at = static_cast<std::size_t>(std::max<sf_count_t>(0, from + to));
  return static_cast<sf_count_t>(memory.at);
}
sf_count_t memory_read(void* into, sf_count_t count, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  const std::size_t left = memory.bytes.size() - std::min(memory.at, memory.bytes.size());
  const std::size_t taken = std::min(left, static_cast<std::size_t>(count));
  if (taken > 0) std::memcpy(into, memory.bytes.data() + memory.at, taken);
  memory.at += taken;
  return static_cast<sf_count_t>(taken);
}
sf_count_t memory_write(const void* from, sf_count_t count, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  const std::size_t end = memory.at + static_cast<std::size_t>(count);
  if (end > memory.bytes.size()) memory.bytes.resize(end);
  std::memcpy(memory.bytes.data() + memory.at, from, static_cast<std::size_t>(count));
  memory.at = end;
  return count;
}
sf_count_t memory_tell(void* user) {
  return static_cast<sf_count_t>(static_cast<Memory*>(user)->at);
}

struct Close {
  void operator()(SNDFILE* file) const { sf_close(file); }
};
using SoundFile = std::unique_ptr<SNDFILE, Close>;

int format_word(const EncodeSettings& settings) {
  const int depth = settings.format == SampleFormat::Pcm16   ? SF_FORMAT_PCM_16
                    : settings.format == SampleFormat::Pcm24 ? SF_FORMAT_PCM_24
                                                             : SF_FORMAT_FLOAT;
  switch (settings.container) {
    case Container::Wav: return SF_FORMAT_WAV | depth;
    case Container::Flac: return SF_FORMAT_FLAC | depth;
    case Container::Ogg: return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    case Container::Mp3: return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
  }
  return 0;
}

void set_text(SNDFILE* file, int kind, const std::string& text) {
  if (!text.empty()) sf_set_string(file, kind, text.c_str());
}

/// Rounds to whole numbers of `bits` bits, dithered, left-aligned in 32 bits.
class Quantiser {
 public:
  Quantiser(int bits, std::uint64_t seed)
      : full_(static_cast<double>(std::int64_t{1} << (bits - 1))), shift_(32 - bits), rng_(seed) {}

  int operator()(float sample) {
    const std::uint64_t drawn = rng_.next();
    const double dither = static_cast<double>(drawn >> 32) / 4294967296.0 -
                          static_cast<double>(drawn & 0xFFFFFFFF) / 4294967296.0;
    const double whole = std::floor(static_cast<double>(sample) * full_ + dither + 0.5);
    return static_cast<int>(std::clamp(whole, -full_, full_ - 1)) * (1 << shift_);
  }

 private:
  double full_;
  int shift_;
  Rng rng_;
};

template <class Sample, class Convert, class Write>
bool write_frames(StereoView signal, Convert&& convert, Write&& write) {
  std::array<Sample, 2 * kFrames> both;
  for (std::size_t first = 0; first < signal.frames(); first += kFrames) {
    const std::size_t count = std::min(kFrames, signal.frames() - first);
    for (std::size_t i = 0; i < count; ++i) {
      both[2 * i] = convert(signal.left[first + i]);
      both[2 * i + 1] = convert(signal.right[first + i]);
    }
    if (write(both.data(), static_cast<sf_count_t>(count)) != static_cast<sf_count_t>(count))
      return false;
  }
  return true;
}

bool write_signal(SNDFILE* file, StereoView signal, const EncodeSettings& settings) {
  if (is_lossy(settings.container) || settings.format == SampleFormat::Float32)
    return write_frames<float>(
        signal, [](float sample) { return sample; },
        [&](const float* both, sf_count_t count) { return sf_writef_float(file, both, count); });
  return write_frames<int>(
      signal, Quantiser(settings.format == SampleFormat::Pcm16 ? 16 : 24, settings.dither_seed),
      [&](const int* both, sf_count_t count) { return sf_writef_int(file, both, count); });
}

Unexpected<EncodeError> failed(SNDFILE* file) {
  return Unexpected{EncodeError{EncodeError::Kind::Failed, sf_strerror(file)}};
}

}  // namespace

std::string describe(const EncodeError& error) { return error.detail; }

Result<Bytes, EncodeError> encode(StereoView signal, SampleRate rate,
                                  const EncodeSettings& settings) {
  if (const auto frame = inspect(signal).not_finite)
    return Unexpected{EncodeError{EncodeError::Kind::NotFinite,
                                  "not a number at frame " + std::to_string(*frame)}};
  SF_INFO info{};
  info.samplerate = rate.hertz();
  info.channels = 2;
  info.format = format_word(settings);
  if (sf_format_check(&info) == 0)
    return Unexpected{EncodeError{EncodeError::Kind::NotSupported,
                                  "no such format at " + std::to_string(rate.hertz()) +
                                      " Hz (flac takes 16 or 24 bits, mp3 up to 48000 Hz)"}};
  if (signal.frames() > kMostFrames)
    return Unexpected{EncodeError{EncodeError::Kind::NotSupported, "too long for a sound file"}};
  Memory memory;
  memory.bytes.reserve(signal.frames() * 2 * sizeof(float) + 4096);
  SF_VIRTUAL_IO io{memory_size, memory_seek, memory_read, memory_write, memory_tell};
  SoundFile file(sf_open_virtual(&io, SFM_WRITE, &info, &memory));
  if (!file) return failed(nullptr);
  sf_command(file.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);  // it holds the time of day
  set_text(file.get(), SF_STR_TITLE, settings.title);
  set_text(file.get(), SF_STR_SOFTWARE, settings.software);
  set_text(file.get(), SF_STR_COMMENT, settings.comment);
  if (!write_signal(file.get(), signal, settings)) return failed(file.get());
  if (sf_close(file.release()) != 0) return failed(nullptr);
  return std::move(memory.bytes);
}

Result<Stereo, EncodeError> decode(ByteView bytes) {
  Memory memory{Bytes(bytes.begin(), bytes.end())};
  SF_INFO info{};
  SF_VIRTUAL_IO io{memory_size, memory_seek, memory_read, memory_write, memory_tell};
  const SoundFile file(sf_open_virtual(&io, SFM_READ, &info, &memory));
  if (!file || info.channels != 2 || info.frames < 0) return failed(file.get());
  Stereo sound;
  std::array<float, 2 * kFrames> both;
  for (sf_count_t count = kFrames; count == static_cast<sf_count_t>(kFrames);) {
    count = sf_readf_float(file.get(), both.data(), kFrames);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      sound.left.push_back(both[2 * i]);
      sound.right.push_back(both[2 * i + 1]);
    }
  }
  return sound;
}

}  // namespace toccata::audio

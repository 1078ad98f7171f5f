// SPDX-License-Identifier: MIT
#include "wav_stream.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <vector>

namespace toccata::render {
namespace {

constexpr std::uint32_t kFloat = 3, kExtensible = 0xFFFE;
constexpr std::size_t kFrameBytes = 2 * sizeof(float);
constexpr std::uint32_t kUnknownSize =
    0xFFFFFFFF;  ///< where a file is too long for its own numbers

std::uint32_t little(const char* bytes, int count) {
  std::uint32_t value = 0;
  for (int i = count - 1; i >= 0; --i) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

struct Chunk {
  std::string name;
  std::uint32_t size;
};
std::optional<Chunk> next_chunk(std::ifstream& in) {
  std::array<char, 8> head;
  if (!in.read(head.data(), head.size())) return std::nullopt;
  return Chunk{std::string(head.data(), 4), little(head.data() + 4, 4)};
}

/// Nothing where the format is the one that is asked for, else what it is.
std::optional<std::string> fault_of(std::ifstream& in, const Chunk& chunk, int rate_hz) {
  std::array<char, 26> format{};
  const std::size_t size = std::min<std::size_t>(chunk.size, format.size());
  if (size < 16 || !in.read(format.data(), static_cast<std::streamsize>(size)))
    return "its format is cut off";
  in.seekg(static_cast<std::streamoff>(chunk.size + chunk.size % 2 - size), std::ios::cur);
  const std::uint32_t tag = little(format.data(), 2);
  const bool is_float =
      tag == kFloat || (tag == kExtensible && little(format.data() + 24, 2) == kFloat);
  if (!is_float || little(format.data() + 14, 2) != 32) return "its samples are no 32-bit floats";
  if (little(format.data() + 2, 2) != 2) return "it is not stereo";
  if (little(format.data() + 4, 4) != static_cast<std::uint32_t>(rate_hz))
    return "it is of another sample rate";
  return std::nullopt;
}

}  // namespace

Result<WavStream, std::string> WavStream::open(const std::filesystem::path& path,
                                               audio::SampleRate rate) {
  std::ifstream in(path, std::ios::binary);
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  std::array<char, 12> head{};
  if (error || !in.read(head.data(), head.size()) || std::string_view(head.data(), 4) != "RIFF" ||
      std::string_view(head.data() + 8, 4) != "WAVE")
    return Unexpected{std::string("it is no WAV")};
  bool has_format = false;
  while (const auto chunk = next_chunk(in)) {
    if (chunk->name == "fmt ") {
      if (auto fault = fault_of(in, *chunk, static_cast<int>(rate.hertz())))
        return Unexpected{*std::move(fault)};
      has_format = true;
      continue;
    }
    const auto at = static_cast<std::uint64_t>(in.tellg());
    const std::uint64_t left = size > at ? size - at : 0;
    if (chunk->name == "data" && has_format) {
      const bool is_known = chunk->size != kUnknownSize && chunk->size <= left;
      return WavStream(std::move(in), (is_known ? chunk->size : left) / kFrameBytes);
    }
    if (chunk->size > left) break;
    in.seekg(static_cast<std::streamoff>(chunk->size + chunk->size % 2), std::ios::cur);
  }
  return Unexpected{std::string("it holds no samples")};
}

void WavStream::add_next(audio::StereoSpan out) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, out.frames()));
  if (count == 0) return;
  std::vector<char> bytes(count * kFrameBytes);
  if (!in_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    left_ = 0;
    return;
  }
  left_ -= count;
  for (std::size_t i = 0; i < count; ++i) {
    out.left[i] += std::bit_cast<float>(little(&bytes[i * kFrameBytes], 4));
    out.right[i] += std::bit_cast<float>(little(&bytes[i * kFrameBytes + 4], 4));
  }
}

}  // namespace toccata::render

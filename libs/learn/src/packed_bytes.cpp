// SPDX-License-Identifier: MIT
#include "packed_bytes.hpp"

#include <lzma.h>

#include <toccata/base/assert.hpp>

namespace toccata::learn {
namespace {

/// The fastest: higher ones save a tenth of a piece and take five times as long.
constexpr std::uint32_t kPreset = 1;
constexpr std::uint64_t kMostMemory = std::uint64_t{64} << 20;

}  // namespace

void append_whole(Bytes& out, std::int64_t value) {
  auto bits = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
  for (; bits >= 0x80; bits >>= 7) out.push_back(static_cast<std::uint8_t>(bits | 0x80));
  out.push_back(static_cast<std::uint8_t>(bits));
}

std::optional<std::int64_t> take_whole(ByteReader& reader) {
  std::uint64_t bits = 0;
  for (int shift = 0; shift < 63; shift += 7) {
    const auto byte = reader.u8();
    if (!byte) return std::nullopt;
    bits |= static_cast<std::uint64_t>(*byte & 0x7F) << shift;
    if (*byte < 0x80)
      return static_cast<std::int64_t>(bits >> 1) ^ -static_cast<std::int64_t>(bits & 1);
  }
  return std::nullopt;
}

Bytes compressed(ByteView bytes) {
  Bytes out(lzma_stream_buffer_bound(bytes.size()));
  std::size_t written = 0;
  [[maybe_unused]] const lzma_ret done =
      lzma_easy_buffer_encode(kPreset, LZMA_CHECK_CRC64, nullptr, bytes.data(), bytes.size(),
                              out.data(), &written, out.size());
  TOCCATA_ASSERT(done == LZMA_OK);
  out.resize(written);
  return out;
}

Result<Bytes, std::string> decompressed(ByteView packed, std::size_t size) {
  if (size / kMostTimes > packed.size()) return Unexpected{std::string("claims to be too large")};
  Bytes out(size);
  std::uint64_t memory = kMostMemory;
  std::size_t read = 0, written = 0;
  const lzma_ret done = lzma_stream_buffer_decode(&memory, 0, nullptr, packed.data(), &read,
                                                  packed.size(), out.data(), &written, out.size());
  if (done != LZMA_OK || read != packed.size() || written != size)
    return Unexpected{std::string("is damaged: its checksum or its length does not hold")};
  return out;
}

}  // namespace toccata::learn

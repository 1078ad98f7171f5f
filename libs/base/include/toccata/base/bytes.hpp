// SPDX-License-Identifier: MIT
// Reading and appending big-endian bytes, bounds checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace toccata {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Walks over borrowed bytes; every read says by nullopt that too few are left, and then moves
/// nothing.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : bytes_(bytes) {}

  std::size_t offset() const { return offset_; }
  std::size_t left() const { return bytes_.size() - offset_; }
  bool at_end() const { return left() == 0; }

  std::optional<std::uint8_t> u8() {
    if (left() < 1) return std::nullopt;
    return bytes_[offset_++];
  }
  std::optional<std::uint8_t> peek() const {
    if (left() < 1) return std::nullopt;
    return bytes_[offset_];
  }
  std::optional<std::uint16_t> u16() {
    if (left() < 2) return std::nullopt;
    const auto high = bytes_[offset_], low = bytes_[offset_ + 1];
    offset_ += 2;
    return static_cast<std::uint16_t>(high << 8 | low);
  }
  std::optional<std::uint32_t> u32() {
    if (left() < 4) return std::nullopt;
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | bytes_[offset_++];
    return value;
  }
  /// A view of the next bytes, borrowed from what this reads.
  std::optional<ByteView> take(std::size_t count) {
    if (left() < count) return std::nullopt;
    const ByteView view = bytes_.subspan(offset_, count);
    offset_ += count;
    return view;
  }
  /// Range: offset up to the size.
  void seek(std::size_t offset) { offset_ = offset; }

 private:
  ByteView bytes_;
  std::size_t offset_ = 0;
};

inline void append_u16(Bytes& out, std::uint16_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value & 0xFF));
}
inline void append_u32(Bytes& out, std::uint32_t value) {
  append_u16(out, static_cast<std::uint16_t>(value >> 16));
  append_u16(out, static_cast<std::uint16_t>(value & 0xFFFF));
}
inline void append_text(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
}
inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace toccata

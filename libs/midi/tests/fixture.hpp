// SPDX-License-Identifier: MIT
// Small files written by hand, for the tests of this library.
#pragma once

#include <initializer_list>
#include <string_view>

#include <toccata/midi/read.hpp>

namespace toccata::midi::fixture {

using Raw = std::initializer_list<int>;

inline Bytes bytes(Raw raw) {
  Bytes out;
  for (int b : raw) out.push_back(static_cast<std::uint8_t>(b));
  return out;
}
inline Bytes join(std::initializer_list<Bytes> pieces) {
  Bytes out;
  for (const Bytes& piece : pieces) out.insert(out.end(), piece.begin(), piece.end());
  return out;
}
inline Bytes chunk(std::string_view type, const Bytes& content) {
  Bytes out;
  append_text(out, type);
  append_u32(out, static_cast<std::uint32_t>(content.size()));
  out.insert(out.end(), content.begin(), content.end());
  return out;
}
inline Bytes header(int format, int tracks, int division) {
  Bytes content;
  for (int word : {format, tracks, division}) append_u16(content, static_cast<std::uint16_t>(word));
  return chunk("MThd", content);
}
/// A track of the given bytes and an End of Track.
inline Bytes track(Raw raw) { return chunk("MTrk", join({bytes(raw), bytes({0, 0xFF, 0x2F, 0})})); }
/// A format 0 file at 96 ticks a quarter with one track.
inline Bytes file(Raw raw) { return join({header(0, 1, 96), track(raw)}); }

}  // namespace toccata::midi::fixture

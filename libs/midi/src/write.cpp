// SPDX-License-Identifier: MIT
#include "event_bytes.hpp"

#include <algorithm>
#include <string_view>

#include <toccata/midi/write.hpp>

namespace toccata::midi {
namespace {

constexpr std::uint32_t kLongestNumber = 0x0FFFFFFF;

/// A variable-length quantity: seven bits a byte, highest first, bit 7 set on all but the last.
void append_number(Bytes& out, std::uint32_t value) {
  for (int shift = 21; shift > 0; shift -= 7)
    if (value >> shift != 0)
      out.push_back(static_cast<std::uint8_t>(0x80 | (value >> shift & 0x7F)));
  out.push_back(static_cast<std::uint8_t>(value & 0x7F));
}

void append_empty_meta(Bytes& out, std::uint8_t type) {
  for (const std::uint8_t byte : {status::kMeta, type, std::uint8_t{0}}) out.push_back(byte);
}

void append_delta(Bytes& out, Duration delta) {
  std::int64_t left = delta.ticks();
  for (; left > kLongestNumber; left -= kLongestNumber) {
    append_number(out, kLongestNumber);
    append_empty_meta(out, meta::kText);
  }
  append_number(out, static_cast<std::uint32_t>(left));
}

bool has_one_data_byte(const Event& event) {
  return event.kind() == status::kProgram || event.kind() == status::kChannelPressure;
}

void append_track(Bytes& out, const Track& track) {
  append_text(out, "MTrk");
  const std::size_t size_at = out.size();
  append_u32(out, 0);
  Tick now;
  for (const Event& event : track.events()) {
    append_delta(out, event.at - now);
    append_event(out, event, track.payload(event));
    now = event.at;
  }
  append_delta(out, track.end() - now);
  append_empty_meta(out, meta::kEndOfTrack);
  Bytes size;
  append_u32(size, static_cast<std::uint32_t>(out.size() - size_at - 4));
  std::copy(size.begin(), size.end(), out.begin() + static_cast<std::ptrdiff_t>(size_at));
}

void append_chunk(Bytes& out, const OtherChunk& chunk) {
  out.insert(out.end(), chunk.type.begin(), chunk.type.end());
  append_u32(out, static_cast<std::uint32_t>(chunk.content.size()));
  out.insert(out.end(), chunk.content.begin(), chunk.content.end());
}

/// About what a file takes: an event with its delta time is four or five bytes.
std::size_t usual_size(const File& file) {
  std::size_t events = 0;
  for (const Track& track : file.tracks) events += track.events().size();
  return 1024 + 5 * events;
}

}  // namespace

void append_event(Bytes& out, const Event& event, ByteView payload) {
  out.push_back(event.status);
  if (event.is_channel_message()) {
    out.push_back(event.data1);
    if (!has_one_data_byte(event)) out.push_back(event.data2);
    return;
  }
  if (event.status == status::kMeta) out.push_back(event.data1);
  append_number(out, static_cast<std::uint32_t>(payload.size()));
  out.insert(out.end(), payload.begin(), payload.end());
}

Bytes write_midi(const File& file) {
  Bytes out{'M', 'T', 'h', 'd'};
  out.reserve(usual_size(file));
  append_u32(out, static_cast<std::uint32_t>(6 + file.header_rest.size()));
  append_u16(out, static_cast<std::uint16_t>(file.format));
  append_u16(out, static_cast<std::uint16_t>(file.tracks.size()));
  append_u16(out, file.division.word());
  out.insert(out.end(), file.header_rest.begin(), file.header_rest.end());
  auto chunk = file.other_chunks.begin();
  for (std::size_t i = 0; i <= file.tracks.size(); ++i) {
    for (; chunk != file.other_chunks.end() && chunk->before_track <= i; ++chunk)
      append_chunk(out, *chunk);
    if (i < file.tracks.size()) append_track(out, file.tracks[i]);
  }
  out.insert(out.end(), file.trailing.begin(), file.trailing.end());
  return out;
}

}  // namespace toccata::midi

// SPDX-License-Identifier: MIT
// A Standard MIDI File in memory, event by event: what is read and written back is equal.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/timeline/tempo.hpp>
#include <toccata/timeline/tick.hpp>

namespace toccata::midi {

enum class Format : std::uint8_t { SingleTrack = 0, Simultaneous = 1, Sequential = 2 };

/// What a tick is: a part of a quarter, or a part of a film frame.
class Division {
 public:
  explicit constexpr Division(Ppq ppq) : word_(static_cast<std::uint16_t>(ppq.ticks())) {}
  /// As a file's header has it: bit 15 set for frames. Errors: none for 0 ticks or another frame
  /// rate than 24, 25, 29 and 30.
  static std::optional<Division> from_word(std::uint16_t word);

  constexpr std::uint16_t word() const { return word_; }
  constexpr bool is_smpte() const { return (word_ & 0x8000) != 0; }
  /// Range: of no meaning when is_smpte().
  Ppq ppq() const;
  /// Frames a second: 24, 25, 29 (30 drop-frame, 29.97) or 30. Range: only when is_smpte().
  constexpr int frames() const { return 256 - (word_ >> 8); }
  constexpr int ticks_per_frame() const { return word_ & 0xFF; }
  friend constexpr bool operator==(Division, Division) = default;

 private:
  explicit constexpr Division(std::uint16_t word) : word_(word) {}
  std::uint16_t word_;
};

/// Status bytes; a channel message carries its channel in the low four bits.
namespace status {
inline constexpr std::uint8_t kNoteOff = 0x80, kNoteOn = 0x90, kKeyPressure = 0xA0, kControl = 0xB0,
                              kProgram = 0xC0, kChannelPressure = 0xD0, kPitchBend = 0xE0,
                              kSysEx = 0xF0, kEscape = 0xF7, kMeta = 0xFF;
}  // namespace status

/// Types of meta events.
namespace meta {
inline constexpr std::uint8_t kSequenceNumber = 0x00, kText = 0x01, kCopyright = 0x02,
                              kTrackName = 0x03, kInstrumentName = 0x04, kLyric = 0x05,
                              kMarker = 0x06, kCuePoint = 0x07, kChannelPrefix = 0x20, kPort = 0x21,
                              kEndOfTrack = 0x2F, kTempo = 0x51, kSmpteOffset = 0x54, kMeter = 0x58,
                              kKey = 0x59, kSequencer = 0x7F;
}  // namespace meta

/// One event of a track: 16 bytes. What does not fit stands in its track's pool of payloads.
struct Event {
  Tick at;
  std::uint32_t payload = 0;  ///< where it begins in the pool; for Track only
  std::uint8_t status = 0;    ///< 0x80..0xEF, kSysEx, kEscape or kMeta
  std::uint8_t data1 = 0;     ///< the first data byte; of a meta event its type
  std::uint8_t data2 = 0;     ///< the second; 0 where there is none

  constexpr bool is_channel_message() const { return status < status::kSysEx; }
  constexpr bool is_meta(std::uint8_t type) const {
    return status == status::kMeta && data1 == type;
  }
  /// The message without its channel. Range: of a channel message.
  constexpr std::uint8_t kind() const { return status & 0xF0; }
  /// 0..15. Range: of a channel message.
  constexpr int channel() const { return status & 0x0F; }
  constexpr bool is_note_on() const { return kind() == status::kNoteOn && data2 != 0; }
  /// A note-off, or a note-on of velocity 0.
  constexpr bool is_note_off() const {
    return kind() == status::kNoteOff || (kind() == status::kNoteOn && data2 == 0);
  }
  /// Of a pitch bend: -8192..8191.
  constexpr int bend() const { return (data1 | data2 << 7) - 8192; }
};
static_assert(sizeof(Event) == 16);

/// A chunk's events in order, without its End of Track: that is end().
///
/// Invariant: ticks never fall, none is negative, end() is not before the last event.
class Track {
 public:
  std::span<const Event> events() const { return events_; }
  Tick end() const { return end_; }
  /// The bytes of a meta, SysEx or escape event of this track; empty for others.
  ByteView payload(const Event& event) const {
    if (event.is_channel_message()) return {};
    return ByteView(pool_).subspan(event.payload + kSizeBytes, size_at(event.payload));
  }

  /// Range: a tick not before the last event's; `status` of a channel message, data under 128.
  void add(Tick at, std::uint8_t status, std::uint8_t data1, std::uint8_t data2 = 0) {
    events_.push_back({at, 0, status, data1, data2});
    if (end_ < at) end_ = at;
  }
  /// Range: a tick as for add(); a type under 128 that is not End of Track.
  void add_meta(Tick at, std::uint8_t type, ByteView bytes) {
    add_with_payload(at, status::kMeta, type, bytes);
  }
  /// Range: kSysEx (bytes after F0, with the closing F7 if there is one) or kEscape.
  void add_sysex(Tick at, std::uint8_t status, ByteView bytes) {
    add_with_payload(at, status, 0, bytes);
  }
  /// Takes an event over from another track (or this one). Range: as for add().
  void add_copy(const Event& event, const Track& from) { add_copy(event, from, event.at); }
  void add_copy(const Event& event, const Track& from, Tick at) {
    if (event.is_channel_message()) add(at, event.status, event.data1, event.data2);
    else add_copy_with_payload(event, from, at);
  }
  /// Range: not before the last event.
  void set_end(Tick end) { end_ = end; }
  void reserve(std::size_t events) { events_.reserve(events); }

  friend bool operator==(const Track& a, const Track& b);

 private:
  static constexpr std::size_t kSizeBytes = 4;
  std::size_t size_at(std::size_t at) const {
    return static_cast<std::size_t>(pool_[at]) << 24 | pool_[at + 1] << 16 | pool_[at + 2] << 8 |
           pool_[at + 3];
  }
  void add_with_payload(Tick at, std::uint8_t status, std::uint8_t type, ByteView bytes);
  void add_copy_with_payload(const Event& event, const Track& from, Tick at);
  std::vector<Event> events_;
  Bytes pool_;  ///< payloads one behind the other, each after its size
  Tick end_;
};

/// A chunk that is neither header nor track.
struct OtherChunk {
  std::size_t before_track;  ///< it stood before this track; the number of tracks: after the last
  std::array<std::uint8_t, 4> type;
  Bytes content;
  friend bool operator==(const OtherChunk&, const OtherChunk&) = default;
};

struct File {
  Format format = Format::Simultaneous;
  Division division{kComposedPpq};
  std::vector<Track> tracks;
  std::vector<OtherChunk> other_chunks;  ///< in file order
  Bytes header_rest;                     ///< of a header longer than six bytes, what follows
  Bytes trailing;                        ///< bytes after the last chunk that are no chunk
  friend bool operator==(const File&, const File&) = default;
};

/// The number a tempo event holds; none when it has not three bytes or says 0.
std::optional<Tempo> find_tempo(ByteView payload);
/// Notes struck, over all tracks.
std::size_t count_notes(const File& file);

}  // namespace toccata::midi

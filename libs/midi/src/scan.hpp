// SPDX-License-Identifier: MIT
// One walk over a file's tracks: notes paired, everything else sorted by what it is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <toccata/midi/file.hpp>

namespace toccata::midi {

/// A note of a track, as its two events tell it.
struct RawNote {
  Tick on;
  Tick off;  ///< not before `on`
  std::uint32_t on_index;
  std::uint32_t off_index;
  std::uint32_t next;  ///< while pairing: the next open note of this key
  std::uint8_t channel;
  std::uint8_t pitch;
  std::uint8_t velocity;
  std::uint8_t release;
};
/// In RawNote: no such event, or no such note.
inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// An event by where it stands.
struct EventRef {
  std::uint32_t track;
  std::uint32_t index;
};

struct TrackScan {
  Tick onset;                  ///< of the track in the score
  std::vector<RawNote> notes;  ///< by onset
  std::array<std::optional<std::uint8_t>, 16> programs;
  std::uint16_t channels = 0;  ///< a bit for each channel that has notes
  std::optional<EventRef> name;
};

struct FileScan {
  std::vector<TrackScan> tracks;
  std::vector<EventRef> controls;
  std::vector<EventRef> tuning;     ///< bends, registered parameters and their data entry
  std::vector<EventRef> retunings;  ///< single-note tuning changes
  std::vector<EventRef> conductor;  ///< tempo, meter, key, markers and texts
  std::vector<EventRef> others;
  std::uint16_t bent_channels = 0;  ///< a bit for each channel with bends
};

FileScan scan(const File& file);

/// Ticks of events, as the score has them.
inline Tick tick_of(const File& file, const FileScan& scan, EventRef ref) {
  return file.tracks[ref.track].events()[ref.index].at + (scan.tracks[ref.track].onset - Tick(0));
}
inline const Event& event_of(const File& file, EventRef ref) {
  return file.tracks[ref.track].events()[ref.index];
}
inline ByteView payload_of(const File& file, EventRef ref) {
  return file.tracks[ref.track].payload(event_of(file, ref));
}
/// Sorts by tick; at one tick the file's order stays.
void sort_by_tick(std::vector<EventRef>& refs, const File& file, const FileScan& scan);
/// Whether these are the bytes of a single-note tuning change in real time (after F0).
bool is_retuning(ByteView payload);

}  // namespace toccata::midi

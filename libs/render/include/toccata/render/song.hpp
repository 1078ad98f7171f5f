// SPDX-License-Identifier: MIT
// A MIDI file laid out for playing: for each part its messages, in frames of the sound to be made.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <toccata/audio/signal.hpp>
#include <toccata/base/bytes.hpp>
#include <toccata/midi/file.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::render {

/// A MIDI message at a frame.
struct Message {
  std::size_t frame = 0;
  std::uint8_t status = 0;  ///< 0x80..0xEF with its channel, or 0xF0
  std::uint8_t data1 = 0, data2 = 0;
  const Bytes* sysex = nullptr;  ///< with 0xF0: what follows it, without the closing F7

  int channel() const { return status & 0x0F; }
  std::uint8_t kind() const { return status & 0xF0; }
};

/// What one player plays: a track with notes, or a channel of a file of one track.
struct SongPart {
  std::string name;               ///< its track's, made unique; "Part 3" where it has none
  std::vector<Message> messages;  ///< by frame; at one frame as they take effect
};

struct Song {
  audio::SampleRate rate;
  std::vector<SongPart> parts;
  std::vector<std::unique_ptr<Bytes>> sysex;  ///< what messages point to
  std::size_t end_frame = 0;                  ///< of the file's last event, End of Track included
};

inline constexpr double kLongestSeconds = 3600;
inline constexpr std::size_t kMostParts = 256;

/// Controllers, programs and bends work on their channel whichever track they stand in, as on a
/// synthesiser; notes belong to their track alone. Tracks of another port (meta event 0x21) have
/// channels of their own. Tempo comes from every track; film time codes are understood; the tracks
/// of a file of format 2 are played one after the other.
///
/// Errors: Silent without a note, BadMidi with over kMostParts parts, TooLong over an hour.
Result<Song, sound::Error> make_song(const midi::File& file, audio::SampleRate rate);

}  // namespace toccata::render

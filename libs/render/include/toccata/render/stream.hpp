// SPDX-License-Identifier: MIT
// A MIDI file laid out for one instrument that plays all of it, as a host plays it to a plug-in.
#pragma once

#include <memory>
#include <vector>

#include <toccata/render/song.hpp>

namespace toccata::render {

/// From here on quarters pass at another tempo.
struct TempoPoint {
  double seconds = 0, quarter = 0;  ///< where, counted from the beginning
  double tempo_bpm = 120;           ///< quarters a minute
};
/// From here on bars are of another meter; a bar line stands here.
struct MeterPoint {
  double quarter = 0;
  int bar = 0;               ///< counted from 0
  int pulses = 4, unit = 4;  ///< the upper and the lower figure
};

/// Where the music is at a frame.
struct Position {
  std::size_t frame = 0;
  double quarter = 0;
  double bar_quarter = 0;  ///< where the bar began
  int bar = 0;             ///< counted from 0
  double tempo_bpm = 120;
  int pulses = 4, unit = 4;
};

struct Stream {
  audio::SampleRate rate;
  std::vector<Message> messages;              ///< by frame; at one frame as they take effect
  std::vector<std::unique_ptr<Bytes>> sysex;  ///< what messages point to
  std::vector<TempoPoint> tempi;              ///< the first at 0
  std::vector<MeterPoint> meters;             ///< the first at 0
  std::size_t end_frame = 0;                  ///< of the file's last event, End of Track included

  /// Cost: O(log changes).
  Position position_at(std::size_t frame) const;
};

/// All tracks in one, on the sixteen channels that an instrument has: ports are put together. What
/// a track has at a tick before its first note there comes before every track's notes, so that a
/// program, a bend or the end of a note of the same key reaches the instrument in time.
///
/// Errors: Silent without a note, TooLong over an hour.
Result<Stream, sound::Error> make_stream(const midi::File& file, audio::SampleRate rate);

}  // namespace toccata::render

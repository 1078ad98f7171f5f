// SPDX-License-Identifier: MIT
// Finds a channel for each note that is added to a file, and the bends it needs there.
#pragma once

#include <array>

#include "channel_clock.hpp"
#include "sounding.hpp"
#include "track_builder.hpp"

namespace toccata::midi {

/// The channels of one part while notes are added to it.
struct PartChannels {
  std::vector<int> own;  ///< in the file, the usual one first
  bool is_understood =
      true;                ///< false: its bends are no tunings, so that they say nothing of a note
  std::vector<int> extra;  ///< taken for its tuned notes
};

class Placer {
 public:
  /// `clocks` of the 16 channels, `free`: channels that the file sounds nothing on.
  /// `bend_range`: that free channels are set up with. Units: semitones.
  /// `until`: the channels of the file are bent back before it.
  Placer(std::array<ChannelClock, 16>& clocks, std::vector<int> free, Duration tail, int bend_range,
         std::optional<Tick> until)
      : clocks_(clocks), free_(std::move(free)), tail_(tail), until_(until) {
    for (int channel : free_) clock(channel).set_bends({{Tick(0), 0, 100.0 * bend_range}});
  }

  struct Place {
    int channel;
    bool needs_bend = false;  ///< this channel must be bent for the note
    bool is_new = false;      ///< nothing has been set up on this channel
    /// When it is bent back, and by when the note ends. None where nothing of the file follows.
    std::optional<Tick> back = std::nullopt;
  };
  /// None when no channel is left. To be called by onset; where no `back` is told, the bend put in
  /// is to be told to the clock.
  std::optional<Place> place(const SoundingNote& note, PartChannels& part);
  const std::vector<int>& free() const { return free_; }
  /// Takes channels away for other uses.
  void take(int channel) { std::erase(free_, channel); }

 private:
  std::optional<Place> place_unbent(const SoundingNote& note, const PartChannels& part);
  std::optional<Place> place_on_own(const SoundingNote& note, const PartChannels& part, Tick back);
  std::optional<Place> place_on_extra(const SoundingNote& note, PartChannels& part);
  Span with_tail(const SoundingNote& note) const { return {note.on, note.off + tail_}; }
  ChannelClock& clock(int channel) { return clocks_[static_cast<std::size_t>(channel)]; }
  std::array<ChannelClock, 16>& clocks_;
  std::vector<int> free_;
  Duration tail_;  ///< how long a note is given to die away before its channel is bent anew
  std::optional<Tick> until_;
};

}  // namespace toccata::midi

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
  /// `clocks` of the 16 channels, `free`: channels that the file does not use.
  /// `bend_range`: that free channels are set up with. Units: semitones.
  Placer(std::array<ChannelClock, 16>& clocks, std::vector<int> free, Duration tail, int bend_range)
      : clocks_(clocks), free_(std::move(free)), tail_(tail) {
    for (int channel : free_) clock(channel).set_bends({{Tick(0), 0, 100.0 * bend_range}});
  }

  struct Place {
    int channel;
    bool needs_bend;  ///< this channel must be bent for the note, and back after it
    bool is_new;      ///< nothing has been set up on this channel
  };
  /// None when no channel is left.
  std::optional<Place> place(const SoundingNote& note, PartChannels& part);
  const std::vector<int>& free() const { return free_; }
  /// How long a note is given to die away before its channel is bent back.
  Duration tail() const { return tail_; }
  /// Takes channels away for other uses.
  void take(int channel) { std::erase(free_, channel); }

 private:
  ChannelClock& clock(int channel) { return clocks_[static_cast<std::size_t>(channel)]; }
  std::array<ChannelClock, 16>& clocks_;
  std::vector<int> free_;
  Duration tail_;
};

}  // namespace toccata::midi

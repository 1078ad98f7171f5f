// SPDX-License-Identifier: GPL-3.0-or-later
// A stream of messages cut into blocks, so that each takes effect at its frame and in its order.
#pragma once

#include <span>
#include <vector>

#include <toccata/render/stream.hpp>

namespace toccata::render_juce {

/// The blocks of one rendering.
///
/// A block ends where the next message stands, since hosts hand over controllers (and many plug-ins
/// take notes) at the first frame of a block only. VST3 knows no order among controllers of one
/// frame, nor between them and notes; where it matters (banks and programs, RPNs with their data, a
/// control before its note) what comes later comes a frame later.
class Schedule {
 public:
  /// `keeps_order`: the plug-in is handed messages as they are written. Range: block over 0.
  Schedule(const render::Stream& stream, std::size_t block, bool keeps_order);

  struct Step {
    std::size_t frame, frames;
    std::vector<render::Message> messages;  ///< at the first frame
  };
  /// What stands at the beginning before any note, in as many steps as it takes: it can be played
  /// before the music begins. Empty after the last.
  std::vector<render::Message> next_set_up();
  /// The next block. Range: `most` over 0.
  Step next(std::size_t most);

 private:
  std::vector<render::Message> take_due(std::size_t end);

  const render::Stream& stream_;
  std::size_t block_;
  bool keeps_order_;
  std::size_t at_ = 0, next_ = 0;
  std::size_t set_up_end_ = 0;             ///< index of the first message that is played in time
  std::vector<render::Message> waiting_;   ///< due already, but not beside what came before
  std::vector<std::size_t> tempo_frames_;  ///< where a block must begin too
};

}  // namespace toccata::render_juce

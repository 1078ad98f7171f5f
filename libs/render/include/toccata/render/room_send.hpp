// SPDX-License-Identifier: MIT
// How much of a part goes to the room of the mix: controller 91.
#pragma once

#include <array>
#include <span>

#include <toccata/audio/signal.hpp>
#include <toccata/render/song.hpp>

namespace toccata::render {

inline constexpr std::uint8_t kRoomController = 91;

/// The send of the channel whose note began last, for the sound of all.
class RoomSend {
 public:
  RoomSend() { room_.fill(kUsual); }

  /// Takes note of what the controller and notes say.
  void hear(const Message& message) {
    const auto channel = static_cast<std::size_t>(message.channel());
    if (message.kind() == 0x90 && message.data2 > 0) now_ = room_[channel];
    if (message.kind() == 0xB0 && message.data1 == kRoomController)
      room_[channel] = static_cast<float>(message.data2) / 127;
  }

  /// Adds what of this sound goes to the room. Range: both of one length.
  void add(audio::StereoView sound, std::span<float> send) const {
    const float level = 0.5F * kMost * now_;
    for (std::size_t i = 0; i < send.size(); ++i)
      send[i] += level * (sound.left[i] + sound.right[i]);
  }

 private:
  /// Before a file says otherwise, as General MIDI 2 recommends, and at most.
  static constexpr float kUsual = 40.0F / 127, kMost = 0.5F;
  std::array<float, 16> room_{};  ///< of each channel, 0 to 1
  float now_ = kUsual;
};

}  // namespace toccata::render

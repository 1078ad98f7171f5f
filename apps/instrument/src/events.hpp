// SPDX-License-Identifier: MIT
// MIDI messages of one block, and the order in which they take effect.
#pragma once

#include <cstdint>
#include <span>

namespace toccata::instrument {

struct Event {
  std::uint32_t frame = 0;
  std::uint32_t size = 0;
  /// With the status byte; SysEx with F0 and F7 or, as some formats have it, without them.
  const std::uint8_t* bytes = nullptr;
  std::uint32_t rank = 0;  ///< for put_in_order alone

  std::uint8_t kind() const { return is_sysex() ? 0xF0 : bytes[0] & 0xF0; }
  bool is_sysex() const { return bytes[0] < 0x80 || bytes[0] == 0xF0; }
  std::size_t channel() const { return bytes[0] & 0x0F; }
  /// 0 where the message is shorter.
  std::uint8_t data(std::uint32_t index) const { return index < size ? bytes[index] & 0x7F : 0; }
};

/// Whether a format keeps the order of messages at one frame. VST3 hands controllers on as
/// parameters, apart from notes and from each other, so that there it is lost.
enum class SameFrame : std::uint8_t { Kept, Lost };

/// By frame. Where the order at a frame is lost it is put right, for each channel: ends of notes,
/// tunings, bank and program, which parameter data entry is for, data entry, what unsets that
/// again, other controllers and bends, beginnings of notes. Realtime: yes.
void put_in_order(std::span<Event> events, SameFrame same_frame);

}  // namespace toccata::instrument

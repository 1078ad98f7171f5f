// SPDX-License-Identifier: MIT
// Tunings that come as MIDI messages (MIDI Tuning Standard), held so that a state can keep them.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace toccata::sound_font {

/// Whether a message changes tunings, and notes that sound with them.
enum class Retuned : std::uint8_t { Nothing, NextNotes, AllNotes };

/// 128 tuning programs of 128 keys, which program each channel uses, and for each channel what is
/// added to the twelve keys of an octave.
///
/// Threads: one writes (receive, select), others may read or save meanwhile.
class MtsTunings {
 public:
  MtsTunings() { clear(); }

  /// A universal SysEx message without F0 and F7: bulk dumps (01, 04), single notes (02, 07),
  /// octaves (05, 06, 08, 09). Tuning bank 0 is the only one. What is not whole changes nothing.
  /// Realtime: yes. Source: MIDI 1.0, MIDI Tuning (updated specification, MMA 1999).
  Retuned receive(std::span<const std::uint8_t> message);
  /// RPN 3: the tuning program of a channel. Realtime: yes.
  void select(std::size_t channel, std::uint8_t program);
  void clear();

  /// Cents of a key above its pitch in equal temperament, where the channel's tuning program holds
  /// something for it. Realtime: yes.
  std::optional<double> key_cents(std::size_t channel, std::size_t key) const;
  /// What is added to that, or to whatever else the key is tuned to. Realtime: yes.
  double octave_cents(std::size_t channel, std::size_t key) const;

  /// All of it as text, empty when nothing was received; restore takes such a text and gives false,
  /// changing nothing, for any other.
  std::string saved() const;
  bool restore(std::string_view text);

 private:
  using Content = std::span<const std::uint8_t>;
  bool receive_dump(std::uint8_t program, Content keys);
  bool receive_notes(std::uint8_t program, Content notes);
  bool receive_octave_program(std::uint8_t program, Content degrees, std::size_t width);
  bool receive_octave(Content content, std::size_t width);

  static constexpr std::uint32_t kUntuned = 0xFFFFFFFF;
  static constexpr std::uint16_t kMiddle = 0x2000;
  /// Semitones in the upper bits, 16384ths of one in the lower 14.
  std::array<std::array<std::atomic<std::uint32_t>, 128>, 128> programs_;
  std::array<std::atomic<std::uint8_t>, 16> selected_;
  std::array<std::array<std::atomic<std::uint16_t>, 12>, 16> octaves_;  ///< 8192ths of 100 cents
};

}  // namespace toccata::sound_font

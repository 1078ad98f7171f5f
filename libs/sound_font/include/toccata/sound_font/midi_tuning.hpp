// SPDX-License-Identifier: MIT
// Where messages put each key of each channel: bends, registered parameters, tunings. A file that
// is rendered and the plug-in go by it alike.
//
// A tuning for the notes to come reaches one that sounds at the next bend: a note is then looked up
// anew.
#pragma once

#include <array>
#include <cstdint>

#include <toccata/base/bytes.hpp>
#include <toccata/sound_font/mts.hpp>

namespace toccata::sound_font {

/// What became of a message.
struct Heard {
  bool is_taken = false;  ///< there is nothing in it for a synthesiser
  Retuned retuned = Retuned::Nothing;
};

/// Whether a SysEx message without F0 and F7 puts everything back as after switching on: General
/// MIDI on or off, the resets of GS and XG.
bool is_reset(ByteView content);

/// FluidSynth's own bends are 0.8 % too narrow and know whole semitones only, and it has no tunings
/// without RPN 3; so it gets to know neither.
class MidiTuning {
 public:
  /// A channel message: bends, the widths of bends (RPN 0), fine and coarse tuning (RPN 1 and 2)
  /// and tuning programs (RPN 3) have an effect. Realtime: yes.
  Heard hear(std::uint8_t status, std::uint8_t data1, std::uint8_t data2);
  /// What stands between F0 and F7: see MtsTunings. Realtime: yes.
  Heard hear_sysex(ByteView content);
  /// Channels as after switching on. Tunings that were received stay. Realtime: yes.
  void reset() { channels_ = {}; }

  /// Cents of a key above its pitch in equal temperament. `scale` is where it lies if no tuning
  /// was received for it. Realtime: yes.
  double cents(std::size_t channel, std::size_t key, double scale = 0) const;
  /// The part of that which holds for all keys of a channel, kits included. Realtime: yes.
  double channel_cents(std::size_t channel) const { return channels_[channel].cents(); }

  MtsTunings& received() { return received_; }
  const MtsTunings& received() const { return received_; }

 private:
  static constexpr std::uint8_t kNoParameter = 127;
  struct Channel {
    std::uint8_t parameter_high = kNoParameter, parameter_low = kNoParameter;  ///< 101 and 100
    bool is_registered = true;  ///< that one is what data entry is for, not a non-registered one
    int bend = 0;               ///< -8192 to 8191
    int bend_semitones = 2, bend_cents = 0;  ///< of the widest bend
    int coarse = 0;                          ///< semitones
    int fine = 0;                            ///< 8192ths of 100 cents

    double cents() const {
      return bend * (100.0 * bend_semitones + bend_cents) / 8192 + 100.0 * coarse +
             fine * 100.0 / 8192;
    }
  };
  bool hear_controller(std::size_t channel, std::uint8_t number, std::uint8_t value);
  void enter(std::size_t channel, bool is_upper, std::uint8_t value);

  std::array<Channel, 16> channels_{};
  MtsTunings received_;
};

}  // namespace toccata::sound_font

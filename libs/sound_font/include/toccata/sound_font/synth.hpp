// SPDX-License-Identifier: MIT
// A synthesiser on one sound font: FluidSynth, offline or in a plug-in, the same way each time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::sound_font {

/// Frames of the synthesiser's own block: it hears messages only between two of them.
inline constexpr std::size_t kSynthBlock = 64;

struct SynthSettings {
  double rate_hz = 44100;  ///< Range: 8000 to 96000
  double gain = 0.4;       ///< of one voice. Range: 0 to 10
  int voices = 512;        ///< at once. Range: 1 to 65535
};

/// What can be added to a preset's own sound, on one channel.
enum class Shape : std::uint8_t {
  CutoffCents,   ///< of the low-pass filter
  AttackCents,   ///< time as 2^(cents/1200)
  ReleaseCents,  ///< the same
};

/// Threads: one at a time; synthesisers beside each other do not disturb each other.
class Synth {
 public:
  /// Checks the font before FluidSynth sees it. Fonts loaded twice share their samples.
  /// Errors: FontMissing, FontDamaged, Backend.
  static Result<Synth, sound::Error> open(const std::filesystem::path& font,
                                          const SynthSettings& settings);
  Synth(Synth&&) noexcept;
  Synth& operator=(Synth&&) noexcept;
  ~Synth();

  /// Where notes lie from now on: cents of a channel's key above its pitch in equal temperament.
  /// Accuracy: half a cent, as FluidSynth knows whole ones only and would cut the rest off.
  void tune_by(std::function<double(int channel, int key)> cents);
  /// Moves the notes that sound to where they lie by now. Realtime: yes, where `cents` is.
  void retune();

  /// A channel message. A bend moves no pitch: see MidiTuning. Realtime: yes, where `cents` is.
  void play(std::uint8_t status, std::uint8_t data1, std::uint8_t data2);
  /// What stands between F0 and F7, but no tunings.
  void play_sysex(ByteView content);
  /// Whether the preset that a channel plays is a kit. Realtime: yes.
  bool plays_kit(int channel) const;
  /// Bank 128 is a kit; what the font lacks is replaced by the nearest that it has. Realtime: yes.
  void choose_program(int channel, int bank, int program);
  /// As after switching it on. Realtime: yes.
  void reset();

  /// Adds to what the preset says, for notes that sound too. Realtime: yes.
  void set_shape(int channel, Shape shape, double amount);
  /// FluidSynth's own chorus is part of the sound from now on. Realtime: no, nor add_sound then,
  /// since FluidSynth's effects take memory for each block.
  void turn_chorus_on();

  /// Adds the next frames. Realtime: yes, with kSynthBlock frames or fewer.
  void add_sound(std::span<float> left, std::span<float> right);
  bool is_sounding() const;

 private:
  struct Parts;
  explicit Synth(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// "FluidSynth 2.3.1".
std::string synth_name();

}  // namespace toccata::sound_font

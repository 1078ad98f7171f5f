// SPDX-License-Identifier: MIT
// The instrument itself, whatever format of plug-in it is in: MIDI in, sound out.
#pragma once

#include "chorus.hpp"
#include "events.hpp"
#include "handover.hpp"
#include "parameters.hpp"
#include "programs.hpp"
#include "tuning.hpp"

#include <array>
#include <atomic>
#include <filesystem>
#include <span>
#include <string>

#include <toccata/audio/reverb.hpp>
#include <toccata/sound_font/midi_tuning.hpp>
#include <toccata/sound_font/synth.hpp>

namespace toccata::instrument {

/// Frames by which the sound is late, so that a message takes effect at the synthesiser's border
/// that is nearest to it, and not at the next one. Hosts are told, and make up for it.
inline constexpr std::size_t kLatency = sound_font::kSynthBlock / 2;

/// Threads: process from the audio thread; set_parameter and parameter from any; the rest from one
/// other thread, activate never while process runs.
class Player {
 public:
  /// Takes effect with the next process. What only the player sets (Status) is passed over.
  void set_parameter(Parameter parameter, float value);
  float parameter(Parameter parameter) const;

  /// The font to play with; empty: the first that is found. Loaded by activate, or at once where
  /// that has been called.
  void set_font(std::string path);
  const std::string& font() const { return font_; }
  /// Frees a font that the audio thread no longer plays.
  void collect() { engine_.collect(); }
  /// The text of a .scl file. A faulty one changes nothing. Errors: as parse_scala.
  Result<void, ScalaError> set_scale(std::string text);
  const std::string& scale() const { return scale_; }
  sound_font::MidiTuning& midi_tuning() { return midi_tuning_; }
  const sound_font::MidiTuning& midi_tuning() const { return midi_tuning_; }
  Programs& programs() { return programs_; }
  const Programs& programs() const { return programs_; }
  /// Makes tunings and programs that were restored take effect.
  void notice_restored() { is_restored_.store(true); }

  /// Before the first process, and after a change of rate: loads what is to be loaded; then the
  /// instrument is as just switched on.
  void activate(double rate_hz);

  /// Overwrites both sides with the next frames. Events are in order. The sound does not depend on
  /// how time is cut into calls. Realtime: yes.
  void process(std::span<const Event> events, std::span<float> left, std::span<float> right);

 private:
  using Synth = sound_font::Synth;
  /// What one font at one rate sounds through.
  struct Engine {
    Synth synth;
    audio::Reverb room;
    Chorus chorus;
    float to_room = 0, to_chorus = 0;           ///< levels at the end of the last block
    bool has_room = false, has_chorus = false;  ///< from when something was sent there
  };

  void load();
  void take_changes();
  void apply_all();
  void apply_gain();
  void apply_sound();
  void apply_shapes(Engine& engine);
  void apply_programs();
  void apply_tuning();
  void start_again();
  void play(const Event& event);
  void play_controller(std::size_t channel, std::uint8_t number, std::uint8_t value);
  void play_in_tune(std::uint8_t status, std::uint8_t data1, std::uint8_t data2);
  void play_note(std::size_t channel, std::uint8_t key, std::uint8_t velocity);
  void play_sysex(const Event& event);
  void render_block();
  void fill_send(float& level, double wanted);
  void add_effects(Engine& engine);
  double cents(std::size_t channel, std::size_t key) const;
  float value(Parameter parameter) const { return applied_[static_cast<std::size_t>(parameter)]; }
  int whole(Parameter parameter) const { return static_cast<int>(value(parameter)); }

  static std::array<std::atomic<float>, kParameterCount> usual_values();

  std::array<std::atomic<float>, kParameterCount> parameters_ = usual_values();
  std::array<float, kParameterCount> applied_{};  ///< as the synthesiser has them
  std::string font_, scale_;
  double rate_hz_ = 0;  ///< 0 before activate
  std::string loaded_font_;
  double loaded_rate_hz_ = 0;
  Handover<Engine> engine_;
  Tuning tuning_;
  sound_font::MidiTuning midi_tuning_;
  Programs programs_;
  std::atomic<bool> is_restored_{false};

  std::array<std::uint8_t, 128> touch_{};  ///< velocity for velocity
  /// What is sent of a channel: controllers 91 and 93.
  struct Sends {
    std::uint8_t room = 0, chorus = 0;
  };
  std::array<Sends, 16> channel_sends_{};
  std::size_t heard_channel_ = 0;  ///< whose note began last: its sends count for all
  std::array<float, sound_font::kSynthBlock> left_{}, right_{}, send_{};
  std::size_t at_ = kLatency;  ///< how much of that block has been handed out
  float gain_ = 0;             ///< at the end of that block
  float wanted_gain_ = 0;      ///< at the end of the next
};

}  // namespace toccata::instrument

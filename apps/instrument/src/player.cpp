// SPDX-License-Identifier: MIT
#include "player.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <toccata/base/elementary.hpp>
#include <toccata/sound_font/font.hpp>

namespace toccata::instrument {
namespace {

using sound_font::Heard;
using sound_font::kSynthBlock;
using sound_font::Retuned;
using sound_font::Shape;

/// The level of one voice at 0 dB: a chord of eight at full velocity stays below full scale.
constexpr double kVoiceGain = 0.35;
constexpr int kVoices = 256;
constexpr double kMostSend = 0.5;  ///< of controllers 91 and 93
/// The room's decay at size 0 and how often it doubles up to size 1; the highest that damping at 0
/// leaves, and by how many octaves it goes down.
constexpr double kShortestRoom = 0.3, kRoomDoublings = 4, kBrightestRoom = 16000,
                 kDampingOctaves = 4;
/// What brightness, attack and release do at 1.
constexpr double kBrightnessCents = 4800, kTimeCents = 6000;

constexpr std::uint8_t kBankSelect = 0, kBankSelectLow = 32, kRoomSend = 91, kChorusSend = 93,
                       kResetControllers = 121;

Status status_of(sound::Fault fault) {
  return fault == sound::Fault::FontMissing ? Status::NoFont : Status::FontDamaged;
}

}  // namespace

std::array<std::atomic<float>, kParameterCount> Player::usual_values() {
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::atomic<float>, kParameterCount>{
        info_of(static_cast<Parameter>(I)).usual...};
  }
  (std::make_index_sequence<kParameterCount>{});
}

void Player::set_parameter(Parameter parameter, float value) {
  if (parameter != Parameter::Status)
    parameters_[static_cast<std::size_t>(parameter)].store(held_value(parameter, value));
}

float Player::parameter(Parameter parameter) const {
  return parameters_[static_cast<std::size_t>(parameter)].load();
}

void Player::set_font(std::string path) {
  font_ = std::move(path);
  if (rate_hz_ > 0) load();
}

Result<void, ScalaError> Player::set_scale(std::string text) {
  TOCCATA_CHECK(tuning_.set_scale(text));
  scale_ = std::move(text);
  return {};
}

/// Loads the font, unless it is there already at that rate. A font that cannot be had leaves what
/// sounded before.
void Player::load() {
  const auto tell = [&](Status status) {
    parameters_[static_cast<std::size_t>(Parameter::Status)].store(static_cast<float>(status));
  };
  const auto rate = audio::SampleRate::from_hertz(static_cast<int>(std::lround(rate_hz_)));
  if (!rate) return tell(Status::Rate);
  const auto path = sound_font::find_sound_font(font_, {});
  if (!path) return tell(Status::NoFont);
  if (path->string() == loaded_font_ && rate_hz_ == loaded_rate_hz_) return tell(Status::Playing);
  auto synth = Synth::open(*path, {.rate_hz = rate_hz_, .gain = kVoiceGain, .voices = kVoices});
  if (!synth) return tell(status_of(synth.error().fault));
  synth->tune_by([this](int channel, int key) {
    return cents(static_cast<std::size_t>(channel), static_cast<std::size_t>(key));
  });
  engine_.offer(
      std::make_unique<Engine>(Engine{*std::move(synth), audio::Reverb(*rate, {}), Chorus(*rate)}));
  loaded_font_ = path->string();
  loaded_rate_hz_ = rate_hz_;
  tell(Status::Playing);
}

void Player::activate(double rate_hz) {
  rate_hz_ = rate_hz;
  load();
  engine_.take();
  // An engine of another rate would sound at another pitch.
  if (loaded_rate_hz_ != rate_hz_) {
    engine_.clear();
    loaded_font_.clear();
  }
  (void)tuning_.take_scale();
  start_again();
}

/// As just switched on, but for what a state holds.
void Player::start_again() {
  left_.fill(0);
  right_.fill(0);
  at_ = kLatency;
  midi_tuning_.reset();
  channel_sends_ = {};
  heard_channel_ = 0;
  if (Engine* engine = engine_.current()) engine->synth.reset();
  apply_all();
  gain_ = wanted_gain_;
}

void Player::apply_all() {
  for (std::size_t i = 0; i < kParameterCount; ++i) applied_[i] = parameters_[i].load();
  apply_gain();
  apply_sound();
  apply_programs();
  apply_tuning();
}

/// What has changed since the last call: parameters, a font, a scale, a state.
void Player::take_changes() {
  if (engine_.take()) return start_again();
  const bool has_scale = tuning_.take_scale();
  const bool is_restored = is_restored_.exchange(false);
  const auto before = applied_;
  for (std::size_t i = 0; i < kParameterCount; ++i) applied_[i] = parameters_[i].load();
  const auto changed = [&](Parameter first, Parameter last) {
    const auto from = static_cast<std::ptrdiff_t>(first),
               to = static_cast<std::ptrdiff_t>(last) + 1;
    return !std::equal(before.begin() + from, before.begin() + to, applied_.begin() + from);
  };
  if (changed(Parameter::Bypass, Parameter::Bypass) || changed(Parameter::Gain, Parameter::Gain))
    apply_gain();
  if (changed(Parameter::Reverb, Parameter::Touch)) apply_sound();
  if (is_restored || changed(Parameter::Program, Parameter::ProgramChanges)) apply_programs();
  if (has_scale || is_restored || changed(Parameter::Tuning, Parameter::ScaleKeys)) apply_tuning();
}

void Player::apply_gain() {
  const double gain = exact_pow(10, static_cast<double>(value(Parameter::Gain)) / 20);
  wanted_gain_ = value(Parameter::Bypass) > 0 ? 0 : static_cast<float>(gain);
}

void Player::apply_sound() {
  const double exponent = exact_exp2(-static_cast<double>(value(Parameter::Touch)));
  for (std::size_t i = 1; i < touch_.size(); ++i) {
    const double velocity = 127 * exact_pow(static_cast<double>(i) / 127, exponent);
    touch_[i] = static_cast<std::uint8_t>(std::clamp(std::lround(velocity), 1L, 127L));
  }
  Engine* engine = engine_.current();
  if (engine == nullptr) return;
  engine->room.adjust(
      kShortestRoom * exact_exp2(kRoomDoublings * static_cast<double>(value(Parameter::RoomSize))),
      kBrightestRoom *
          exact_exp2(-kDampingOctaves * static_cast<double>(value(Parameter::Damping))));
  apply_shapes(*engine);
}

void Player::apply_shapes(Engine& engine) {
  for (int channel = 0; channel < 16; ++channel) {
    const auto set = [&](Shape shape, Parameter parameter, double amount) {
      engine.synth.set_shape(channel, shape, amount * static_cast<double>(value(parameter)));
    };
    set(Shape::CutoffCents, Parameter::Brightness, kBrightnessCents);
    set(Shape::AttackCents, Parameter::Attack, kTimeCents);
    set(Shape::ReleaseCents, Parameter::Release, kTimeCents);
  }
}

void Player::apply_programs() {
  programs_.set_base(whole(Parameter::Program), whole(Parameter::Bank),
                     static_cast<KitChannels>(whole(Parameter::Kit)));
  if (value(Parameter::ProgramChanges) == 0) programs_.forget_received();
  Engine* engine = engine_.current();
  if (engine == nullptr) return;
  for (std::size_t channel = 0; channel < 16; ++channel) {
    const Program program = programs_.program_of(channel);
    engine->synth.choose_program(static_cast<int>(channel), program.bank, program.program);
  }
}

void Player::apply_tuning() {
  tuning_.set_reference(whole(Parameter::Tonic),
                        static_cast<ScalaKeys>(whole(Parameter::ScaleKeys)),
                        value(Parameter::Tuning));
  if (Engine* engine = engine_.current()) engine->synth.retune();
}

/// Drums have no scale and no pitch of A, but they can be bent.
double Player::cents(std::size_t channel, std::size_t key) const {
  if (programs_.is_kit(channel)) return midi_tuning_.channel_cents(channel);
  return midi_tuning_.cents(channel, key, tuning_.scale_cents(key)) + tuning_.reference_cents();
}

void Player::process(std::span<const Event> events, std::span<float> left, std::span<float> right) {
  take_changes();
  std::size_t next = 0;
  for (std::size_t done = 0; done < left.size();) {
    if (at_ == kSynthBlock) {
      // Whatever came since the last border but half a block counts for this one.
      for (; next < events.size() && events[next].frame < done; ++next) play(events[next]);
      render_block();
    }
    const std::size_t count = std::min(kSynthBlock - at_, left.size() - done);
    std::copy_n(left_.begin() + static_cast<std::ptrdiff_t>(at_), count,
                left.begin() + static_cast<std::ptrdiff_t>(done));
    std::copy_n(right_.begin() + static_cast<std::ptrdiff_t>(at_), count,
                right.begin() + static_cast<std::ptrdiff_t>(done));
    at_ += count;
    done += count;
  }
  for (; next < events.size(); ++next) play(events[next]);
}

void Player::render_block() {
  left_.fill(0);
  right_.fill(0);
  at_ = 0;
  Engine* engine = engine_.current();
  if (engine == nullptr) return;
  engine->synth.add_sound(left_, right_);
  add_effects(*engine);
  const float step = (wanted_gain_ - gain_) / kSynthBlock;  // 0 but after a change
  for (std::size_t i = 0; i < kSynthBlock; ++i) {
    const float gain = gain_ + step * static_cast<float>(i + 1);
    left_[i] *= gain;
    right_[i] *= gain;
  }
  gain_ = wanted_gain_;
}

/// The sound in mono, at a level that goes to the wanted one within the block.
void Player::fill_send(float& level, double wanted) {
  const float step = (static_cast<float>(std::min(wanted, 1.0)) - level) / kSynthBlock;
  for (std::size_t i = 0; i < kSynthBlock; ++i) {
    level += step;
    send_[i] = 0.5F * level * (left_[i] + right_[i]);
  }
}

/// What is sent is the parameter and the controller together. An effect works from when something
/// is sent to it on, so that it costs nothing before.
void Player::add_effects(Engine& engine) {
  const Sends& sends = channel_sends_[heard_channel_];
  const double room = static_cast<double>(value(Parameter::Reverb)) + kMostSend * sends.room / 127;
  const double chorus =
      static_cast<double>(value(Parameter::Chorus)) + kMostSend * sends.chorus / 127;
  engine.has_chorus = engine.has_chorus || chorus > 0;
  engine.has_room = engine.has_room || room > 0;
  if (engine.has_chorus) {
    fill_send(engine.to_chorus, chorus);
    engine.chorus.process(send_, {left_, right_});
  }
  if (engine.has_room) {
    fill_send(engine.to_room, room);
    engine.room.process(send_, {left_, right_});
  }
}

void Player::play(const Event& event) {
  if (engine_.current() == nullptr || event.size == 0) return;
  Synth* synth = &engine_.current()->synth;
  const std::size_t channel = event.channel();
  switch (event.kind()) {
    case 0x90:
      if (event.data(2) > 0) play_note(channel, event.data(1), event.data(2));
      else synth->play(event.bytes[0], event.data(1), 0);
      break;
    case 0xB0: play_controller(channel, event.data(1), event.data(2)); break;
    case 0xC0:
      if (value(Parameter::ProgramChanges) > 0) {
        programs_.receive_program(channel, event.data(1));
        const Program program = programs_.program_of(channel);
        synth->choose_program(static_cast<int>(channel), program.bank, program.program);
      }
      break;
    case 0xF0:
      if (event.is_sysex()) play_sysex(event);
      break;
    default: play_in_tune(event.bytes[0], event.data(1), event.data(2));
  }
}

void Player::play_note(std::size_t channel, std::uint8_t key, std::uint8_t velocity) {
  heard_channel_ = channel;
  engine_.current()->synth.play(static_cast<std::uint8_t>(0x90 | channel), key, touch_[velocity]);
}

void Player::play_controller(std::size_t channel, std::uint8_t number, std::uint8_t value_in) {
  switch (number) {
    case kBankSelect:
      if (value(Parameter::ProgramChanges) > 0) programs_.receive_bank(channel, value_in);
      return;
    case kBankSelectLow: return;
    case kRoomSend: channel_sends_[channel].room = value_in; return;
    case kChorusSend: channel_sends_[channel].chorus = value_in; return;
    default: break;
  }
  play_in_tune(static_cast<std::uint8_t>(0xB0 | channel), number, value_in);
  if (number == kResetControllers) apply_shapes(*engine_.current());  // FluidSynth forgets them
}

void Player::play_in_tune(std::uint8_t status, std::uint8_t data1, std::uint8_t data2) {
  const Heard heard = midi_tuning_.hear(status, data1, data2);
  if (!heard.is_taken) engine_.current()->synth.play(status, data1, data2);
  if (heard.retuned == Retuned::AllNotes) apply_tuning();
}

void Player::play_sysex(const Event& event) {
  std::span<const std::uint8_t> content(event.bytes, event.size);
  if (content.front() == 0xF0) content = content.subspan(1);
  if (!content.empty() && content.back() == 0xF7) content = content.first(content.size() - 1);
  if (sound_font::is_reset(content)) {
    programs_.forget_received();
    engine_.current()->synth.reset();
    midi_tuning_.reset();
    channel_sends_ = {};
    apply_sound();
    apply_programs();
    return;
  }
  if (midi_tuning_.hear_sysex(content).retuned == Retuned::AllNotes) apply_tuning();
}

}  // namespace toccata::instrument

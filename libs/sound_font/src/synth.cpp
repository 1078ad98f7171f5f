// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include <dlfcn.h>
#include <fluidsynth.h>
#include <toccata/sound_font/font.hpp>
#include <toccata/sound_font/synth.hpp>

namespace toccata::sound_font {
namespace {

using SettingsHandle = std::unique_ptr<fluid_settings_t, decltype(&delete_fluid_settings)>;
using SynthHandle = std::unique_ptr<fluid_synth_t, decltype(&delete_fluid_synth)>;

/// FluidSynth prints what it has to say; here it is silent, and return values tell.
void keep_silent(int, const char*, void*) {}

/// Its loader for DLS files, which is tried when the one for sound fonts gives up, complains
/// through GLib; that is in the process only as a part of it, so it is reached by name.
void silence_glib() {
  using Handler = void (*)(const char*, int, const char*, void*);
  using SetHandler = Handler (*)(Handler, void*);
  void* glib = ::dlopen("libglib-2.0.so.0", RTLD_LAZY | RTLD_NOLOAD);
  if (glib == nullptr) return;
  if (const auto set = reinterpret_cast<SetHandler>(::dlsym(glib, "g_log_set_default_handler")))
    set([](const char*, int, const char*, void*) {}, nullptr);
}

void silence_log() {
  static std::once_flag once;
  std::call_once(once, [] {
    silence_glib();
    for (const int level : {FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG})
      fluid_set_log_function(level, keep_silent, nullptr);
  });
}

SettingsHandle make_settings(const SynthSettings& wanted) {
  SettingsHandle settings(new_fluid_settings(), &delete_fluid_settings);
  if (!settings) return settings;
  const auto set = [&](const char* name, int value) {
    fluid_settings_setint(settings.get(), name, value);
  };
  set("synth.polyphony", wanted.voices);
  set("synth.cpu-cores", 1);
  set("synth.threadsafe-api", 0);
  set("synth.lock-memory", 0);
  set("synth.reverb.active", 0);
  set("synth.chorus.active", 0);
  fluid_settings_setnum(settings.get(), "synth.sample-rate", wanted.rate_hz);
  fluid_settings_setnum(settings.get(), "synth.gain", wanted.gain);
  return settings;
}

int generator_of(Shape shape) {
  switch (shape) {
    case Shape::CutoffCents: return GEN_FILTERFC;
    case Shape::AttackCents: return GEN_VOLENVATTACK;
    case Shape::ReleaseCents: break;
  }
  return GEN_VOLENVRELEASE;
}

/// How a note was tuned when it began or last was moved.
struct TunedNote {
  unsigned id = 0;
  int key = 0;
  double cents = 0;
};

void bend_voice(fluid_voice_t* voice, double cents) {
  fluid_voice_gen_incr(voice, GEN_FINETUNE, static_cast<float>(cents));
  fluid_voice_update_param(voice, GEN_FINETUNE);
}

constexpr int kChannels = 16, kKitBank = 128;
constexpr std::uint8_t kLegatoPedal = 68, kMonoMode = 126;
/// How many notes are remembered that sound no more, besides as many as sound.
constexpr std::size_t kSpareNotes = 8;

}  // namespace

struct Synth::Parts {
  SettingsHandle settings{nullptr, &delete_fluid_settings};  ///< outlives the synthesiser
  SynthHandle synth{nullptr, &delete_fluid_synth};
  std::function<double(int, int)> tuning{};
  bool has_chorus = false;
  bool has_lone_voices = false;  ///< some channel may play one voice at a time
  std::vector<float> unused{};
  std::vector<fluid_voice_t*> voices{};  ///< room for all
  std::vector<TunedNote> notes{};        ///< all that sound, and a few that do no more
  std::int64_t last_id = -1;             ///< of FluidSynth's numbers for notes, which count from 0

  void begin_note(int channel, int key, int velocity);
  void end_note(int channel, int key);
  void retune();
  /// A channel that plays one voice at a time has it go on with another key.
  void follow_keys(int channel, std::size_t sounding);

  double cents_of(int channel, int key) const {
    return tuning ? std::round(tuning(channel, key)) : 0;
  }
  /// The voices that sound, in the first of `voices`.
  std::size_t find_voices() {
    fluid_synth_get_voicelist(synth.get(), voices.data(), static_cast<int>(voices.size()), -1);
    return static_cast<std::size_t>(std::find(voices.begin(), voices.end(), nullptr) -
                                    voices.begin());
  }
  TunedNote* find_note(unsigned id) {
    const auto found = std::find_if(notes.begin(), notes.end(),
                                    [&](const TunedNote& note) { return note.id == id; });
    return found == notes.end() ? nullptr : &*found;
  }
  /// Room for one more note, by forgetting those of which no voice sounds.
  void make_room(std::size_t sounding) {
    if (notes.size() < 2 * sounding + kSpareNotes) return;
    std::erase_if(notes, [&](const TunedNote& note) {
      return std::none_of(
          voices.begin(), voices.begin() + static_cast<std::ptrdiff_t>(sounding),
          [&](fluid_voice_t* voice) { return fluid_voice_get_id(voice) == note.id; });
    });
  }
  /// Bends by the font are of no width, as all pitch is MidiTuning's.
  void switch_bends_off() {
    for (int channel = 0; channel < kChannels; ++channel)
      fluid_synth_pitch_wheel_sens(synth.get(), channel, 0);
  }
  /// What is done to voices themselves waits until the next call of the synthesiser ends.
  void hand_on() { (void)fluid_synth_get_active_voice_count(synth.get()); }
};

void Synth::Parts::begin_note(int channel, int key, int velocity) {
  fluid_synth_noteon(synth.get(), channel, key, velocity);
  std::int64_t newest = last_id;
  const std::size_t count = find_voices();
  for (std::size_t i = 0; i < count; ++i)
    newest = std::max(newest, std::int64_t{fluid_voice_get_id(voices[i])});
  // The font has nothing for this note, or one that sounds goes on as this one.
  if (newest == last_id) return follow_keys(channel, count);
  last_id = newest;
  const auto id = static_cast<unsigned>(newest);
  const double cents = cents_of(channel, key);
  make_room(count);
  notes.push_back({id, key, cents});
  if (cents == 0) return;
  for (std::size_t i = 0; i < count; ++i)
    if (fluid_voice_get_id(voices[i]) == id) bend_voice(voices[i], cents);
  hand_on();
}

void Synth::Parts::end_note(int channel, int key) {
  fluid_synth_noteoff(synth.get(), channel, key);
  if (has_lone_voices) follow_keys(channel, find_voices());
}

void Synth::Parts::follow_keys(int channel, std::size_t sounding) {
  for (std::size_t i = 0; i < sounding; ++i) {
    if (fluid_voice_get_channel(voices[i]) != channel) continue;
    const TunedNote* note = find_note(fluid_voice_get_id(voices[i]));
    if (note != nullptr && note->key != fluid_voice_get_key(voices[i])) return retune();
  }
}

void Synth::Parts::retune() {
  const std::size_t count = find_voices();
  const auto wanted = [&](fluid_voice_t* voice) {
    return cents_of(fluid_voice_get_channel(voice), fluid_voice_get_key(voice));
  };
  for (std::size_t i = 0; i < count; ++i) {
    const TunedNote* note = find_note(fluid_voice_get_id(voices[i]));
    if (note == nullptr) continue;
    const double cents = wanted(voices[i]);
    if (cents != note->cents) bend_voice(voices[i], cents - note->cents);
  }
  // Only now: a note may have several voices.
  for (std::size_t i = 0; i < count; ++i)
    if (TunedNote* note = find_note(fluid_voice_get_id(voices[i])))
      note->key = fluid_voice_get_key(voices[i]), note->cents = wanted(voices[i]);
  hand_on();
}

Synth::Synth(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Synth::Synth(Synth&&) noexcept = default;
Synth& Synth::operator=(Synth&&) noexcept = default;
Synth::~Synth() = default;

Result<Synth, sound::Error> Synth::open(const std::filesystem::path& font,
                                        const SynthSettings& settings) {
  silence_log();
  TOCCATA_CHECK(check_sound_font(font));
  auto parts = std::make_unique<Parts>();
  parts->settings = make_settings(settings);
  if (parts->settings) parts->synth.reset(new_fluid_synth(parts->settings.get()));
  if (!parts->synth)
    return Unexpected{sound::Error{sound::Fault::Backend, "FluidSynth could not be started"}};
  if (fluid_synth_sfload(parts->synth.get(), font.c_str(), 1) == FLUID_FAILED)
    return Unexpected{
        sound::Error{sound::Fault::FontDamaged, font.string() + ": FluidSynth cannot load it"}};
  fluid_synth_set_interp_method(parts->synth.get(), -1, FLUID_INTERP_7THORDER);
  // One more than there can be, as FluidSynth puts a null behind the last.
  parts->voices.resize(static_cast<std::size_t>(settings.voices) + 1);
  parts->notes.reserve(2 * static_cast<std::size_t>(settings.voices) + kSpareNotes);
  parts->unused.resize(2 * kSynthBlock);
  parts->switch_bends_off();
  return Synth(std::move(parts));
}

void Synth::play(std::uint8_t status, std::uint8_t data1, std::uint8_t data2) {
  fluid_synth_t* synth = parts_->synth.get();
  const int channel = status & 0x0F;
  switch (status & 0xF0) {
    case 0x80: parts_->end_note(channel, data1); break;
    case 0x90:
      if (data2 == 0) parts_->end_note(channel, data1);
      else parts_->begin_note(channel, data1, data2);
      break;
    case 0xA0: fluid_synth_key_pressure(synth, channel, data1, data2); break;
    case 0xB0:
      if (data1 == kLegatoPedal || data1 == kMonoMode) parts_->has_lone_voices = true;
      fluid_synth_cc(synth, channel, data1, data2);
      break;
    case 0xC0: fluid_synth_program_change(synth, channel, data1); break;
    case 0xD0: fluid_synth_channel_pressure(synth, channel, data1); break;
    case 0xE0: fluid_synth_pitch_bend(synth, channel, data1 | data2 << 7); break;
    default: break;
  }
}

void Synth::play_sysex(ByteView content) {
  fluid_synth_sysex(parts_->synth.get(), reinterpret_cast<const char*>(content.data()),
                    static_cast<int>(content.size()), nullptr, nullptr, nullptr, 0);
  parts_->switch_bends_off();  // it may have been a reset
}

void Synth::tune_by(std::function<double(int, int)> cents) { parts_->tuning = std::move(cents); }
void Synth::retune() { parts_->retune(); }

bool Synth::plays_kit(int channel) const {
  fluid_preset_t* preset = fluid_synth_get_channel_preset(parts_->synth.get(), channel);
  return preset != nullptr && fluid_preset_get_banknum(preset) == kKitBank;
}

void Synth::choose_program(int channel, int bank, int program) {
  fluid_synth_t* synth = parts_->synth.get();
  const bool is_kit = bank == kKitBank;
  fluid_synth_set_channel_type(synth, channel, is_kit ? CHANNEL_TYPE_DRUM : CHANNEL_TYPE_MELODIC);
  fluid_synth_bank_select(synth, channel, bank);
  fluid_synth_program_change(synth, channel, program);
}

void Synth::reset() {
  fluid_synth_system_reset(parts_->synth.get());
  parts_->notes.clear();
  parts_->has_lone_voices = false;
  parts_->switch_bends_off();
}

void Synth::set_shape(int channel, Shape shape, double amount) {
  fluid_synth_set_gen(parts_->synth.get(), channel, generator_of(shape),
                      static_cast<float>(amount));
}

void Synth::turn_chorus_on() {
  if (!parts_->has_chorus) fluid_synth_chorus_on(parts_->synth.get(), -1, 1);
  parts_->has_chorus = true;
}

// FluidSynth gives effects in stereo pairs, room first; one that is off gives what is sent to it,
// on the left.
void Synth::add_sound(std::span<float> left, std::span<float> right) {
  std::vector<float>& unused = parts_->unused;
  if (unused.size() < 2 * left.size()) unused.resize(2 * left.size());
  float* dry[] = {left.data(), right.data()};
  float* nowhere[] = {unused.data(), unused.data() + left.size()};
  float** chorus = parts_->has_chorus ? dry : nowhere;
  float* effects[] = {nowhere[0], nowhere[1], chorus[0], chorus[1]};
  fluid_synth_process(parts_->synth.get(), static_cast<int>(left.size()), 4, effects, 2, dry);
}

bool Synth::is_sounding() const {
  return fluid_synth_get_active_voice_count(parts_->synth.get()) > 0;
}

std::string synth_name() { return std::string("FluidSynth ") + fluid_version_str(); }

}  // namespace toccata::sound_font

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <mutex>
#include <string>

#include <dlfcn.h>
#include <fluidsynth.h>
#include <toccata/render_fluidsynth/backend.hpp>
#include <toccata/render_fluidsynth/font.hpp>

namespace toccata::render {
namespace {

/// FluidSynth hears messages at the border of its own blocks only.
constexpr std::size_t kSynthBlock = 64;
static_assert(kBlockFrames % kSynthBlock == 0);

/// The level of one voice: several parts stay well within what floats show without rounding, and
/// the master sets the level anyway.
constexpr double kSynthGain = 0.4;
constexpr int kVoices = 512;
constexpr int kRoomController = 91, kChorusController = 93;
/// What goes to the room before a file says otherwise, as General MIDI 2 recommends, and at most.
constexpr float kUsualRoom = 40.0F / 127, kMostRoom = 0.5F;

using Settings = std::unique_ptr<fluid_settings_t, decltype(&delete_fluid_settings)>;
using Synth = std::unique_ptr<fluid_synth_t, decltype(&delete_fluid_synth)>;

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

Settings make_settings(audio::SampleRate rate) {
  Settings settings(new_fluid_settings(), &delete_fluid_settings);
  if (!settings) return settings;
  const auto set = [&](const char* name, int value) {
    fluid_settings_setint(settings.get(), name, value);
  };
  set("synth.polyphony", kVoices);
  set("synth.cpu-cores", 1);
  set("synth.threadsafe-api", 0);
  set("synth.lock-memory", 0);
  set("synth.reverb.active", 0);  // the room is the mix's
  set("synth.chorus.active", 0);
  fluid_settings_setnum(settings.get(), "synth.sample-rate", rate.hertz());
  fluid_settings_setnum(settings.get(), "synth.gain", kSynthGain);
  return settings;
}

/// One synthesiser on one font, for one part.
class FluidRenderer : public Renderer {
 public:
  FluidRenderer(Settings settings, Synth synth, bool has_chorus)
      : settings_(std::move(settings)), synth_(std::move(synth)), has_chorus_(has_chorus) {}

  void render(std::span<const Message> messages, audio::StereoSpan out,
              std::span<float> send) override {
    std::size_t at = 0;
    for (const Message& message : messages) {
      const std::size_t border =
          std::min((message.frame + kSynthBlock / 2) / kSynthBlock * kSynthBlock, out.frames());
      if (border > at) sound(out.part(at, border - at), send.subspan(at, border - at));
      at = std::max(at, border);
      play(message);
    }
    if (at < out.frames()) sound(out.part(at, out.frames() - at), send.subspan(at));
  }

  bool is_sounding() const override { return fluid_synth_get_active_voice_count(synth_.get()) > 0; }

 private:
  void play(const Message& message) {
    fluid_synth_t* synth = synth_.get();
    const int channel = message.channel(), data1 = message.data1, data2 = message.data2;
    switch (message.kind()) {
      case 0x80: fluid_synth_noteoff(synth, channel, data1); break;
      case 0x90: play_note_on(message); break;
      case 0xA0: fluid_synth_key_pressure(synth, channel, data1, data2); break;
      case 0xB0:
        if (data1 == kRoomController) room_[message.channel()] = static_cast<float>(data2) / 127;
        fluid_synth_cc(synth, channel, data1, data2);
        break;
      case 0xC0: fluid_synth_program_change(synth, channel, data1); break;
      case 0xD0: fluid_synth_channel_pressure(synth, channel, data1); break;
      case 0xE0: fluid_synth_pitch_bend(synth, channel, data1 | data2 << 7); break;
      default: play_sysex(message);
    }
  }

  void play_note_on(const Message& message) {
    if (message.data2 == 0) {
      fluid_synth_noteoff(synth_.get(), message.channel(), message.data1);
      return;
    }
    room_now_ = room_[message.channel()];
    fluid_synth_noteon(synth_.get(), message.channel(), message.data1, message.data2);
  }

  void play_sysex(const Message& message) {
    if (message.sysex == nullptr) return;
    fluid_synth_sysex(synth_.get(), reinterpret_cast<const char*>(message.sysex->data()),
                      static_cast<int>(message.sysex->size()), nullptr, nullptr, nullptr, 0);
  }

  /// FluidSynth gives effects in stereo pairs, room first: the room is off, chorus goes with the
  /// sound. What goes to the room is the part's sound times its last channel's send.
  void sound(audio::StereoSpan out, std::span<float> send) {
    unused_.resize(2 * out.frames());
    float* dry[] = {out.left.data(), out.right.data()};
    float* unused[] = {unused_.data(), unused_.data() + out.frames()};
    float* effects[] = {unused[0], unused[1], has_chorus_ ? dry[0] : unused[0],
                        has_chorus_ ? dry[1] : unused[1]};
    fluid_synth_process(synth_.get(), static_cast<int>(out.frames()), 4, effects, 2, dry);
    const float level = 0.5F * kMostRoom * room_now_;
    for (std::size_t i = 0; i < send.size(); ++i) send[i] += level * (out.left[i] + out.right[i]);
  }

  static std::array<float, 16> filled_room() {
    std::array<float, 16> room;
    room.fill(kUsualRoom);
    return room;
  }

  Settings settings_;  ///< outlives the synthesiser
  Synth synth_;
  bool has_chorus_;
  std::array<float, 16> room_ = filled_room();  ///< of each channel, 0 to 1
  float room_now_ = kUsualRoom;
  std::vector<float> unused_;
};

bool asks_for_chorus(const SongPart& part) {
  return std::any_of(part.messages.begin(), part.messages.end(), [](const Message& message) {
    return message.kind() == 0xB0 && message.data1 == kChorusController && message.data2 > 0;
  });
}

class FluidBackend : public Backend {
 public:
  FluidBackend(std::filesystem::path font, audio::SampleRate rate)
      : font_(std::move(font)), rate_(rate) {}

  /// Loads the font; its samples are shared by all synthesisers as long as this one lives.
  bool open() {
    auto first = make_synth();
    first_settings_ = std::move(first.first);
    first_ = std::move(first.second);
    return first_ != nullptr;
  }

  Result<std::unique_ptr<Renderer>, sound::Error> make_renderer(const SongPart& part) override {
    auto [settings, synth] = make_synth();
    if (!synth)
      return Unexpected{sound::Error{
          sound::Fault::Backend, "FluidSynth could not be started for part '" + part.name + "'"}};
    const bool has_chorus = asks_for_chorus(part);
    if (has_chorus) fluid_synth_chorus_on(synth.get(), -1, 1);
    return std::unique_ptr<Renderer>(
        std::make_unique<FluidRenderer>(std::move(settings), std::move(synth), has_chorus));
  }
  std::string name() const override { return std::string("FluidSynth ") + fluid_version_str(); }
  std::filesystem::path sounds() const override { return font_; }

 private:
  /// No synthesiser where FluidSynth refuses.
  std::pair<Settings, Synth> make_synth() {
    Settings settings = make_settings(rate_);
    Synth synth(settings ? new_fluid_synth(settings.get()) : nullptr, &delete_fluid_synth);
    if (synth && fluid_synth_sfload(synth.get(), font_.c_str(), 1) == FLUID_FAILED) synth.reset();
    if (synth) fluid_synth_set_interp_method(synth.get(), -1, FLUID_INTERP_7THORDER);
    return {std::move(settings), std::move(synth)};
  }

  std::filesystem::path font_;
  audio::SampleRate rate_;
  Settings first_settings_{nullptr, &delete_fluid_settings};
  Synth first_{nullptr, &delete_fluid_synth};
};

}  // namespace

Result<std::unique_ptr<Backend>, sound::Error> make_fluidsynth_backend(
    const std::filesystem::path& sound_font, audio::SampleRate rate) {
  silence_log();
  TOCCATA_CHECK(check_sound_font(sound_font));
  auto backend = std::make_unique<FluidBackend>(sound_font, rate);
  if (!backend->open())
    return Unexpected{sound::Error{sound::Fault::FontDamaged,
                                   sound_font.string() + ": FluidSynth cannot load it"}};
  return std::unique_ptr<Backend>(std::move(backend));
}

}  // namespace toccata::render

// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include <fcntl.h>
#include <fmt/format.h>
#include <toccata/midi/read.hpp>
#include <toccata/render_juce/player.hpp>
#include <toccata/render_juce/warm_up.hpp>
#include <unistd.h>

#include "job.hpp"
#include "shared_memory.hpp"
#include "temporary_folder.hpp"

namespace toccata::midirenderer {
namespace {

using namespace render_juce;
using Clock = std::chrono::steady_clock;

/// Writes events where the program reads them; what a plug-in prints goes nowhere.
class Reporter {
 public:
  Reporter() : out_(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) {
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
  }
  void say(Json event) const {
    const std::string line = to_text(event, JsonLayout::Compact) + "\n";
    for (std::size_t done = 0; done < line.size();) {
      const auto count = ::write(out_, line.data() + done, line.size() - done);
      if (count <= 0) return;
      done += static_cast<std::size_t>(count);
    }
  }
  void stage(const char* name) const { say(Json::Object{{"event", "stage"}, {"stage", name}}); }
  void progress(double part) {
    constexpr auto kPause = std::chrono::milliseconds(100);
    if (Clock::now() - said_ < kPause) return;
    said_ = Clock::now();
    say(Json::Object{{"event", "progress"}, {"done", part}});
  }

 private:
  int out_;
  Clock::time_point said_{};
};

/// What an error is about decides which file its message names.
struct JobError {
  const char* about;  ///< "plugin", "preset"
  std::string text;
};
template <class T>
using Done = Result<T, JobError>;
Unexpected<JobError> plugin_error(std::string text) {
  return Unexpected{JobError{"plugin", std::move(text)}};
}
Unexpected<JobError> preset_error(std::string text) {
  return Unexpected{JobError{"preset", std::move(text)}};
}

class Worker {
 public:
  explicit Worker(const Job& job) : job_(job) {}

  Done<Json> run() {
    switch (job_.task) {
      case Job::Task::Render: return render();
      case Job::Task::Check: return check();
      case Job::Task::Save: return save();
    }
    return plugin_error("no such task");
  }
  const Reporter& reporter() const { return reporter_; }

 private:
  /// Loaded, with its preset, ready to play.
  Done<std::unique_ptr<Plugin>> make_plugin(audio::SampleRate rate) {
    reporter_.stage(stage::kLoading);
    std::optional<plugins::Preset> preset;
    std::optional<SharedMemory> bytes;
    if (job_.preset >= 0) {
      auto memory = SharedMemory::open(::dup(job_.preset));
      if (!memory) return preset_error(memory.error());
      bytes.emplace(*std::move(memory));
      auto read = plugins::read_preset(bytes->bytes());
      if (!read) return preset_error(describe(read.error()));
      preset = *std::move(read);
    }
    const auto wanted = preset ? std::optional(preset->class_id) : std::nullopt;
    auto plugin = Plugin::load(host_, {job_.plugin, job_.name}, wanted);
    if (!plugin) return plugin_error(std::move(plugin).error());
    if (preset) {
      reporter_.stage(stage::kPreset);
      const std::string id = (*plugin)->info().class_id;
      if (id != preset->class_id.text())
        return preset_error(fmt::format("is for the plug-in {}, but {} is {}",
                                        preset->class_id.text(), (*plugin)->info().name, id));
      if (const auto set = (*plugin)->set_preset(bytes->bytes()); !set)
        return preset_error(set.error());
    }
    host_.pump(0);
    reporter_.stage(stage::kPreparing);
    if (auto ready = (*plugin)->prepare(rate, job_.block); !ready)
      return plugin_error(std::move(ready).error());
    host_.pump(0);
    return *std::move(plugin);
  }

  WarmUpSettings warm_up_settings(audio::SampleRate rate, bool is_one_enough) {
    const auto ready =
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(job_.ready_s));
    return {rate, job_.block, begun_ + ready, is_one_enough, [this] { reporter_.progress(0); }};
  }

  Done<Json> render() {
    const auto rate = *audio::SampleRate::from_hertz(job_.rate_hz);
    auto midi = SharedMemory::open(job_.midi);
    auto out = SharedMemory::open(job_.out);
    if (!midi || !out) return plugin_error("shared memory is missing");
    const auto file = midi::read_midi(midi->bytes());
    if (!file) return plugin_error(describe(file.error()));
    const auto stream = render::make_stream(file->file, rate);
    if (!stream) return plugin_error(describe(stream.error()));
    // The one to be played is made first, so that it has had no less time to load than the other.
    TOCCATA_TRY(auto fresh, make_plugin(rate));
    if (!fresh->info().takes_midi)
      return plugin_error("it takes no notes: it is an effect and no instrument");
    TOCCATA_TRY(auto probed, make_plugin(rate));
    reporter_.stage(stage::kWaiting);
    const auto probes = probes_of(*stream);
    const WarmUp warmth = warm_up(host_, *probed, *stream, probes, warm_up_settings(rate, false));
    if (warmth.readiness == Readiness::Silent)
      return plugin_error(
          fmt::format("the plug-in stayed silent: none of {} notes of the music was heard in "
                      "{:.3g} s (--timeout)",
                      probes.size(), warmth.waited_s));
    reporter_.stage(stage::kPlaying);
    bool is_fresh = warmth.readiness == Readiness::AtOnce;
    const PlaySettings settings{job_.block, job_.tail_s, kSettle};
    const auto play_with = [&](Plugin& plugin) {
      return play(host_, plugin, *stream, settings, out->stereo(),
                  [&](double part) { reporter_.progress(part); });
    };
    Played played = play_with(is_fresh ? *fresh : *probed);
    if (is_fresh && warmth.is_first_heard && !is_first_note_heard(*stream, out->stereo())) {
      is_fresh = false;
      played = play_with(*probed);
    }
    Json done = Json::Object{{"event", "done"}};
    done.add("frames", static_cast<std::int64_t>(played.frames));
    done.add("latency_frames", static_cast<std::int64_t>(played.latency_frames));
    done.add("waited_s", is_fresh ? 0.0 : warmth.waited_s);
    done.add("plugin", probed->info().name);
    end_with(fresh, probed);
    return done;
  }

  /// Twice what the other instance had before its first note.
  static constexpr double kSettle = 0.1;

  /// Whether anything is heard in the second after the first note begins.
  static bool is_first_note_heard(const render::Stream& stream, audio::StereoView sound) {
    const auto first = std::find_if(
        stream.messages.begin(), stream.messages.end(), [](const render::Message& message) {
          return message.sysex == nullptr && message.kind() == 0x90 && message.data2 > 0;
        });
    const std::size_t from = std::min(first->frame, sound.frames());
    const std::size_t count = std::min(stream.rate.frames(1), sound.frames() - from);
    return audio::inspect(sound.part(from, count)).peak > audio::kSilentPeak;
  }

  Done<Json> check() {
    const auto rate = *audio::SampleRate::from_hertz(job_.rate_hz);
    TOCCATA_TRY(auto plugin, make_plugin(rate));
    reporter_.stage(stage::kAsking);
    const PluginInfo info = plugin->info();
    Json done = to_json(info);
    done.add("latency_frames", static_cast<std::int64_t>(plugin->latency_frames()));
    if (info.takes_midi) {
      reporter_.stage(stage::kWaiting);
      const render::Stream nothing{rate, {}, {}, {{}}, {{}}, 0};
      constexpr int kKit = 9;
      const Probe probes[] = {{0, 60}, {0, 48}, {0, 72}, {0, 36}, {0, 84}, {kKit, 36}, {kKit, 38}};
      const WarmUp warmth = warm_up(host_, *plugin, nothing, probes, warm_up_settings(rate, true));
      const bool sounds = warmth.readiness != Readiness::Silent;
      if (sounds) TOCCATA_CHECK(play_a_little(*plugin, rate));
      done.add("sounds", sounds);
      done.add("waited_s", warmth.readiness == Readiness::Waited ? warmth.waited_s : 0.0);
    } else {
      done.add("sounds", false);
    }
    Json event = Json::Object{{"event", "done"}};
    event.add("about", std::move(done));
    end_with(plugin);
    return event;
  }

  /// Some go wrong only while the transport runs.
  Done<void> play_a_little(Plugin& plugin, audio::SampleRate rate) {
    reporter_.stage(stage::kPlaying);
    const std::size_t half = rate.frames(0.5);
    const render::Stream music{
        rate, {{0, 0x90, 60, 100}, {0, 0x90, 67, 100}, {half, 0x80, 60, 0}, {half, 0x80, 67, 0}},
        {},   {{}},
        {{}}, half};
    const PlaySettings settings{job_.block, 0.1};
    audio::Stereo sound(most_frames(music, settings));
    play(host_, plugin, music, settings, sound.span(), [](double) {});
    if (audio::inspect(sound.view()).not_finite)
      return plugin_error("the plug-in gave a sample that is no number (NaN or infinite)");
    return {};
  }

  Done<Json> save() {
    const auto rate = *audio::SampleRate::from_hertz(job_.rate_hz);
    TOCCATA_TRY(auto plugin, make_plugin(rate));
    reporter_.stage(stage::kAsking);
    for (const auto& [name, value] : job_.parameters)
      if (auto set = plugin->set_parameter(name, value); !set)
        return plugin_error(std::move(set).error());
    // Parameters reach what makes the sound with a block, and what shows it with messages.
    constexpr int kBlocks = 4;
    audio::Stereo room(job_.block);
    for (int i = 0; i < kBlocks; ++i) {
      host_.run_on_sound_thread([&] { plugin->process({}, {}, false, room.span()); });
      host_.pump(20);
    }
    const auto bytes = plugin->preset();
    if (!bytes) return plugin_error(bytes.error());
    if (::pwrite(job_.out, bytes->data(), bytes->size(), 0) != static_cast<ssize_t>(bytes->size()))
      return plugin_error("its state could not be handed over");
    Json done = Json::Object{{"event", "done"}};
    done.add("plugin", plugin->info().name);
    done.add("vendor", plugin->info().vendor);
    done.add("category", plugin->info().category);
    end_with(plugin);
    return done;
  }

  /// What is not destroyed cannot crash: the process ends instead.
  template <class... Plugins>
  static void end_with(Plugins&... plugins) {
    (void(plugins.release()), ...);
  }

  const Job& job_;
  Reporter reporter_;
  const Clock::time_point begun_ = Clock::now();
  Host host_;
};

}  // namespace

[[noreturn]] void work(const std::string& text) {
  ::unsetenv("DISPLAY");  // nothing is shown, so nothing may wait for a screen
  ::unsetenv("WAYLAND_DISPLAY");
  ::setenv("QT_QPA_PLATFORM", "offscreen", 0);  // without it Qt ends a process that has no screen
  const auto job = parse_job(text);
  if (!job) ::_exit(2);
  name_group(job->watch);
  Worker worker(*job);
  const auto done = worker.run();
  if (done) worker.reporter().say(*done);
  else
    worker.reporter().say(Json::Object{
        {"event", "error"}, {"about", done.error().about}, {"text", done.error().text}});
  ::_exit(done ? 0 : 1);
}

}  // namespace toccata::midirenderer

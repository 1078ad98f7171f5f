// SPDX-License-Identifier: MIT
#include "plugin_renderer.hpp"

#include "wav_stream.hpp"

#include <toccata/base/file.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/plugins/renderer_program.hpp>
#include <toccata/render/room_send.hpp>
#include <unistd.h>

namespace toccata::render {
namespace {

namespace fs = std::filesystem;
using sound::Fault;

/// MidiRenderer has limits of its own, and says which was passed; this one is for a MidiRenderer
/// that has none left to say.
constexpr double kLimitSeconds = 4 * kLongestSeconds;

/// The whole sound of a part, piece by piece.
class RecordedRenderer : public Renderer {
 public:
  explicit RecordedRenderer(WavStream sound) : sound_(std::move(sound)) {}

  void render(std::span<const Message> messages, audio::StereoSpan out,
              std::span<float> send) override {
    sound_.add_next(out);
    std::size_t at = 0;
    const auto send_until = [&](std::size_t end) {
      if (end <= at) return;
      room_.add(out.part(at, end - at), send.subspan(at, end - at));
      at = end;
    };
    for (const Message& message : messages) {
      send_until(std::min(message.frame, out.frames()));
      room_.hear(message);
    }
    send_until(out.frames());
  }
  bool is_sounding() const override { return sound_.frames_left() > 0; }

 private:
  WavStream sound_;
  RoomSend room_;
};

std::vector<std::string> arguments_of(const std::string& midi, const sound::Instrument& instrument,
                                      const fs::path& out, const sound::Settings& settings) {
  std::vector<std::string> arguments = {
      midi, instrument.preset.empty() ? "-" : instrument.preset.string(),
      instrument.plugin.string(), out.string()};
  const auto add = [&](const char* name, std::string value) {
    arguments.emplace_back(name);
    arguments.push_back(std::move(value));
  };
  add("--rate", std::to_string(settings.rate_hz));
  add("--bits", "32f");
  add("--block", std::to_string(settings.block_frames));
  add("--timeout", to_text(Json(settings.plugin_timeout_s), JsonLayout::Compact));
  if (settings.tail_s) add("--tail", to_text(Json(*settings.tail_s), JsonLayout::Compact));
  arguments.emplace_back("--json");
  return arguments;
}

}  // namespace

Result<std::unique_ptr<Renderer>, sound::Error> render_with_plugin(
    const std::string& part, const midi::File& file, const sound::Instrument& instrument,
    const PluginRun& run) {
  const auto fail = [&](Fault fault, const std::string& why) {
    const std::string plugin = instrument.plugin.filename().string();
    // MidiRenderer names the plug-in, or what else is to blame.
    const bool is_named = why.find(plugin) != std::string::npos ||
                          (!instrument.preset.empty() &&
                           why.find(instrument.preset.filename().string()) != std::string::npos);
    return Unexpected{
        sound::Error{fault, "part '" + part +
                                "': " + (is_named ? "" : instrument.plugin.string() + ": ") + why}};
  };
  // Neither is ever placed: they are gone with this process, whatever ends it.
  const std::string nowhere = ".toccata-" + std::to_string(::getpid()) + "-part";
  auto midi = PendingFile::create(run.folder / (nowhere + ".mid"));
  if (!midi) return fail(Fault::Output, describe(midi.error()));
  if (const auto written = midi->append(midi::write_midi(file)); !written)
    return fail(Fault::Output, describe(written.error()));
  const auto wav = PendingFile::create(run.folder / (nowhere + ".wav"));
  if (!wav) return fail(Fault::Output, describe(wav.error()));
  const auto done = plugins::run_renderer(
      run.program, arguments_of(midi->open_path(), instrument, wav->open_path(), run.settings),
      kLimitSeconds, [](double) {});
  if (!done) return fail(Fault::Plugin, describe(done.error()));
  auto sound =
      WavStream::open(wav->open_path(), *audio::SampleRate::from_hertz(run.settings.rate_hz));
  if (!sound) return fail(Fault::Plugin, "MidiRenderer's sound: " + sound.error());
  return std::unique_ptr<Renderer>(std::make_unique<RecordedRenderer>(*std::move(sound)));
}

}  // namespace toccata::render

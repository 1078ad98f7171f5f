// SPDX-License-Identifier: MIT
#include "plugin_renderer.hpp"

#include "wav_stream.hpp"

#include <atomic>
#include <cerrno>
#include <cstring>

#include <sys/mman.h>
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

/// Bytes as a file that is nowhere in a folder, and gone with this process whatever ends it.
class NamelessFile {
 public:
  explicit NamelessFile(ByteView content) : id_(::memfd_create("toccata", MFD_CLOEXEC)) {
    while (id_ >= 0 && !content.empty()) {
      const ssize_t count = ::write(id_, content.data(), content.size());
      if (count < 0) break;
      content = content.subspan(static_cast<std::size_t>(count));
    }
    is_whole_ = id_ >= 0 && content.empty();
  }
  NamelessFile(const NamelessFile&) = delete;
  NamelessFile& operator=(const NamelessFile&) = delete;
  ~NamelessFile() {
    if (id_ >= 0) ::close(id_);
  }
  bool is_whole() const { return is_whole_; }
  /// Under which other processes of this user open it.
  std::string path() const {
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(id_);
  }

 private:
  int id_;
  bool is_whole_ = false;
};

/// A file's name that is taken away at the end; who has it open goes on reading.
struct NameForAMoment {
  fs::path path;
  explicit NameForAMoment(const fs::path& folder) {
    static std::atomic<unsigned> count{0};
    path = folder /
           (".toccata-" + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".wav");
  }
  NameForAMoment(const NameForAMoment&) = delete;
  NameForAMoment& operator=(const NameForAMoment&) = delete;
  ~NameForAMoment() {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
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
  const NamelessFile midi(midi::write_midi(file));
  if (!midi.is_whole()) return fail(Fault::Output, std::strerror(errno));
  const NameForAMoment wav(run.folder);
  const auto done = plugins::run_renderer(
      run.program, arguments_of(midi.path(), instrument, wav.path, run.settings), kLimitSeconds,
      [](double) {});
  if (!done) return fail(Fault::Plugin, describe(done.error()));
  auto sound = WavStream::open(wav.path, *audio::SampleRate::from_hertz(run.settings.rate_hz));
  if (!sound) return fail(Fault::Plugin, "MidiRenderer's sound: " + sound.error());
  return std::unique_ptr<Renderer>(std::make_unique<RecordedRenderer>(*std::move(sound)));
}

}  // namespace toccata::render

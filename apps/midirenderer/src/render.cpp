// SPDX-License-Identifier: GPL-3.0-or-later
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <terminal_bar.hpp>
#include <toccata/audio/encode.hpp>
#include <toccata/base/file.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/plugins/preset_file.hpp>
#include <toccata/render_juce/player.hpp>
#include <unistd.h>

#include "launch.hpp"
#include "result.hpp"
#include "shared_memory.hpp"
#include "verbs.hpp"

namespace toccata::midirenderer {
namespace {

namespace fs = std::filesystem;
using cli::cannot;

/// What is read before anything is started.
struct Inputs {
  Bytes midi;
  midi::File file;
  std::optional<Bytes> preset;
};

Outcome<Inputs> read_inputs(const RenderOptions& options) {
  Inputs inputs;
  auto bytes = read_file(options.midi);
  if (!bytes) return cannot(describe(bytes.error()));
  inputs.midi = *std::move(bytes);
  auto read = midi::read_midi(inputs.midi);
  if (!read) return cannot(fmt::format("{}: {}", options.midi.string(), describe(read.error())));
  inputs.file = std::move(read->file);
  if (!options.preset) return inputs;
  auto preset = plugins::read_playable_preset(*options.preset);
  if (!preset) return cannot(std::move(preset).error());
  inputs.preset = std::move(preset->bytes);
  return inputs;
}

Outcome<void> check_output(const RenderOptions& options) {
  if (is_written_through(options.out)) return {};
  const fs::path folder = options.out.has_parent_path() ? options.out.parent_path() : ".";
  std::error_code error;
  if (fs::equivalent(options.midi, options.out, error) ||
      (options.preset && fs::equivalent(*options.preset, options.out, error)))
    return cli::wrong_call(
        fmt::format("{}: this is an input, which is never changed; name another "
                    "file",
                    options.out.string()));
  if (fs::is_directory(options.out, error))
    return cannot(describe(FileError{FileFault::IsFolder, options.out, ""}));
  if (!fs::is_directory(folder, error))
    return cannot(describe(FileError{FileFault::NoFolder, options.out, ""}));
  if (::access(folder.c_str(), W_OK) != 0)
    return cannot(describe(FileError{FileFault::NotPermitted, options.out, std::strerror(errno)}));
  return {};
}

audio::EncodeSettings encoding(const RenderOptions& options, const midi::File& file) {
  audio::EncodeSettings encode;
  encode.format = options.depth == sound::Depth::Pcm16   ? audio::SampleFormat::Pcm16
                  : options.depth == sound::Depth::Pcm24 ? audio::SampleFormat::Pcm24
                                                         : audio::SampleFormat::Float32;
  const Score score = midi::to_score(file).score;
  encode.title = score.title;
  encode.software = "Toccata MidiRenderer";
  if (!score.provenance.empty()) encode.comment = to_text(score.provenance.back());
  return encode;
}

Outcome<SharedMemory> share(Result<SharedMemory, std::string> memory) {
  if (!memory) return cannot(memory.error());
  return *std::move(memory);
}

/// The worker's sound, in memory that both see.
struct Rendered {
  SharedMemory sound;
  Json done;
  audio::StereoSpan span() const {
    const Json* frames = done.find("frames");
    const auto count = frames != nullptr && frames->integer() ? *frames->integer() : 0;
    const auto all = sound.stereo();
    return all.part(0, std::min(static_cast<std::size_t>(count), all.frames()));
  }
};

Outcome<Rendered> run_worker(const RenderOptions& options, const Call& call, const Inputs& inputs,
                             const render::Stream& stream) {
  const std::size_t most = render_juce::most_frames(stream, {options.block, options.tail_s});
  TOCCATA_TRY(auto sound, share(SharedMemory::make(2 * sizeof(float) * most)));
  TOCCATA_TRY(const auto midi, share(SharedMemory::make(ByteView(inputs.midi))));
  std::optional<SharedMemory> preset;
  if (inputs.preset) {
    TOCCATA_TRY(auto memory, share(SharedMemory::make(ByteView(*inputs.preset))));
    preset.emplace(std::move(memory));
  }
  cli::TerminalBar bar;
  Launch launching;
  launching.job = {Job::Task::Render, options.plugin.path.string(), options.plugin.name};
  launching.job.rate_hz = options.rate_hz;
  launching.job.block = options.block;
  launching.job.tail_s = options.tail_s;
  launching.job.midi = midi.descriptor();
  launching.job.preset = preset ? preset->descriptor() : -1;
  launching.job.out = sound.descriptor();
  launching.timeout_s = call.timeout_s;
  launching.preset_path = options.preset ? options.preset->string() : "";
  launching.on_progress = [&](double part) {
    bar.draw(part);
    if (call.is_json)
      (void)print(
          to_text(Json(Json::Object{{"event", "progress"}, {"done", part}}), JsonLayout::Compact));
  };
  TOCCATA_TRY(const auto temporary, TemporaryFolder::make());
  TOCCATA_TRY(Json done, launch(std::move(launching), *temporary));
  return Rendered{std::move(sound), std::move(done)};
}

std::string name_of(const Json& done) {
  const Json* name = done.find("plugin");
  return name != nullptr && name->text() != nullptr ? *name->text() : "the plug-in";
}

}  // namespace

Outcome<void> render(const RenderOptions& options, const Call& call) {
  TOCCATA_CHECK(check_output(options));
  TOCCATA_TRY(const Inputs inputs, read_inputs(options));
  const auto rate = *audio::SampleRate::from_hertz(options.rate_hz);
  const auto stream = render::make_stream(inputs.file, rate);
  if (!stream)
    return cannot(fmt::format("{}: {}", options.midi.string(), describe(stream.error())));
  TOCCATA_TRY(Rendered rendered, run_worker(options, call, inputs, *stream));
  const audio::StereoSpan sound = rendered.span();
  TOCCATA_TRY(const Levels levels, finish(sound, rate, options));
  const auto bytes = audio::encode(sound, rate, encoding(options, inputs.file));
  if (!bytes) return cannot(fmt::format("{}: {}", options.out.string(), describe(bytes.error())));
  Json& done = rendered.done;
  done.add("seconds", static_cast<double>(sound.frames()) / rate.hertz());
  done.add("peak_dbfs", levels.peak_dbfs);
  done.add("out", options.out.string());
  const std::string line =
      call.is_json
          ? to_text(done, JsonLayout::Compact)
          : fmt::format("{}, by {} -> {} ({:.2f} s, peak {:.1f} dBFS)", options.midi.string(),
                        name_of(done), options.out.string(),
                        static_cast<double>(sound.frames()) / rate.hertz(), levels.peak_dbfs);
  return write_and_tell(options.out, *bytes, line);
}

}  // namespace toccata::midirenderer

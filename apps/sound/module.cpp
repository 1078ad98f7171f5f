// SPDX-License-Identifier: MIT
// The sound module: one rendering from a MIDI file's bytes to a sound file. Nothing is thrown out.
#include <exception>

#include <toccata/midi/read.hpp>
#include <toccata/render/render.hpp>
#include <toccata/render_fluidsynth/backend.hpp>
#include <toccata/render_plugins/ensemble.hpp>
#include <toccata/sound/module.hpp>
#include <toccata/sound_font/font.hpp>

namespace toccata::sound {
namespace {

Result<Report, Error> render(const Job& job) {
  TOCCATA_CHECK(check(job.settings, job.out));
  const auto read = midi::read_midi(job.midi);
  if (!read) return Unexpected{Error{Fault::BadMidi, describe(read.error())}};
  const auto rate = *audio::SampleRate::from_hertz(job.settings.rate_hz);
  const auto font_backend =
      [&](const std::filesystem::path& asked) -> Result<std::unique_ptr<render::Backend>, Error> {
    TOCCATA_TRY(const auto font,
                sound_font::find_sound_font(asked.empty() ? job.settings.sound_font : asked,
                                            job.settings.font_folders));
    return render::make_fluidsynth_backend(font, rate);
  };
  const auto folder = job.out.has_parent_path() ? job.out.parent_path() : ".";
  TOCCATA_TRY(const auto backend,
              render::make_ensemble(read->file, job.settings, folder, font_backend));
  return render::render_to_file(read->file, *backend, job.settings, job.out);
}

}  // namespace
}  // namespace toccata::sound

extern "C" {

__attribute__((visibility("default"))) const char* toccata_sound_abi() {
  return toccata::sound::kAbi;
}

__attribute__((visibility("default"))) void toccata_sound_render(const toccata::sound::Job& job,
                                                                 toccata::sound::Outcome& outcome) {
  using toccata::sound::Error;
  using toccata::sound::Fault;
  try {
    if (auto done = toccata::sound::render(job)) outcome.report = *std::move(done);
    else outcome.error = done.error();
  } catch (const std::bad_alloc&) {
    outcome.error = Error{Fault::Backend, "too little memory to render this music"};
  } catch (const std::exception& thrown) {
    outcome.error = Error{Fault::Backend, thrown.what()};
  } catch (...) {
    outcome.error = Error{Fault::Backend, "the sound module failed in an unknown way"};
  }
}
}

// SPDX-License-Identifier: MIT
// render: music as sound.
#include <fmt/format.h>

#include "inputs.hpp"
#include "instrument_options.hpp"
#include "outputs.hpp"
#include "say.hpp"
#include "sound_output.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

Outcome<void> run(const Arguments& arguments) {
  const std::string& input = arguments.positionals().front();
  TOCCATA_CHECK(check_sound_options(arguments));
  TOCCATA_TRY(const auto targets, targets_of(arguments, Needed::Yes, {input}));
  for (const Target& target : targets)
    if (target.format != Format::Sound)
      return wrong_call(fmt::format(
          "-o \"{}\": render writes sound, allowed are .wav, .flac, .ogg and .mp3 (see convert)",
          target.path.string()));
  TOCCATA_TRY(Music music, read_music(input));
  const Piece piece{std::move(music.content.score), std::move(music.content.performance),
                    std::move(music.file), input};
  StagedFiles files;
  TOCCATA_TRY(const auto notes, stage_all(piece, targets, arguments, files));
  const std::string told = fmt::format("{} -> {}\n", input, names_of(targets));
  return files.commit([&] { return say(told + lines_of(notes), targets); });
}

constexpr OptionSpec kOwnOptions[] = {kOutputOption};

std::span<const OptionSpec> options() {
  static const auto kAll = joined_rows({kOwnOptions, kSoundOptions, kInstrumentOptions});
  return kAll;
}

}  // namespace

Verb render_verb() {
  return {"render",
          "Renders music to a sound file with a sound font or plug-ins.",
          {"IN", "a MIDI file, MusicXML or score JSON; - is stdin", PositionalSpec::Count::One},
          options(),
          "toccata render tune.mid -o tune.wav --sound-font piano.sf2",
          run};
}

}  // namespace toccata::cli

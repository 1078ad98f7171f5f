// SPDX-License-Identifier: MIT
// convert: one format into others. MIDI to MIDI keeps every event.
#include <fmt/format.h>

#include "inputs.hpp"
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
  const auto repair = arguments.has("--lenient") ? midi::Repair::Lenient : midi::Repair::None;
  TOCCATA_TRY(Music music, read_music(input, repair));
  const Piece piece{std::move(music.content.score), std::move(music.content.performance),
                    std::move(music.file), input};
  StagedFiles files;
  TOCCATA_TRY(const auto notes, stage_all(piece, targets, arguments, files));
  std::string text;
  for (const std::string& repaired : music.repairs) text += fmt::format("repaired: {}\n", repaired);
  text += fmt::format("{} -> {}\n", input, names_of(targets)) + lines_of(notes);
  return files.commit([&] { return say(text, targets); });
}

constexpr OptionSpec kOwnOptions[] = {
    kOutputOption,
    kToOption,
    kJsonLayoutOption,
    {"--lenient", "", Takes::Nothing,
     "repairs a damaged MIDI or MusicXML file and lists every repair"},
};

std::span<const OptionSpec> options() {
  static const auto kAll = joined_rows({kOwnOptions, kSoundOptions});
  return kAll;
}

}  // namespace

Verb convert_verb() {
  return {"convert",
          "Writes music in another format. MIDI to MIDI keeps division, events and order.",
          {"IN", "a MIDI file, MusicXML or score JSON; - is stdin", PositionalSpec::Count::One},
          options(),
          "toccata convert tune.mid -o tune.json -o tune.svg",
          run};
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
// continue: bars more after the last one of a user's piece.
#include <fmt/format.h>
#include <toccata/compose/verbs.hpp>

#include "edit.hpp"
#include "say.hpp"
#include "sound_output.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

Outcome<void> run(const Arguments& arguments) {
  const std::string& input = arguments.positionals().front();
  TOCCATA_CHECK(check_sound_options(arguments));
  TOCCATA_TRY(const auto targets, targets_of(arguments, Needed::Yes, {input}));
  TOCCATA_TRY(const auto bars, arguments.whole("--bars", 1, kMostBars));
  if (!bars) return wrong_call("continue: --bars N is missing, as in --bars 8");
  TOCCATA_TRY(const std::uint64_t seed, seed_of(arguments));
  TOCCATA_TRY(const Music music, read_music(input));
  TOCCATA_TRY(Score score, edit_with_progress(input, [&](Progress* progress) {
                return continue_score(music.content.score, static_cast<int>(*bars), seed, progress);
              }));
  const Tick until = score.end;
  TOCCATA_TRY(const Piece piece, edited(music, std::move(score), until, seed));
  StagedFiles files;
  TOCCATA_TRY(const auto notes, stage_all(piece, targets, arguments, files));
  const std::string told = fmt::format("seed {}: {} and {} more -> {}\n", seed, input,
                                       counted(*bars, "bar"), names_of(targets));
  return files.commit([&] { return say(told + lines_of(notes), targets); });
}

constexpr OptionSpec kOwnOptions[] = {
    {"--bars", "N", Takes::OneValue, "how many bars more, 1 to 10000 (required)"},
    {"--seed", "N", Takes::OneValue, "0 to 2^64-1 (default: drawn anew, and printed)"},
    kOutputOption,
    kToOption,
    kJsonLayoutOption,
};

std::span<const OptionSpec> options() {
  static const auto kAll = joined_rows({kOwnOptions, kSoundOptions});
  return kAll;
}

}  // namespace

Verb continue_verb() {
  return {"continue",
          "Writes bars after the last one, in every part that was sounding near the end.",
          {"IN", "a MIDI file, MusicXML or score JSON; - is stdin", PositionalSpec::Count::One},
          options(),
          "toccata continue song.mid --bars 8 --seed 3 -o longer.mid",
          run};
}

}  // namespace toccata::cli

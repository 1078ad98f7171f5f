// SPDX-License-Identifier: MIT
// perform: how a score is played, by rule or by a model that was learned from players.
#include <fmt/format.h>
#include <toccata/midi/update.hpp>
#include <toccata/perform/performed.hpp>
#include <toccata/version.hpp>

#include "drummers.hpp"
#include "edit.hpp"
#include "models.hpp"
#include "say.hpp"
#include "sound_output.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

struct Wanted {
  std::string model;
  PlayingOptions playing;
  double depth = 1;
  std::uint64_t seed = 0;
};

Outcome<Wanted> wanted_of(const Arguments& arguments) {
  Wanted wanted;
  wanted.model = arguments.text("--model").value_or(kDefaultModel);
  TOCCATA_TRY(const auto depth, arguments.real("--depth", 0, 1));
  TOCCATA_TRY(const auto freedom, arguments.real("--tempo-freedom", 0, 1));
  TOCCATA_TRY(const auto variation, arguments.real("--variation", 0, 1));
  TOCCATA_TRY(wanted.seed, seed_of(arguments));
  wanted.depth = depth.value_or(1);
  wanted.playing = {freedom.value_or(1), variation.value_or(1)};
  return wanted;
}

Outcome<Piece> performed(const Music& music, const Wanted& wanted, const NamedPerformer& player) {
  const Score& score = music.content.score;
  const bool has_velocities = music.file.has_value() || music.format == "json";
  PerformTask task{score};
  if (has_velocities) task.written = &music.content.performance;
  const Rng own = Rng(wanted.seed).fork("performance");
  // A model has seen to the options itself; rules know none.
  Performance played = player.weights.empty()
                           ? perform_with(*player.performer, task, wanted.playing, own)
                           : perform(*player.performer, task, own);
  TOCCATA_TRY(const std::string drummer,
              let_drummer_play(wanted.model, task, wanted.playing, Rng(wanted.seed).fork("drummer"),
                               played));
  Piece piece{score, blend(score, music.content.performance, played, wanted.depth), {}};
  const bool changes = piece.performance != music.content.performance;
  if (changes) {
    Provenance made{
        std::string(version()), "perform", std::string(player.performer->name()), wanted.seed, "",
        player.weights};
    if (!drummer.empty()) made.weights.push_back(drummer);
    piece.score.provenance.push_back(std::move(made));
  }
  if (!music.file) return piece;
  auto file = midi::update(*music.file, music.content, piece.score, piece.performance);
  if (!file) return cannot(fmt::format("{}: {}", music.name, describe(file.error())));
  piece.midi = *std::move(file);
  return piece;
}

Outcome<void> run(const Arguments& arguments) {
  const std::string& input = arguments.positionals().front();
  TOCCATA_CHECK(check_sound_options(arguments));
  TOCCATA_TRY(const auto targets, targets_of(arguments, Needed::Yes, {input}));
  TOCCATA_TRY(const Wanted wanted, wanted_of(arguments));
  TOCCATA_TRY(const Music music, read_music(input));
  if (const auto why = find_excess_of_bars(music.content.score)) return cannot(input + ": " + *why);
  if (const auto why = find_performed(music.content.score, music.content.performance);
      why && !arguments.has("--replace"))
    return cannot(
        fmt::format("{}: is performed already ({}); --replace plays it anew", input, *why));
  TOCCATA_TRY(const NamedPerformer player, performer_named(wanted.model, wanted.playing));
  TOCCATA_TRY(const Piece piece, performed(music, wanted, player));
  StagedFiles files;
  TOCCATA_TRY(const auto notes, stage_all(piece, targets, arguments, files));
  const std::string told = fmt::format("seed {}: {} played by {}{} -> {}\n", wanted.seed, input,
                                       player.told, kits_told(piece.score), names_of(targets));
  return files.commit([&] { return say(told + lines_of(notes), targets); });
}

constexpr OptionSpec kOwnOptions[] = {
    {"--model", "NAME", Takes::OneValue,
     "none, sine, curve, default (learned from freely licensed data), classical (from recordings "
     "that "
     "may not be used commercially), notewise-forest, a file of weights, or the folder of a run "
     "(default: default)"},
    {"--depth", "X", Takes::OneValue,
     "0 to 1: how far from the music as it came, which 0 leaves as it is, to the performance "
     "(default: 1)"},
    {"--tempo-freedom", "X", Takes::OneValue,
     "0 to 1: how much the tempo may bend; at 0 it stays, and only chords spread and melodies lead "
     "(default: 1)"},
    {"--variation", "X", Takes::OneValue,
     "0 to 1: at 0 a model plays what is most likely, whatever the seed; at 1 as one player would "
     "(default: 1)"},
    {"--seed", "N", Takes::OneValue, "0 to 2^64-1 (default: drawn anew, and printed)"},
    {"--replace", "", Takes::Nothing, "plays music anew that is a performance already"},
    kOutputOption,
    kToOption,
    kJsonLayoutOption,
};

std::span<const OptionSpec> options() {
  static const auto kAll = joined_rows({kOwnOptions, kSoundOptions});
  return kAll;
}

}  // namespace

Verb perform_verb() {
  return {"perform",
          "Plays written music: loudness, timing, lengths, pedal. Pitches never change.",
          {"IN", "a MIDI file, MusicXML or score JSON; - is stdin", PositionalSpec::Count::One},
          options(),
          "toccata perform score.mid --model classical --seed 3 -o played.mid",
          run};
}

}  // namespace toccata::cli

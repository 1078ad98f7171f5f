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
  wanted.model = arguments.text("--model").value_or("default");
  TOCCATA_TRY(const auto depth, arguments.real("--depth", 0, 1));
  TOCCATA_TRY(const auto freedom, arguments.real("--tempo-freedom", 0, 1));
  TOCCATA_TRY(const auto variation, arguments.real("--variation", 0, 1));
  TOCCATA_TRY(wanted.seed, seed_of(arguments));
  wanted.depth = depth.value_or(1);
  wanted.playing = {freedom.value_or(1), variation.value_or(1)};
  return wanted;
}

/// Players by rule differ from each other by their seed; without variation there is one.
Performance played_by(const NamedPerformer& player, const PerformTask& task, const Wanted& wanted) {
  const Rng own = Rng(wanted.seed).fork("performance");
  Performance played = perform(*player.performer, task, own);
  if (!player.provenance.empty()) return played;  // a model has seen to both
  const Performance usual = perform(*player.performer, task, Rng(0));
  played = blend(task.score, usual, played, wanted.playing.variation);
  hold_tempo(task.score, wanted.playing.tempo_freedom, played);
  return played;
}

Outcome<Piece> performed(const Music& music, const Wanted& wanted) {
  const Score& score = music.content.score;
  TOCCATA_TRY(const NamedPerformer player, performer_named(wanted.model, wanted.playing));
  const bool has_velocities = music.file.has_value() || music.format == "json";
  PerformTask task{score};
  if (has_velocities) task.written = &music.content.performance;
  Performance played = played_by(player, task, wanted);
  TOCCATA_TRY(const std::string drummer,
              let_drummer_play(wanted.model, task, wanted.playing, Rng(wanted.seed).fork("drummer"),
                               played));
  Piece piece{score, blend(score, music.content.performance, played, wanted.depth), {}};
  const bool changes = piece.performance != music.content.performance;
  if (changes) {
    Provenance made{std::string(version()),
                    "perform",
                    std::string(player.performer->name()),
                    wanted.seed,
                    "",
                    {}};
    if (!player.provenance.empty()) made.weights.push_back(player.provenance);
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
  if (const auto why = find_performed(music.content.score, music.content.performance);
      why && !arguments.has("--replace"))
    return cannot(
        fmt::format("{}: is performed already ({}); --replace plays it anew", input, *why));
  TOCCATA_TRY(const Piece piece, performed(music, wanted));
  StagedFiles files;
  TOCCATA_CHECK(stage_all(piece, targets, arguments, files));
  TOCCATA_CHECK(files.commit());
  return say(fmt::format("seed {}: {} played by {}{} -> {}\n", wanted.seed, input,
                         wanted.model == "default" ? "curve (the default)" : wanted.model,
                         kits_told(piece.score), names_of(targets)),
             targets);
}

constexpr OptionSpec kOwnOptions[] = {
    {"--model", "NAME", Takes::OneValue,
     "none, sine, curve, default (which is curve), classical (learned from recordings that may not "
     "be used commercially), a file of weights, or the folder of a run (default: default)"},
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

// SPDX-License-Identifier: MIT
#include "edit.hpp"

#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <toccata/midi/update.hpp>
#include <toccata/perform/performer.hpp>

namespace toccata::cli {
namespace {

std::vector<NoteId> note_ids(const Score& score) {
  std::vector<NoteId> ids;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) ids.push_back(note.id);
  std::ranges::sort(ids);
  return ids;
}

std::vector<NoteId> added_notes(const Score& before, const Score& after) {
  std::vector<NoteId> added;
  std::ranges::set_difference(note_ids(after), note_ids(before), std::back_inserter(added));
  return added;
}

}  // namespace

Outcome<Piece> edited(const Music& music, Score score, Tick until, std::uint64_t seed) {
  const auto added = added_notes(music.content.score, score);
  const Performance kept = pruned(music.content.performance, score);
  const Performance played =
      merge(kept, perform_like(score, kept, added, Rng(seed).fork("performance")));
  Piece piece{std::move(score), played, {}};
  if (!music.file) return piece;
  auto file = midi::update(*music.file, music.content, piece.score, piece.performance, until);
  if (!file) return cannot(fmt::format("{}: {}", music.name, describe(file.error())));
  piece.midi = *std::move(file);
  return piece;
}

Outcome<std::uint64_t> seed_of(const Arguments& arguments) {
  TOCCATA_TRY(const auto asked, arguments.seed());
  return asked ? *asked : drawn_seed();
}

std::uint64_t drawn_seed() { return std::random_device{}() & 0x7FFFFFFF; }

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
// Pieces with players, made here.
#pragma once

#include <limits>
#include <memory>
#include <string>

#include <toccata/learn/aligned.hpp>

namespace toccata::learn {

inline constexpr std::size_t kNotes = 64;

/// Quarters one after the other, played by players one of whom is louder; the second note of the
/// second player is not played.
inline AlignedPiece aligned_piece(const std::string& composition, std::size_t players) {
  auto score = std::make_unique<Score>();
  Part part;
  part.id = PartId(1);
  for (std::size_t i = 0; i < kNotes; ++i) {
    Note note;
    note.id = NoteId(static_cast<std::uint32_t>(i + 1));
    note.onset = Tick(static_cast<std::int64_t>(i) * 480);
    note.duration = Duration(480);
    note.pitch = *Pitch::from_number(48 + static_cast<int>(i * 7 % 24));
    part.notes.push_back(note);
  }
  score->end = part.notes.back().end();
  score->parts.push_back(part);
  AlignedPiece piece;
  piece.composition = composition;
  piece.order = std::make_unique<const PlayingOrder>(*score);
  piece.score = std::move(score);
  for (std::size_t player = 0; player < players; ++player) {
    AlignedPerformance performance;
    for (std::size_t i = 0; i < kNotes; ++i) {
      const double at = 0.5 * static_cast<double>(i);
      const bool is_played = player != 1 || i != 1;
      performance.played += is_played ? 1 : 0;
      const double missing = std::numeric_limits<double>::quiet_NaN();
      performance.times.onset.push_back(is_played ? at : missing);
      performance.times.end.push_back(is_played ? at + 0.5 : missing);
      const int pitch = piece.order->notes()[i].note->pitch.number();
      performance.velocities.push_back(
          is_played ? static_cast<float>(pitch + 10 * static_cast<int>(player)) : std::nanf(""));
    }
    piece.performances.push_back(std::move(performance));
  }
  return piece;
}

}  // namespace toccata::learn

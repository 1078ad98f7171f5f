// SPDX-License-Identifier: MIT
// How a score is played, note by note, apart from what is written.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/score/score.hpp>

namespace toccata {

/// How one note is played.
struct PlayedNote {
  NoteId note;
  Duration shift;     ///< of the onset; negative is early
  Duration sounding;  ///< more than 0
  Velocity velocity = Velocity::literal(80);
  std::optional<ControlValue> release;  ///< release velocity, where one is known
  friend constexpr bool operator==(const PlayedNote&, const PlayedNote&) = default;
};

/// A controller of one part: pedal, volume, pan, reverb send ...
struct ControlEvent {
  PartId part;
  Tick at;
  Controller controller;
  ControlValue value;
  friend constexpr bool operator==(const ControlEvent&, const ControlEvent&) = default;
};

/// How a score is played.
///
/// Invariant: notes are sorted by id, one an id. A note of the score without an entry is played as
/// written at kPlainVelocity.
struct Performance {
  std::vector<PlayedNote> notes;
  std::vector<ControlEvent> controls;  ///< sorted by tick
  TempoMap tempo{
      kComposedPpq};  ///< the tempo as played; equal to the score's when nothing bends it

  friend bool operator==(const Performance&, const Performance&) = default;
};

inline constexpr Velocity kPlainVelocity = Velocity::literal(80);

/// The written music and nothing more: no shift, the written length, kPlainVelocity, the score's
/// tempo.
Performance make_plain_performance(const Score& score);
/// How a note is played, or nothing where the performance does not say.
const PlayedNote* find_played(const Performance& performance, NoteId note);
/// The same among notes that are sorted by their ids.
const PlayedNote* find_played(std::span<const PlayedNote> notes, NoteId note);
/// Entries for notes of `added` replace or join those of `base`; `base` keeps the rest.
Performance merge(const Performance& base, const Performance& added);
/// Without the notes that the score no longer has.
Performance pruned(const Performance& performance, const Score& score);

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The pitched notes of a score as a player meets them: by onset, chord after chord.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <toccata/score/score.hpp>

namespace toccata {

/// One note in its surroundings. Indices count places in the order.
struct PlacedNote {
  const Note* note;
  std::uint32_t part;   ///< index into Score::parts
  std::uint32_t chord;  ///< the notes that begin with it; index into PlayingOrder::chords()
  std::uint32_t line;   ///< the line of music it belongs to
  /// The highest of its line's notes that begin next before it, and after it; its own place at the
  /// ends.
  std::uint32_t previous, next;
};

/// Notes that begin together, as places [first, end), lowest first.
struct PlacedChord {
  Tick onset;
  std::uint32_t first, end;
  std::uint32_t size() const { return end - first; }
};

/// All notes of the parts that are no drums, sorted by onset, then pitch, then part; borrowed from
/// the score.
///
/// A line is a voice of a staff, where the page says so. Elsewhere it is the highest of a part's
/// notes at each onset, the lowest, or those between.
/// Cost: O(n log n).
class PlayingOrder {
 public:
  explicit PlayingOrder(const Score& score);

  const Score& score() const { return *score_; }
  std::span<const PlacedNote> notes() const { return notes_; }
  std::span<const PlacedChord> chords() const { return chords_; }
  std::span<const PlacedNote> notes_of(const PlacedChord& chord) const {
    return notes().subspan(chord.first, chord.size());
  }
  /// Notes that begin and last, in quarters from the start of the score.
  double onset(std::size_t place) const { return quarters(notes_[place].note->onset); }
  double duration(std::size_t place) const {
    return static_cast<double>(notes_[place].note->duration.ticks()) / ppq_;
  }
  double end(std::size_t place) const { return onset(place) + duration(place); }
  double quarters(Tick at) const { return static_cast<double>(at.ticks()) / ppq_; }
  /// The chord that begins last at or before a point, in quarters; the first where none does.
  std::size_t chord_at(double quarter) const;

 private:
  void find_chords();
  void find_lines();

  const Score* score_;
  double ppq_;
  std::vector<PlacedNote> notes_;
  std::vector<PlacedChord> chords_;
};

}  // namespace toccata

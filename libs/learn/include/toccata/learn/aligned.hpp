// SPDX-License-Identifier: MIT
// Compositions with performances of them, matched note by note.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <toccata/learn/collection.hpp>
#include <toccata/perform/features.hpp>

namespace toccata::learn {

/// The sustaining pedal at a point of a performance.
struct PedalChange {
  double at;  ///< seconds
  int value;  ///< 0..127
};

/// How one player played a score.
struct AlignedPerformance {
  std::string file;
  PlayedTimes times;              ///< one entry a note of the score's PlayingOrder
  std::vector<float> velocities;  ///< likewise; NaN where the note is not played
  std::vector<PedalChange> pedal;
  std::size_t played = 0;      ///< notes of the score that have a note of the performance
  std::size_t insertions = 0;  ///< notes of the performance that have none in the score
};

/// A composition and those who played it.
struct AlignedPiece {
  std::string composition;
  std::optional<Split> split;
  std::string score_file;
  std::unique_ptr<const Score> score;  ///< does not move: the order borrows from it
  std::unique_ptr<const PlayingOrder> order;
  /// How the score's file came, of one in MIDI: its velocities stand for marks. Null of a page.
  std::unique_ptr<const Performance> written;
  std::vector<AlignedPerformance> performances;
};

/// What an aligned set holds: the score of a piece, and its performances with their alignments.
struct AlignedEntry {
  std::string composition;
  std::optional<Split> split;
  std::string score_file;   ///< MusicXML; with `beats_file` the performance
  std::string midi_file;    ///< the same score as MIDI; empty where there is none
  std::string beats_file;   ///< of a set that has annotated beats in place of scores; else empty
  std::string score_beats;  ///< where beats are marked in the MIDI score; empty where they are not
  struct Played {
    std::string file, alignment;
    std::string beats;  ///< likewise, in the performance
  };
  std::vector<Played> performances;
};

/// The pieces of a tree in ASAP's layout that have a MusicXML score and note alignments, sorted by
/// score; the table may lie a folder below the root. Or the songs of a tree in POP909's layout, on
/// the sides of data/pop909_split.csv. Errors: neither; what CsvReader refuses.
Result<std::vector<AlignedEntry>, DataError> find_aligned(const FileTree& tree);

/// Reads one of them; a song of POP909 becomes a score by its annotated beats (an annotated beat is
/// a quarter; onsets and ends go to sixteenths, or to thirds of a beat where these lie nearer). A
/// performance that cannot be read, or of whose alignment under half is found in the score, is left
/// out and its fault added to `faults`; marked beats that cannot be read or do not match those of
/// the score are left out alone. Errors: the score's.
/// Source: Peter et al. 2023 (alignments), Foscarin et al. 2020 (ASAP).
Result<AlignedPiece, DataError> read_aligned(const FileTree& tree, const AlignedEntry& entry,
                                             std::vector<DataError>& faults);

/// The same performances over the score as it stands in MIDI: no voices, no marks, the file's own
/// velocities. Notes are matched by onset (to 1/48 quarter) and pitch, also where one of the two
/// counts some bars longer. Nothing where the file is missing or under four fifths of its notes are
/// found on the page.
std::optional<AlignedPiece> read_midi_score(const FileTree& tree, const AlignedEntry& entry,
                                            const AlignedPiece& page);

}  // namespace toccata::learn

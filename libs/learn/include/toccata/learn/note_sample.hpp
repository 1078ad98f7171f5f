// SPDX-License-Identifier: MIT
// Notes drawn from a data set: the rows that the note-wise protocol trains and tests on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/learn/file_tree.hpp>
#include <toccata/learn/note_context.hpp>
#include <toccata/learn/table.hpp>
#include <toccata/ml/weights.hpp>

namespace toccata::learn {

/// A file that was not read, and why.
struct BrokenFile {
  std::string file;
  std::string fault;
  friend bool operator==(const BrokenFile&, const BrokenFile&) = default;
};

/// What a data set came to.
struct SampleCounts {
  std::uint64_t files = 0;               ///< looked at
  std::uint64_t too_short = 0;           ///< with notes, but under ten of them
  std::uint64_t without = 0;             ///< without any note
  std::uint64_t notes = 0;               ///< that could be drawn
  std::uint64_t clipped_velocities = 0;  ///< given outside 20..127, where rows were given
  std::vector<BrokenFile> broken;
  friend bool operator==(const SampleCounts&, const SampleCounts&) = default;
};

/// Rows with both targets and their side of the split. Sequences are as long as there are rows.
struct NoteSample {
  Table features;                     ///< the seven, in their own units
  std::vector<float> velocity;        ///< 20..127
  std::vector<float> duration;        ///< clipped to 100..10,000 ticks
  std::vector<std::uint8_t> is_test;  ///< 1 for rows that are never learned from
  std::vector<NoteContext> context;   ///< empty where rows were given as a table
  SampleCounts counts;

  std::size_t rows() const { return velocity.size(); }
  /// The numbers of the rows on one side, rising.
  std::vector<std::size_t> side(bool test) const;
};

/// Draws notes while files are walked through, so that memory depends on the draw alone.
///
/// Each file has its own randomness, so that the draw depends neither on threads nor on where it
/// was broken off and gone on with.
class NoteDraw {
 public:
  static constexpr std::size_t kFewestNotes = 10;  ///< a file with fewer is left out

  /// Range: at least one note wanted. `files` are names in a tree, in the order to be walked.
  NoteDraw(std::vector<std::string> files, std::size_t wanted, std::uint64_t seed);

  std::size_t files() const { return files_.size(); }
  std::size_t done() const { return counts_.files; }
  const SampleCounts& counts() const { return counts_; }
  /// Reads the next files, up to `most` of them, on `threads` threads (0: one a core).
  void read_next(const FileTree& tree, std::size_t most, unsigned threads);
  /// The rows by file and place, with one in five drawn as test rows. Errors: under ten notes.
  Result<NoteSample, DataError> finish() const;

  /// The state between two calls, and that state again. Errors: none of these files and options.
  ml::Weights save() const;
  static Result<NoteDraw, DataError> load(const ml::Weights& weights,
                                          std::vector<std::string> files, std::size_t wanted,
                                          std::uint64_t seed);

 private:
  struct Drawn {
    NoteRow row;
    NoteContext context;
    std::uint64_t place;  ///< among all notes walked through
  };
  struct FileNotes;
  static FileNotes read_file_notes(const FileTree& tree, const std::string& name,
                                   std::int32_t number);
  void take(std::size_t number, FileNotes notes);

  std::vector<std::string> files_;
  std::size_t wanted_;
  std::uint64_t seed_;
  SampleCounts counts_;
  std::vector<Drawn> drawn_;
};

/// Up to `most` of the names, drawn by the seed, in their order.
std::vector<std::string> draw_files(std::vector<std::string> names, std::size_t most,
                                    std::uint64_t seed);

/// Rows given as a table with the seven features, velocity, duration_clipped and is_test, which
/// makes the split. Targets outside their ranges are clipped to them; velocities, which no protocol
/// leaves there, are counted.
///
/// Errors: see RowPieces; is_test other than 0 and 1, fewer than two rows on a side, too many rows.
Result<NoteSample, DataError> read_given_rows(const std::string& path);

/// Rows as a file keeps them, and back. Errors: not such a file.
ml::Weights pack_sample(const NoteSample& sample);
Result<NoteSample, DataError> unpack_sample(const ml::Weights& weights);

}  // namespace toccata::learn

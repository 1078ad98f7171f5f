// SPDX-License-Identifier: MIT
// Which performances a data set holds, of which compositions, and on which side of its own split.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/learn/file_tree.hpp>

namespace toccata::learn {

enum class Split : std::uint8_t { Train, Validation, Test };
std::string_view name_of(Split split);  ///< "train", "validation", "test"
std::optional<Split> find_split(std::string_view name);

/// One performance in a data set.
struct Recording {
  std::string file;            ///< in the FileTree
  std::string composition;     ///< performances of the same music have the same
  std::optional<Split> split;  ///< by those who published the set
  friend bool operator==(const Recording&, const Recording&) = default;
};

enum class Layout : std::uint8_t {
  Maestro,  ///< maestro-v*.csv or .json
  Asap,     ///< metadata.csv with midi_performance
  Groove,   ///< info.csv with midi_filename
  Pop909,   ///< NNN/NNN.mid
  Folder    ///< any MIDI files: each a composition of its own
};
std::string_view name_of(Layout layout);

struct Collection {
  Layout layout = Layout::Folder;
  std::vector<Recording> recordings;  ///< sorted by file, each file once
  std::vector<std::string> missing;   ///< named by the set's table but not there
};

/// What a tree holds, told from its tables; the table may lie one folder below the root, as in
/// archives. Files with the same content name themselves apart: a folder's files are compositions
/// by their paths.
///
/// Errors: a table that cannot be read, naming its line; no MIDI file at all.
Result<Collection, DataError> find_recordings(const FileTree& tree);

}  // namespace toccata::learn

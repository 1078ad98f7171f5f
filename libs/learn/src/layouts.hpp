// SPDX-License-Identifier: MIT
// Tables of published data sets: each reader takes its own.
#pragma once

#include <map>
#include <toccata/learn/aligned.hpp>
#include <toccata/learn/collection.hpp>
#include <toccata/learn/drum_takes.hpp>

namespace toccata::learn {

/// MAESTRO v1 to v3: a CSV table, or JSON as a list of objects (v2) or an object of columns (v3).
Result<Collection, DataError> read_maestro(const FileTree& tree, const std::string& table);
/// ASAP: metadata.csv. Its split is the project's own, by composition (data/asap_split.csv); titles
/// that this does not have are on no side. Nothing where the table has other columns.
Result<std::optional<Collection>, DataError> read_asap(const FileTree& tree,
                                                       const std::string& table);
/// The scores of the same table and their performances with note alignments, sorted by score; what
/// is named need not be there.
Result<std::vector<AlignedEntry>, DataError> read_asap_scores(const FileTree& tree,
                                                              const std::string& table);
/// The first file, by name, whose last part passes and that lies at the root or one folder down.
std::optional<std::string> find_table(const FileTree& tree, bool (*passes)(std::string_view));
/// The side of each song of POP909 by its three digits (data/pop909_split.csv).
std::map<std::string, Split> pop909_splits();
/// Groove: info.csv. A take is a composition of its own: they are improvised. Likewise.
Result<std::optional<Collection>, DataError> read_groove(const FileTree& tree,
                                                         const std::string& table);
/// The takes of the same table; what is named need not be there.
Result<std::vector<DrumEntry>, DataError> read_groove_takes(const FileTree& tree,
                                                            const std::string& table);

}  // namespace toccata::learn

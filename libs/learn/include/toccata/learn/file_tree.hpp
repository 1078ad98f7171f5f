// SPDX-License-Identifier: MIT
// The files of a data set, whether it lies in a folder or in a zip archive as published.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/base/result.hpp>

namespace toccata::learn {

/// Why data could not be read.
struct DataError {
  std::string where;  ///< a path, with the line or byte where that is known
  std::string what;   ///< what was found and what was allowed
};
/// "maestro.zip: no such file".
std::string describe(const DataError& error);

/// Files by their paths below the root, which are relative and have forward slashes.
class FileTree {
 public:
  /// Errors: neither a folder nor a zip archive; an archive that is damaged or larger than
  /// kLargestFile; a folder that may not be read. Links to folders are not followed.
  static Result<FileTree, DataError> open(const std::filesystem::path& path);

  const std::filesystem::path& root() const { return root_; }
  /// Sorted byte by byte.
  const std::vector<std::string>& names() const { return names_; }
  bool has(std::string_view name) const;
  /// The content of one file. Errors: there is none of that name; it could not be read or unpacked.
  /// Threads: from any number at once.
  Result<Bytes, DataError> read(std::string_view name) const;

 private:
  struct Archive;
  static Result<FileTree, DataError> open_archive(const std::filesystem::path& path);
  std::filesystem::path root_;
  std::vector<std::string> names_;
  std::shared_ptr<const Archive> archive_;  ///< null for a folder
};

}  // namespace toccata::learn

// SPDX-License-Identifier: MIT
// Whole files in and out: reads are bounded, writes are whole or absent.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <toccata/base/bytes.hpp>
#include <toccata/base/result.hpp>

namespace toccata {

enum class FileFault : std::uint8_t {
  NotFound,
  IsFolder,
  NoFolder,
  NotPermitted,
  TooLarge,
  Failed
};

/// Why a file could not be read or written.
struct FileError {
  FileFault fault;
  std::filesystem::path path;
  std::string detail;  ///< the system's words, or the limit that was passed
};
/// "tune.mid: no such file".
std::string describe(const FileError& error);

inline constexpr std::size_t kLargestFile = std::size_t{1} << 30;

/// The whole content of a file. Errors: NotFound, IsFolder, NotPermitted, TooLarge (over `limit`),
/// Failed.
Result<Bytes, FileError> read_file(const std::filesystem::path& path,
                                   std::size_t limit = kLargestFile);

/// Writes beside the path and renames, so that the file is whole or as it was before.
/// Errors: IsFolder, NoFolder (the folder it should be in is missing), NotPermitted, Failed (full
/// disk ...).
Result<void, FileError> write_file(const std::filesystem::path& path, ByteView content);

/// Writes a file that is not there yet; what could not be written whole is removed.
/// Errors: as write_file, and Failed where there is something of that name.
Result<void, FileError> write_new_file(const std::filesystem::path& path, ByteView content);

}  // namespace toccata

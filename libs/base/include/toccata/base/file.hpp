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

/// A file on the disk that has no name until it is placed, so that a program that is ended before,
/// even by kill -9, leaves nothing. Where the file system has no such files, or hundreds wait, it
/// has a name beside its place until then.
class PendingFile {
 public:
  /// An empty one, to be placed at `path`; through a symbolic link, where that leads. Until then it
  /// lies in the folder `waits_in`, of the same disk; empty: in that of `path`.
  /// Errors: IsFolder, NoFolder (the folder it should be in is missing), NotPermitted, Failed.
  static Result<PendingFile, FileError> create(const std::filesystem::path& path,
                                               const std::filesystem::path& waits_in = {});
  PendingFile(PendingFile&& other) noexcept;
  PendingFile& operator=(PendingFile&& other) noexcept;
  /// Takes away what was not placed.
  ~PendingFile();

  /// Errors: Failed (full disk ...).
  Result<void, FileError> append(ByteView content);
  /// Under which it can be opened until it is placed, by other processes of this user too.
  std::filesystem::path open_path() const;
  /// Gives it its name; what had it before is replaced at once. Range: once.
  Result<void, FileError> place();
  /// As the destructor.
  void discard();

 private:
  PendingFile(std::filesystem::path path, std::filesystem::path beside, int descriptor)
      : path_(std::move(path)), beside_(std::move(beside)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  std::filesystem::path beside_;  ///< its name until it is placed; empty: none
  int descriptor_;                ///< -1 when closed
};

/// The file is whole at once, or as it was before. Errors: as PendingFile; a device or a pipe is
/// written through.
Result<void, FileError> write_file(const std::filesystem::path& path, ByteView content);

/// Whether a file is a device, a pipe, or has no name any more: then it cannot be replaced.
bool is_written_through(const std::filesystem::path& path);

/// Whether two paths are one file, or would be if it were written.
bool is_same_place(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace toccata

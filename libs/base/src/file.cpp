// SPDX-License-Identifier: MIT
#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <toccata/base/file.hpp>
#include <unistd.h>

namespace toccata {
namespace {

FileError system_error(const std::filesystem::path& path, int code) {
  const auto fault = code == ENOENT                                     ? FileFault::NotFound
                     : code == EISDIR                                   ? FileFault::IsFolder
                     : code == EACCES || code == EPERM || code == EROFS ? FileFault::NotPermitted
                                                                        : FileFault::Failed;
  return {fault, path, std::strerror(code)};
}

/// Owns a file descriptor; closing is the caller's where its failure matters.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  int close() { return ::close(std::exchange(number_, -1)); }

 private:
  int number_;
};

bool write_all(int descriptor, ByteView content) {
  std::size_t written = 0;
  while (written < content.size()) {
    const auto count = ::write(descriptor, content.data() + written, content.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    written += static_cast<std::size_t>(count);
  }
  return true;
}

FileError write_error(const std::filesystem::path& path, int code) {
  return code == ENOENT ? FileError{FileFault::NoFolder, path, ""} : system_error(path, code);
}

/// Writes a file that was not there, with the permissions that a new file has. What could not be
/// written whole is removed. Gives the system's error number, or 0.
int write_new(const std::filesystem::path& path, ByteView content) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.number() < 0) return errno;
  if (write_all(file.number(), content) && file.close() == 0) return 0;
  const int code = errno;
  ::unlink(path.c_str());
  return code;
}

/// The same by way of a file that has no name until all of it is written, so that a program that is
/// killed leaves nothing behind. Not every file system has such files; then write_new does it.
int write_unnamed_first(const std::filesystem::path& path, ByteView content) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  Descriptor file(::open(folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666));
  if (file.number() < 0) return write_new(path, content);
  if (!write_all(file.number(), content)) return errno;
  const std::string name = "/proc/self/fd/" + std::to_string(file.number());
  if (::linkat(AT_FDCWD, name.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0)
    return file.close() == 0 ? 0 : errno;
  return errno == EEXIST ? EEXIST : write_new(path, content);
}

/// A name in the same folder, so that renaming stays within one disk: another one at each call.
std::filesystem::path name_beside(const std::filesystem::path& path) {
  static std::atomic<unsigned> count = 0;
  std::filesystem::path beside = path;
  beside += "." + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".part";
  return beside;
}

}  // namespace

std::string describe(const FileError& error) {
  std::string what;
  switch (error.fault) {
    case FileFault::NotFound: what = "no such file"; break;
    case FileFault::IsFolder: what = "is a folder, not a file"; break;
    case FileFault::NoFolder: what = "the folder it should be in does not exist"; break;
    case FileFault::NotPermitted: what = "not permitted (" + error.detail + ")"; break;
    case FileFault::TooLarge: what = "too large: " + error.detail; break;
    case FileFault::Failed: what = error.detail; break;
  }
  return error.path.string() + ": " + what;
}

Result<Bytes, FileError> read_file(const std::filesystem::path& path, std::size_t limit) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return Unexpected{system_error(path, errno)};
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return Unexpected{system_error(path, errno)};
  if (S_ISDIR(status.st_mode)) return Unexpected{FileError{FileFault::IsFolder, path, ""}};
  const auto too_large = [&] {
    return Unexpected{FileError{FileFault::TooLarge, path,
                                "over the limit of " + std::to_string(limit) + " bytes"}};
  };
  if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > limit)
    return too_large();
  // A pipe has no size to trust, so it grows as it comes.
  Bytes content(S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) + 1 : 65536);
  std::size_t filled = 0;
  for (;;) {
    if (filled == content.size()) content.resize(content.size() * 2);
    const auto count = ::read(file.number(), content.data() + filled, content.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unexpected{system_error(path, errno)};
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled > limit) return too_large();
  }
  content.resize(filled);
  return content;
}

Result<void, FileError> write_file(const std::filesystem::path& path, ByteView content) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return Unexpected{FileError{FileFault::IsFolder, path, ""}};
  // A device or a pipe cannot be renamed onto: it is written through.
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (device.number() < 0 || !write_all(device.number(), content))
      return Unexpected{system_error(path, errno)};
    return {};
  }
  // What may not be written in place may not be replaced either.
  if (std::filesystem::exists(path, ignored) && ::access(path.c_str(), W_OK) != 0)
    return Unexpected{system_error(path, errno)};
  for (;;) {
    const std::filesystem::path part = name_beside(path);
    if (const int code = write_unnamed_first(part, content); code == EEXIST) continue;
    else if (code != 0) return Unexpected{write_error(path, code)};
    if (std::rename(part.c_str(), path.c_str()) == 0) return {};
    const int code = errno;
    ::unlink(part.c_str());
    return Unexpected{system_error(path, code)};
  }
}

Result<void, FileError> write_new_file(const std::filesystem::path& path, ByteView content) {
  if (const int code = write_unnamed_first(path, content); code != 0)
    return Unexpected{write_error(path, code)};
  return {};
}

}  // namespace toccata

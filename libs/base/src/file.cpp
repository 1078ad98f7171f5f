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

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

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

/// A name in the same folder, so that renaming stays within one disk: another one at each call. It
/// keeps the ending, by which programs know what a file is.
std::filesystem::path name_beside(const std::filesystem::path& path) {
  static std::atomic<unsigned> count = 0;
  std::filesystem::path beside = path;
  beside += "." + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".part";
  beside += path.extension();
  return beside;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

/// Where the bytes go that are written to a path, also where nothing is there yet.
std::filesystem::path behind_links(std::filesystem::path path) {
  std::error_code error;
  constexpr int kMostLinks = 40;  // as the system follows
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(path, error); ++i) {
    const auto target = std::filesystem::read_symlink(path, error);
    if (error) break;
    path = folder_of(path) / target;
  }
  return path;
}

/// Descriptors are few, and others need them too.
constexpr int kMostNameless = 256;
std::atomic<int> nameless_files = 0;

/// A file without a name gets one by way of /proc, if that is of the name space this process is in.
bool can_be_named_later() {
  static const bool has_proc = [] {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self", error);
    return !error && self == std::to_string(::getpid()) && ::access("/proc/self/fd", X_OK) == 0;
  }();
  return has_proc && nameless_files < kMostNameless;
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

Result<PendingFile, FileError> PendingFile::create(const std::filesystem::path& path,
                                                   const std::filesystem::path& waits_in) {
  const std::filesystem::path place = behind_links(path);
  const std::filesystem::path folder = waits_in.empty() ? folder_of(place) : waits_in;
  std::error_code ignored;
  if (std::filesystem::is_directory(place, ignored))
    return Unexpected{FileError{FileFault::IsFolder, path, ""}};
  // What may not be written in place may not be replaced either.
  if (std::filesystem::exists(place, ignored) && ::access(place.c_str(), W_OK) != 0)
    return Unexpected{system_error(path, errno)};
  if (can_be_named_later()) {
    const int file = ::open(folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    if (file >= 0) {
      ++nameless_files;
      return PendingFile(place, {}, file);
    }
  }
  for (;;) {
    const std::filesystem::path beside = name_beside(folder / place.filename());
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file >= 0) {
      ::close(file);  // one with a name holds no descriptor: thousands may wait
      return PendingFile(place, beside, -1);
    }
    if (errno != EEXIST) return Unexpected{write_error(path, errno)};
  }
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : path_(std::move(other.path_)),
      beside_(std::exchange(other.beside_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

PendingFile& PendingFile::operator=(PendingFile&& other) noexcept {
  if (this == &other) return *this;
  discard();
  path_ = std::move(other.path_);
  beside_ = std::exchange(other.beside_, {});
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

PendingFile::~PendingFile() { discard(); }

void PendingFile::discard() {
  if (!beside_.empty()) ::unlink(std::exchange(beside_, {}).c_str());
  if (descriptor_ < 0) return;
  ::close(std::exchange(descriptor_, -1));
  --nameless_files;
}

Result<void, FileError> PendingFile::append(ByteView content) {
  if (!beside_.empty()) {
    const int file = ::open(beside_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    const bool is_written = file >= 0 && write_all(file, content);
    const int code = errno;
    // Some disks tell only now that they are full.
    if (file >= 0 && ::close(file) != 0 && is_written)
      return Unexpected{system_error(path_, errno)};
    if (!is_written) return Unexpected{system_error(path_, code)};
    return {};
  }
  if (!write_all(descriptor_, content)) return Unexpected{system_error(path_, errno)};
  return {};
}

std::filesystem::path PendingFile::open_path() const {
  if (!beside_.empty()) return beside_;
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(descriptor_);
}

Result<void, FileError> PendingFile::place() {
  const std::string open_file = "/proc/self/fd/" + std::to_string(descriptor_);
  const auto link_as = [&](const std::filesystem::path& name) {
    const int done =
        ::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW);
    return done == 0 ? 0 : errno;
  };
  if (beside_.empty()) {
    int code = link_as(path_);
    std::filesystem::path beside;
    // A link cannot replace a file: then it first gets a name beside.
    while (code == EEXIST) {
      beside = name_beside(path_);
      if ((code = link_as(beside)) == 0) break;
    }
    if (code != 0) return Unexpected{write_error(path_, code)};
    ::close(std::exchange(descriptor_, -1));
    --nameless_files;
    if (beside.empty()) return {};
    beside_ = beside;
  }
  if (std::rename(beside_.c_str(), path_.c_str()) != 0) {
    const int code = errno;
    discard();
    return Unexpected{system_error(path_, code)};
  }
  beside_.clear();
  return {};
}

Result<void, FileError> write_file(const std::filesystem::path& path, ByteView content) {
  if (is_written_through(path)) {
    Descriptor device(::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
    if (device.number() < 0 || !write_all(device.number(), content))
      return Unexpected{system_error(path, errno)};
    return {};
  }
  TOCCATA_TRY(PendingFile file, PendingFile::create(path));
  TOCCATA_CHECK(file.append(content));
  return file.place();
}

bool is_written_through(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status) || std::filesystem::is_directory(status)) return false;
  return !std::filesystem::is_regular_file(status) ||
         std::filesystem::hard_link_count(path, error) == 0;
}

bool is_same_place(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code ignored;
  return a == b || std::filesystem::equivalent(a, b, ignored) ||
         (a.filename() == b.filename() &&
          std::filesystem::equivalent(folder_of(a), folder_of(b), ignored));
}

}  // namespace toccata

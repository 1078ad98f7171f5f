// SPDX-License-Identifier: MIT
#include "tape.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace toccata::render {
namespace {

Unexpected<std::string> failed(int code) { return Unexpected{std::string(std::strerror(code))}; }

/// A file that is gone once it is closed, whatever becomes of the program; -1 where it cannot be.
int open_nameless(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)) return file;
  std::string name = (folder / ".toccata-XXXXXX").string();
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

Result<Tape, std::string> Tape::make(std::size_t frames, const std::filesystem::path& folder) {
  const std::size_t size = kChannels * frames * sizeof(float);
  int file = -1, flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  if (!folder.empty()) {
    file = open_nameless(folder);
    if (file < 0) return failed(errno);
    flags = MAP_SHARED;
    // All of it is asked for now: a disk found full at the first touch would end the program.
    if (const int code = ::posix_fallocate(file, 0, static_cast<off_t>(size)); code != 0) {
      ::close(file);
      return failed(code);
    }
  }
  void* mapped = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, flags, file, 0);
  const int code = errno;
  if (file >= 0) ::close(file);
  if (mapped == MAP_FAILED) return failed(code);
  // Large pages spare a fault every four kilobytes; where there are none all stays as it is.
  if (file < 0) ::madvise(mapped, size, MADV_HUGEPAGE);
  return Tape(static_cast<float*>(mapped), frames);
}

Tape::Tape(Tape&& other) noexcept
    : samples_(std::exchange(other.samples_, nullptr)), frames_(other.frames_) {}

Tape::~Tape() {
  if (samples_ != nullptr) ::munmap(samples_, kChannels * frames_ * sizeof(float));
}

}  // namespace toccata::render

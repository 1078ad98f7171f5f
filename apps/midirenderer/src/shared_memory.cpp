// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared_memory.hpp"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>

namespace toccata::midirenderer {

Result<SharedMemory, std::string> SharedMemory::map(int descriptor, std::size_t size) {
  void* at = size == 0 ? nullptr
                       : ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (at != MAP_FAILED) return SharedMemory(descriptor, at, size);
  std::string why = std::strerror(errno);
  ::close(descriptor);
  return Unexpected{std::move(why)};
}

Result<SharedMemory, std::string> SharedMemory::make(std::size_t bytes) {
  const int descriptor = ::memfd_create("toccata", 0);
  if (descriptor >= 0 && ::ftruncate(descriptor, static_cast<off_t>(bytes)) == 0)
    return map(descriptor, bytes);
  const std::string limit =
      errno == EFBIG ? "; the limit on the size of files (ulimit -f) is one on such memory too"
                     : "";
  std::string why = "no memory of " + std::to_string(bytes >> 20) +
                    " MiB that two processes share: " + std::strerror(errno) + limit;
  if (descriptor >= 0) ::close(descriptor);
  return Unexpected{std::move(why)};
}

Result<SharedMemory, std::string> SharedMemory::make(ByteView content) {
  auto memory = make(content.size());
  if (memory && !content.empty()) std::memcpy(memory->at_, content.data(), content.size());
  return memory;
}

Result<SharedMemory, std::string> SharedMemory::open(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return Unexpected{std::string(std::strerror(errno))};
  return map(descriptor, static_cast<std::size_t>(status.st_size));
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      at_(std::exchange(other.at_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

SharedMemory::~SharedMemory() {
  if (at_ != nullptr) ::munmap(at_, size_);
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace toccata::midirenderer

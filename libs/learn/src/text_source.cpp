// SPDX-License-Identifier: MIT
// The one place that knows liblzma.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <lzma.h>
#include <toccata/learn/text_source.hpp>
#include <unistd.h>

namespace toccata::learn {
namespace {

constexpr std::uint64_t kMostMemory = std::uint64_t{256} << 20;
constexpr std::array<std::uint8_t, 6> kXzMagic{0xFD, '7', 'z', 'X', 'Z', 0};

const char* words_for(lzma_ret fault) {
  switch (fault) {
    case LZMA_MEMLIMIT_ERROR: return "needs over 256 MiB to unpack";
    case LZMA_BUF_ERROR: return "the xz archive is cut off";
    case LZMA_OPTIONS_ERROR: return "an xz archive of a kind that is not read";
    case LZMA_MEM_ERROR: return "no memory to unpack";
    default: return "the xz archive is damaged";
  }
}

}  // namespace

struct TextSource::State {
  std::string path;
  int descriptor = -1;
  std::array<std::uint8_t, std::size_t{1} << 16> packed;  ///< what was read and not yet given out
  std::size_t begin = 0, end = 0;
  bool is_xz = false, at_end = false;
  lzma_stream stream = LZMA_STREAM_INIT;

  ~State() {
    lzma_end(&stream);
    if (descriptor > STDIN_FILENO) ::close(descriptor);
  }

  Unexpected<DataError> fail(std::string what) const {
    return Unexpected{DataError{path == "-" ? "stdin" : path, std::move(what)}};
  }

  /// Reads more behind what is there. Range: there is room.
  Result<void, DataError> refill() {
    for (;;) {
      const auto count = ::read(descriptor, packed.data() + end, packed.size() - end);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return fail(std::strerror(errno));
      end += static_cast<std::size_t>(count);
      at_end = count == 0;
      return {};
    }
  }

  Result<std::size_t, DataError> read_plain(std::span<char> room) {
    std::size_t filled = std::min(room.size(), end - begin);
    std::memcpy(room.data(), packed.data() + begin, filled);
    begin += filled;
    while (filled < room.size() && !at_end) {
      const auto count = ::read(descriptor, room.data() + filled, room.size() - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return fail(std::strerror(errno));
      filled += static_cast<std::size_t>(count);
      at_end = count == 0;
    }
    return filled;
  }

  Result<std::size_t, DataError> read_packed(std::span<char> room) {
    stream.next_out = reinterpret_cast<std::uint8_t*>(room.data());
    stream.avail_out = room.size();
    while (stream.avail_out > 0) {
      if (begin == end && !at_end) {
        begin = end = 0;
        TOCCATA_CHECK(refill());
      }
      stream.next_in = packed.data() + begin;
      stream.avail_in = end - begin;
      const lzma_ret status = lzma_code(&stream, at_end ? LZMA_FINISH : LZMA_RUN);
      begin = end - stream.avail_in;
      if (status == LZMA_STREAM_END) break;
      if (status != LZMA_OK) return fail(words_for(status));
    }
    return room.size() - stream.avail_out;
  }
};

TextSource::TextSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextSource::TextSource(TextSource&&) noexcept = default;
TextSource& TextSource::operator=(TextSource&&) noexcept = default;
TextSource::~TextSource() = default;

Result<TextSource, DataError> TextSource::open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state->descriptor < 0)
    return state->fail(errno == ENOENT ? "no such file" : std::strerror(errno));
  while (state->end < kXzMagic.size() && !state->at_end) TOCCATA_CHECK(state->refill());
  state->is_xz = state->end >= kXzMagic.size() &&
                 std::equal(kXzMagic.begin(), kXzMagic.end(), state->packed.begin());
  if (state->is_xz &&
      lzma_stream_decoder(&state->stream, kMostMemory, LZMA_CONCATENATED) != LZMA_OK)
    return state->fail("no memory to unpack");
  return TextSource(std::move(state));
}

Result<std::size_t, DataError> TextSource::read(std::span<char> room) {
  return state_->is_xz ? state_->read_packed(room) : state_->read_plain(room);
}

}  // namespace toccata::learn

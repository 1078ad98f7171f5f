// SPDX-License-Identifier: MIT
// Any bytes as a pack of pieces, and as the content of one piece in a pack that is otherwise whole:
// refused with a reason, or read so that packing gives a pack that reads the same.
#include <cstdlib>

#include <lzma.h>

#include <toccata/learn/piece_pack.hpp>

using namespace toccata;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const Bytes& pack) {
  learn::Running running;
  running.threads = 1;
  const auto read = learn::unpack_pieces(pack, "fuzz", running);
  if (!read) {
    require(!describe(read.error()).empty());
    return;
  }
  const Bytes again = learn::pack_pieces(read->set, read->from, running);
  const auto reread = learn::unpack_pieces(again, "fuzz", running);
  require(reread && learn::pack_pieces(reread->set, reread->from, running) == again);
}

Bytes wrapped(ByteView content) {
  Bytes stream(lzma_stream_buffer_bound(content.size()));
  std::size_t size = 0;
  require(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nullptr, content.data(), content.size(),
                                  stream.data(), &size, stream.size()) == LZMA_OK);
  Bytes pack;
  append_text(pack, learn::kPiecePackFormat);
  append_u32(pack, 0);
  append_u32(pack, 0);
  append_u32(pack, 1);
  append_u32(pack, static_cast<std::uint32_t>(size));
  append_u32(pack, static_cast<std::uint32_t>(content.size()));
  pack.insert(pack.end(), stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size));
  return pack;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(Bytes(data, data + size));
  check(wrapped(ByteView(data, size)));
  return 0;
}

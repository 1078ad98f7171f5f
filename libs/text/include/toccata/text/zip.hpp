// SPDX-License-Identifier: MIT
// Files out of a zip archive that nobody vouches for: MusicXML in .mxl, data sets as published.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/base/result.hpp>

namespace toccata {

struct ZipEntry {
  std::string name;
  int method;  ///< 0 stored, 8 deflated
  bool is_encrypted;
  std::uint32_t crc, packed_size, size;
  std::uint32_t header_offset;
};

/// Whether bytes begin as an archive does.
bool is_zip(ByteView bytes);
/// The central directory. Errors, in words: none, cut off, one of several disks, or of 64 bits.
Result<std::vector<ZipEntry>, std::string> list_zip(ByteView archive);
/// The content of an entry. A size over `limit`, or one that its packed bytes cannot come to, is
/// refused before anything is unpacked; unpacking stops where the size is passed.
/// Errors, in words: also another method, a wrong size, a wrong checksum.
Result<Bytes, std::string> unpack_zip(ByteView archive, const ZipEntry& entry, std::size_t limit);

}  // namespace toccata

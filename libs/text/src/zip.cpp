// SPDX-License-Identifier: MIT
#include <toccata/text/zip.hpp>

#include <algorithm>

#include <zlib.h>

namespace toccata {
namespace {

constexpr std::uint32_t kEndSignature = 0x06054b50, kDirectorySignature = 0x02014b50,
                        kLocalSignature = 0x04034b50;
constexpr std::size_t kEndSize = 22, kDirectorySize = 46, kLocalSize = 30;
/// Deflate cannot make more of its bytes (two bits stand for 258 bytes at best).
constexpr std::size_t kMostExpansion = 1032;

// Fields are little-endian. Range: within the view.
std::uint32_t u16_at(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at] | bytes[at + 1] << 8);
}
std::uint32_t u32_at(ByteView bytes, std::size_t at) {
  return u16_at(bytes, at) | u16_at(bytes, at + 2) << 16;
}

/// The end record: it stands last, but for a comment of up to 64 KiB.
std::optional<std::size_t> find_end_record(ByteView archive) {
  if (archive.size() < kEndSize) return std::nullopt;
  const std::size_t last = archive.size() - kEndSize;
  const std::size_t first = last > 0xFFFF ? last - 0xFFFF : 0;
  for (std::size_t at = last + 1; at-- > first;)
    if (u32_at(archive, at) == kEndSignature) return at;
  return std::nullopt;
}

/// The packed bytes of an entry, found through its local header.
Result<ByteView, std::string> packed_bytes(ByteView archive, const ZipEntry& entry) {
  const std::size_t at = entry.header_offset;
  if (archive.size() < kLocalSize || at > archive.size() - kLocalSize ||
      u32_at(archive, at) != kLocalSignature)
    return Unexpected{std::string("no entry where the directory names one")};
  const std::size_t begin = at + kLocalSize + u16_at(archive, at + 26) + u16_at(archive, at + 28);
  if (begin > archive.size() || entry.packed_size > archive.size() - begin)
    return Unexpected{std::string("an entry is cut off")};
  return archive.subspan(begin, entry.packed_size);
}

/// Inflates into at most `size` bytes. Errors: damaged data, or another size.
Result<Bytes, std::string> inflated(ByteView packed, std::size_t size) {
  z_stream stream{};
  // Negative window bits: bare deflate data, as archives hold it.
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return Unexpected{std::string("no memory to unpack")};
  Bytes out(size + 1);  // one more, so that too long a content shows
  stream.next_in = const_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = inflate(&stream, Z_FINISH);
  const std::size_t written = stream.total_out;
  inflateEnd(&stream);
  if (written > size) return Unexpected{std::string("an entry is longer than it says")};
  if (status != Z_STREAM_END) return Unexpected{std::string("damaged packed data")};
  if (written != size) return Unexpected{std::string("an entry is shorter than it says")};
  out.pop_back();
  return out;
}

}  // namespace

bool is_zip(ByteView bytes) {
  return bytes.size() >= 4 && bytes[0] == 'P' && bytes[1] == 'K' &&
         ((bytes[2] == 3 && bytes[3] == 4) || (bytes[2] == 5 && bytes[3] == 6));
}

Result<std::vector<ZipEntry>, std::string> list_zip(ByteView archive) {
  const auto end = find_end_record(archive);
  if (!end) return Unexpected{std::string("no directory at the archive's end")};
  if (u16_at(archive, *end + 4) != 0 || u16_at(archive, *end + 6) != 0)
    return Unexpected{std::string("an archive of several files")};
  const std::size_t count = u16_at(archive, *end + 10), offset = u32_at(archive, *end + 16);
  if (count == 0xFFFF || offset == 0xFFFFFFFF)
    return Unexpected{std::string("an archive of 64 bits")};
  std::vector<ZipEntry> entries;
  std::size_t at = offset;
  for (std::size_t i = 0; i < count; ++i) {
    if (*end < kDirectorySize || at > *end - kDirectorySize ||
        u32_at(archive, at) != kDirectorySignature)
      return Unexpected{std::string("the directory is cut off")};
    const std::size_t name = u16_at(archive, at + 28);
    const std::size_t rest = u16_at(archive, at + 30) + u16_at(archive, at + 32);
    if (name > *end - at - kDirectorySize)
      return Unexpected{std::string("the directory is cut off")};
    entries.push_back({std::string(as_text(archive.subspan(at + kDirectorySize, name))),
                       static_cast<int>(u16_at(archive, at + 10)),
                       (u16_at(archive, at + 8) & 1) != 0, u32_at(archive, at + 16),
                       u32_at(archive, at + 20), u32_at(archive, at + 24),
                       u32_at(archive, at + 42)});
    at += kDirectorySize + name + rest;
  }
  return entries;
}

Result<Bytes, std::string> unpack_zip(ByteView archive, const ZipEntry& entry, std::size_t limit) {
  const std::string refused = "\"" + entry.name.substr(0, 40) + "\" says ";
  if (entry.size > limit)
    return Unexpected{refused + std::to_string(entry.size) + " bytes, over the limit"};
  if (entry.is_encrypted) return Unexpected{refused + "it is encrypted"};
  TOCCATA_TRY(const ByteView packed, packed_bytes(archive, entry));
  Bytes content;
  if (entry.method == 0) {
    if (packed.size() != entry.size) return Unexpected{refused + "two sizes"};
    content.assign(packed.begin(), packed.end());
  } else if (entry.method == 8) {
    if (entry.size > packed.size() * kMostExpansion)
      return Unexpected{refused + std::to_string(entry.size) + " bytes, more than " +
                        std::to_string(packed.size()) + " packed ones can hold"};
    TOCCATA_TRY(content, inflated(packed, entry.size));
  } else {
    return Unexpected{refused + "method " + std::to_string(entry.method) + ", allowed are 0 and 8"};
  }
  if (crc32(0, content.data(), static_cast<uInt>(content.size())) != entry.crc)
    return Unexpected{std::string("a checksum does not fit its content")};
  return content;
}

}  // namespace toccata

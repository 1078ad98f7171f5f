// SPDX-License-Identifier: MIT
#include "musicxml/source.hpp"

#include <algorithm>

#include <toccata/base/trimmed.hpp>
#include <toccata/text/zip.hpp>

namespace toccata::musicxml::detail {
namespace {

enum class Utf16 : std::uint8_t { No, Little, Big };

/// By its mark, or by the first character, which has to be '<'.
Utf16 utf16_of(ByteView bytes) {
  if (bytes.size() < 2) return Utf16::No;
  if ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == '<' && bytes[1] == 0))
    return Utf16::Little;
  if ((bytes[0] == 0xFE && bytes[1] == 0xFF) || (bytes[0] == 0 && bytes[1] == '<'))
    return Utf16::Big;
  return Utf16::No;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
    return put(0x80 | (code & 0x3F));
  }
  if (code < 0x10000) {
    put(0xE0 | code >> 12);
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
  }
  put(0x80 | (code >> 6 & 0x3F));
  put(0x80 | (code & 0x3F));
}

std::string utf8_of_utf16(ByteView bytes, Utf16 order) {
  const std::size_t low = order == Utf16::Little ? 0 : 1;
  const auto unit = [&](std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at + low] | bytes[at + 1 - low] << 8);
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = unit(0) == 0xFEFF ? 2 : 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    const bool is_pair = code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size();
    if (is_pair && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = 0xFFFD;
    }
    append_utf8(out, code);
  }
  return out;
}

std::string utf8_of(ByteView bytes) {
  if (const Utf16 order = utf16_of(bytes); order != Utf16::No) return utf8_of_utf16(bytes, order);
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::string_view text = as_text(bytes);
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return std::string(text);
}

Unexpected<ReadError> refuse(Fault fault, std::string_view found) {
  return Unexpected{ReadError{fault, {}, {}, 0, std::string(found.substr(0, 120))}};
}

/// The file that the container names first. Errors, in words.
Result<const ZipEntry*, std::string> root_file_of(ByteView archive,
                                                  const std::vector<ZipEntry>& entries) {
  constexpr std::size_t kLargestContainer = std::size_t{1} << 20;
  const auto container = std::ranges::find(entries, "META-INF/container.xml", &ZipEntry::name);
  if (container == entries.end()) return Unexpected{std::string("it is missing")};
  TOCCATA_TRY(const Bytes bytes, unpack_zip(archive, *container, kLargestContainer));
  pugi::xml_document document;
  const std::string text = utf8_of(bytes);
  if (!document.load_buffer(text.data(), text.size()))
    return Unexpected{std::string("it is not well-formed")};
  const auto file = document.child("container").child("rootfiles").child("rootfile");
  const std::string path = file.attribute("full-path").value();
  const auto named = std::ranges::find(entries, path, &ZipEntry::name);
  if (named == entries.end()) return Unexpected{"it names \"" + path + "\""};
  return &*named;
}

/// What a lenient reading takes for the score: the first XML file that describes nothing else.
const ZipEntry* find_likely_score(const std::vector<ZipEntry>& entries) {
  const auto found = std::ranges::find_if(entries, [](const ZipEntry& entry) {
    return !entry.name.starts_with("META-INF/") && !entry.name.starts_with("__MACOSX/") &&
           (entry.name.ends_with(".xml") || entry.name.ends_with(".musicxml"));
  });
  return found == entries.end() ? nullptr : &*found;
}

Read<SourceText> text_of_archive(ByteView archive, Repair repair) {
  const auto entries = list_zip(archive);
  if (!entries) return refuse(Fault::BadArchive, entries.error());
  const auto named = root_file_of(archive, *entries);
  const ZipEntry* entry = named ? *named : find_likely_score(*entries);
  SourceText source;
  if (!named) {
    auto error = refuse(Fault::NoRootFile, named.error());
    if (repair == Repair::None || entry == nullptr) return error;
    source.repairs.push_back(std::move(error.error));
  }
  if (entry->size > kLargestText) return refuse(Fault::TooLarge, std::to_string(entry->size));
  const auto content = unpack_zip(archive, *entry, kLargestText);
  if (!content) return refuse(Fault::BadArchive, content.error());
  source.utf8 = utf8_of(*content);
  return source;
}

}  // namespace

Read<SourceText> source_text(ByteView bytes, Repair repair) {
  if (is_zip(bytes)) return text_of_archive(bytes, repair);
  if (bytes.size() > kLargestText) return refuse(Fault::TooLarge, std::to_string(bytes.size()));
  return SourceText{utf8_of(bytes), {}};
}

}  // namespace toccata::musicxml::detail

namespace toccata::musicxml {

bool looks_like_musicxml(ByteView bytes) {
  if (is_zip(bytes)) return true;
  const std::string start =
      detail::utf8_of(bytes.subspan(0, std::min<std::size_t>(bytes.size(), 256)));
  const std::string_view text = trimmed(start);
  return text.starts_with("<?xml") || text.starts_with("<!DOCTYPE") || text.starts_with("<!--") ||
         text.starts_with("<score-");
}

}  // namespace toccata::musicxml

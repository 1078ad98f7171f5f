// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/base/assert.hpp>
#include <toccata/plugins/preset.hpp>

namespace toccata::plugins {
namespace {

constexpr std::string_view kMagic = "VST3", kListMagic = "List";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kClassIdSize = 32,
                      kHeaderSize = 48;  ///< magic, version, class id, list's place
constexpr std::size_t kListHeadSize = 8, kEntrySize = 20;  ///< id, place, size

std::uint64_t little(ByteView bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = count; i > 0; --i) value = value << 8 | bytes[at + i - 1];
  return value;
}
void append_little(Bytes& out, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i & 0xFF));
}

/// An id as a message may show it.
std::string shown(std::string_view id) {
  std::string text;
  for (const char c : id) text += c >= 32 && c < 127 ? c : '?';
  return text;
}

Unexpected<PresetError> fail(PresetFault fault, std::uint64_t at, std::string what) {
  return Unexpected{PresetError{fault, at, std::move(what)}};
}

/// Where a chunk lies, before it is copied.
struct Entry {
  std::string id;
  std::uint64_t at, size;
};

/// The places must be free of the header, of each other and of the list.
Result<void, PresetError> check_places(std::vector<Entry> places, std::uint64_t list_at) {
  std::sort(places.begin(), places.end(), [](const Entry& a, const Entry& b) {
    return a.at != b.at ? a.at < b.at : a.size < b.size;
  });
  std::uint64_t free_from = kHeaderSize;
  for (const Entry& place : places) {
    if (place.at < free_from)
      return fail(PresetFault::Chunk, list_at,
                  "the chunk '" + shown(place.id) + "' lies over what comes before it");
    free_from = place.at + place.size;
  }
  return {};
}

Result<Entry, PresetError> read_entry(ByteView bytes, std::uint64_t at) {
  const auto place = static_cast<std::size_t>(at);
  Entry entry{std::string(as_text(bytes.subspan(place, 4))), little(bytes, place + 4, 8),
              little(bytes, place + 12, 8)};
  if (entry.at > bytes.size() || entry.size > bytes.size() - entry.at)
    return fail(PresetFault::Chunk, at,
                "the chunk '" + shown(entry.id) + "' of " + std::to_string(entry.size) +
                    " bytes at " + std::to_string(entry.at) + " reaches past the " +
                    std::to_string(bytes.size()) + " bytes of the file");
  return entry;
}

Result<std::vector<Entry>, PresetError> read_list(ByteView bytes, std::uint64_t list_at) {
  if (list_at < kHeaderSize || list_at > bytes.size() || bytes.size() - list_at < kListHeadSize)
    return fail(PresetFault::CutOff, 40,
                "the list of chunks should be at byte " + std::to_string(list_at) + " of " +
                    std::to_string(bytes.size()));
  const auto at = static_cast<std::size_t>(list_at);
  if (as_text(bytes.subspan(at, 4)) != kListMagic)
    return fail(PresetFault::List, list_at, "there is no list of chunks here");
  const std::uint64_t count = little(bytes, at + 4, 4);
  if (count > kMostChunks)
    return fail(PresetFault::List, list_at,
                std::to_string(count) + " chunks, at most " + std::to_string(kMostChunks) +
                    " are allowed");
  if ((bytes.size() - at - kListHeadSize) / kEntrySize < count)
    return fail(PresetFault::CutOff, list_at,
                "the list of " + std::to_string(count) + " chunks is cut off");
  std::vector<Entry> entries;
  for (std::uint64_t i = 0; i < count; ++i) {
    TOCCATA_TRY(Entry entry, read_entry(bytes, list_at + kListHeadSize + i * kEntrySize));
    for (const Entry& other : entries)
      if (other.id == entry.id)
        return fail(PresetFault::Chunk, list_at,
                    "the chunk '" + shown(entry.id) + "' is there twice");
    entries.push_back(std::move(entry));
  }
  std::vector<Entry> places = entries;
  places.push_back({std::string(kListMagic), list_at, kListHeadSize + count * kEntrySize});
  TOCCATA_CHECK(check_places(std::move(places), list_at));
  return entries;
}

void append_attribute(std::string& xml, std::string_view id, std::string_view value,
                      bool is_fixed) {
  if (value.empty()) return;
  xml += "\t<Attribute id=\"" + std::string(id) + "\" value=\"";
  for (const char c : value) {
    if (c == '&') xml += "&amp;";
    else if (c == '<') xml += "&lt;";
    else if (c == '>') xml += "&gt;";
    else if (c == '"') xml += "&quot;";
    else xml += c;
  }
  xml += "\" type=\"string\" flags=\"";
  xml += is_fixed ? "writeProtected\"/>\n" : "\"/>\n";
}

}  // namespace

std::optional<ClassId> ClassId::parse(std::string_view text) {
  if (text.size() != kClassIdSize) return std::nullopt;
  std::string digits;
  for (const char c : text) {
    const bool is_small = c >= 'a' && c <= 'f';
    if (!is_small && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'F')) return std::nullopt;
    digits += is_small ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return ClassId(std::move(digits));
}

const Bytes* Preset::find(std::string_view id) const {
  for (const PresetChunk& chunk : chunks)
    if (chunk.id == id) return &chunk.content;
  return nullptr;
}

std::string describe(const PresetError& error) {
  return "byte " + std::to_string(error.byte_offset) + ": " + error.what;
}

Result<Preset, PresetError> read_preset(ByteView bytes) {
  if (bytes.size() < 4 || as_text(bytes.first(4)) != kMagic)
    return fail(PresetFault::NoPreset, 0, "no VST3 preset, which begins with 'VST3'");
  if (bytes.size() < kHeaderSize)
    return fail(PresetFault::CutOff, bytes.size(), "the header of 48 bytes is cut off");
  if (const auto version = little(bytes, 4, 4); version != kVersion)
    return fail(PresetFault::Version, 4,
                "version " + std::to_string(version) + " of the format, only 1 is known");
  const auto digits = as_text(bytes.subspan(8, kClassIdSize));
  auto class_id = ClassId::parse(digits);
  if (!class_id)
    return fail(PresetFault::ClassId, 8,
                "the class id '" + shown(digits) + "' is not 32 hexadecimal digits");
  TOCCATA_TRY(const auto entries, read_list(bytes, little(bytes, 40, 8)));
  Preset preset{*std::move(class_id), {}};
  for (const Entry& entry : entries) {
    const auto content =
        bytes.subspan(static_cast<std::size_t>(entry.at), static_cast<std::size_t>(entry.size));
    preset.chunks.push_back({entry.id, Bytes(content.begin(), content.end())});
  }
  if (preset.find(kComponentChunk) == nullptr && preset.find(kProgramChunk) == nullptr)
    return fail(PresetFault::NoContent, 40,
                "no chunk 'Comp' (or 'Prog'), so there is no state of a plug-in");
  return preset;
}

Bytes write_preset(const Preset& preset) {
  TOCCATA_ASSERT(preset.chunks.size() <= kMostChunks);
  Bytes out;
  append_text(out, kMagic);
  append_little(out, kVersion, 4);
  append_text(out, preset.class_id.text());
  std::uint64_t list_at = kHeaderSize;
  for (const PresetChunk& chunk : preset.chunks) list_at += chunk.content.size();
  append_little(out, list_at, 8);
  for (const PresetChunk& chunk : preset.chunks)
    out.insert(out.end(), chunk.content.begin(), chunk.content.end());
  append_text(out, kListMagic);
  append_little(out, preset.chunks.size(), 4);
  std::uint64_t at = kHeaderSize;
  for (const PresetChunk& chunk : preset.chunks) {
    TOCCATA_ASSERT(chunk.id.size() == 4);
    append_text(out, chunk.id);
    append_little(out, at, 8);
    append_little(out, chunk.content.size(), 8);
    at += chunk.content.size();
  }
  return out;
}

Bytes write_preset_info(const PresetInfo& info) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<MetaInfo>\n";
  append_attribute(xml, "MediaType", "VstPreset", true);
  append_attribute(xml, "PlugInCategory", "Instrument|Sampler", true);
  append_attribute(xml, "PlugInName", info.plugin, true);
  append_attribute(xml, "PlugInVendor", info.vendor, true);
  append_attribute(xml, "Name", info.name, true);
  append_attribute(xml, "MusicalInstrument", info.category, false);
  xml += "</MetaInfo>\n";
  const ByteView bytes = as_bytes(xml);
  return {bytes.begin(), bytes.end()};
}

}  // namespace toccata::plugins

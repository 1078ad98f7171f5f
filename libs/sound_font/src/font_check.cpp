// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include <toccata/base/bytes.hpp>
#include <toccata/sound_font/font.hpp>

namespace toccata::sound_font {
namespace {

/// Little-endian numbers of a table.
std::uint32_t u16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at] | bytes[at + 1] << 8);
}
std::uint32_t u32(ByteView bytes, std::size_t at) {
  return u16(bytes, at) | u16(bytes, at + 2) << 16;
}

/// The tables of a font, each the number of bytes of a record.
struct TableKind {
  const char* name;
  std::size_t record;
};
constexpr std::array<TableKind, 9> kTables = {{{"phdr", 38},
                                               {"pbag", 4},
                                               {"pmod", 10},
                                               {"pgen", 4},
                                               {"inst", 22},
                                               {"ibag", 4},
                                               {"imod", 10},
                                               {"igen", 4},
                                               {"shdr", 46}}};
constexpr std::size_t kLargestTables = 256U << 20;
constexpr std::uint32_t kCompressed = 0x10;  ///< sample type of .sf3: places count bytes
constexpr std::uint32_t kInRom = 0x8000;     ///< sample type: not in the file at all

struct Chunk {
  std::string name;
  std::uint64_t at;  ///< of its content
  std::uint64_t size;
};

/// Reads a file's chunks without its samples, which may be large.
class FontFile {
 public:
  explicit FontFile(const std::filesystem::path& path) : in_(path, std::ios::binary) {
    std::error_code error;
    size_ = std::filesystem::file_size(path, error);
    if (error) in_.setstate(std::ios::failbit);
  }
  bool is_open() const { return in_.is_open() && in_.good(); }
  std::uint64_t size() const { return size_; }

  /// Nothing where the file ends before them.
  std::optional<Bytes> bytes(std::uint64_t at, std::uint64_t count) {
    if (at > size_ || count > size_ - at) return std::nullopt;
    Bytes content(static_cast<std::size_t>(count));
    in_.seekg(static_cast<std::streamoff>(at));
    if (!in_.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(count)))
      return std::nullopt;
    return content;
  }
  /// Nothing where no whole chunk is.
  std::optional<Chunk> chunk(std::uint64_t at, std::uint64_t end) {
    const auto head = bytes(at, 8);
    if (!head || at + 8 > end) return std::nullopt;
    const std::uint64_t size = u32(*head, 4);
    if (size > end - at - 8) return std::nullopt;
    return Chunk{std::string(as_text(ByteView(*head).first(4))), at + 8, size};
  }

 private:
  std::ifstream in_;
  std::uint64_t size_ = 0;
};

/// What a font says of itself; the checks give a fault in words, or nothing.
class FontCheck {
 public:
  explicit FontCheck(FontFile& file) : file_(file) {}

  const char* run() {
    const auto riff = file_.chunk(0, file_.size());
    if (!riff || riff->name != "RIFF") return "is no sound font, or cut off";
    const auto form = file_.bytes(8, 4);
    if (!form || as_text(*form) != "sfbk") return "is a RIFF file but no sound font";
    if (const char* fault = read_lists(riff->at + 4, riff->at + riff->size)) return fault;
    for (const TableKind& kind : kTables)
      if (const char* fault = check_size(kind)) return fault;
    if (const char* fault = check_layer("phdr", 24, "pbag", "pgen", "pmod", 41, "inst"))
      return fault;
    if (const char* fault = check_layer("inst", 20, "ibag", "igen", "imod", 53, "shdr"))
      return fault;
    return check_samples();
  }

 private:
  const char* read_lists(std::uint64_t at, std::uint64_t end) {
    while (at < end) {
      const auto list = file_.chunk(at, end);
      if (!list) return "is cut off, or a chunk is longer than the file";
      if (list->name == "LIST" && list->size >= 4)
        if (const char* fault = read_list(*list)) return fault;
      at = list->at + list->size + list->size % 2;
    }
    return nullptr;
  }

  const char* read_list(const Chunk& list) {
    const auto kind = file_.bytes(list.at, 4);
    if (!kind) return "is cut off";
    std::uint64_t at = list.at + 4;
    const std::uint64_t end = list.at + list.size;
    while (at < end) {
      const auto chunk = file_.chunk(at, end);
      if (!chunk) return "has a chunk that is longer than what holds it";
      if (as_text(*kind) == "sdta" && chunk->name == "smpl") sample_bytes_ = chunk->size;
      if (as_text(*kind) == "pdta") {
        if (chunk->size > kLargestTables) return "has tables over 256 MiB";
        auto content = file_.bytes(chunk->at, chunk->size);
        if (!content) return "is cut off";
        tables_[chunk->name] = *std::move(content);
      }
      at = chunk->at + chunk->size + chunk->size % 2;
    }
    return nullptr;
  }

  const char* check_size(const TableKind& kind) const {
    const auto table = tables_.find(kind.name);
    if (table == tables_.end()) return "lacks one of its nine tables";
    if (table->second.empty() || table->second.size() % kind.record != 0)
      return "has a table of a broken size";
    return nullptr;
  }

  std::size_t count(const char* table) const {
    for (const TableKind& kind : kTables)
      if (std::string_view(kind.name) == table) return tables_.at(table).size() / kind.record;
    return 0;
  }

  /// Heads name bags, bags name generators and modulators, the last generator of a bag may name
  /// what lies a layer below: all in rising order and within their tables.
  const char* check_layer(const char* heads, std::size_t bag_at, const char* bags,
                          const char* generators, const char* modulators, std::uint32_t link,
                          const char* below) const {
    const Bytes& head = tables_.at(heads);
    const std::size_t record = head.size() / count(heads);
    if (!rises(head, record, bag_at, count(bags)) ||
        !rises(tables_.at(bags), 4, 0, count(generators)) ||
        !rises(tables_.at(bags), 4, 2, count(modulators)))
      return "has a table that refers to what is not there";
    const Bytes& generator = tables_.at(generators);
    for (std::size_t at = 0; at + 4 < generator.size(); at += 4)
      if (u16(generator, at) == link && u16(generator, at + 2) + 1 >= count(below))
        return "has a preset or instrument that refers to what is not there";
    return nullptr;
  }

  static bool rises(const Bytes& table, std::size_t record, std::size_t at, std::size_t limit) {
    std::uint32_t last = 0;
    for (; at + 2 <= table.size(); at += record) {
      const std::uint32_t value = u16(table, at);
      if (value < last || value >= limit) return false;
      last = value;
    }
    return true;
  }

  const char* check_samples() const {
    const Bytes& table = tables_.at("shdr");
    bool any = false;
    for (std::size_t at = 0; at + 46 < table.size(); at += 46) {
      const std::uint32_t first = u32(table, at + 20), end = u32(table, at + 24);
      const std::uint32_t type = u16(table, at + 44);
      if ((type & kInRom) != 0) continue;
      const std::uint64_t limit = (type & kCompressed) != 0 ? sample_bytes_ : sample_bytes_ / 2;
      if (first > end || end > limit) return "has a sample that lies outside its sample data";
      any = true;
    }
    return any ? nullptr : "holds no sample";
  }

  FontFile& file_;
  std::map<std::string, Bytes> tables_;
  std::uint64_t sample_bytes_ = 0;
};

}  // namespace

Result<void, sound::Error> check_sound_font(const std::filesystem::path& path) {
  using sound::Fault;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return Unexpected{sound::Error{Fault::FontMissing, path.string() + ": no such sound font"}};
  FontFile file(path);
  if (!file.is_open())
    return Unexpected{sound::Error{Fault::FontMissing, path.string() + ": cannot be read"}};
  if (const char* fault = FontCheck(file).run())
    return Unexpected{sound::Error{Fault::FontDamaged, path.string() + ": " + fault}};
  return {};
}

}  // namespace toccata::sound_font

// SPDX-License-Identifier: MIT
#include "layouts.hpp"

#include <array>
#include <map>
#include <span>

#include <toccata/base/assert.hpp>
#include <toccata/base/csv.hpp>
#include <toccata/base/embedded.hpp>
#include <toccata/base/json.hpp>

namespace toccata::embedded {
std::span<const File> splits();
}

namespace toccata::learn {
namespace {

using Row = std::vector<std::string>;

Unexpected<DataError> fail(const std::string& table, std::string what) {
  return Unexpected{DataError{table, std::move(what)}};
}

/// What a table says of these columns, row by row; nothing where it lacks one of them.
Result<std::optional<std::vector<Row>>, DataError> columns_of(
    std::string_view text, const std::string& table, std::span<const std::string_view> names) {
  auto reader = CsvReader::open(text);
  if (!reader) return fail(table, describe(reader.error()));
  std::vector<std::size_t> places;
  for (const std::string_view name : names) {
    const auto place = reader->find_column(name);
    if (!place) return std::optional<std::vector<Row>>{};
    places.push_back(*place);
  }
  std::vector<Row> rows;
  for (;;) {
    const auto fields = reader->next();
    if (!fields) return fail(table, describe(fields.error()));
    if (*fields == nullptr) return std::optional(std::move(rows));
    Row& row = rows.emplace_back();
    for (const std::size_t place : places) row.emplace_back((**fields)[place]);
  }
}

/// Paths in a table count from where it lies.
std::string beside(const std::string& table, std::string_view name) {
  return table.substr(0, table.rfind('/') + 1) + std::string(name);
}

constexpr std::array<std::string_view, 4> kMaestroColumns{"canonical_composer", "canonical_title",
                                                          "split", "midi_filename"};

Result<Row, DataError> row_of(const Json& object, const std::string& table, std::size_t number) {
  Row row;
  for (const std::string_view name : kMaestroColumns) {
    const Json* value = object.find(name);
    if (value == nullptr || value->text() == nullptr)
      return fail(table, "recording " + std::to_string(number + 1) + ": \"" + std::string(name) +
                             "\" must be a text");
    row.push_back(*value->text());
  }
  return row;
}

/// {"canonical_title": {"0": ..., "1": ...}, ...}: the columns turned into rows, by their keys.
Result<std::vector<Row>, DataError> rows_of_columns(const Json& json, const std::string& table) {
  std::map<std::string, Row> rows;
  for (const std::string_view name : kMaestroColumns) {
    const Json* column = json.find(name);
    if (column == nullptr || column->object() == nullptr)
      return fail(table, "\"" + std::string(name) + "\" must be an object of texts by number");
    for (const auto& [key, value] : *column->object()) {
      if (value.text() == nullptr)
        return fail(table, "\"" + std::string(name) + "\", " + key + ": must be a text");
      rows[key].push_back(*value.text());
    }
  }
  std::vector<Row> out;
  for (auto& [key, row] : rows) {
    if (row.size() != kMaestroColumns.size())
      return fail(table, "recording " + key + ": some columns do not have it");
    out.push_back(std::move(row));
  }
  return out;
}

Result<std::vector<Row>, DataError> maestro_rows(std::string_view text, const std::string& table) {
  if (table.ends_with(".csv")) {
    TOCCATA_TRY(auto rows, columns_of(text, table, kMaestroColumns));
    if (!rows)
      return fail(table,
                  "its first row must name canonical_composer, canonical_title, split and "
                  "midi_filename");
    return *std::move(rows);
  }
  const auto json = parse_json(text);
  if (!json) return fail(table, describe(json.error()));
  if (json->object() != nullptr) return rows_of_columns(*json, table);
  if (json->array() == nullptr) return fail(table, "must be an array or an object");
  std::vector<Row> rows;
  for (const Json& object : *json->array()) {
    TOCCATA_TRY(Row row, row_of(object, table, rows.size()));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// "_no_repeat" and the like make no other composition.
std::string composition_of(const std::string& composer, const std::string& title) {
  std::string plain = title;
  for (const std::string_view suffix : {"_no_repeat", "_repeat"})
    if (plain.ends_with(suffix)) plain.resize(plain.size() - suffix.size());
  return composer + "/" + plain;
}

/// The side of each composition.
using Splits = std::map<std::string, Split>;

/// The rows of a split that was compiled in. Range: the table has these columns.
std::vector<Row> rows_of_split(std::string_view name, std::span<const std::string_view> columns) {
  for (const embedded::File& file : embedded::splits()) {
    if (file.name != name) continue;
    auto rows = columns_of(file.text, std::string(name), columns);
    TOCCATA_ASSERT(rows && *rows);
    return **std::move(rows);
  }
  return {};
}

Splits asap_splits() {
  constexpr std::array<std::string_view, 3> kColumns{"composer", "title", "split"};
  Splits splits;
  for (const Row& row : rows_of_split("asap_split", kColumns))
    if (const auto side = find_split(row[2])) splits.emplace(composition_of(row[0], row[1]), *side);
  return splits;
}

std::optional<Split> side_of(const Splits& splits, const std::string& composition) {
  const auto side = splits.find(composition);
  return side == splits.end() ? std::nullopt : std::optional(side->second);
}

}  // namespace

std::map<std::string, Split> pop909_splits() {
  constexpr std::array<std::string_view, 2> kColumns{"song", "split"};
  Splits splits;
  for (const Row& row : rows_of_split("pop909_split", kColumns))
    if (const auto side = find_split(row[1])) splits.emplace(row[0], *side);
  return splits;
}

std::optional<std::string> find_table(const FileTree& tree, bool (*passes)(std::string_view)) {
  for (const std::string& name : tree.names()) {
    const auto slash = name.find('/');
    const bool is_near = slash == std::string::npos || slash == name.rfind('/');
    if (is_near && passes(std::string_view(name).substr(name.rfind('/') + 1))) return name;
  }
  return std::nullopt;
}

Result<Collection, DataError> read_maestro(const FileTree& tree, const std::string& table) {
  TOCCATA_TRY(const Bytes bytes, tree.read(table));
  TOCCATA_TRY(const auto rows, maestro_rows(as_text(bytes), table));
  Collection collection{Layout::Maestro, {}, {}};
  for (const Row& row : rows) {
    const auto split = find_split(row[2]);
    if (!split)
      return fail(table, row[3] + ": split \"" + row[2] +
                             "\", but only train, validation and test are known");
    collection.recordings.push_back({beside(table, row[3]), row[0] + "/" + row[1], split});
  }
  return collection;
}

Result<std::optional<Collection>, DataError> read_asap(const FileTree& tree,
                                                       const std::string& table) {
  constexpr std::array<std::string_view, 3> kColumns{"composer", "title", "midi_performance"};
  TOCCATA_TRY(const Bytes bytes, tree.read(table));
  TOCCATA_TRY(const auto rows, columns_of(as_text(bytes), table, kColumns));
  if (!rows) return std::optional<Collection>{};
  const Splits splits = asap_splits();
  Collection collection{Layout::Asap, {}, {}};
  for (const Row& row : *rows) {
    const std::string composition = composition_of(row[0], row[1]);
    collection.recordings.push_back(
        {beside(table, row[2]), composition, side_of(splits, composition)});
  }
  return std::optional(std::move(collection));
}

namespace {

/// Where beats are marked.
struct BeatFiles {
  std::string score, performance;
};
/// By the performance's name, as the table has it; none where it has no such columns.
Result<std::map<std::string, BeatFiles>, DataError> beat_files(std::string_view text,
                                                               const std::string& table) {
  constexpr std::array<std::string_view, 3> kColumns{"midi_performance", "performance_annotations",
                                                     "midi_score_annotations"};
  TOCCATA_TRY(const auto rows, columns_of(text, table, kColumns));
  std::map<std::string, BeatFiles> files;
  if (!rows) return files;
  for (const Row& row : *rows)
    if (!row[1].empty() && !row[2].empty())
      files[row[0]] = {beside(table, row[2]), beside(table, row[1])};
  return files;
}

}  // namespace

Result<std::vector<AlignedEntry>, DataError> read_asap_scores(const FileTree& tree,
                                                              const std::string& table) {
  constexpr std::array<std::string_view, 6> kColumns{
      "composer", "title", "xml_score", "midi_score", "midi_performance", "note_alignments"};
  TOCCATA_TRY(const Bytes bytes, tree.read(table));
  TOCCATA_TRY(const auto rows, columns_of(as_text(bytes), table, kColumns));
  if (!rows)
    return fail(table,
                "its first row must name composer, title, xml_score, midi_score, midi_performance "
                "and note_alignments");
  const Splits splits = asap_splits();
  TOCCATA_TRY(const auto beats, beat_files(as_text(bytes), table));
  std::map<std::string, AlignedEntry> by_score;
  for (const Row& row : *rows) {
    AlignedEntry& entry = by_score[row[2]];
    entry.composition = composition_of(row[0], row[1]);
    entry.split = side_of(splits, entry.composition);
    entry.score_file = beside(table, row[2]);
    entry.midi_file = row[3].empty() ? "" : beside(table, row[3]);
    const auto marked = beats.find(row[4]);
    const BeatFiles files = marked == beats.end() ? BeatFiles{} : marked->second;
    if (!files.score.empty()) entry.score_beats = files.score;
    entry.performances.push_back({beside(table, row[4]), beside(table, row[5]), files.performance});
  }
  std::vector<AlignedEntry> entries;
  for (auto& [file, entry] : by_score) entries.push_back(std::move(entry));
  return entries;
}

Result<std::optional<Collection>, DataError> read_groove(const FileTree& tree,
                                                         const std::string& table) {
  constexpr std::array<std::string_view, 2> kColumns{"midi_filename", "split"};
  TOCCATA_TRY(const Bytes bytes, tree.read(table));
  TOCCATA_TRY(const auto rows, columns_of(as_text(bytes), table, kColumns));
  if (!rows) return std::optional<Collection>{};
  Collection collection{Layout::Groove, {}, {}};
  for (const Row& row : *rows)
    collection.recordings.push_back({beside(table, row[0]), row[0], find_split(row[1])});
  return std::optional(std::move(collection));
}

Result<std::vector<DrumEntry>, DataError> read_groove_takes(const FileTree& tree,
                                                            const std::string& table) {
  constexpr std::array<std::string_view, 7> kColumns{
      "midi_filename", "drummer", "session", "style", "beat_type", "time_signature", "split"};
  TOCCATA_TRY(const Bytes bytes, tree.read(table));
  TOCCATA_TRY(const auto rows, columns_of(as_text(bytes), table, kColumns));
  if (!rows)
    return fail(table,
                "its first row must name midi_filename, drummer, session, style, beat_type, "
                "time_signature and split");
  std::vector<DrumEntry> entries;
  for (const Row& row : *rows)
    entries.push_back(
        {beside(table, row[0]), row[1], row[2], row[3], row[4], row[5], find_split(row[6])});
  return entries;
}

}  // namespace toccata::learn

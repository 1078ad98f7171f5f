// SPDX-License-Identifier: MIT
// Tables of the DCML corpora: notes, measures and harmonies, one row a line, tab-separated.
#include "labelled_pieces.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <toccata/timeline/meter.hpp>

namespace toccata::corpus {
namespace {

using detail::lines_of;
using detail::split;

class Table {
 public:
  explicit Table(const std::filesystem::path& path) {
    for (const std::string& line : lines_of(path)) rows_.push_back(split(line, '\t'));
  }
  std::size_t size() const { return rows_.empty() ? 0 : rows_.size() - 1; }
  std::string at(std::size_t row, const std::string& column) const {
    const auto found = std::ranges::find(rows_[0], column);
    const auto index = static_cast<std::size_t>(found - rows_[0].begin());
    const auto& cells = rows_[row + 1];
    return index < cells.size() ? cells[index] : "";
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// "7/2", "1.5" or "4" quarters.
std::optional<Rational> parse_quarters(const std::string& text) {
  const auto whole = [](const std::string& digits) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value)
                                                                        : std::nullopt;
  };
  if (const auto slash = text.find('/'); slash != std::string::npos) {
    const auto upper = whole(text.substr(0, slash)), lower = whole(text.substr(slash + 1));
    return upper && lower && *lower > 0 ? std::optional(Rational(*upper, *lower)) : std::nullopt;
  }
  if (text.empty()) return std::nullopt;
  const double value = std::atof(text.c_str());
  return Rational(Rational(static_cast<std::int64_t>(value * 4800 + 0.5)).nearest(), 4800);
}

std::optional<Tick> tick_of(const std::string& quarters) {
  const auto parsed = parse_quarters(quarters);
  return parsed ? std::optional(Tick(0) + kComposedPpq.nearest(*parsed)) : std::nullopt;
}

std::optional<PlainKey> parse_dcml_key(const std::string& name) {
  const auto tonic = detail::parse_pitch_class(name);
  if (!tonic) return std::nullopt;
  return PlainKey{*tonic, std::islower(static_cast<unsigned char>(name[0])) != 0};
}

/// A key written as a numeral in another: "V", "bIII", "vi".
std::optional<PlainKey> parse_numeral_key(const std::string& numeral, const PlainKey& in) {
  static constexpr int kMajor[] = {0, 2, 4, 5, 7, 9, 11}, kMinor[] = {0, 2, 3, 5, 7, 8, 10};
  static const std::vector<std::string> kNumerals = {"I", "II", "III", "IV", "V", "VI", "VII"};
  int shift = 0;
  std::size_t at = 0;
  for (; at < numeral.size() && (numeral[at] == 'b' || numeral[at] == '#'); ++at)
    shift += numeral[at] == '#' ? 1 : -1;
  std::string upper = numeral.substr(at);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const auto found = std::ranges::find(kNumerals, upper);
  if (found == kNumerals.end()) return std::nullopt;
  const auto degree = static_cast<std::size_t>(found - kNumerals.begin());
  const int above = (in.minor ? kMinor : kMajor)[degree] + shift;
  return PlainKey{in.tonic + above, upper != numeral.substr(at)};
}

std::optional<Quality> quality_of(const std::string& type) {
  if (type == "M" || type == "Mm7" || type == "MM7") return Quality::Major;
  if (type == "m" || type == "mm7" || type == "mM7") return Quality::Minor;
  if (type == "o" || type == "o7" || type == "%7") return Quality::Diminished;
  if (type == "+" || type == "+7" || type == "+M7") return Quality::Augmented;
  return std::nullopt;
}

std::vector<Note> read_notes(const Table& table) {
  std::vector<Note> notes;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto onset = tick_of(table.at(row, "quarterbeats"));
    const auto quarters = parse_quarters(table.at(row, "duration_qb"));
    const auto pitch = Pitch::from_number(std::atoi(table.at(row, "midi").c_str()));
    if (!onset || !quarters || *quarters <= Rational(0) || !pitch) continue;  // grace notes
    notes.push_back({{}, *onset, kComposedPpq.nearest(*quarters), *pitch, {}, {}, {}, {}});
  }
  return notes;
}

std::vector<MeterChange> read_bar_lines(const Table& table) {
  std::vector<MeterChange> bar_lines;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto at = tick_of(table.at(row, "quarterbeats"));
    const auto meter = parse_meter(table.at(row, "timesig"));
    if (at && meter) bar_lines.push_back({*at, *meter});
  }
  return bar_lines;
}

void read_labels(const Table& table, Piece& piece) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto onset = tick_of(table.at(row, "quarterbeats"));
    const auto quarters = parse_quarters(table.at(row, "duration_qb"));
    const auto global = parse_dcml_key(table.at(row, "globalkey"));
    if (!onset || !quarters || !global) continue;
    const Span span{*onset, *onset + kComposedPpq.nearest(*quarters)};
    const auto local = parse_numeral_key(table.at(row, "localkey"), *global);
    if (!local) continue;
    piece.local_keys.push_back({span, *local});
    const auto quality = quality_of(table.at(row, "chord_type"));
    const std::string root = table.at(row, "root");
    if (quality && !root.empty())
      piece.chords.push_back({span, {local->tonic + 7 * std::atoi(root.c_str()), *quality}});
  }
}

}  // namespace

std::vector<Piece> read_mozart(const std::filesystem::path& data) {
  const auto folder = data / "dcml-mozart-sonatas";
  if (!std::filesystem::exists(folder / "metadata.tsv")) return {};
  const Table metadata(folder / "metadata.tsv");
  std::vector<Piece> pieces;
  for (std::size_t row = 0; row < metadata.size(); ++row) {
    Piece piece;
    piece.name = metadata.at(row, "piece");
    const auto notes = folder / "notes" / (piece.name + ".notes.tsv");
    if (!std::filesystem::exists(notes)) continue;
    piece.score = detail::make_score(
        kComposedPpq, read_notes(Table(notes)),
        read_bar_lines(Table(folder / "measures" / (piece.name + ".measures.tsv"))));
    piece.key = parse_dcml_key(metadata.at(row, "annotated_key"));
    read_labels(Table(folder / "harmonies" / (piece.name + ".harmonies.tsv")), piece);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace toccata::corpus

// SPDX-License-Identifier: MIT
#include <toccata/base/csv.hpp>

#include <algorithm>

namespace toccata {
namespace {

Unexpected<CsvError> fail(std::size_t line, std::string what) {
  return Unexpected{CsvError{line, std::move(what)}};
}

}  // namespace

std::string describe(const CsvError& error) {
  return "line " + std::to_string(error.line) + ": " + error.what;
}

Result<CsvReader, CsvError> CsvReader::open(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvReader reader(text);
  TOCCATA_TRY(const bool found, reader.read_row());
  if (!found) return fail(1, "a row that names the columns is missing");
  reader.columns_.assign(reader.fields_.begin(), reader.fields_.end());
  return reader;
}

std::optional<std::size_t> CsvReader::find_column(std::string_view name) const {
  const auto at = std::find(columns_.begin(), columns_.end(), name);
  if (at == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - columns_.begin());
}

Result<const std::vector<std::string_view>*, CsvError> CsvReader::next() {
  TOCCATA_TRY(const bool found, read_row());
  if (!found) return static_cast<const std::vector<std::string_view>*>(nullptr);
  if (fields_.size() != columns_.size())
    return fail(row_line_, std::to_string(fields_.size()) + " fields, but the first row has " +
                               std::to_string(columns_.size()));
  return &fields_;
}

Result<bool, CsvError> CsvReader::read_row() {
  fields_.clear();
  unquoted_.clear();
  while (at_ < text_.size() && (text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n"))) {
    at_ = text_.find('\n', at_) + 1;
    ++line_;
  }
  row_line_ = line_;
  if (at_ == text_.size()) return false;
  do {
    TOCCATA_CHECK(read_field());
  } while (!take_end());
  return true;
}

Result<void, CsvError> CsvReader::read_field() {
  if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
  std::size_t end = at_;
  while (end < text_.size() && text_[end] != ',' && text_[end] != '\n') ++end;
  std::string_view field = text_.substr(at_, end - at_);
  at_ = end;
  if (field.ends_with('\r') && (end == text_.size() || text_[end] == '\n')) field.remove_suffix(1);
  fields_.push_back(field);
  return {};
}

Result<void, CsvError> CsvReader::read_quoted() {
  const std::size_t begin = ++at_;
  bool doubled = false;
  for (;; ++at_) {
    if (at_ == text_.size()) return fail(row_line_, "a quote that is never closed");
    if (text_[at_] == '\n') ++line_;
    if (text_[at_] != '"') continue;
    if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  std::string_view field = text_.substr(begin, at_ - begin);
  ++at_;
  if (doubled) {
    std::string& plain = unquoted_.emplace_back();
    for (std::size_t i = 0; i < field.size(); ++i) {
      plain += field[i];
      if (field[i] == '"') ++i;  // the second of two
    }
    field = plain;
  }
  if (text_.substr(at_).starts_with("\r\n")) ++at_;
  if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n')
    return fail(line_, "a closed quote with more of the field behind it");
  fields_.push_back(field);
  return {};
}

bool CsvReader::take_end() {
  if (at_ == text_.size()) return true;
  const bool ends_row = text_[at_] == '\n';
  if (ends_row) ++line_;
  ++at_;
  return ends_row;
}

}  // namespace toccata

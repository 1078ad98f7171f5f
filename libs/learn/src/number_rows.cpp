// SPDX-License-Identifier: MIT
#include <toccata/learn/number_rows.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace toccata::learn {
namespace {

/// The field as a finite number.
std::optional<float> number_in(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const char* const end = text.data() + text.size();
  if (text.size() - 1 < 7) {  // a short whole number, as most are
    int whole = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, whole);
    if (stop == end && error == std::errc()) return static_cast<float>(whole);
  }
  double number = 0;
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  const auto narrow = static_cast<float>(number);
  return std::isfinite(narrow) ? std::optional(narrow) : std::nullopt;
}

/// Walks over one piece.
class Walk {
 public:
  Walk(const RowLayout& layout, std::string_view text) : layout_(layout), text_(text) {}

  Result<NumberRows, RowError> read() {
    while (at_ < text_.size()) {
      if (skip_empty_line()) continue;
      TOCCATA_CHECK(read_row());
    }
    return std::move(rows_);
  }

 private:
  Unexpected<RowError> fail(std::string what) const {
    return Unexpected{RowError{row_, std::move(what)}};
  }

  bool skip_empty_line() {
    const bool is_pair = text_.substr(at_).starts_with("\r\n");
    if (!is_pair && text_[at_] != '\n') return false;
    at_ += is_pair ? 2 : 1;
    return true;
  }

  Result<void, RowError> read_row() {
    row_ = at_;
    const std::size_t first = rows_.numbers.size();
    rows_.numbers.resize(first + layout_.wanted.size());
    for (std::size_t column = 0;; ++column) {
      TOCCATA_TRY(const std::string_view field, take_field());
      if (column >= layout_.place.size()) return fail(wrong_count(column + 1));
      if (const std::size_t place = layout_.place[column]; place != RowLayout::kSkipped) {
        const auto number = number_in(field);
        if (!number)
          return fail(layout_.columns[column] + " \"" + std::string(field.substr(0, 40)) +
                      "\" is no finite number");
        rows_.numbers[first + place] = *number;
      }
      if (take_comma()) continue;
      if (column + 1 != layout_.place.size()) return fail(wrong_count(column + 1));
      rows_.lines.push_back(text_.substr(row_, at_ - row_));
      take_line_end();
      return {};
    }
  }

  std::string wrong_count(std::size_t found) const {
    return (found > layout_.place.size() ? "more fields than "
                                         : std::to_string(found) + " fields, but ") +
           std::to_string(layout_.place.size()) + " columns are named";
  }

  /// A field, within its quotes where it has them; a doubled quote stays doubled.
  Result<std::string_view, RowError> take_field() {
    if (at_ < text_.size() && text_[at_] == '"') return take_quoted();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
    if (at_ > begin && at_line_end() && text_[at_ - 1] == '\r') --at_;
    return text_.substr(begin, at_ - begin);
  }

  Result<std::string_view, RowError> take_quoted() {
    const std::size_t begin = ++at_;
    for (;;) {
      at_ = text_.find('"', at_);
      if (at_ == std::string_view::npos) return fail("a quote that is never closed");
      if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        at_ += 2;
        continue;
      }
      const std::string_view field = text_.substr(begin, at_++ - begin);
      if (!at_line_end() && text_[at_] != ',') return fail("a quote that closes midway");
      return field;
    }
  }

  bool at_line_end() const {
    return at_ == text_.size() || text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n");
  }
  bool take_comma() {
    if (at_ == text_.size() || text_[at_] != ',') return false;
    ++at_;
    return true;
  }
  void take_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  const RowLayout& layout_;
  std::string_view text_;
  std::size_t at_ = 0, row_ = 0;
  NumberRows rows_;
};

}  // namespace

Result<RowLayout, CsvError> RowLayout::make(std::string_view header,
                                            std::span<const std::string_view> wanted) {
  TOCCATA_TRY(const CsvReader reader, CsvReader::open(header));
  RowLayout layout{reader.columns(), {wanted.begin(), wanted.end()}, {}};
  layout.place.assign(layout.columns.size(), kSkipped);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found = reader.find_column(wanted[i]);
    if (!found) return Unexpected{CsvError{1, "there is no column \"" + layout.wanted[i] + "\""}};
    if (std::ranges::count(layout.columns, layout.wanted[i]) > 1)
      return Unexpected{CsvError{1, "the column \"" + layout.wanted[i] + "\" is there twice"}};
    layout.place[*found] = i;
  }
  return layout;
}

Result<NumberRows, RowError> read_number_rows(const RowLayout& layout, std::string_view text) {
  return Walk(layout, text).read();
}

}  // namespace toccata::learn

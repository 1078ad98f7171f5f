// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>

#include <toccata/learn/number_rows.hpp>

namespace toccata::learn {
namespace {

/// Where the last row that is whole ends, behind its line's end; none where there is none. A line
/// break between quotes ends no row.
std::optional<std::size_t> end_of_whole_rows(std::string_view text) {
  if (text.find('"') == std::string_view::npos) {
    const auto last = text.rfind('\n');
    return last == std::string_view::npos ? std::nullopt : std::optional(last + 1);
  }
  std::optional<std::size_t> end;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '\n' && !quoted) end = i + 1;
  }
  return end;
}

/// The first row that is not empty, behind its line's end.
std::optional<std::size_t> end_of_first_row(std::string_view text) {
  bool quoted = false, begun = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '\n' && !quoted && begun) return i + 1;
    begun = begun || (text[i] != '\n' && text[i] != '\r');
  }
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  while (!text.empty() && (text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
  return text;
}

std::size_t lines_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

}  // namespace

Result<RowPieces, DataError> RowPieces::open(const std::string& path,
                                             std::span<const std::string_view> wanted,
                                             std::size_t piece_bytes) {
  TOCCATA_TRY(TextSource source, TextSource::open(path));
  RowPieces pieces(std::move(source), path == "-" ? "stdin" : path);
  pieces.buffer_.resize(piece_bytes);
  TOCCATA_CHECK(pieces.fill());
  const std::string_view text = std::string_view(pieces.buffer_).substr(0, pieces.end_);
  const auto end = end_of_first_row(text);
  if (!end && !pieces.at_end_) return Unexpected{pieces.fault("line 1: too long for a row")};
  pieces.begin_ = end.value_or(text.size());
  pieces.header_ = trimmed(text.substr(0, pieces.begin_));
  pieces.line_ = 1 + lines_in(text.substr(0, pieces.begin_));
  auto layout = RowLayout::make(pieces.header_, wanted);
  if (!layout) return Unexpected{pieces.fault(describe(layout.error()))};
  pieces.layout_ = *std::move(layout);
  return pieces;
}

DataError RowPieces::fault(std::string what) const { return {path_, std::move(what)}; }

Result<void, DataError> RowPieces::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  TOCCATA_TRY(const std::size_t count,
              source_.read(std::span(buffer_.data() + end_, buffer_.size() - end_)));
  end_ += count;
  at_end_ = end_ < buffer_.size();
  return {};
}

Result<std::string_view, DataError> RowPieces::next() {
  line_ += lines_in(piece_);
  piece_ = {};
  if (!at_end_) TOCCATA_CHECK(fill());
  const std::string_view text = std::string_view(buffer_).substr(begin_, end_ - begin_);
  const auto end = at_end_ ? std::optional(text.size()) : end_of_whole_rows(text);
  if (!end)
    return Unexpected{fault("line " + std::to_string(line_) + ": a row of over " +
                            std::to_string(buffer_.size()) + " bytes")};
  piece_ = text.substr(0, *end);
  begin_ += *end;
  return piece_;
}

DataError RowPieces::located(const RowError& error) const {
  const std::size_t line = line_ + lines_in(piece_.substr(0, error.offset));
  return fault("line " + std::to_string(line) + ": " + error.what);
}

std::vector<std::string_view> split_rows(std::string_view piece, std::size_t parts) {
  if (piece.find('"') != std::string_view::npos) return {piece};
  std::vector<std::string_view> out;
  const std::size_t share = piece.size() / std::max<std::size_t>(parts, 1) + 1;
  while (!piece.empty()) {
    const auto end = piece.find('\n', std::min(share, piece.size()) - 1);
    const std::size_t size = end == std::string_view::npos ? piece.size() : end + 1;
    out.push_back(piece.substr(0, size));
    piece.remove_prefix(size);
  }
  return out;
}

}  // namespace toccata::learn

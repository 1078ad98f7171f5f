// SPDX-License-Identifier: MIT
// Chorales in Humdrum's **kern: only what the key estimate needs (onsets, durations, pitches,
// bars).
#include "labelled_pieces.hpp"

#include <algorithm>
#include <cctype>

namespace toccata::corpus {
namespace {

using detail::split;

/// "4.": a quarter and a half; "0" is a breve.
std::optional<Rational> parse_kern_duration(const std::string& token) {
  const auto digit = std::ranges::find_if(token, [](unsigned char c) { return std::isdigit(c); });
  if (digit == token.end()) return std::nullopt;
  const int part = std::atoi(&*digit);
  Rational quarters = part == 0 ? Rational(8) : Rational(4, part);
  const auto dots = std::ranges::count(token, '.');
  Rational added = quarters;
  for (std::ptrdiff_t dot = 0; dot < dots; ++dot) {
    added = added / Rational(2);
    quarters = quarters + added;
  }
  return quarters;
}

/// "cc#": the C sharp above the octave of middle C; upper case lies below it.
std::optional<Pitch> parse_kern_pitch(const std::string& token) {
  static constexpr int kLetters[] = {9, 11, 0, 2, 4, 5, 7};
  int letters = 0, alteration = 0;
  char letter = 0;
  for (char c : token) {
    const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (upper >= 'A' && upper <= 'G') {
      letter = c;
      ++letters;
    }
    alteration += c == '#' ? 1 : c == '-' ? -1 : 0;
  }
  if (letters == 0) return std::nullopt;
  const bool low = std::isupper(static_cast<unsigned char>(letter)) != 0;
  const int octave = low ? 4 - letters : 3 + letters;
  const int above_c = kLetters[std::toupper(static_cast<unsigned char>(letter)) - 'A'];
  const auto pitch = Pitch::from_number((octave + 1) * 12 + above_c + alteration);
  return pitch ? std::optional(*pitch) : std::nullopt;
}

/// Reads the spines of one chorale, line by line.
class KernReader {
 public:
  Piece read(const std::filesystem::path& path) {
    piece_.name = path.stem().string();
    for (const std::string& line : detail::lines_of(path)) read_line(line);
    piece_.score = detail::make_score(kComposedPpq, std::move(notes_), std::move(bar_lines_));
    return std::move(piece_);
  }

 private:
  void read_line(const std::string& line) {
    if (line.empty() || line[0] == '!') return;
    const auto fields = split(line, '\t');
    if (ends_.size() < fields.size()) ends_.resize(fields.size());
    if (line[0] == '*') return read_interpretation(fields[0]);
    const Tick now = *std::ranges::min_element(ends_);
    if (line[0] == '=') {
      bar_lines_.push_back({now, meter_});
      return;
    }
    for (std::size_t spine = 0; spine < fields.size(); ++spine) read_token(fields[spine], spine);
  }
  void read_interpretation(const std::string& field) {
    if (field.starts_with("*M") && !field.starts_with("*MM"))
      if (const auto meter = parse_meter(field.substr(2))) meter_ = *meter;
    if (field.back() != ':' || field.size() < 3 || piece_.key) return;
    if (const auto tonic = detail::parse_pitch_class(field.substr(1)))
      piece_.key = PlainKey{*tonic, std::islower(static_cast<unsigned char>(field[1])) != 0};
  }
  void read_token(const std::string& token, std::size_t spine) {
    if (token == ".") return;
    const auto quarters = parse_kern_duration(token);
    if (!quarters || token.find('q') != std::string::npos) return;  // grace notes
    const Duration duration = kComposedPpq.nearest(*quarters);
    if (const auto pitch = parse_kern_pitch(token);
        pitch && token.find('r') == std::string::npos && duration > Duration(0))
      notes_.push_back({{}, ends_[spine], duration, *pitch, {}, {}, {}, {}});
    ends_[spine] += duration;
  }

  Piece piece_;
  Meter meter_ = kCommonTime;
  std::vector<Tick> ends_;
  std::vector<Note> notes_;
  std::vector<MeterChange> bar_lines_;
};

}  // namespace

std::vector<Piece> read_chorales(const std::filesystem::path& data) {
  std::vector<Piece> pieces;
  for (const auto& path : detail::files_of(data / "bach-370-chorales" / "kern", ".krn"))
    pieces.push_back(KernReader().read(path));
  return pieces;
}

}  // namespace toccata::corpus

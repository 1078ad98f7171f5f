// SPDX-License-Identifier: MIT
// Chords bar by bar, as a user types them.
#include "text.hpp"

#include <toccata/base/trimmed.hpp>
#include <toccata/theory/chord.hpp>

namespace toccata {
namespace {

using Bars = std::vector<std::vector<Chord>>;

constexpr std::size_t kLongestText = 100'000;
constexpr std::size_t kMostChords = 64;  // in one bar

bool is_separator(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ','; }

/// Numerals begin with I or V in either case; chord roots are the letters A to G.
bool looks_roman(std::string_view token) {
  detail::Cursor cursor(token);
  cursor.take_accidentals();
  return cursor.peek() != '\0' &&
         std::string_view("IViv").find(cursor.peek()) != std::string_view::npos;
}

Result<Chord, std::string> parse_token(std::string_view token, const Key* key) {
  if (key && looks_roman(token)) return parse_roman(token, *key);
  return parse_chord(token);
}

/// Words of one bar. A comma within brackets, as in C7(b9,#11), parts nothing.
std::vector<std::string_view> tokens_of(std::string_view bar) {
  std::vector<std::string_view> tokens;
  std::size_t begin = 0;
  bool in_brackets = false;
  for (std::size_t i = 0; i <= bar.size(); ++i) {
    if (i < bar.size() && !(is_separator(bar[i]) && !in_brackets)) {
      if (bar[i] == '(') in_brackets = true;
      if (bar[i] == ')') in_brackets = false;
      continue;
    }
    if (i > begin) tokens.push_back(bar.substr(begin, i - begin));
    begin = i + 1;
  }
  return tokens;
}

/// Texts between the bar lines. "||" is one line; those before the first bar and after the last are
/// not regarded.
std::vector<std::string_view> bars_of(std::string_view text) {
  text = trimmed(text);
  while (text.starts_with('|')) text.remove_prefix(1);
  while (text.ends_with('|')) text.remove_suffix(1);
  std::vector<std::string_view> bars;
  for (;;) {
    const auto line = text.find('|');
    bars.push_back(text.substr(0, line));
    if (line == std::string_view::npos) return bars;
    text.remove_prefix(line + (text.substr(line).starts_with("||") ? 2 : 1));
  }
}

Result<std::vector<Chord>, std::string> read_bar(std::string_view text, const Bars& before,
                                                 const Key* key) {
  const auto tokens = tokens_of(text);
  if (tokens.empty())
    return Unexpected{std::string("it is empty; a bar has at least one chord or %")};
  if (tokens.size() > kMostChords)
    return Unexpected{std::to_string(tokens.size()) + " chords are more than 64"};
  if (tokens.size() == 1 && tokens[0] == "%") {
    if (before.empty()) return Unexpected{std::string("\"%\" has no bar before it to repeat")};
    return before.back();
  }
  std::vector<Chord> chords;
  for (const auto token : tokens) {
    TOCCATA_TRY(Chord chord, parse_token(token, key));
    chords.push_back(std::move(chord));
  }
  return chords;
}

Result<Bars, std::string> read_bars(std::string_view text, const Key* key) {
  if (text.size() > kLongestText)
    return Unexpected{"the chords are " + std::to_string(text.size()) +
                      " characters long; allowed are 100000"};
  Bars bars;
  for (const auto bar_text : bars_of(text)) {
    auto bar = read_bar(bar_text, bars, key);
    if (!bar)
      return Unexpected{"bar " + std::to_string(bars.size() + 1) +
                        " of the chords: " + bar.error()};
    bars.push_back(*std::move(bar));
  }
  return bars;
}

}  // namespace

Result<Bars, std::string> parse_chord_bars(std::string_view text) {
  return read_bars(text, nullptr);
}

Result<Bars, std::string> parse_chord_bars(std::string_view text, const Key& key) {
  return read_bars(text, &key);
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include "numerals.hpp"

#include <algorithm>

#include <toccata/plan/fold.hpp>
#include <toccata/prompt/chord_text.hpp>
#include <toccata/theory/chord.hpp>

namespace toccata {
namespace {

struct Syllable {
  std::string_view text, letter;
};
constexpr Syllable kSyllables[] = {{"sol", "G"}, {"do", "C"}, {"ut", "C"}, {"re", "D"},
                                   {"mi", "E"},  {"fa", "F"}, {"la", "A"}, {"si", "B"}};
constexpr std::string_view kBetween = " \t\r\n|,;";

/// Takes a French note name off a text's front; its letter, or nothing.
std::optional<std::string_view> take_syllable(std::string_view& text) {
  std::string read;
  for (std::size_t at = 0; at < text.size() && read.size() < 3;) {
    const auto next = decode_utf8(text, at);
    if (!next.is_valid) return std::nullopt;
    read += folded_char(next.code);
    at += next.bytes;
    for (const auto& [syllable, letter] : kSyllables)
      if (read == syllable) {
        text.remove_prefix(at);
        return letter;
      }
  }
  return std::nullopt;
}

/// "Lam7/Sol" as "Am7/G", or nothing.
std::optional<std::string> symbol_of(std::string_view chord) {
  const auto letter = take_syllable(chord);
  if (!letter) return std::nullopt;
  std::string symbol(*letter);
  const auto slash = chord.find('/');
  symbol += chord.substr(0, slash);
  if (slash == std::string_view::npos) return symbol;
  auto bass = chord.substr(slash + 1);
  const auto low = take_syllable(bass);
  if (!low) return symbol + std::string(chord.substr(slash));
  return symbol + "/" + std::string(*low) + std::string(bass);
}

}  // namespace

std::optional<std::string> chords_from_french(std::string_view text) {
  std::string symbols;
  bool has_chord = false;
  while (!text.empty()) {
    if (kBetween.find(text[0]) != kBetween.npos || text[0] == '%') {
      symbols += text[0];
      text.remove_prefix(1);
      continue;
    }
    const auto word = text.substr(0, text.find_first_of(kBetween));
    if (const auto symbol = symbol_of(word)) {
      symbols += *symbol;
      has_chord = true;
    } else {
      // "Ré m7": a quality that stands apart.
      while (symbols.ends_with(' ')) symbols.pop_back();
      const auto last = symbols.find_last_of(kBetween);
      const auto joined = symbols.substr(last == symbols.npos ? 0 : last + 1) + std::string(word);
      if (joined == word || !parse_chord(joined)) return std::nullopt;
      symbols += word;
    }
    text.remove_prefix(word.size());
  }
  if (!has_chord || !parse_chord_bars(symbols)) return std::nullopt;
  return symbols;
}

std::optional<NumeralChords> chords_from_numerals(std::string_view text, const TonalityAsk& asked,
                                                  const std::vector<GenreShare>& genres) {
  const auto run = prompt::numerals_from(text, 0);
  if (run.count == 0 || text.find_first_not_of(" \t\r\n|", run.end) != text.npos)
    return std::nullopt;
  TonalityAsk key = prompt::key_of(run, asked, genres);
  auto symbols = prompt::symbols_of(run, key);
  if (!symbols) return std::nullopt;
  return NumeralChords{*std::move(symbols), std::move(key)};
}

}  // namespace toccata

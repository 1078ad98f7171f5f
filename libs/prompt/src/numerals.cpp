// SPDX-License-Identifier: MIT
#include "numerals.hpp"

#include <toccata/plan/genre.hpp>
#include <toccata/theory/chord.hpp>

namespace toccata::prompt {
namespace {

constexpr std::string_view kBetween = " \t\r\n|-,";

std::string_view numeral_at(std::string_view sentence, std::size_t at) {
  constexpr std::size_t kLongest = 12;
  auto text = sentence.substr(at, kLongest + 1);
  text = text.substr(0, text.find_first_of(" \t\r\n|-,;."));
  const bool begins = !text.empty() && std::string_view("IViv").find(text[0]) != text.npos;
  if (!begins || text.size() > kLongest || !parse_roman(text)) return {};
  return text;
}

/// "I", "V" and "vi" may be other words; "IV" or "ii7" beside two more are none.
bool is_telling(std::string_view numeral) {
  return numeral.size() > 1 && numeral != "VI" && numeral != "vi";
}

/// Without bar lines each numeral has a bar of its own.
std::string bars_text(const NumeralRun& run) {
  std::string text;
  for (const std::string& bar : run.bars) text += (text.empty() ? "" : " | ") + bar;
  if (run.has_bars) return text;
  std::string apart;
  for (const char c : text) apart += c == ' ' ? std::string(" | ") : std::string(1, c);
  return apart;
}

}  // namespace

NumeralRun numerals_from(std::string_view sentence, std::size_t at) {
  NumeralRun run;
  bool is_new_bar = true;
  while (at < sentence.size()) {
    if (kBetween.find(sentence[at]) != kBetween.npos) {
      is_new_bar = is_new_bar || sentence[at] == '|';
      run.has_bars = run.has_bars || sentence[at] == '|';
      ++at;
      continue;
    }
    const auto numeral = numeral_at(sentence, at);
    if (numeral.empty()) break;
    if (is_new_bar) run.bars.emplace_back();
    run.bars.back() += (run.bars.back().empty() ? "" : " ") + std::string(numeral);
    run.is_plain = run.is_plain || is_telling(numeral);
    is_new_bar = false;
    ++run.count;
    at += numeral.size();
    run.end = at;
  }
  return run;
}

TonalityAsk key_of(const NumeralRun& run, TonalityAsk asked,
                   const std::vector<GenreShare>& genres) {
  const Genre* genre = Genre::find(genres.empty() ? "classical" : genres.front().genre);
  if (!asked.tonic && genre != nullptr) asked.tonic = genre->tonic;
  if (!asked.scale.empty() || !asked.maqam.empty()) return asked;
  const bool has_minor_tonic = (" " + bars_text(run) + " ").find(" i ") != std::string::npos;
  asked.scale = has_minor_tonic ? "minor" : "major";
  return asked;
}

std::optional<std::string> symbols_of(const NumeralRun& run, const TonalityAsk& key) {
  const auto scale = Scale::find(key.scale);
  if (!key.tonic || !scale || !key.maqam.empty()) return std::nullopt;
  const auto bars = parse_chord_bars(bars_text(run), Key{*key.tonic, *scale});
  if (!bars) return std::nullopt;
  std::string symbols;
  for (const auto& bar : *bars) {
    symbols += symbols.empty() ? "" : " |";
    for (const Chord& chord : bar) symbols += (symbols.empty() ? "" : " ") + to_string(chord);
  }
  return symbols;
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
#include "numerals.hpp"

#include <toccata/plan/genre.hpp>
#include <toccata/theory/chord.hpp>

namespace toccata::prompt {
namespace {

constexpr std::string_view kBetween = " \t\r\n|-,";

std::string_view numeral_at(std::string_view sentence, std::size_t at) {
  constexpr std::size_t kLongest = 12;
  auto text = sentence.substr(at, sentence.find_first_of(" \t\r\n|-,;.", at) - at);
  const bool begins = !text.empty() && std::string_view("IViv").find(text[0]) != text.npos;
  const Key any_key{NoteName{}, *Scale::find("major")};
  if (!begins || text.size() > kLongest || !parse_roman(text, any_key)) return {};
  return text;
}

/// "I", "V" and "vi" may be other words; "IV" or "ii7" beside two more are none.
bool is_telling(std::string_view numeral) {
  return numeral.size() > 1 && numeral != "VI" && numeral != "vi";
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

namespace {

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

std::optional<std::string> symbols_of(const NumeralRun& run, const TonalityAsk& tonality) {
  if (!tonality.tonic || !tonality.maqam.empty()) return std::nullopt;
  const std::string text = bars_text(run);
  const bool has_minor_tonic = (" " + text + " ").find(" i ") != std::string::npos;
  const std::string_view usual = has_minor_tonic ? "minor" : "major";
  const auto scale = Scale::find(tonality.scale.empty() ? usual : tonality.scale);
  if (!scale) return std::nullopt;
  const auto bars = parse_chord_bars(text, Key{*tonality.tonic, *scale});
  if (!bars) return std::nullopt;
  std::string symbols;
  for (const auto& bar : *bars) {
    symbols += symbols.empty() ? "" : " |";
    for (const Chord& chord : bar) symbols += (symbols.empty() ? "" : " ") + to_string(chord);
  }
  return symbols;
}

TonalityAsk with_tonic(TonalityAsk key, const std::vector<GenreShare>& genres) {
  if (key.tonic) return key;
  const Genre* genre = Genre::find(genres.empty() ? "classical" : genres.front().genre);
  if (genre != nullptr) key.tonic = genre->tonic;
  return key;
}

}  // namespace toccata::prompt

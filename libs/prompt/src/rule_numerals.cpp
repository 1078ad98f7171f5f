// SPDX-License-Identifier: MIT
// Chords as roman numerals in the key that was asked for: "I IV V I in G", "ii7 - V7 - Imaj7".
#include "reading.hpp"

#include <optional>

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

struct NumeralRun {
  std::vector<std::string> bars;  ///< "ii7 V7"
  std::size_t end = 0;            ///< byte after the last numeral
  int count = 0;
  bool has_bars = false, is_plain = false;
};

/// "I", "V" and "vi" may be other words; "IV" or "ii7" beside two more are none.
bool is_telling(std::string_view numeral) {
  return numeral.size() > 1 && numeral != "VI" && numeral != "vi";
}

NumeralRun run_from(std::string_view sentence, std::size_t at) {
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

/// Without bar lines each numeral has a bar of its own.
std::string bars_text(const NumeralRun& run) {
  std::string text;
  for (const std::string& bar : run.bars) text += (text.empty() ? "" : " | ") + bar;
  if (run.has_bars) return text;
  std::string apart;
  for (const char c : text) apart += c == ' ' ? std::string(" | ") : std::string(1, c);
  return apart;
}

/// The numerals as chord symbols, in minor where the key says so or a lower-case "i" does.
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

/// The key in which numerals stand: a flag's, the sentence's own, a brief's.
TonalityAsk key_of_numerals(const Reading& reading) {
  const TonalityAsk own = reading.brief.tonality.value_or(TonalityAsk{});
  const auto& [before, after] = reading.keys_elsewhere;
  return after.tonic ? after : own.tonic ? own : before;
}

}  // namespace

void read_numerals(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    if (reading.item(i).is_used || reading.first_token(i).kind != TokenKind::Word) continue;
    const auto run = run_from(reading.sentence(), reading.first_token(i).begin);
    int last = i;
    while (last + 1 < reading.size() && reading.first_token(last + 1).begin < run.end) ++last;
    const Extent extent{i, last};
    i = last;
    if (run.count < 3 || !run.is_plain) continue;
    const auto symbols = symbols_of(run, key_of_numerals(reading));
    if (!symbols) {
      reading.leave_unmet(extent);
    } else if (!reading.brief.chords.empty() && reading.brief.chords != *symbols) {
      return reading.contradict("chords", "two chord progressions", extent, extent);
    } else {
      reading.use(extent);
      reading.explain("chords", *symbols, extent);
      reading.brief.chords = *symbols;
    }
  }
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Chords written out: "chords: Dm7 G7 | Cmaj7", "sur les accords Am F C G".
#include "reading.hpp"

#include <toccata/theory/chord.hpp>

namespace toccata::prompt {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_divider(char c) { return c == ',' || c == '-' || c == ';'; }

/// A chord as it is typed, up to a space or divider, and where it ends.
struct Symbol {
  std::string_view text;
  std::size_t end;
};
Symbol symbol_at(std::string_view sentence, std::size_t at) {
  std::size_t end = at;
  while (end < sentence.size() && !is_blank(sentence[end]) && sentence[end] != '|' &&
         !is_divider(sentence[end]))
    ++end;
  auto text = sentence.substr(at, end - at);
  if (text.ends_with('.')) text.remove_suffix(1);
  return {text, end};
}

bool is_chord(std::string_view text) {
  if (text == "%") return true;
  return !text.empty() && text[0] >= 'A' && text[0] <= 'G' && text.size() <= 16 &&
         parse_chord(text).has_value();
}

/// "A minor" is a key, "C and" is not: a bare letter with a word after it ends the chords.
struct ChordRun {
  std::string text;
  std::size_t end = 0;  ///< byte after the last chord
  int count = 0;
};

ChordRun run_from(std::string_view sentence, std::size_t at) {
  constexpr int kMost = 1024;
  ChordRun run;
  bool is_bar_open = false;
  for (; at < sentence.size() && run.count < kMost;) {
    if (is_blank(sentence[at]) || is_divider(sentence[at])) {
      ++at;
      continue;
    }
    if (sentence[at] == '|') {
      is_bar_open = run.count > 0;
      ++at;
      continue;
    }
    const auto symbol = symbol_at(sentence, at);
    if (!is_chord(symbol.text)) break;
    if (run.count > 0) run.text += is_bar_open ? " | " : " ";
    is_bar_open = false;
    run.text += symbol.text;
    run.end = at + symbol.text.size();
    ++run.count;
    at = symbol.end;
  }
  return run;
}

/// Without bar lines each chord has a bar of its own.
std::string with_bars(std::string text) {
  if (text.find('|') != std::string::npos) return text;
  std::string out;
  for (const char c : text) out += c == ' ' ? std::string(" | ") : std::string(1, c);
  return out;
}

void read_after(Reading& reading, int cue) {
  std::size_t at = reading.last_token(cue).end;
  if (reading.is_sign(cue + 1, ":") || reading.is_sign(cue + 1, "="))
    at = reading.last_token(cue + 1).end;
  const auto run = run_from(reading.sentence(), at);
  if (run.count < 2) return;
  auto chords = with_bars(run.text);
  if (!parse_chord_bars(chords)) return;
  int last = cue;
  while (last + 1 < reading.size() && reading.first_token(last + 1).begin < run.end) ++last;
  const Extent extent{cue, last};
  if (!reading.brief.chords.empty() && reading.brief.chords != chords)
    return reading.fail(PromptFault::Contradiction, "chords",
                        "two chord progressions are asked for: " +
                            one_line(reading.brief.chords, 60) + " and " + reading.quote(extent));
  reading.explain("chords", chords, extent);
  reading.brief.chords = std::move(chords);
  reading.use(extent);
}

}  // namespace

void read_chords(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    const bool is_cue = (reading.is(i, Kind::Cue) && reading.item(i).id == "chords") ||
                        (reading.is(i, Kind::Role) && reading.item(i).id == "chords");
    if (is_cue && !reading.item(i).is_used) read_after(reading, i);
  }
}

}  // namespace toccata::prompt

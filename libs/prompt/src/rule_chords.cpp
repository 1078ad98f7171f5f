// SPDX-License-Identifier: MIT
// Chords written out: "chords: Dm7 G7 | Cmaj7", "sur les accords Am F C G", "accords : Lam, Sol 7".
#include "reading.hpp"
#include "tonic.hpp"

#include <optional>

#include <toccata/theory/chord.hpp>

namespace toccata::prompt {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_divider(char c) { return c == ',' || c == '-' || c == ';'; }

bool is_chord(std::string_view text) {
  constexpr std::size_t kLongest = 24;
  if (text == "%") return true;
  return !text.empty() && text[0] >= 'A' && text[0] <= 'G' && text.size() <= kLongest &&
         parse_chord(text).has_value();
}

/// The chord that begins at `at`, or an empty text. "C-7" is one chord, "C-F-G" are three.
std::string_view chord_at(std::string_view sentence, std::size_t at) {
  constexpr std::string_view kAfterSpace = " \t\r\n|,;", kAfterDash = " \t\r\n|,;-";
  for (const auto ends : {kAfterSpace, kAfterDash}) {
    auto text = sentence.substr(at, sentence.find_first_of(ends, at) - at);
    if (is_chord(text)) return text;
    if (text.ends_with('.')) text.remove_suffix(1);
    if (is_chord(text)) return text;
  }
  return {};
}

struct ChordRun {
  std::string text;     ///< as parse_chord_bars reads it
  std::size_t end = 0;  ///< byte after the last chord
  int count = 0;
  bool has_bars = false;
};

/// Reads chords parted by spaces, dashes or bar lines; commas part either all of them or none.
ChordRun run_from(std::string_view sentence, std::size_t at) {
  constexpr int kMost = 1024;
  ChordRun run;
  std::string between;
  std::optional<bool> by_commas;
  for (; at < sentence.size() && run.count < kMost;) {
    const char c = sentence[at];
    if (is_blank(c) || c == '|' || (run.count > 0 && is_divider(c))) {
      between += c;
      ++at;
      continue;
    }
    const auto chord = chord_at(sentence, at);
    if (chord.empty()) break;
    const bool is_comma = between.find_first_of(",;") != std::string::npos;
    if (run.count > 0 && by_commas.value_or(is_comma) != is_comma) break;
    if (run.count > 0) by_commas = is_comma;
    const bool is_bar = between.find('|') != std::string::npos;
    run.has_bars = run.has_bars || is_bar;
    if (run.count > 0) run.text += is_bar ? " | " : " ";
    run.text += chord;
    between.clear();
    at += chord.size();
    run.end = at;
    ++run.count;
  }
  run.has_bars = run.has_bars || between.find('|') != std::string::npos;
  return run;
}

/// Without bar lines each chord has a bar of its own.
std::string with_bars(const ChordRun& run) {
  if (run.has_bars) return run.text;
  std::string out;
  for (const char c : run.text) out += c == ' ' ? std::string(" | ") : std::string(1, c);
  return out;
}

int last_item_before(const Reading& reading, int first, std::size_t byte) {
  int last = first;
  while (last + 1 < reading.size() && reading.first_token(last + 1).begin < byte) ++last;
  return last;
}

/// Takes a run and the items from `first` to its end; gives the last of them.
int take_run(Reading& reading, int first, const ChordRun& run) {
  const int last = last_item_before(reading, first, run.end);
  auto chords = with_bars(run);
  if (!parse_chord_bars(chords)) return last;
  const Extent extent{first, last};
  if (!reading.brief.chords.empty() && reading.brief.chords != chords) {
    reading.fail(PromptFault::Contradiction, "chords",
                 "two chord progressions are asked for: " + one_line(reading.brief.chords, 60) +
                     " and " + reading.quote(extent));
    return last;
  }
  reading.explain("chords", chords, extent);
  reading.brief.chords = std::move(chords);
  reading.use(extent);
  return last;
}

/// A chord in words: a note's name, its quality and a figure.
struct SpelledChord {
  std::string symbol;
  int last;
};
/// "Lam", "ré mineur", "sol 7", "do majeur 7", "F sharp minor".
std::optional<SpelledChord> spelled_chord(const Reading& reading, int i) {
  const bool is_letter = reading.first_token(i).text.size() == 1;
  if (is_letter && !reading.first_token(i).is_capital) return std::nullopt;
  const auto note = spelled_note(reading, i);
  if (!note) return std::nullopt;
  auto scale = note->scale;
  int last = note->last;
  if (const int mode = reading.over_dash(last + 1); scale.empty() && reading.is(mode, Kind::Scale))
    scale = reading.item(last = mode).id;
  if (!scale.empty() && scale != "minor" && scale != "major") return std::nullopt;
  std::string symbol = to_string(note->name) + (scale == "minor" ? "m" : "");
  const auto& figure = reading.first_token(last + 1).text;
  const std::string with_figure =
      symbol + (scale == "major" && figure != "6" ? "maj" : "") + figure;
  const bool has_figure = reading.is_free(last + 1, Kind::Number) &&
                          !reading.is(last + 2, Kind::Unit) && parse_chord(with_figure);
  if (has_figure) return SpelledChord{with_figure, last + 1};
  return SpelledChord{std::move(symbol), last};
}

/// Chords in words parted as run_from's are, the last one by "et" as well.
ChordRun spelled_run(const Reading& reading, int i) {
  constexpr int kMost = 1024;
  ChordRun run;
  std::optional<bool> by_commas;
  for (bool is_bar = false, is_comma = false; run.count < kMost;) {
    const auto chord = spelled_chord(reading, i);
    if (!chord || (run.count > 0 && by_commas.value_or(is_comma) != is_comma)) return run;
    if (run.count > 0) by_commas = is_comma;
    run.has_bars = run.has_bars || is_bar;
    run.text += (run.count == 0 ? "" : is_bar ? " | " : " ") + chord->symbol;
    run.end = reading.last_token(chord->last).end;
    ++run.count;
    i = chord->last + 1;
    is_bar = reading.is_sign(i, "|");
    const bool is_last = reading.is(i, Kind::And);
    is_comma = reading.is_sign(i, ",") || reading.is_sign(i, ";") ||
               (is_last && by_commas.value_or(false));
    if (is_bar || is_comma || is_last || reading.is_sign(i, "-")) ++i;
  }
  return run;
}

void read_after(Reading& reading, int cue) {
  const bool is_named = reading.is_sign(cue + 1, ":") || reading.is_sign(cue + 1, "=");
  int before = is_named ? cue + 1 : cue;
  auto run = run_from(reading.sentence(), reading.last_token(before).end);
  if (reading.is_word(before + 1, "de") || reading.is_word(before + 1, "of")) ++before;
  if (auto spelled = spelled_run(reading, before + 1); spelled.count > run.count)
    run = std::move(spelled);
  if (run.count >= 2 || run.has_bars) take_run(reading, cue, run);
}

/// "Lam", "rém": a minor chord as one word that is nothing else.
bool is_minor_word(const Reading& reading, int i) {
  const auto note = spelled_note(reading, i);
  const auto& text = reading.first_token(i).text;
  return note && note->last == i && note->scale == "minor" && text.size() > 2 &&
         text.ends_with('m');
}

/// "Lam Fa Do Sol": two French names or more in a row, if one of them is such a word. Commas part
/// keys as well.
int read_bare_names(Reading& reading, int i) {
  const auto run = spelled_run(reading, i);
  if (run.count < 2) return i;
  const int last = last_item_before(reading, i, run.end);
  bool has_minor = false;
  for (int j = i; j <= last; ++j) {
    has_minor = has_minor || is_minor_word(reading, j);
    if (reading.is_sign(j, ",") || reading.is_sign(j, ";")) return i;
  }
  return has_minor ? take_run(reading, i, run) : i;
}

/// "Am F C G": three chords or more need no word before them, if one is more than a letter. Gives
/// the last item of what was looked at.
int read_bare_run(Reading& reading, int i) {
  const auto& token = reading.first_token(i);
  const char typed = reading.sentence()[token.begin];
  if (token.kind == TokenKind::Word && token.text.size() > 1)
    if (const int last = read_bare_names(reading, i); last > i) return last;
  if (token.kind != TokenKind::Word || typed < 'A' || typed > 'G') return i;
  const auto run = run_from(reading.sentence(), token.begin);
  if (run.count < 3) return i;
  const bool has_quality = run.text.find_first_of("m7695") != std::string::npos;
  return has_quality ? take_run(reading, i, run) : last_item_before(reading, i, run.end);
}

}  // namespace

void read_chords(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    const bool is_cue = (reading.is(i, Kind::Cue) && reading.item(i).id == "chords") ||
                        (reading.is(i, Kind::Role) && reading.item(i).id == "chords");
    if (is_cue && !reading.item(i).is_used) read_after(reading, i);
    if (!reading.item(i).is_used) i = read_bare_run(reading, i);
  }
}

}  // namespace toccata::prompt

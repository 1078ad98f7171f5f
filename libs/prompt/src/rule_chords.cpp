// SPDX-License-Identifier: MIT
// Chords written out: "chords: Dm7 G7 | Cmaj7", "sur les accords Am F C G", "accords : Lam, Sol 7".
#include "reading.hpp"
#include "tonic.hpp"

#include <algorithm>
#include <optional>

#include <toccata/theory/chord.hpp>

namespace toccata::prompt {
namespace {

constexpr std::size_t kLongestChord = 24;
constexpr int kMostChords = 4 * kMostBars;  ///< a longer run is listed, not read

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_divider(char c) { return c == ',' || c == '-' || c == ';'; }

/// How letters are taken: behind a word for chords "am f c g" are some, and where everything is in
/// capitals "AM" is that chord too.
enum class Case : std::uint8_t { AsTyped, Any, Shouted };

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char raised(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// A shouted letter as it would be written: "MAJ7" and the flat of "BB7" small, but for the root, a
/// bass, and the M of "CM7", which says major.
char unshouted(std::string_view text, std::size_t i) {
  const bool is_root = i == 0 || text[i - 1] == '/';
  const bool is_major =
      text[i] == 'M' && i + 1 < text.size() && (text[i + 1] == '7' || text[i + 1] == '9');
  return is_root || is_major ? text[i] : lowered(text[i]);
}

/// The chord that a text spells, as parse_chord reads it, or an empty text.
std::string symbol_of(std::string_view text, Case letters) {
  if (text.empty() || text.size() > kLongestChord) return {};
  std::string symbol(text);
  for (std::size_t i = 0; i < text.size() && letters == Case::Shouted; ++i)
    symbol[i] = unshouted(text, i);
  for (std::size_t i = 0; i < text.size() && letters == Case::Any; ++i)
    if (i == 0 || text[i - 1] == '/') symbol[i] = raised(text[i]);
  if (symbol == "%") return symbol;
  return symbol[0] >= 'A' && symbol[0] <= 'G' && parse_chord(symbol) ? symbol : std::string();
}

struct TypedChord {
  std::string symbol;
  std::size_t length = 0;
};
/// The chord that begins at `at`, or an empty one. "C-7" is one chord, "C-F-G" are three.
TypedChord chord_at(std::string_view sentence, std::size_t at, Case letters) {
  constexpr std::string_view kAfterSpace = " \t\r\n|,;", kAfterDash = " \t\r\n|,;-";
  for (const auto ends : {kAfterSpace, kAfterDash}) {
    auto text = sentence.substr(at, kLongestChord + 1);
    text = text.substr(0, text.find_first_of(ends));
    if (auto symbol = symbol_of(text, letters); !symbol.empty())
      return {std::move(symbol), text.size()};
    if (text.ends_with('.')) text.remove_suffix(1);
    if (auto symbol = symbol_of(text, letters); !symbol.empty())
      return {std::move(symbol), text.size()};
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
ChordRun run_from(std::string_view sentence, std::size_t at, Case letters = Case::AsTyped) {
  ChordRun run;
  std::string between;
  std::optional<bool> by_commas;
  for (; at < sentence.size() && run.count < kMostChords;) {
    const char c = sentence[at];
    if (is_blank(c) || c == '|' || (run.count > 0 && is_divider(c))) {
      between += c;
      ++at;
      continue;
    }
    const auto chord = chord_at(sentence, at, letters);
    if (chord.symbol.empty()) break;
    const bool is_comma = between.find_first_of(",;") != std::string::npos;
    if (run.count > 0 && by_commas.value_or(is_comma) != is_comma) break;
    if (run.count > 0) by_commas = is_comma;
    const bool is_bar = between.find('|') != std::string::npos;
    run.has_bars = run.has_bars || is_bar;
    if (run.count > 0) run.text += is_bar ? " | " : " ";
    run.text += chord.symbol;
    between.clear();
    at += chord.length;
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
  const Extent extent{first, last};
  if (!parse_chord_bars(chords)) {
    reading.leave_unmet(extent);
    return last;
  }
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
  if (figure == "septieme" || figure == "seventh")
    return SpelledChord{symbol + (scale == "major" ? "maj7" : "7"), last + 1};
  const bool has_figure = reading.is_free(last + 1, Kind::Number) &&
                          !reading.is(last + 2, Kind::Unit) && parse_chord(with_figure);
  if (has_figure) return SpelledChord{with_figure, last + 1};
  return SpelledChord{std::move(symbol), last};
}

/// Chords in words parted as run_from's are, the last one by "et" as well.
ChordRun spelled_run(const Reading& reading, int i) {
  ChordRun run;
  std::optional<bool> by_commas;
  for (bool is_bar = false, is_comma = false; run.count < kMostChords;) {
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

/// Chords in small letters, or shouted: three at least, since "a" and "d" are words too.
ChordRun run_in_case(std::string_view sentence, std::size_t at, Case letters) {
  constexpr int kFewest = 3;
  auto run = run_from(sentence, at, letters);
  return run.count >= kFewest ? std::move(run) : ChordRun();
}

void read_after(Reading& reading, int cue, Case letters) {
  constexpr std::string_view kVerbs[] = {"is", "are", "est", "sont", "will be", "should be"};
  const bool is_named = reading.is_sign(cue + 1, ":") || reading.is_sign(cue + 1, "=") ||
                        is_one_of(reading.item(cue + 1).text, kVerbs);
  int before = is_named ? cue + 1 : cue;
  const auto begin = reading.last_token(before).end;
  auto run = run_from(reading.sentence(), begin);
  auto other = run_in_case(reading.sentence(), begin, letters);
  if (other.count > run.count || (letters == Case::Shouted && other.count == run.count))
    run = std::move(other);
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
/// keys as well, but not "Do majeur 7, La mineur 7, Fa".
int read_bare_names(Reading& reading, int i) {
  const auto run = spelled_run(reading, i);
  if (run.count < 2) return i;
  const int last = last_item_before(reading, i, run.end);
  bool has_minor = false, has_comma = false;
  for (int j = i; j <= last; ++j) {
    has_minor = has_minor || is_minor_word(reading, j);
    has_comma = has_comma || reading.is_sign(j, ",") || reading.is_sign(j, ";");
  }
  const bool has_figure = run.count > 2 && run.text.find_first_of("679") != std::string::npos;
  if (has_comma ? has_figure : has_minor) return take_run(reading, i, run);
  return std::max(i, last - 1);  // what follows may be a run from its last name on
}

/// "Am F C G": three chords or more need no word before them, if one is more than a letter. Gives
/// the last item of what was looked at.
int read_bare_run(Reading& reading, int i) {
  const auto& token = reading.first_token(i);
  const char typed = reading.sentence()[token.begin];
  int last = i;
  if (token.kind == TokenKind::Word && token.text.size() > 1) last = read_bare_names(reading, i);
  if (reading.item(i).is_used) return last;
  if (token.kind != TokenKind::Word || typed < 'A' || typed > 'G') return last;
  const auto run = run_from(reading.sentence(), token.begin);
  if (run.count < 3) return last;
  const bool has_quality = run.text.find_first_of("m7695") != std::string::npos;
  return has_quality ? take_run(reading, i, run) : last_item_before(reading, i, run.end);
}

}  // namespace

void read_chords(Reading& reading) {
  const bool is_shouted =
      std::ranges::none_of(reading.sentence(), [](char c) { return c >= 'a' && c <= 'z'; });
  for (int i = 0; i < reading.size(); ++i) {
    const bool is_cue = (reading.is(i, Kind::Cue) && reading.item(i).id == "chords") ||
                        (reading.is(i, Kind::Role) && reading.item(i).id == "chords");
    if (is_cue && !reading.item(i).is_used)
      read_after(reading, i, is_shouted ? Case::Shouted : Case::Any);
    if (!reading.item(i).is_used) i = read_bare_run(reading, i);
  }
}

}  // namespace toccata::prompt

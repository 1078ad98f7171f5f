// SPDX-License-Identifier: MIT
#include "tonic.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

struct NoteWord {
  std::string_view text;
  Step step;
  bool is_syllable;
};
constexpr NoteWord kNoteWords[] = {
    {"c", Step::C, false},  {"d", Step::D, false}, {"e", Step::E, false}, {"f", Step::F, false},
    {"g", Step::G, false},  {"a", Step::A, false}, {"b", Step::B, false}, {"do", Step::C, true},
    {"ut", Step::C, true},  {"re", Step::D, true}, {"mi", Step::E, true}, {"fa", Step::F, true},
    {"sol", Step::G, true}, {"la", Step::A, true}, {"si", Step::B, true}};

const NoteWord* find_note_word(std::string_view text) {
  const auto found = std::ranges::find(kNoteWords, text, &NoteWord::text);
  return found == std::end(kNoteWords) ? nullptr : &*found;
}

/// A note as written, before it's known whether it is meant as one.
struct Spelled {
  const NoteWord* word;
  int alteration = 0;
  int last;
  bool has_accidental = false;
  bool is_joined = false;  ///< the flat or the minor is in the word itself: "bb", "sib", "am"
  bool is_minor = false;
};

bool is_tied_before(const Reading& reading, int i) {
  return (reading.is_sign(i - 1, "'") || reading.is_sign(i - 1, "-")) &&
         reading.touches_next(i - 1) && reading.touches_next(i - 2);
}
bool is_elided(const Reading& reading, int i) {
  return reading.is_sign(i + 1, "'") && reading.touches_next(i);
}

/// "bb", "sib", "am", "bbm": a note word with "b" or "m" behind it.
std::optional<Spelled> joined_word(std::string_view text, int i) {
  Spelled spelled{.word = nullptr, .last = i, .is_joined = true};
  if (text.size() > 1 && text.back() == 'm') {
    spelled.is_minor = true;
    text.remove_suffix(1);
    if ((spelled.word = find_note_word(text)) != nullptr)
      return spelled.word->is_syllable ? std::nullopt : std::optional(spelled);
  }
  if (text.size() < 2 || text.back() != 'b') return std::nullopt;
  spelled.word = find_note_word(text.substr(0, text.size() - 1));
  if (spelled.word == nullptr) return std::nullopt;
  spelled.alteration = -1;
  spelled.has_accidental = true;
  return spelled;
}

/// "#" or "flat" behind the note, with a dash or not: "F#", "B-flat", "si b" before a scale.
void take_accidental(const Reading& reading, Spelled& spelled) {
  const int next = spelled.last + 1;
  if (reading.touches_next(spelled.last) &&
      (reading.is_sign(next, "#") || reading.is_sign(next, "flat"))) {
    spelled.alteration = reading.is_sign(next, "#") ? 1 : -1;
  } else if (const int word = reading.over_dash(next); reading.is(word, Kind::Accidental)) {
    spelled.alteration = static_cast<int>(reading.item(word).value);
    spelled.last = word - 1;
  } else if (reading.is_word(next, "b") && reading.is(next + 1, Kind::Scale)) {
    spelled.alteration = -1;
  } else {
    return;
  }
  ++spelled.last;
  spelled.has_accidental = true;
  const int minor = spelled.last + 1;
  if (reading.is_word(minor, "m") && reading.touches_next(spelled.last)) {
    spelled.is_minor = true;
    spelled.last = minor;
  }
}

std::optional<Spelled> spelled_at(const Reading& reading, int i) {
  const auto& item = reading.item(i);
  const auto& token = reading.first_token(i);
  if (token.kind != TokenKind::Word || item.first != item.last) return std::nullopt;
  if (is_tied_before(reading, i) || is_elided(reading, i)) return std::nullopt;
  const auto* word = find_note_word(token.text);
  if (word == nullptr) return joined_word(token.text, i);
  const bool is_other_word = token.has_accent && token.text != "re";  // "à", "là"
  if (is_other_word) return std::nullopt;
  Spelled spelled{.word = word, .last = i};
  take_accidental(reading, spelled);
  const bool is_tied = reading.is_sign(spelled.last + 1, "-") && reading.touches_next(spelled.last);
  if (is_tied && !reading.is(spelled.last + 2, Kind::Scale) &&
      reading.touches_next(spelled.last + 1))
    return std::nullopt;  // "mi-temps"
  return spelled;
}

/// The scale or maqam after the note: "D minor", "ré mode dorien", "D maqam bayati".
std::optional<int> mode_after(const Reading& reading, int last) {
  int j = reading.over_dash(last + 1);
  if (reading.is_word(j, "mode") || reading.is_word(j, "maqam")) ++j;
  if (reading.is_free(j, Kind::Scale) || reading.is_free(j, Kind::Maqam)) return j;
  return std::nullopt;
}

enum class CueBefore { None, Place, Key };
/// "in D", "en ré"; "key: D", "dans la tonalité de ré"; "hijaz on D".
CueBefore cue_before(const Reading& reading, int i) {
  const bool is_on = reading.is_word(i - 1, "on") || reading.is_word(i - 1, "sur") ||
                     reading.is_word(i - 1, "de") || reading.is_word(i - 1, "from");
  if (is_on && (reading.is(i - 2, Kind::Maqam) || reading.is(i - 2, Kind::Scale)))
    return CueBefore::Key;
  if (reading.is_word(i - 1, "in") || reading.is_word(i - 1, "en")) return CueBefore::Place;
  constexpr int kFarthest = 4;
  for (int j = i - 1; j >= i - kFarthest; --j) {
    if (reading.is(j, Kind::Negator, "key")) return CueBefore::Key;
    if (reading.is(j, Kind::Cue))
      return reading.item(j).id == "key" ? CueBefore::Key : CueBefore::None;
    const bool is_link = reading.is_sign(j, ":") || reading.is_sign(j, "=") ||
                         reading.is_word(j, "of") || reading.is_word(j, "de") ||
                         reading.is_word(j, "is") || reading.is_word(j, "est") ||
                         reading.is_word(j, "la") || reading.is_word(j, "in");
    if (!is_link) return CueBefore::None;
  }
  return CueBefore::None;
}

bool is_word_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

/// A capital that stands for something: the first word of a sentence has one anyway.
bool is_plain_capital(const Reading& reading, int i) {
  return reading.first_token(i).is_capital && !reading.is(i - 1, Kind::End) &&
         !reading.is_sign(i - 1, ".") && !reading.is_sign(i - 1, "!") &&
         !reading.is_sign(i - 1, "?");
}

/// "a minor key", "la pentatonique", "la majeure": the note word is an article here.
bool is_article_before_mode(const Reading& reading, const Spelled& note, int i, int mode,
                            CueBefore cue) {
  const auto scale = reading.first_token(mode).text;
  if (note.word->text == "a" && note.last == i) {
    if (is_plain_capital(reading, i) || is_word_of(scale, {"mineur", "majeur"})) return false;
    return reading.is_content(reading.over_dash(mode + 1));
  }
  if (note.word->text == "la" && note.last == i && cue == CueBefore::None) {
    const bool is_masculine = scale.ends_with("eur") || scale.ends_with("ien") ||
                              is_word_of(scale, {"minor", "major", "min", "maj"});
    return reading.is(mode, Kind::Scale) && !is_masculine;
  }
  return false;
}

/// A note with an accidental or a joined "b" or "m", and no scale after it.
bool stands_by_its_sign(const Reading& reading, const Spelled& note, int i, CueBefore cue) {
  if (cue != CueBefore::None) return true;
  const bool is_framed = reading.is_pause(i - 1) && reading.is_pause(note.last + 1);
  const bool is_capital = reading.first_token(i).is_capital;
  if (note.is_joined && note.word->is_syllable)  // "Mib", but "Lab" is also a place
    return is_capital && is_framed && note.word->step != Step::A;
  if (note.is_joined)
    return !note.word->is_syllable && is_capital && (is_framed || is_plain_capital(reading, i));
  const bool is_sign = reading.is(i + 1, Kind::Sign);
  return is_sign || note.word->text != "a" || is_plain_capital(reading, i);
}

/// "in A", "en la", "key of d": a bare note after words that lead to one.
bool stands_by_its_cue(const Reading& reading, const Spelled& note, int i, CueBefore cue) {
  if (cue == CueBefore::None) return false;
  const auto text = note.word->text;
  const bool goes_on = reading.is_content(i + 1);
  if (text == "a") return !goes_on || is_plain_capital(reading, i);
  if (text == "la") return !goes_on && !(cue == CueBefore::Place && reading.is_word(i - 1, "in"));
  if (text == "si") return !is_word_of(reading.item(i + 1).text, {"peu", "c", "possible", "bien"});
  return true;
}

/// "jazz, D, 110": alone between marks.
bool stands_alone(const Reading& reading, const Spelled& note, int i) {
  const bool is_framed = reading.is_pause(i - 1) && reading.is_pause(note.last + 1) &&
                         !reading.is_sign(i + 1, ":") && !reading.is_sign(i - 1, "/") &&
                         !reading.is_sign(i + 1, "/");
  if (!is_framed) return false;
  const bool is_all_there_is = reading.is(i - 1, Kind::End) && reading.is(note.last + 1, Kind::End);
  if (is_all_there_is) return true;
  if (note.word->is_syllable) return is_word_of(note.word->text, {"re", "mi", "fa"});
  return reading.first_token(i).is_capital;
}

}  // namespace

std::optional<FoundTonic> find_tonic(const Reading& reading, int i) {
  if (reading.item(i).is_used) return std::nullopt;
  const auto note = spelled_at(reading, i);
  if (!note) return std::nullopt;
  FoundTonic found{{note->word->step, note->alteration}, note->last, note->is_minor, {}};
  const auto cue = cue_before(reading, i);
  if (!note->is_minor) found.mode = mode_after(reading, note->last);
  if (found.mode) {
    if (is_article_before_mode(reading, *note, i, *found.mode, cue)) return std::nullopt;
    return found;
  }
  const bool stands =
      note->has_accidental || note->is_joined
          ? stands_by_its_sign(reading, *note, i, cue)
          : stands_by_its_cue(reading, *note, i, cue) || stands_alone(reading, *note, i);
  const bool follows_maqam = reading.is(i - 1, Kind::Maqam) && note->word->text != "a" &&
                             note->word->text != "la" && note->word->text != "si";
  if (!stands && !follows_maqam) return std::nullopt;
  return found;
}

std::optional<int> other_tonic_after(const Reading& reading, int last) {
  if (!reading.is_sign(last + 1, "/")) return std::nullopt;
  if (!spelled_at(reading, last + 2)) return std::nullopt;
  return last + 2;
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
#include "tonic.hpp"

#include "scale_word.hpp"

#include <algorithm>
#include <span>

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
  std::string_view scale = {};  ///< "minor" or "major" where the spelling says so: "Am", "Cmaj"
  bool has_accidental = false;
  bool is_joined = false;       ///< all of it is one word: "bb", "sib", "am"
  bool is_written_out = false;  ///< that word is no abbreviation to a letter: "bflat", "cmaj"
};

bool is_tied_before(const Reading& reading, int i) {
  return (reading.is_sign(i - 1, "'") || reading.is_sign(i - 1, "-")) &&
         reading.touches_next(i - 1) && reading.touches_next(i - 2);
}
bool is_elided(const Reading& reading, int i) {
  return reading.is_sign(i + 1, "'") && reading.touches_next(i);
}

struct Ending {
  std::string_view text;
  int alteration;
  std::string_view scale;
};
constexpr Ending kAccidentals[] = {
    {"bemol", -1, ""}, {"diese", 1, ""}, {"flat", -1, ""}, {"sharp", 1, ""}, {"b", -1, ""}};
constexpr Ending kQualities[] = {
    {"mineur", 0, "minor"}, {"majeur", 0, "major"}, {"minor", 0, "minor"}, {"major", 0, "major"},
    {"min", 0, "minor"},    {"maj", 0, "major"},    {"m", 0, "minor"}};

/// Takes the ending that `rest` begins with.
const Ending* take_ending(std::string_view& rest, std::span<const Ending> endings) {
  for (const auto& ending : endings)
    if (rest.starts_with(ending.text)) {
      rest.remove_prefix(ending.text.size());
      return &ending;
    }
  return nullptr;
}

/// "bb", "sib", "am", "bflat", "bbmaj": a note word, an accidental and a quality in one.
std::optional<Spelled> joined_word(std::string_view text, int i) {
  for (const auto& word : kNoteWords) {
    if (!text.starts_with(word.text)) continue;
    auto rest = text.substr(word.text.size());
    const auto* accidental = take_ending(rest, kAccidentals);
    const auto* quality = take_ending(rest, kQualities);
    if (!rest.empty() || (accidental == nullptr && quality == nullptr)) continue;
    Spelled spelled{.word = &word, .last = i, .is_joined = true};
    spelled.has_accidental = accidental != nullptr;
    if (accidental != nullptr) spelled.alteration = accidental->alteration;
    if (quality != nullptr) spelled.scale = quality->scale;
    spelled.is_written_out = (accidental != nullptr && accidental->text.size() > 1) ||
                             (quality != nullptr && quality->text.size() > 1);
    return spelled;
  }
  return std::nullopt;
}

/// A letter for "flat" or "minor" that stands apart: "si b", "in E b", "ré m". It may be another
/// word but behind a syllable that is none itself, or a note that something leads to.
bool is_sign_apart(const Reading& reading, const Spelled& note, int i, bool is_led) {
  if (reading.first_token(i).is_capital || is_elided(reading, i)) return false;
  if (!note.word->is_syllable)
    return is_led && (note.word->text != "a" || reading.first_token(note.last).is_capital);
  return is_led || (note.word->text != "la" && note.word->text != "do");
}

/// "#" or "flat" behind the note, with a dash, a space or neither: "F#", "F # minor", "B-flat".
void take_accidental(const Reading& reading, Spelled& spelled, bool is_led) {
  const int next = spelled.last + 1;
  const bool is_sign = reading.is_sign(next, "#") || reading.is_sign(next, "flat");
  if (is_sign && (reading.touches_next(spelled.last) || !reading.is(next + 1, Kind::Number))) {
    spelled.alteration = reading.is_sign(next, "#") ? 1 : -1;
  } else if (const int word = reading.over_dash(next); reading.is(word, Kind::Accidental)) {
    spelled.alteration = static_cast<int>(reading.item(word).value);
    spelled.last = word - 1;
  } else if (reading.is_word(next, "b") &&
             (reading.is(next + 1, Kind::Scale) || is_sign_apart(reading, spelled, next, is_led))) {
    spelled.alteration = -1;
  } else {
    return;
  }
  ++spelled.last;
  spelled.has_accidental = true;
}

/// "F#m", "ré m", "sol b m"; with a capital "Sol M".
void take_quality(const Reading& reading, Spelled& spelled, bool is_led) {
  const int minor = spelled.last + 1;
  if (!reading.is_word(minor, "m")) return;
  if (spelled.word->is_syllable && reading.first_token(minor).is_capital &&
      !is_elided(reading, minor)) {
    spelled.scale = "major";
    spelled.last = minor;
    return;
  }
  const bool is_joined = spelled.has_accidental && reading.touches_next(spelled.last);
  if (!is_joined && !is_sign_apart(reading, spelled, minor, is_led)) return;
  spelled.scale = "minor";
  spelled.last = minor;
}

/// `is_led`: words such as "in" or "chords" say that a note follows.
std::optional<Spelled> spelled_at(const Reading& reading, int i, bool is_led) {
  const auto& item = reading.item(i);
  const auto& token = reading.first_token(i);
  if (token.kind != TokenKind::Word || item.first != item.last) return std::nullopt;
  if (is_tied_before(reading, i) || is_elided(reading, i)) return std::nullopt;
  const auto* word = find_note_word(token.text);
  const bool is_verb = token.text == "am" && reading.is_word(i - 1, "i");  // "I Am Sad"
  if (word == nullptr && is_verb) return std::nullopt;
  if (word == nullptr) return joined_word(token.text, i);
  const bool is_other_word = token.has_accent && token.text != "re";  // "à", "là"
  if (is_other_word) return std::nullopt;
  Spelled spelled{.word = word, .last = i};
  take_accidental(reading, spelled, is_led);
  take_quality(reading, spelled, is_led);
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
/// "in D", "en ré"; "key: D", "dans la tonalité de ré"; "hijaz on D", "scale of D", "gamme de ré".
CueBefore cue_before(const Reading& reading, int i) {
  const bool is_on = is_one_of(reading.item(i - 1).text, {"on", "sur", "de", "of", "from"});
  const bool is_of_a_scale = reading.is(i - 2, Kind::Maqam) || reading.is(i - 2, Kind::Scale) ||
                             is_one_of(reading.item(i - 2).text, {"scale", "gamme"});
  if (is_on && is_of_a_scale) return CueBefore::Key;
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
    if (is_plain_capital(reading, i) || is_one_of(scale, {"mineur", "majeur"})) return false;
    return reading.is_content(reading.over_dash(mode + 1));
  }
  if (note.word->text == "la" && note.last == i && cue == CueBefore::None) {
    const bool is_masculine = scale.ends_with("eur") || scale.ends_with("ien") ||
                              is_one_of(scale, {"minor", "major", "min", "maj"});
    return reading.is(mode, Kind::Scale) && !is_masculine;
  }
  return false;
}

/// A word that is a note's spelling and nothing else: "bflat", "Cmaj", "Abm", "solm"; "Lab" is also
/// a place, "Am" a verb.
bool is_plain_spelling(const Reading& reading, const Spelled& note, int i) {
  const auto& token = reading.first_token(i);
  const bool is_framed = reading.is_pause(i - 1) && reading.is_pause(note.last + 1);
  if (reading.touches_next(i) && reading.is(i + 1, Kind::Number)) return false;  // "Bbm7"
  if (note.is_written_out)  // "Amin" is a name as well
    return note.word->text != "a" || note.has_accidental || !reading.is(i - 1, Kind::Unknown);
  if (note.word->is_syllable)
    return is_framed && (token.is_capital || token.text.size() >= 4) &&
           !is_one_of(token.text, {"lab", "fab", "dom", "fam", "sim"});
  const bool is_long = note.has_accidental && !note.scale.empty();
  const bool is_listed = is_framed && !reading.is(i - 1, Kind::End);  // "reggae, am, 75 bpm"
  if (is_listed && !note.scale.empty()) return true;
  return token.is_capital && (is_framed || is_long || is_plain_capital(reading, i));
}

/// A note with an accidental or a quality, and no scale after it.
bool stands_by_its_sign(const Reading& reading, const Spelled& note, int i, CueBefore cue) {
  if (note.is_joined && note.word->is_syllable && reading.is_word(i - 1, "in"))  // "in lab coats"
    return reading.first_token(i).is_capital;
  if (cue != CueBefore::None) return true;
  if (note.is_joined) return is_plain_spelling(reading, note, i);
  return reading.is(i + 1, Kind::Sign) || note.word->text != "a" || is_plain_capital(reading, i);
}

/// "in La", not "in LA" nor "in la".
bool is_capitalised_la(const Reading& reading, int i) {
  const auto& token = reading.first_token(i);
  return token.is_capital && reading.sentence()[token.begin + 1] == 'a' && reading.is_pause(i + 1);
}

/// Whether "la" is the article of what follows: in "en la lent" nothing does that could have one.
bool is_article_la(const Reading& reading, int i) {
  if (!reading.is_word(i - 1, "en")) return reading.is_content(i + 1);
  const int next = past_adjectives(reading, i, 1);
  switch (reading.item(next).kind) {
    case Kind::Form:
    case Kind::Section: return false;
    case Kind::Unknown: return !reading.first_token(next).is_capital;  // "en la AABA"
    default: return reading.is_content(next);
  }
}

/// "in A", "en la", "key of d": a bare note after words that lead to one.
bool stands_by_its_cue(const Reading& reading, const Spelled& note, int i, CueBefore cue) {
  if (cue == CueBefore::None) return false;
  const auto text = note.word->text;
  const bool goes_on = reading.is_content(i + 1);
  if (text == "a") return !goes_on || is_plain_capital(reading, i);
  if (text == "la" && reading.is_word(i - 1, "in")) return is_capitalised_la(reading, i);
  if (text == "la") return !is_article_la(reading, i);
  if (text == "si") return !is_one_of(reading.item(i + 1).text, {"peu", "c", "possible", "bien"});
  return true;
}

/// "B. B. King", "R.E.M.": letters and points of a name.
bool is_initial(const Reading& reading, int i) {
  const auto is_letter = [&](int j) { return reading.first_token(j).text.size() == 1; };
  const bool has_point = reading.is_sign(i + 1, ".") && reading.touches_next(i);
  const bool goes_on =
      reading.is(i + 2, Kind::Unknown) || (is_letter(i + 2) && !reading.is(i + 2, Kind::Sign));
  return (has_point && goes_on) || (reading.is_sign(i - 1, ".") && is_letter(i - 2));
}

/// "minor D", "mineur ré": behind its scale, with nothing behind it that an article could belong
/// to.
bool follows_scale(const Reading& reading, const Spelled& note, int i) {
  if (!reading.is(i - 1, Kind::Scale) || reading.is_content(note.last + 1)) return false;
  if (is_one_of(note.word->text, {"do", "la", "si"})) return reading.is_pause(note.last + 1);
  return note.word->is_syllable || reading.first_token(i).is_capital;
}

/// "jazz, D, 110": alone between marks.
bool stands_alone(const Reading& reading, const Spelled& note, int i) {
  const bool is_framed = reading.is_pause(i - 1) && reading.is_pause(note.last + 1) &&
                         !reading.is_sign(i + 1, ":") && !reading.is_sign(i - 1, "/") &&
                         !reading.is_sign(i + 1, "/");
  if (!is_framed || is_initial(reading, i)) return false;
  const bool is_all_there_is = reading.is(i - 1, Kind::End) && reading.is(note.last + 1, Kind::End);
  if (is_all_there_is) return true;
  if (note.word->is_syllable) return is_one_of(note.word->text, {"re", "mi", "fa"});
  return reading.first_token(i).is_capital;
}

}  // namespace

bool is_note_word(std::string_view text) { return find_note_word(text) != nullptr; }

std::optional<SpelledNote> spelled_note(const Reading& reading, int i) {
  const auto note = spelled_at(reading, i, true);
  if (!note) return std::nullopt;
  return SpelledNote{{note->word->step, note->alteration}, note->scale, note->last};
}

std::optional<FoundTonic> find_tonic(const Reading& reading, int i) {
  if (reading.item(i).is_used) return std::nullopt;
  const auto cue = cue_before(reading, i);
  const auto note = spelled_at(reading, i, cue != CueBefore::None);
  if (!note) return std::nullopt;
  FoundTonic found{{{note->word->step, note->alteration}, note->scale, note->last}, {}};
  if (note->scale.empty()) found.mode = mode_after(reading, note->last);
  if (found.mode) {
    if (is_article_before_mode(reading, *note, i, *found.mode, cue)) return std::nullopt;
    return found;
  }
  const bool stands = note->has_accidental || !note->scale.empty()
                          ? stands_by_its_sign(reading, *note, i, cue)
                          : stands_by_its_cue(reading, *note, i, cue) ||
                                follows_scale(reading, *note, i) || stands_alone(reading, *note, i);
  const bool follows_maqam = reading.is(i - 1, Kind::Maqam) && note->word->text != "a" &&
                             note->word->text != "la" && note->word->text != "si";
  if (!stands && !follows_maqam) return std::nullopt;
  return found;
}

std::optional<int> other_tonic_after(const Reading& reading, int last) {
  if (!reading.is_sign(last + 1, "/")) return std::nullopt;
  if (!spelled_at(reading, last + 2, false)) return std::nullopt;
  return last + 2;
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Words that are none of the wishes they look like: "a house by the sea", "faster and faster", "no
// instruments". They are taken before the rules that would read them, and listed.
#include "dance.hpp"
#include "polarity_looks.hpp"
#include "reading.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

/// In French the genres' English names are genres only.
bool is_in_french(const Reading& reading) {
  constexpr std::string_view kFrench[] = {"un",   "une",  "du",   "de", "des", "le",
                                          "la",   "les",  "et",   "en", "au",  "avec",
                                          "sans", "pour", "dans", "d",  "l"};
  constexpr std::string_view kEnglish[] = {"a",  "an", "the",  "of",      "and", "in",
                                           "on", "by", "with", "without", "for", "is"};
  int balance = 0;
  for (const auto& token : reading.tokens())
    if (token.text != "a" || !token.has_accent)  // "à"
      balance +=
          (is_one_of(token.text, kFrench) ? 1 : 0) - (is_one_of(token.text, kEnglish) ? 1 : 0);
  return balance > 0;
}

/// What a genre stands before: "a house track", "a trap beat", "metal riff".
bool is_music(const Reading& reading, int i) {
  constexpr std::string_view kWords[] = {
      "anthem", "banger",     "bangers", "breakdown", "flavored", "flavoured",
      "hymn",   "influenced", "infused", "inspired",  "jam",      "kick",
      "kicks",  "mix",        "opera",   "remix",     "riff",     "riffs"};
  const auto& item = reading.item(i);
  switch (item.kind) {
    case Kind::Unknown: return is_one_of(item.text, kWords);
    case Kind::Genre:
    case Kind::Noun:
    case Kind::Number:
    case Kind::Tempo:
    case Kind::Instrument:
    case Kind::Generic:
    case Kind::Ensemble:
    case Kind::Drums:
    case Kind::Role:
    case Kind::Section: return true;
    default: return false;
  }
}

/// "a", "the big", "my dark old": the item is a thing that one can count.
bool has_determiner(const Reading& reading, int i) {
  constexpr std::string_view kWords[] = {"a",   "an",  "the",   "my",   "your", "our",
                                         "his", "her", "their", "this", "that", "every"};
  constexpr std::string_view kSizes[] = {"big", "little", "small", "new", "old", "beautiful"};
  int j = i - 1;
  while (reading.is(j, Kind::Mood) || reading.is(j, Kind::Degree) || reading.is(j, Kind::Unknown) ||
         is_one_of(reading.item(j).text, kSizes))
    --j;
  return is_one_of(reading.item(j).text, kWords);
}

/// "progressive house", "thrash metal": other words before the genre make it a thing.
bool is_subgenre(std::string_view word) {
  constexpr std::string_view kWords[] = {
      "acid",    "afro",    "black",     "chicago", "classic", "death",
      "doom",    "french",  "future",    "glam",    "gothic",  "industrial",
      "latin",   "melodic", "modern",    "nu",      "power",   "progressive",
      "soulful", "speed",   "symphonic", "tech",    "thrash",  "tropical"};
  return is_one_of(word, kWords);
}

/// "tree house", "metal gate", "house of horror", "the house is dark", "it's a trap".
bool is_a_thing(const Reading& reading, int i) {
  constexpr std::string_view kGenres[] = {"house", "metal", "trap"};
  const auto& item = reading.item(i);
  const bool may_be =
      reading.is(i, Kind::Genre) && item.first == item.last && is_one_of(item.text, kGenres);
  if (!may_be) return false;
  const int next = reading.over_dash(i + 1);
  if (reading.is(i - 1, Kind::Unknown) && !is_subgenre(reading.item(i - 1).text)) return true;
  if (is_music(reading, next) || reading.is(i - 1, Kind::Genre)) return false;
  return reading.is(next, Kind::Unknown) || reading.is_word(next, "of") ||
         has_determiner(reading, i);
}

bool can_grow(const Reading& reading, int i) {
  return reading.is(i, Kind::Mood) || reading.is(i, Kind::Tempo) || reading.is(i, Kind::Dynamics) ||
         reading.is(i, Kind::Density) || reading.is(i, Kind::NoteLength);
}

/// A change within the piece: "faster and faster", "de plus en plus fort", "from p to f".
std::optional<Extent> change_at(const Reading& reading, int i) {
  if (reading.is(i, Kind::Idiom, "change")) {
    const int last = reading.is(i + 1, Kind::Degree) ? i + 2 : i + 1;
    return can_grow(reading, last) ? std::optional(Extent{i, last}) : std::nullopt;
  }
  if (!can_grow(reading, i)) return std::nullopt;
  const auto& item = reading.item(i);
  const auto& end = reading.item(i + 2);
  if (reading.is(i + 1, Kind::And) && end.text == item.text) return Extent{i, i + 2};
  const bool is_to =
      reading.is_word(i + 1, "to") || reading.is_word(i + 1, "a") || reading.is_word(i + 1, "vers");
  const bool is_other_end =
      end.kind == item.kind || (item.kind == Kind::Dynamics && end.text == "f");
  if (!is_to || !is_other_end) return std::nullopt;
  const bool is_led = reading.is_word(i - 1, "from") || reading.is_word(i - 1, "de");
  return Extent{is_led ? i - 1 : i, i + 2};
}

/// "no instruments", "without any other instrument".
std::optional<Extent> refused_instruments(const Reading& reading, int i) {
  if (!reading.is_word(i, "instruments") && !reading.is_word(i, "instrument")) return std::nullopt;
  int j = i - 1;
  while (reading.is(j, Kind::Function)) --j;
  return reading.is(j, Kind::Negator) ? std::optional(Extent{j, i}) : std::nullopt;
}

/// "rather rock than jazz", "plutôt du piano que de la guitare": the second of two is refused.
std::optional<Extent> less_wanted(const Reading& reading, int i) {
  if (family_of(reading.item(i).kind) == 0) return std::nullopt;
  const auto before_little = [&](int j) {
    for (const int farthest = j - kFarthest; j > farthest; --j) {
      const bool is_little = reading.is(j, Kind::Function) || reading.is(j, Kind::Article);
      if (!is_little || is_one_of(reading.item(j).text, {"que", "qu", "than"})) break;
    }
    return j;
  };
  const int than = before_little(i - 1);
  if (!is_one_of(reading.item(than).text, {"que", "qu", "than"})) return std::nullopt;
  if (!is_kin(reading, than - 1, i)) return std::nullopt;
  constexpr std::string_view kRather[] = {"rather", "plutot", "sooner"};
  const int rather = before_little(than - 2);
  const bool is_rather = is_one_of(reading.item(rather).text, kRather);
  return is_rather ? std::optional(Extent{than, i}) : std::nullopt;
}

}  // namespace

void read_senses(Reading& reading) {
  const bool is_french = is_in_french(reading);
  for (int i = 0; i < reading.size(); ++i) {
    const bool is_thing = (!is_french && is_a_thing(reading, i)) || is_no_dance(reading, i);
    if (is_thing) reading.leave_unmet({i, i});
    if (const auto change = change_at(reading, i)) reading.leave_unmet(*change);
    if (const auto less = less_wanted(reading, i)) reading.leave_unmet(*less);
    if (const auto refused = refused_instruments(reading, i)) reading.leave_unmet(*refused);
  }
}

}  // namespace toccata::prompt

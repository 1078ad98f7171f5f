// SPDX-License-Identifier: MIT
// Wishes for a stretch alone: "drums only in the chorus", "sans batterie dans l'intro", "au début".
// A brief is of a whole piece, so they are listed as not understood and govern nothing.
#include "polarity.hpp"
#include "polarity_looks.hpp"
#include "reading.hpp"

namespace toccata::prompt {
namespace {

bool is_wish(const Reading& reading, int i) {
  return family_of(reading.item(i).kind) != 0 && !reading.is(i, Kind::Genre) &&
         !reading.item(i).is_used;
}

bool is_little(const Reading& reading, int i) {
  return reading.is(i, Kind::Article) || reading.is(i, Kind::Function) || reading.is_sign(i, "'");
}

/// "Of the piece", "du morceau": what has sections.
bool is_of_piece(const Reading& reading, int i) {
  constexpr std::string_view kOf[] = {"of", "de", "du", "d"};
  constexpr std::string_view kPieces[] = {"piece",   "song",    "tune",  "track", "music",  "it",
                                          "morceau", "chanson", "titre", "piste", "musique"};
  if (!is_one_of(reading.item(i).text, kOf)) return false;
  int j = i + 1;
  while (is_little(reading, j)) ++j;
  return reading.is(j, Kind::Section) || is_one_of(reading.item(j).text, kPieces);
}

/// A section, or the beginning, middle or end: of the piece, where nothing else is said ("at the
/// end of a film").
bool is_stretch(const Reading& reading, int i) {
  constexpr std::string_view kStretches[] = {"beginning", "start", "middle", "end",
                                             "debut",     "fin",   "milieu"};
  if (reading.is(i, Kind::Section)) return true;
  if (!is_one_of(reading.item(i).text, kStretches)) return false;
  const int next = i + 1;
  return reading.is_pause(next) || reading.is(next, Kind::And) || reading.is(next, Kind::But) ||
         reading.is(next, Kind::Only) || is_of_piece(reading, next);
}

/// "In A verse chorus": the A is a key, since what follows is a form.
bool is_key_before_sections(const Reading& reading, int i) {
  const bool is_capital = reading.is(i, Kind::Article) && reading.first_token(i).is_capital;
  return is_capital && reading.is(i + 1, Kind::Section) &&
         reading.is(reading.over_dash(i + 2), Kind::Section);
}

/// The last section of "in the intro", "dans l'intro et le pont", "au début"; i is the preposition.
/// What is "for an intro" is one, but for "piano only for the intro".
std::optional<int> end_of_place(const Reading& reading, int i) {
  constexpr std::string_view kPlaces[] = {"in", "dans", "during", "pendant", "on", "throughout",
                                          "at", "a",    "sur",    "au",      "en", "aux"};
  const bool is_for = reading.is_word(i, "for") || reading.is_word(i, "pour");
  const bool is_place = is_one_of(reading.item(i).text, kPlaces) && !is_stretch(reading, i);
  if (!is_place && !(is_for && reading.is(i - 1, Kind::Only))) return std::nullopt;
  if (is_key_before_sections(reading, i + 1)) return std::nullopt;
  std::optional<int> last;
  for (int j = i + 1; j < i + kFarthest; ++j) {
    if (is_stretch(reading, j)) last = j;
    else if (!is_little(reading, j) && !(last && reading.is(j, Kind::And))) break;
  }
  return last;
}

/// The first item of the wishes that end before a preposition: "piano and drums only".
std::optional<int> wishes_before(const Reading& reading, int place) {
  int j = place - 1;
  while (reading.is(j, Kind::Only) || reading.is(j, Kind::Solo) || reading.is_word(j, "just") ||
         reading.is_word(j, "juste"))
    --j;
  if (!is_wish(reading, j)) return std::nullopt;
  int first = with_degree(reading, j).first;
  // "In D minor in the intro": a wish with a preposition of its own is the piece's.
  for (int before = first - 1; before > first - 4; --before)
    if (reading.is_word(before, "in") || reading.is_word(before, "en")) return std::nullopt;
  for (int before = first - 1; before > place - kFarthest; --before) {
    if (reading.is(before, Kind::Article)) continue;
    const bool is_joined = reading.is(before, Kind::And) && is_kin(reading, before - 1, j);
    if (!is_joined) break;
    before = first = with_degree(reading, before - 1).first;
  }
  const int only = reading.is(first - 1, Kind::Article) ? first - 2 : first - 1;
  return reading.is(only, Kind::Only) || reading.is(only, Kind::Solo) ? only : first;
}

/// The last item of the wishes behind "in the intro" at the beginning of a clause.
std::optional<int> wishes_behind(const Reading& reading, int place, int section) {
  const bool begins = reading.is_pause(place - 1) || reading.is(place - 1, Kind::And) ||
                      reading.is(place - 1, Kind::But);
  if (!begins) return std::nullopt;
  std::optional<int> last;
  const int from = reading.is_sign(section + 1, ",") ? section + 2 : section + 1;
  for (int j = from; j < from + kFarthest && !reading.is_pause(j) && !reading.is(j, Kind::But); ++j)
    if (is_wish(reading, j)) last = j;
  return last;
}

/// "Start without drums", "commence sans batterie": the last item of what is refused there.
std::optional<int> begins_without(const Reading& reading, int i) {
  constexpr std::string_view kVerbs[] = {"start",     "starts",     "starting", "begin",
                                         "begins",    "beginning",  "commence", "commencer",
                                         "commencez", "commencant", "debute",   "debuter"};
  if (!is_one_of(reading.item(i).text, kVerbs)) return std::nullopt;
  if (!reading.is(i + 1, Kind::Negator, "without")) return std::nullopt;
  std::optional<int> last;
  for (int j = i + 2; j < i + kFarthest && !reading.is_pause(j); ++j) {
    if (is_wish(reading, j)) last = j;
    else if (!is_little(reading, j) && !reading.is(j, Kind::And) && !reading.is(j, Kind::Or) &&
             !reading.is(j, Kind::Negator, "nor"))
      break;
  }
  return last;
}

}  // namespace

void read_sections(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    if (const auto last = begins_without(reading, i)) reading.leave_unmet({i, *last});
    const auto section = end_of_place(reading, i);
    if (!section) continue;
    if (const auto first = wishes_before(reading, i)) reading.leave_unmet({*first, *section});
    else if (const auto last = wishes_behind(reading, i, *section)) reading.leave_unmet({i, *last});
    i = *section;
  }
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Lengths: "16 bars", "entre 8 et 16 mesures", and those in real time; "after 16 bars" is none,
// "16 or 24 bars" are two, and endless ones are refused.
#include "figures.hpp"
#include "polarity.hpp"
#include "reading.hpp"
#include "time_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace toccata::prompt {
namespace {

using Claims = std::vector<Claim<double>>;

/// Section names after "4 bars of" or "4-bar": a length of that section alone.
bool measures_a_section(const Reading& reading, int unit) {
  int j = unit + 1;
  while (reading.is(j, Kind::Function) || reading.is_sign(j, "'") || reading.is_sign(j, "-")) ++j;
  if (!reading.is(j, Kind::Section) && !reading.is(j, Kind::Solo)) return false;
  int after = j + 1;
  while (reading.is_sign(after, "-") || reading.is_sign(after, ",") || reading.is_sign(after, "/"))
    ++after;
  return !reading.is(after, Kind::Section) && !reading.is(j - 1, Kind::Section);
}

/// "an intro of 4 bars", "sections de 6 mesures": the first item of what is measured, or none.
std::optional<int> measured_before(const Reading& reading, int number) {
  int j = number - 1;
  while (reading.is_word(j, "of") || reading.is_word(j, "de")) --j;
  if (j == number - 1) return std::nullopt;
  constexpr std::string_view kParts[] = {"section", "sections", "parties",
                                         "partie",  "phrase",   "phrases"};
  const bool is_part = reading.is(j, Kind::Section) || reading.is(j, Kind::Solo, "solo") ||
                       std::ranges::find(kParts, reading.item(j).text) != std::end(kParts);
  return is_part ? std::optional(j) : std::nullopt;
}

/// "12-bar blues" names a form; "a blues of 12 bars" a length.
bool names_twelve_bar_form(const Reading& reading, int number, int unit) {
  if (reading.item(number).value != 12 || !reading.is_word(unit, "bar")) return false;
  for (int j = unit + 1; j <= unit + 3; ++j)
    if (reading.is(j, Kind::Genre, "blues")) return true;
  return false;
}

/// Words of a time that say when, or how often, and not how long: "after 2 hours", "every 4 bars",
/// "à six heures du matin", "2 hours ago", "60 miles an hour".
std::optional<Extent> moment_around(const Reading& reading, Extent time) {
  constexpr std::string_view kBefore[] = {"after",  "apres", "before", "avant", "since",
                                          "depuis", "until", "every",  "dans"};
  constexpr std::string_view kAfter[] = {"ago", "later", "earlier", "before", "avant"};
  const auto is_one_of = [&](int i, const auto& words) {
    return std::ranges::find(words, reading.item(i).text) != std::end(words);
  };
  const auto [first, last] = time;
  const auto& day = reading.first_token(last + 2).text;
  if (reading.is_word(last + 1, "du") && (day == "matin" || day == "soir"))
    return Extent{first, last + 2};
  // "After a couple of minutes", "après une trentaine de secondes".
  const auto number = reading.item(first).id;
  const bool has_article =
      (number == "dozen" || number == "couple") && reading.is(first - 1, Kind::Article);
  const int before = has_article ? first - 2 : first - 1;
  if (is_one_of(before, kBefore)) return Extent{before, last};
  const bool is_compound = reading.is_sign(last + 2, "-");  // "avant-garde"
  if (is_one_of(last + 1, kAfter) && !is_compound) return Extent{first, last + 1};
  if (reading.is_word(first - 1, "il") && reading.last_token(first - 1).text == "a")  // "il y a"
    return Extent{first - 1, last};
  const int unit = reading.over_dash(first + 1);
  const auto& hours = reading.first_token(unit).text;
  const bool is_french = hours == "h" || hours.starts_with("heure");
  if (reading.is(unit, Kind::Unit, "hours") &&
      (reading.is_word(first - 1, "at") || (is_french && reading.is_word(first - 1, "a"))))
    return Extent{first - 1, last};
  // In "88 AABA une minute" nothing is counted.
  const bool is_form = std::ranges::all_of(reading.item(first - 1).text,
                                           [](char c) { return c >= 'a' && c <= 'h'; });
  const bool is_value = reading.is(first - 3, Kind::Cue);
  if (is_form || is_value) return std::nullopt;
  const bool is_counted = reading.is(first - 1, Kind::Unknown) ||
                          reading.is(first - 1, Kind::Noun) ||
                          reading.is_word(first - 1, "times") || reading.is_word(first - 1, "fois");
  if (is_counted && reading.is(first, Kind::Article) && reading.is_free(first - 2, Kind::Number))
    return Extent{first - 2, last};
  return std::nullopt;
}

void refuse_bars(Reading& reading, Extent extent) {
  refuse_range(reading, "bars", extent, 1, kMostBars);
}

void claim_bars(Reading& reading, double bars, Extent extent, Claims& claims) {
  if (leave_refused_number(reading, extent)) return;
  reading.use(extent);
  if (has_minus_before(reading, extent.first))
    return refuse_bars(reading, {extent.first - 1, extent.last});
  if (!(bars >= 1 && bars <= kMostBars) || bars != std::floor(bars))
    return refuse_bars(reading, extent);
  claims.push_back({bars, extent});
}

/// "16 or 24 bars", whose first number is at item i: two lengths, where they are no refusal.
void refuse_choice(Reading& reading, int i, std::string_view field, Extent other) {
  if (leave_refused_number(reading, {i, other.last})) return;
  reading.contradict(field, "two lengths", {i, i}, other);
}

void read_bars(Reading& reading, int i, Claims& claims) {
  auto figures = length_at(reading, i);
  const auto other = figures.last == i ? alternative_to(reading, i) : std::nullopt;
  if (other && reading.is(reading.over_dash(*other + 1), Kind::Unit, "bars")) figures.last = *other;
  int unit = reading.over_dash(figures.last + 1);
  if (reading.is_word(unit, "de") || reading.is_word(unit, "of")) ++unit;  // "a dozen of bars"
  if (!reading.is(unit, Kind::Unit, "bars") || begins_a_field(reading, unit)) {
    const int name = reading.is_sign(i - 1, ":") || reading.is_sign(i - 1, "=") ? i - 2 : i - 1;
    // "bars 16"; in "4 bars 16" the first number counts.
    const bool is_named =
        reading.is(name, Kind::Unit, "bars") &&
        (name == i - 2 || (figures.last == i && !reading.is(reading.over_dash(i + 1), Kind::Unit) &&
                           !reading.is_sign(i + 1, "/") && !reading.is(name - 1, Kind::Number)));
    if (is_named) claim_bars(reading, reading.item(i).value, {name, i}, claims);
    return;
  }
  if (measures_a_section(reading, unit)) return;
  if (const auto moment = moment_around(reading, {i, unit})) return reading.leave_unmet(*moment);
  if (const auto part = measured_before(reading, i)) return reading.leave_unmet({*part, unit});
  if (other) return refuse_choice(reading, i, "bars", {*other, unit});
  if (names_twelve_bar_form(reading, i, unit)) {
    reading.brief.form = FormAsk{"12-bar", {}};
    reading.explain("form", "12-bar", {i, unit});
    return reading.use({i, unit});
  }
  const bool is_product = reading.is_word(i - 1, "fois") || reading.is_word(i - 1, "times") ||
                          reading.is_word(i - 1, "x") || reading.is_sign(i - 1, "x");
  const double rounds =
      is_product && reading.is_free(i - 2, Kind::Number) ? reading.item(i - 2).value : 1;
  // Of a range the middle, in whole bars.
  const double bars =
      figures.lowest < figures.highest ? std::floor(figures.middle() + 0.5) : figures.lowest;
  claim_bars(reading, rounds * bars, {rounds == 1 ? i : i - 2, unit}, claims);
}

/// "24 hours in Paris": nobody asks for a piece that long, and in the same breath for something
/// else.
bool is_a_title(const Reading& reading, Extent extent) {
  int next = extent.last + 1;
  if (!reading.is(next, Kind::Place) && !reading.is_word(next, "du") &&
      !reading.is_word(next, "of") && !reading.is_word(next, "de"))
    return false;
  while (reading.is(next, Kind::Place) || reading.is(next, Kind::Function)) ++next;
  return reading.is(next, Kind::Unknown);
}

void read_time(Reading& reading, int i, Claims& claims) {
  const auto claim = time_at(reading, i);
  if (!claim) {
    const auto other = alternative_to(reading, i);
    const auto second = other ? time_at(reading, *other) : std::nullopt;
    if (second && !moment_around(reading, {i, second->extent.last}))
      refuse_choice(reading, i, "seconds", second->extent);
    return;
  }
  const Extent extent = claim->extent;
  if (const auto moment = moment_around(reading, extent)) return reading.leave_unmet(*moment);
  if (leave_refused_number(reading, extent)) return;
  const bool has_minus = has_minus_before(reading, i);
  if (claim->value > kLongestSeconds && is_a_title(reading, extent))
    return reading.leave_unmet(extent);
  reading.use(extent);
  if (has_minus || !(claim->value >= kShortestSeconds && claim->value <= kLongestSeconds))
    return refuse_range(reading, "seconds", {has_minus ? i - 1 : i, extent.last}, kShortestSeconds,
                        kLongestSeconds);
  claims.push_back(*claim);
}

/// "Endless", "sans fin", "infinie": without an end.
std::optional<Extent> endless_at(const Reading& reading, int i) {
  if (is_one_of(reading.first_token(i).text,
                {"endless", "unending", "neverending", "interminable"}))
    return Extent{i, i};
  const bool is_sans_fin = reading.is_word(i, "sans") && reading.is_word(i + 1, "fin") &&
                           !is_one_of(reading.item(i + 2).text, {"de", "du", "d"});
  if (is_sans_fin) return Extent{i, i + 1};
  const bool is_infinite = reading.is_free(i, Kind::Number) && std::isinf(reading.item(i).value);
  return is_infinite ? std::optional(Extent{i, i}) : std::nullopt;
}

/// "Infinite length", "une durée infinie", "musique sans fin", or only "endless": a length that no
/// piece has. An "endless summer" is none, and a loop has its own.
void read_endless(Reading& reading, int i) {
  constexpr std::string_view kNames[] = {"length",  "duration", "duree",   "longueur", "piece",
                                         "song",    "music",    "track",   "tune",     "morceau",
                                         "chanson", "musique",  "titre",   "morceaux", "pieces",
                                         "songs",   "tracks",   "chansons"};
  const auto found = endless_at(reading, i);
  if (!found) return;
  const auto [first, last] = *found;
  const bool is_alone = reading.is_pause(first - 1) && reading.is_pause(last + 1);
  Extent extent = *found;
  if (is_one_of(reading.item(last + 1).text, kNames)) extent.last = last + 1;
  else if (is_one_of(reading.item(first - 1).text, kNames)) extent.first = first - 1;
  else if (!is_alone) return;
  if (!leave_refused_number(reading, extent))
    refuse_range(reading, "seconds", extent, kShortestSeconds, kLongestSeconds);
}

}  // namespace

void read_length(Reading& reading) {
  Claims bars, seconds;
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.is_free(i, Kind::Number)) read_bars(reading, i, bars);
    const bool may_begin = reading.is_free(i, Kind::Number) || reading.is_free(i, Kind::Article) ||
                           (!reading.item(i).is_used && is_quarter(reading, i));
    if (may_begin) read_time(reading, i, seconds);
    read_endless(reading, i);
  }
  if (const auto count = agreed(reading, bars, "bars", "two lengths")) {
    reading.brief.bars = static_cast<int>(*count);
    reading.explain("bars", number_text(*count), bars.front().extent);
  }
  if (const auto length = agreed(reading, seconds, "seconds", "two lengths")) {
    reading.brief.seconds = length;
    reading.explain("seconds", number_text(*length), seconds.front().extent);
  }
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Tempo in figures: "110 bpm", "tempo 110", "noire = 110", "at 110", "between 110 and 120 bpm",
// "faster than 110".
#include "figures.hpp"
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace toccata::prompt {
namespace {

using Claims = std::vector<Claim<double>>;

bool may_be_tempo(double bpm) { return bpm >= kSlowestBpm && bpm <= kFastestBpm; }

void claim(Reading& reading, double bpm, Extent extent, Claims& claims) {
  if (leave_refused_number(reading, extent)) return;
  reading.use(extent);
  const bool is_minus = has_minus_before(reading, extent.first);
  if (is_minus || !may_be_tempo(bpm))
    return refuse_range(reading, "tempo", {is_minus ? extent.first - 1 : extent.first, extent.last},
                        kSlowestBpm, kFastestBpm);
  claims.push_back({bpm, extent});
}

/// A number that counts or measures something else.
bool is_other_amount(const Reading& reading, int last) {
  const int next = reading.over_dash(last + 1);
  const bool is_unit = reading.is(next, Kind::Unit) && !begins_a_field(reading, next);
  return (is_unit && !reading.is(next, Kind::Unit, "bpm")) || reading.is_sign(next, "/") ||
         reading.is_sign(next, "%") || reading.is_sign(next, ":");
}

/// A number or a range: that of figures_at, or "80/90".
FigureRange tempo_at(const Reading& reading, int i) {
  const auto figures = figures_at(reading, i);
  if (figures.last != i || !reading.is_sign(i + 1, "/") || !reading.is_free(i + 2, Kind::Number))
    return figures;
  const double one = reading.item(i).value, other = reading.item(i + 2).value;
  if (!may_be_tempo(one) || !may_be_tempo(other)) return figures;
  return {one, other, i + 2};
}

/// "80 or 90 bpm" has two tempos; the second's words end at item `last`.
bool refuse_choice(Reading& reading, int i, int last) {
  const auto other = alternative_to(reading, i);
  if (!other || !may_be_tempo(reading.item(i).value)) return false;
  if (!leave_refused_number(reading, {i, last}))
    reading.contradict("tempo", "two tempos", {i, i}, {*other, last});
  return true;
}

/// "Half tempo", "at half speed": a part of a tempo that is not told.
bool is_half(const Reading& reading, int i) {
  return reading.item(i).value == 0.5 && reading.first_token(i).kind == TokenKind::Word;
}

/// "110 bpm".
void read_before_unit(Reading& reading, int i, Claims& claims) {
  const auto other = alternative_to(reading, i);
  const auto figures = other ? FigureRange{0, 0, *other} : tempo_at(reading, i);
  const int unit = reading.over_dash(figures.last + 1);
  const bool is_named = reading.is_word(unit, "tempo") && value_after(reading, unit) < 0;
  if (!is_named && !reading.is(unit, Kind::Unit, "bpm")) return;
  if (is_named && is_half(reading, i)) return reading.leave_unmet({i, unit});
  if (other && refuse_choice(reading, i, unit)) return;
  if (!other) claim(reading, figures.middle(), {i, unit}, claims);
}

/// "tempo 110", "bpm: 110".
void read_after_cue(Reading& reading, int cue, Claims& claims) {
  const int at = value_after(reading, cue);
  if (at < 0) return;
  if (is_half(reading, at)) return reading.leave_unmet({cue, at});
  const auto figures = tempo_at(reading, at);
  const auto other = alternative_to(reading, at);
  const bool is_choice = other && !is_other_amount(reading, *other);
  const bool is_second_named = is_choice && reading.is(*other + 1, Kind::Unit, "bpm");
  if (is_choice && refuse_choice(reading, at, *other + (is_second_named ? 1 : 0))) return;
  if (is_other_amount(reading, figures.last)) return;
  const bool has_unit = reading.is(figures.last + 1, Kind::Unit, "bpm");
  claim(reading, figures.middle(), {cue, figures.last + (has_unit ? 1 : 0)}, claims);
}

bool says_equal(const Reading& reading, int i) {
  constexpr std::string_view kWords[] = {"equals", "equal", "egale", "egal"};
  return reading.is_sign(i, "=") ||
         std::ranges::find(kWords, reading.item(i).text) != std::end(kWords);
}

/// Quarters in the note value at item i; "half" is one only before an equals sign.
std::optional<double> quarters_of(const Reading& reading, int i) {
  if (reading.is_free(i, Kind::NoteValue)) return reading.item(i).value;
  if (reading.is_word(i, "half") && says_equal(reading, i + 1)) return 2;
  return std::nullopt;
}

/// A note value behind its number: "72 à la noire pointée", "66 to the half note", "60 = blanche".
struct ValueBehind {
  double quarters;
  int last;
};
std::optional<ValueBehind> value_behind(const Reading& reading, int i) {
  const int link = reading.is(i + 1, Kind::Unit, "bpm") ? i + 2 : i + 1;
  const bool is_to = (reading.is_word(link, "a") && reading.is_word(link + 1, "la")) ||
                     (reading.is_word(link, "to") && reading.is_word(link + 1, "the"));
  if (!is_to && !says_equal(reading, link)) return std::nullopt;
  const int value = is_to ? link + 2 : link + 1;
  if (is_to && reading.is_word(value, "half")) return ValueBehind{2, value};
  const auto quarters = quarters_of(reading, value);
  if (!quarters) return std::nullopt;
  return ValueBehind{*quarters, value};
}

/// "faster than 150", "plus lent que 60": a tenth beyond; "moins vite que 100", a tenth less. "No
/// faster than 120" is 120.
void read_comparison(Reading& reading, int i, Claims& claims) {
  const bool is_than = reading.is_word(i - 1, "than") || reading.is_word(i - 1, "que");
  const int word = i - 2;
  if (!is_than || !reading.is_free(word, Kind::Tempo) || is_other_amount(reading, i)) return;
  const Degree degree = degree_of(reading, word);
  const bool is_more = reading.is(word, Kind::Tempo, "fast") == (degree != Degree::NotToo);
  const double ratio = degree == Degree::Refused ? 1 : is_more ? 1.1 : 0.9;
  const bool has_unit = reading.is(i + 1, Kind::Unit, "bpm");
  const auto value = value_behind(reading, i).value_or(ValueBehind{1, has_unit ? i + 1 : i});
  const double bpm = ratio * value.quarters * reading.item(i).value;
  claim(reading, std::floor(bpm + 0.5), {with_degree(reading, word).first, value.last}, claims);
}

/// "noire = 110", "dotted quarter at 60", "♩. = 60": so many of that value a minute.
void read_note_value(Reading& reading, int i, Claims& claims) {
  const auto quarters = quarters_of(reading, i);
  if (!quarters) return;
  const bool is_dotted = reading.is_sign(i + 1, ".") && says_equal(reading, i + 2);
  const int link = is_dotted ? i + 2 : i + 1;
  const bool is_link = says_equal(reading, link) || reading.is_sign(link, ":") ||
                       reading.is_word(link, "a") || reading.is_word(link, "at");
  const int at = is_link ? link + 1 : link;
  if (!reading.is_free(at, Kind::Number)) return;
  const auto figures = tempo_at(reading, at);
  if (is_other_amount(reading, figures.last)) return;
  const bool has_unit = reading.is(figures.last + 1, Kind::Unit, "bpm");
  claim(reading, figures.middle() * *quarters * (is_dotted ? 1.5 : 1),
        {i, figures.last + (has_unit ? 1 : 0)}, claims);
}

/// "1/4 = 60".
void read_note_fraction(Reading& reading, int i, Claims& claims) {
  const auto value = note_fraction_at(reading, i);
  if (!value) return;
  const int number = value->equals + 1;
  const bool has_unit = reading.is(number + 1, Kind::Unit, "bpm");
  claim(reading, reading.item(number).value * value->quarters, {i, number + (has_unit ? 1 : 0)},
        claims);
}

/// "72 à la noire", "80-90 à la noire", "80 ou 90 à la noire".
void read_value_behind(Reading& reading, int i, Claims& claims) {
  const auto other = alternative_to(reading, i);
  const auto range = tempo_at(reading, i);
  const bool is_range = may_be_tempo(range.lowest) && range.lowest <= range.highest;
  const auto figures =
      is_range ? range : FigureRange{reading.item(i).value, reading.item(i).value, i};
  const auto value = value_behind(reading, other.value_or(figures.last));
  if (!value || (other && refuse_choice(reading, i, value->last))) return;
  if (!other) claim(reading, figures.middle() * value->quarters, {i, value->last}, claims);
}

/// "at 110", "à 110", "@110": numbers that can be no tempo are left alone.
void read_after_at(Reading& reading, int i, Claims& claims) {
  const bool is_at = reading.is_word(i - 1, "at") || reading.is_word(i - 1, "a") ||
                     reading.is_sign(i - 1, "@") || reading.is_word(i - 1, "environ") ||
                     reading.is_word(i - 1, "around") || reading.is_word(i - 1, "about") ||
                     reading.is_word(i - 1, "vers");
  const double value = reading.item(i).value;
  if (!is_at || !(value >= kSlowestBpm) || std::isinf(value) || is_other_amount(reading, i)) return;
  auto figures = tempo_at(reading, i);
  // "at 120 - 180 bars": the second number is no tempo.
  if (is_other_amount(reading, figures.last)) figures = {value, value, i};
  const int next = reading.over_dash(figures.last + 1);
  if (reading.is_content(next) && reading.is(next, Kind::Unknown)) return;
  const auto other = alternative_to(reading, i);
  if (other && !is_other_amount(reading, *other) && refuse_choice(reading, i, *other)) return;
  claim(reading, figures.middle(), {i - 1, figures.last}, claims);
}

/// "jazz 140", "banjo 160", "ballade 60": what a number may end that is a tempo and no number of
/// its own, as that of a "Prelude 20" is.
bool is_played(const Reading& reading, int i) {
  if (reading.is(i, Kind::Genre, "classical")) return reading.item(i).text.starts_with("class");
  return reading.is(i, Kind::Genre) || reading.is(i, Kind::Tempo) || reading.is(i, Kind::Scale) ||
         reading.is(i, Kind::Maqam) || reading.is(i, Kind::Instrument) ||
         reading.is(i, Kind::Generic) || reading.is(i, Kind::Section) ||
         reading.is_word(i, "beat") || reading.is_word(i, "groove");
}

/// No word that the number could count: "rock 150 avec batterie", "jazz 140 and piano".
bool counts_nothing(const Reading& reading, int last) {
  const int next = last + 1;
  return reading.is_pause(next) || reading.is(next, Kind::Place) || reading.is(next, Kind::And) ||
         reading.is(next, Kind::Negator);
}

/// "jazz, D minor, 110", "trap beat 140": a number alone or at the end of words that are played,
/// where nothing else gives a tempo.
void read_alone(Reading& reading, Claims& claims) {
  constexpr double kLeast = 40, kLeastAfterWord = 60, kMost = 250;
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Number)) continue;
    const auto [lowest, highest, last] = figures_at(reading, i);
    const double value = (lowest + highest) / 2;
    const bool ends_words = is_played(reading, i - 1) && value >= kLeastAfterWord;
    const bool is_alone = reading.is_pause(i - 1) && reading.is_pause(last + 1);
    if (!is_alone && !(ends_words && counts_nothing(reading, last))) continue;
    if (reading.is_sign(last + 1, "%") || reading.is_sign(i - 1, "/") ||
        reading.is_sign(last + 1, "/") || reading.is_sign(i - 1, ":") || reading.size() == 1)
      continue;
    if (value >= kLeast && value <= kMost) claim(reading, value, {i, last}, claims);
  }
}

}  // namespace

void read_tempo(Reading& reading) {
  Claims claims;
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.is_free(i, Kind::Number)) read_comparison(reading, i, claims);
    if (reading.is_free(i, Kind::Number)) read_value_behind(reading, i, claims);
    if (reading.is_free(i, Kind::Number)) read_note_fraction(reading, i, claims);
    if (!reading.item(i).is_used) read_note_value(reading, i, claims);
  }
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.is_free(i, Kind::Number)) read_before_unit(reading, i, claims);
    if (reading.is_free(i, Kind::Cue) && reading.item(i).id == "tempo")
      read_after_cue(reading, i, claims);
    if (reading.is_free(i, Kind::Unit) && reading.item(i).id == "bpm")
      read_after_cue(reading, i, claims);
    if (reading.is_free(i, Kind::Number)) read_after_at(reading, i, claims);
  }
  if (claims.empty()) read_alone(reading, claims);
  const auto tempo = agreed(reading, claims, "tempo", "two tempos");
  if (!tempo) return;
  reading.brief.tempo_bpm = tempo;
  reading.explain("tempo", number_text(*tempo), claims.front().extent);
}

}  // namespace toccata::prompt

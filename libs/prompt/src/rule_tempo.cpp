// SPDX-License-Identifier: MIT
// Tempo in figures: "110 bpm", "tempo 110", "noire = 110", "at 110", "between 110 and 120 bpm".
#include "figures.hpp"
#include "reading.hpp"

#include <cmath>

namespace toccata::prompt {
namespace {

using Claims = std::vector<Claim<double>>;

/// A number, or the middle of a range: "110-120", "between 110 and 120".
struct Figure {
  double value;
  int last;
};
Figure figure_at(const Reading& reading, int i) {
  const double value = reading.item(i).value;
  const bool is_spread = reading.is_word(i - 1, "between") || reading.is_word(i - 1, "entre");
  const int link = i + 1;
  const bool is_link = reading.is_sign(link, "-") || reading.is_word(link, "to") ||
                       reading.is_word(link, "a") || (is_spread && reading.is(link, Kind::And));
  if (!is_link || !reading.is_free(link + 1, Kind::Number)) return {value, i};
  return {(value + reading.item(link + 1).value) / 2, link + 1};
}

void claim(Reading& reading, double bpm, Extent extent, Claims& claims) {
  reading.use(extent);
  const bool is_minus =
      reading.is_word(extent.first - 1, "minus") || reading.is_word(extent.first - 1, "moins");
  if (is_minus || !(bpm >= kSlowestBpm && bpm <= kFastestBpm))
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

/// "110 bpm".
void read_before_unit(Reading& reading, int i, Claims& claims) {
  const auto figure = figure_at(reading, i);
  const int unit = reading.over_dash(figure.last + 1);
  if (reading.is(unit, Kind::Unit, "bpm")) return claim(reading, figure.value, {i, unit}, claims);
  if (reading.is_word(unit, "tempo") && value_after(reading, unit) < 0)
    claim(reading, figure.value, {i, unit}, claims);
}

/// "tempo 110", "bpm: 110".
void read_after_cue(Reading& reading, int cue, Claims& claims) {
  const int at = value_after(reading, cue);
  if (at < 0) return;
  const auto figure = figure_at(reading, at);
  if (is_other_amount(reading, figure.last)) return;
  const bool has_unit = reading.is(figure.last + 1, Kind::Unit, "bpm");
  claim(reading, figure.value, {cue, figure.last + (has_unit ? 1 : 0)}, claims);
}

/// "noire = 110", "dotted quarter at 60": so many of that value a minute.
void read_note_value(Reading& reading, int i, Claims& claims) {
  const int link = i + 1;
  const bool is_link = reading.is_sign(link, "=") || reading.is_sign(link, ":") ||
                       reading.is_word(link, "a") || reading.is_word(link, "at") ||
                       reading.is_word(link, "egale");
  const int at = is_link ? link + 1 : link;
  if (!reading.is_free(at, Kind::Number) || is_other_amount(reading, at)) return;
  const bool has_unit = reading.is(at + 1, Kind::Unit, "bpm");
  claim(reading, reading.item(at).value * reading.item(i).value, {i, has_unit ? at + 1 : at},
        claims);
}

/// "at 110", "à 110", "@110": numbers that can be no tempo are left alone.
void read_after_at(Reading& reading, int i, Claims& claims) {
  const bool is_at = reading.is_word(i - 1, "at") || reading.is_word(i - 1, "a") ||
                     reading.is_sign(i - 1, "@") || reading.is_word(i - 1, "environ") ||
                     reading.is_word(i - 1, "around") || reading.is_word(i - 1, "about") ||
                     reading.is_word(i - 1, "vers");
  const double value = reading.item(i).value;
  if (!is_at || !(value >= kSlowestBpm) || is_other_amount(reading, i)) return;
  if (reading.is_content(reading.over_dash(i + 1)) &&
      reading.is(reading.over_dash(i + 1), Kind::Unknown))
    return;
  claim(reading, value, {i - 1, i}, claims);
}

/// "jazz 140", "banjo 160": what a number may end that is a tempo and no number of its own.
bool is_played(const Reading& reading, int i) {
  return reading.is(i, Kind::Genre) || reading.is(i, Kind::Instrument) ||
         reading.is(i, Kind::Generic) || reading.is(i, Kind::Section) ||
         reading.is_word(i, "beat") || reading.is_word(i, "groove");
}

/// "jazz, D minor, 110", "trap beat 140": a number that ends a list's item, where nothing else
/// gives a tempo.
void read_alone(Reading& reading, Claims& claims) {
  constexpr double kLeast = 40, kLeastAfterWord = 60, kMost = 250;
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Number) || !reading.is_pause(i + 1)) continue;
    const bool ends_words = is_played(reading, i - 1) && reading.item(i).value >= kLeastAfterWord;
    if (!reading.is_pause(i - 1) && !ends_words) continue;
    if (reading.is_sign(i + 1, "%") || reading.is_sign(i - 1, "/") || reading.is_sign(i + 1, "/") ||
        reading.is_sign(i - 1, ":") || reading.size() == 1)
      continue;
    const double value = reading.item(i).value;
    if (value >= kLeast && value <= kMost) claim(reading, value, {i, i}, claims);
  }
}

}  // namespace

void read_tempo(Reading& reading) {
  Claims claims;
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.is_free(i, Kind::Number)) read_before_unit(reading, i, claims);
    if (reading.is_free(i, Kind::Cue) && reading.item(i).id == "tempo")
      read_after_cue(reading, i, claims);
    if (reading.is_free(i, Kind::Unit) && reading.item(i).id == "bpm")
      read_after_cue(reading, i, claims);
    if (reading.is_free(i, Kind::NoteValue)) read_note_value(reading, i, claims);
    if (reading.is_free(i, Kind::Number)) read_after_at(reading, i, claims);
  }
  if (claims.empty()) read_alone(reading, claims);
  const auto tempo = agreed(reading, claims, "tempo", "two tempos");
  if (!tempo) return;
  reading.brief.tempo_bpm = tempo;
  reading.explain("tempo", number_text(*tempo), claims.front().extent);
}

}  // namespace toccata::prompt

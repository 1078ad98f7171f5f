// SPDX-License-Identifier: MIT
// Meters: "3/4", "2+2+3/8", "six-huit", "in three", "à trois temps".
#include "polarity.hpp"
#include "reading.hpp"
#include "time_reader.hpp"

#include <cmath>

namespace toccata::prompt {
namespace {

using MeterClaims = std::vector<Claim<Meter>>;

/// A meter that is refused says nothing of the one that is meant.
void claim(Reading& reading, const Meter& meter, Extent extent, MeterClaims& claims) {
  if (const auto refusal = refusal_before(reading, extent.first))
    return reading.leave_unmet({*refusal, extent.last});
  claims.push_back({meter, extent});
  reading.use(extent);
}

bool is_tied(const Reading& reading, int i, std::string_view sign) {
  return reading.is_sign(i, sign) && reading.touches_next(i - 1) && reading.touches_next(i);
}

/// The first item of "2+2+3/8", whose last number before the slash is at `i`.
int additive_start(const Reading& reading, int i) {
  constexpr int kMostGroups = 17;
  int start = i;
  for (int n = 0; n < kMostGroups; ++n) {
    if (!is_tied(reading, start - 1, "+") || !reading.is(start - 2, Kind::Number)) return start;
    start -= 2;
  }
  return start;
}

/// Words that can stand between a field's name and its value.
bool is_link(const Reading& reading, int i) {
  return reading.is(i, Kind::Function) || reading.is(i, Kind::Article) || reading.is_sign(i, ":") ||
         reading.is_sign(i, "=");
}

/// "80/90 bpm", "tempo 80/90": a range.
bool is_of_tempo(const Reading& reading, int i) {
  const auto may_be = [&](int j) {
    return reading.item(j).value >= kSlowestBpm && reading.item(j).value <= kFastestBpm;
  };
  if (!may_be(i) || !may_be(i + 2)) return false;
  const bool is_of_value = reading.is_word(i + 3, "a") && reading.is_word(i + 4, "la");
  int before = i - 1;
  while (is_link(reading, before)) --before;
  return reading.is(reading.over_dash(i + 3), Kind::Unit, "bpm") || is_of_value ||
         reading.is_word(before, "at") || reading.is(before, Kind::Cue, "tempo") ||
         reading.is(before, Kind::Unit, "bpm") || reading.is(before, Kind::NoteValue);
}

/// "2/3 jazz", "1/3 de blues".
bool is_before_genre(const Reading& reading, int i) {
  int j = i + 3;
  while (reading.is(j, Kind::Function) || reading.is_sign(j, "'")) ++j;
  return reading.is(j, Kind::Genre);
}

bool is_fraction(const Reading& reading, int i) {
  return reading.is_free(i, Kind::Number) && reading.is_sign(i + 1, "/") &&
         reading.is(i + 2, Kind::Number);
}

/// "2/3 jazz and 1/3 blues", "3/4 jazz, 1/4 rock": fractions before genres that make a whole are
/// their shares; "3/4 jazz" by itself is a meter.
bool has_shares(const Reading& reading) {
  double sum = 0;
  int count = 0;
  for (int i = 0; i < reading.size(); ++i) {
    if (!is_fraction(reading, i) || !is_before_genre(reading, i)) continue;
    sum += reading.item(i).value / reading.item(i + 2).value;
    ++count;
  }
  return count >= 2 && std::abs(sum - 1) < 0.01;
}

/// Fractions that other rules read, or that say nothing: "1/2 minute", "50/50", "21/11/2026".
bool is_other_fraction(const Reading& reading, int i) {
  if (time_at(reading, i) || is_of_tempo(reading, i) || note_fraction_at(reading, i)) return true;
  const int after = reading.over_dash(i + 3);
  if (reading.is(after, Kind::Unit) && !reading.is(after, Kind::Unit, "beats") &&
      !reading.is(after, Kind::Unit, "bars"))
    return reading.item(after).id != "bpm";
  // Of "jazz / 3/4 / 120 bpm" only the slash that ties is the meter's.
  const bool is_tied_one = is_tied(reading, i + 1, "/");
  const auto goes_on = [&](int sign) {
    return reading.is_sign(sign, "/") && is_tied(reading, sign, "/") == is_tied_one;
  };
  if (goes_on(i + 3) || goes_on(i - 1) || reading.is_sign(i + 3, "%")) return true;
  const double upper = reading.item(i).value, lower = reading.item(i + 2).value;
  return upper == lower && upper > 16;
}

/// "In 4/5", "meter: 4/5", "mesure 4/5", "4/5 time": nothing else can be meant.
bool is_said_to_be_meter(const Reading& reading, Extent extent) {
  int before = extent.first - 1;
  while (is_link(reading, before)) --before;
  const int after = reading.over_dash(extent.last + 1);
  return is_one_of(reading.item(before).text, {"in", "en", "a", "mesure", "measure"}) ||
         reading.is(before, Kind::Cue, "meter") || reading.is(after, Kind::Cue, "meter") ||
         is_one_of(reading.item(after).text, {"time", "meter", "signature"});
}

/// The last item of a fraction that measures something else: "1/8 notes", "2/3 of the piece",
/// "les 3/4 du morceau", "4/5 stars", "1/2 tempo".
std::optional<int> end_of_measured(const Reading& reading, int i) {
  const int next = i + 3;
  const double upper = reading.item(i).value, lower = reading.item(i + 2).value;
  const auto& word = reading.item(next).text;
  if (upper == 1 && is_one_of(word, {"note", "notes"})) return next;
  if (upper == 1 && lower == 2 && is_one_of(word, {"tempo", "time", "speed"})) return next;
  if (upper > lower) return std::nullopt;
  if (is_one_of(word, {"stars", "etoiles", "points"})) return next;
  const bool is_of = word == "of" && is_one_of(reading.item(next + 1).text,
                                               {"the", "a", "it", "my", "this", "all", "these"});
  const bool is_de = is_one_of(word, {"du", "de", "des", "d"}) &&
                     is_one_of(reading.item(i - 1).text, {"les", "aux", "le"});
  return is_of || is_de ? std::optional(i + 2) : std::nullopt;
}

/// A fraction that nobody means as a meter: a date ("14/07", "9/11"), a mark ("18/20"), "24/7". Of
/// up to twelve beats over 3, 5, 6 or 7 it may be a slip ("4/5") and is refused by name, and so is
/// any number of a note value ("300/4").
bool is_no_meter(const Reading& reading, int i) {
  const auto has_zero = [&](int j) {
    const auto& digits = reading.first_token(j).text;
    return digits.size() > 1 && digits[0] == '0' && digits[1] != '.';
  };
  if (has_zero(i) || has_zero(i + 2)) return true;
  constexpr double kMostBeats = 12, kLargestSlip = 8;
  const double upper = reading.item(i).value, lower = reading.item(i + 2).value;
  const bool is_note_value = lower >= 1 && lower <= 128 && Meter::make(1, static_cast<int>(lower));
  if (is_note_value || lower == 0) return false;
  return upper > kMostBeats || lower > kLargestSlip;
}

/// i is a number before a slash.
void read_fraction(Reading& reading, int i, bool are_shares, MeterClaims& claims) {
  if (!reading.is_sign(i + 1, "/") || !reading.is(i + 2, Kind::Number)) return;
  if (is_other_fraction(reading, i) || (are_shares && is_before_genre(reading, i))) return;
  const Extent extent{additive_start(reading, i), i + 2};
  if (!is_said_to_be_meter(reading, extent)) {
    if (const auto last = end_of_measured(reading, i)) return reading.leave_unmet({i, *last});
    if (is_no_meter(reading, i)) return reading.leave_unmet(extent);
  }
  std::string text;
  for (int j = extent.first; j <= extent.last; ++j) {
    if (reading.is(j, Kind::Number) && reading.item(j).value < 0) text += '-';
    text += reading.first_token(j).text;
  }
  const auto meter = parse_meter(text);
  if (!meter) return reading.fail(PromptFault::OutOfRange, "meter", meter.error());
  claim(reading, *meter, extent, claims);
  const bool is_led = reading.is_free(i - 1, Kind::Unit) && reading.is(i - 1, Kind::Unit, "bars");
  if (is_led && !reading.is(i - 2, Kind::Number)) reading.use(i - 1);  // "mesure 6/8"
}

std::optional<Meter> meter_of_count(double count, bool in_beats) {
  const auto make = [](int pulses, int unit) { return *Meter::make(pulses, unit); };
  if (count == 9 || count == 12) return make(static_cast<int>(count), 8);
  if (!in_beats && (count == 6 || count == 7)) return make(static_cast<int>(count), 8);
  if (count >= 2 && count <= 7 && count == std::floor(count))
    return make(static_cast<int>(count), 4);
  return std::nullopt;
}

/// "in three", "in 3"; nothing counted may follow: "in three parts".
bool is_bare_count(const Reading& reading, int i) {
  const int before = i - 1;
  const bool is_led = reading.is_word(before, "in") || reading.is_word(before, "en");
  if (!is_led) return false;
  const int next = i + 1;
  if (reading.is_sign(next, "-") || reading.is_sign(next, "/") || reading.is_sign(next, "+") ||
      reading.is_sign(next, ":") || reading.is_sign(next, "'") || reading.is_sign(next, "%") ||
      reading.is(next, Kind::Unit) || reading.is(next, Kind::Number))
    return false;
  return !reading.is_content(next) || reading.is_word(next, "time");
}

void read_count(Reading& reading, int i, MeterClaims& claims) {
  const int unit = reading.over_dash(i + 1);
  const bool in_beats = reading.is(unit, Kind::Unit, "beats") ||
                        (reading.is_word(unit, "beats") && reading.is(i - 1, Kind::Place));
  if (!in_beats && !is_bare_count(reading, i)) return;
  const auto meter = meter_of_count(reading.item(i).value, in_beats);
  if (!meter) return;
  claim(reading, *meter, {in_beats ? i : i - 1, in_beats ? unit : i}, claims);
}

void read_phrase(Reading& reading, int i, MeterClaims& claims) {
  const bool counts_bars = reading.is(reading.over_dash(i + 1), Kind::Unit, "bars");
  if (counts_bars) return;
  claim(reading, *parse_meter(reading.item(i).id), {i, i}, claims);
}

}  // namespace

void read_meter(Reading& reading) {
  MeterClaims claims;
  const bool are_shares = has_shares(reading);
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.is_free(i, Kind::Meter)) read_phrase(reading, i, claims);
    if (!reading.is_free(i, Kind::Number)) continue;
    read_fraction(reading, i, are_shares, claims);
    if (reading.is_free(i, Kind::Number)) read_count(reading, i, claims);
  }
  const auto meter = agreed(reading, claims, "meter", "two meters");
  if (!meter) return;
  reading.brief.meter = meter;
  reading.explain("meter", to_string(*meter), claims.front().extent);
}

void read_pickup(Reading& reading) {
  std::vector<Claim<bool>> claims;
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Pickup)) continue;
    claims.push_back({!is_refused(reading, i), with_degree(reading, i)});
    reading.use(i);
  }
  const auto wanted = agreed(reading, claims, "pickup", "a pick-up and none");
  if (!wanted) return;
  reading.brief.pickup = *wanted;
  reading.explain("pickup", *wanted ? "true" : "false", claims.front().extent);
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Meters: "3/4", "2+2+3/8", "six-huit", "in three", "à trois temps".
#include "polarity.hpp"
#include "reading.hpp"

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

/// "1/2 minute", "50/50" and dates have a slash and are no meters.
bool is_other_fraction(const Reading& reading, int i) {
  const int after = reading.over_dash(i + 3);
  if (reading.is(after, Kind::Unit) && !reading.is(after, Kind::Unit, "beats") &&
      !reading.is(after, Kind::Unit, "bars"))
    return reading.item(after).id != "bpm";
  if (reading.is_sign(i + 3, "/") || reading.is_sign(i - 1, "/") || reading.is_sign(i + 3, "%"))
    return true;
  if (reading.is_word(i + 3, "d") && reading.is(i + 5, Kind::Unit, "hours")) return true;
  const double upper = reading.item(i).value, lower = reading.item(i + 2).value;
  return upper == lower && upper > 16;
}

/// i is a number before a slash.
void read_fraction(Reading& reading, int i, MeterClaims& claims) {
  if (!reading.is_sign(i + 1, "/") || !reading.is(i + 2, Kind::Number)) return;
  if (is_other_fraction(reading, i)) return;
  const Extent extent{additive_start(reading, i), i + 2};
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
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.is_free(i, Kind::Meter)) read_phrase(reading, i, claims);
    if (!reading.is_free(i, Kind::Number)) continue;
    read_fraction(reading, i, claims);
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

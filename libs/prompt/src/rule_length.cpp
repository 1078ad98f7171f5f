// SPDX-License-Identifier: MIT
// Lengths: "16 bars", "seize mesures", "1 min 30 s", "une minute et demie", "1:30", "2'30".
#include "figures.hpp"
#include "reading.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace toccata::prompt {
namespace {

using Claims = std::vector<Claim<double>>;

/// A number, or an article that counts as one before a unit.
bool is_amount(const Reading& reading, int i, std::string_view unit) {
  if (reading.is_free(i, Kind::Number)) return true;
  return reading.is(i, Kind::Article) && unit != "seconds" && unit != "bars" &&
         !reading.first_token(i).has_accent;
}

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

void refuse_bars(Reading& reading, Extent extent) {
  refuse_range(reading, "bars", extent, 1, kMostBars);
}

void claim_bars(Reading& reading, double bars, Extent extent, Claims& claims) {
  reading.use(extent);
  if (!(bars >= 1 && bars <= kMostBars) || bars != std::floor(bars))
    return refuse_bars(reading, extent);
  claims.push_back({bars, extent});
}

void read_bars(Reading& reading, int i, Claims& claims) {
  int unit = reading.over_dash(i + 1);
  if (reading.is_word(unit, "de") || reading.is_word(unit, "of")) ++unit;  // "a dozen of bars"
  if (!reading.is(unit, Kind::Unit, "bars") || begins_a_field(reading, unit)) {
    const bool is_named = reading.is(i - 2, Kind::Unit, "bars") &&
                          (reading.is_sign(i - 1, ":") || reading.is_sign(i - 1, "="));
    if (is_named) claim_bars(reading, reading.item(i).value, {i - 2, i}, claims);
    return;
  }
  if (measures_a_section(reading, unit)) return;
  if (const auto part = measured_before(reading, i)) return reading.leave_unmet({*part, unit});
  if (names_twelve_bar_form(reading, i, unit)) {
    reading.brief.form = FormAsk{"12-bar", {}};
    reading.explain("form", "12-bar", {i, unit});
    return reading.use({i, unit});
  }
  const bool is_product = reading.is_word(i - 1, "fois") || reading.is_word(i - 1, "times") ||
                          reading.is_word(i - 1, "x") || reading.is_sign(i - 1, "x");
  const double rounds =
      is_product && reading.is_free(i - 2, Kind::Number) ? reading.item(i - 2).value : 1;
  claim_bars(reading, rounds * reading.item(i).value, {rounds == 1 ? i : i - 2, unit}, claims);
}

/// Reads a length in real time from its first item on.
class TimeReader {
 public:
  TimeReader(const Reading& reading, int i) : reading_(reading), first_(i), at_(i) {}

  std::optional<Claim<double>> run() {
    if (const auto clock = read_clock()) return clock;
    if (const auto fraction = read_fraction()) return fraction;
    if (read_half_first()) return done();
    double largest = 3601;
    while (read_amount_with_unit(largest)) continue;
    if (largest > 3600) return std::nullopt;
    read_tail(largest);
    return done();
  }

 private:
  Claim<double> done() const { return {seconds_, {first_, at_ - 1}}; }
  bool is_time_unit(int i) const {
    return reading_.is(i, Kind::Unit) && reading_.item(i).value >= 1 && unit_seconds(i) > 0;
  }
  double unit_seconds(int i) const {
    const auto id = reading_.item(i).id;
    return id == "seconds" ? 1 : id == "minutes" ? 60 : id == "hours" ? 3600 : 0;
  }

  /// "1:30" and "2'30".
  std::optional<Claim<double>> read_clock() {
    if (!reading_.is(at_, Kind::Number) || !reading_.is(at_ + 2, Kind::Number)) return std::nullopt;
    const bool is_minutes =
        reading_.is_sign(at_ + 1, "'") || reading_.is_word(at_ + 1, "m");  // "2'30", "2m30"
    if (!is_minutes && !reading_.is_sign(at_ + 1, ":")) return std::nullopt;
    if (!reading_.touches_next(at_) || !reading_.touches_next(at_ + 1)) return std::nullopt;
    const double minutes = reading_.item(at_).value, rest = reading_.item(at_ + 2).value;
    if (reading_.first_token(at_ + 2).text.size() != 2 || rest >= 60) return std::nullopt;
    const int last = end_of_marks(at_ + 2);
    return Claim<double>{60 * minutes + rest, {at_, last}};
  }
  /// "1/2 minute", "3/4 d'heure".
  std::optional<Claim<double>> read_fraction() const {
    if (!reading_.is(at_, Kind::Number) || !reading_.is_sign(at_ + 1, "/")) return std::nullopt;
    int unit = reading_.over_dash(at_ + 3);
    if (reading_.is_word(unit, "d") || reading_.is_word(unit, "of")) ++unit;
    if (reading_.is_sign(unit, "'") || reading_.is(unit, Kind::Article)) ++unit;
    const double below = reading_.item(at_ + 2).value;
    if (!reading_.is(at_ + 2, Kind::Number) || !is_time_unit(unit) || below == 0)
      return std::nullopt;
    return Claim<double>{reading_.item(at_).value / below * unit_seconds(unit), {at_, unit}};
  }
  /// The quotes after "2'30\"" or "2'30''".
  int end_of_marks(int i) const {
    while (reading_.touches_next(i) &&
           (reading_.is_sign(i + 1, "\"") || reading_.is_sign(i + 1, "'")))
      ++i;
    return i;
  }

  bool is_half(int i) const {
    return reading_.is(i, Kind::Number) && reading_.item(i).value == 0.5;
  }

  /// "half a minute", "une demi-minute", "a half hour".
  bool read_half_first() {
    int j = reading_.is(at_, Kind::Article) ? at_ + 1 : at_;
    if (!is_half(j)) return false;
    j = reading_.over_dash(j + 1);
    if (reading_.is(j, Kind::Article)) ++j;
    if (!is_time_unit(j)) return false;
    seconds_ = unit_seconds(j) / 2;
    at_ = j + 1;
    return true;
  }

  /// "2 minutes", "two and a half minutes", "2 minutes et demie"; smaller units may follow.
  bool read_amount_with_unit(double& largest) {
    int j = at_;
    if (at_ != first_ && (reading_.is(j, Kind::And) || reading_.is_sign(j, ","))) ++j;
    const int amount = j;
    int unit = reading_.over_dash(amount + 1);
    double extra = 0;
    if (reading_.is(unit, Kind::And)) unit = after_half(unit, extra);
    if (!is_time_unit(unit) || unit_seconds(unit) >= largest) return false;
    if (!is_amount(reading_, amount, reading_.item(unit).id)) return false;
    if (names_a_decade(amount, unit)) return false;
    const double count = reading_.item(amount).value + extra;
    largest = unit_seconds(unit);
    seconds_ += count * largest;
    at_ = unit + 1;
    take_half_after(largest);
    return true;
  }

  /// The item after "and a half" from `i` on, or `i` itself.
  int after_half(int i, double& extra) const {
    int j = i + 1;
    if (reading_.is(j, Kind::Article)) ++j;
    if (!is_half(j)) return i;
    extra = 0.5;
    return j + 1;
  }
  void take_half_after(double unit) {
    if (!reading_.is(at_, Kind::And)) return;
    double extra = 0;
    const int after = after_half(at_, extra);
    seconds_ += extra * unit;
    if (extra > 0) at_ = after;
  }

  /// "the 80s", "90s rock".
  bool names_a_decade(int amount, int unit) const {
    const double value = reading_.item(amount).value;
    const bool may_be = reading_.first_token(unit).text == "s" && reading_.touches_next(unit - 1) &&
                        value >= 20 && value <= 90 && std::fmod(value, 10) == 0;
    if (!may_be) return false;
    return reading_.is_content(reading_.over_dash(unit + 1)) ||
           reading_.is_word(amount - 1, "the") || reading_.is_sign(amount - 1, "'");
  }

  /// "1 minute 30": a bare number after minutes counts seconds.
  void read_tail(double smallest) {
    if (smallest != 60) return;
    int j = at_;
    if (reading_.is(j, Kind::And)) ++j;
    if (!reading_.is_free(j, Kind::Number)) return;
    const double value = reading_.item(j).value;
    const int next = reading_.over_dash(j + 1);
    const bool is_other = reading_.is(next, Kind::Unit) || reading_.is(next, Kind::Number) ||
                          reading_.is_sign(next, "/") || reading_.is_sign(next, "%") ||
                          reading_.is(next, Kind::Cue);
    if (is_other || !(value >= 1 && value < 60) || value != std::floor(value)) return;
    seconds_ += value;
    at_ = j + 1;
  }

  const Reading& reading_;
  int first_, at_;
  double seconds_ = 0;
};

void read_time(Reading& reading, int i, Claims& claims) {
  const auto claim = TimeReader(reading, i).run();
  if (!claim) return;
  reading.use(claim->extent);
  if (!(claim->value >= kShortestSeconds && claim->value <= kLongestSeconds))
    return refuse_range(reading, "seconds", claim->extent, kShortestSeconds, kLongestSeconds);
  claims.push_back(*claim);
}

}  // namespace

void read_length(Reading& reading) {
  Claims bars, seconds;
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.is_free(i, Kind::Number)) read_bars(reading, i, bars);
    const bool may_begin = reading.is_free(i, Kind::Number) || reading.is_free(i, Kind::Article);
    if (may_begin) read_time(reading, i, seconds);
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

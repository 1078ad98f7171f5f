// SPDX-License-Identifier: MIT
#include "time_reader.hpp"

#include <algorithm>
#include <cmath>

namespace toccata::prompt {
namespace {

/// A number, or an article that counts as one before a unit.
bool is_amount(const Reading& reading, int i, std::string_view unit) {
  if (reading.is_free(i, Kind::Number)) return true;
  return reading.is(i, Kind::Article) && unit != "seconds" && unit != "bars" &&
         !reading.first_token(i).has_accent;
}

/// Words between an amount and its unit that leave it as it is: "une petite minute".
bool is_filler(const Reading& reading, int i) {
  return is_one_of(reading.item(i).text, {"good", "full", "whole", "little", "short", "bonne",
                                          "bonnes", "petite", "petites", "pleine", "pleines"});
}

/// Reads a length in real time from its first item on.
class TimeReader {
 public:
  TimeReader(const Reading& reading, int i) : reading_(reading), first_(i), at_(i) {}

  std::optional<Claim<double>> run() {
    if (const auto clock = read_clock()) return clock;
    if (const auto marked = read_marked_seconds()) return marked;
    if (const auto fraction = read_fraction()) return fraction;
    if (const auto range = read_range()) return range;
    if (read_part_first()) return done();
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

  /// The unit of an amount: "90-second", "une bonne minute", "trentaine de secondes".
  int unit_after(int amount) const {
    int unit = reading_.over_dash(amount + 1);
    const bool is_number = reading_.is(amount, Kind::Number);
    if (is_number && is_one_of(reading_.item(unit).text, {"de", "d", "of"})) ++unit;
    if (is_number && reading_.is_sign(unit, "'")) ++unit;
    while (is_filler(reading_, unit)) ++unit;
    return unit;
  }

  /// "30" in "1:30": two digits, tied to what is before them.
  bool are_sixtieths(int i) const {
    return reading_.is(i, Kind::Number) && reading_.first_token(i).text.size() == 2 &&
           reading_.item(i).value < 60 && reading_.touches_next(i - 2) &&
           reading_.touches_next(i - 1);
  }
  /// "1:30", "1:02:03", "2'30" and "2m30".
  std::optional<Claim<double>> read_clock() const {
    if (!reading_.is(at_, Kind::Number) || !are_sixtieths(at_ + 2)) return std::nullopt;
    const bool is_colon = reading_.is_sign(at_ + 1, ":");
    if (!is_colon && !reading_.is_sign(at_ + 1, "'") && !reading_.is_word(at_ + 1, "m"))
      return std::nullopt;
    const double clock = 60 * reading_.item(at_).value + reading_.item(at_ + 2).value;
    if (is_colon && reading_.is_sign(at_ + 3, ":") && are_sixtieths(at_ + 4))
      return Claim<double>{60 * clock + reading_.item(at_ + 4).value, {at_, at_ + 4}};
    return Claim<double>{clock, {at_, end_of_marks(at_ + 2)}};
  }
  /// The second of two single quotes from item i on: "45''".
  std::optional<int> double_quote(int i) const {
    const bool is_double =
        reading_.is_sign(i, "'") && reading_.is_sign(i + 1, "'") && reading_.touches_next(i);
    return is_double ? std::optional(i + 1) : std::nullopt;
  }
  /// A quotation may have begun before item i and end behind it.
  bool is_quoted(int i) const {
    constexpr int kFarthest = 20;
    for (int j = i - 1; j > i - kFarthest; --j)
      if (reading_.is_sign(j, "\"")) return true;
    return false;
  }
  /// "45''" and "1' 45''"; 45" too, where it does not close a quotation or measure a thing.
  std::optional<Claim<double>> read_marked_seconds() const {
    if (!reading_.is(at_, Kind::Number)) return std::nullopt;
    const double value = reading_.item(at_).value;
    if (const auto last = double_quote(at_ + 1)) return Claim<double>{value, {at_, *last}};
    const bool has_minutes = reading_.is_sign(at_ + 1, "'") && reading_.touches_next(at_) &&
                             reading_.is(at_ + 2, Kind::Number);
    if (const auto last = double_quote(at_ + 3); has_minutes && last)
      return Claim<double>{60 * value + reading_.item(at_ + 2).value, {at_, *last}};
    const bool is_marked = reading_.is_sign(at_ + 1, "\"") && reading_.touches_next(at_);
    if (!is_marked || is_quoted(at_) || reading_.is_content(at_ + 2)) return std::nullopt;
    return Claim<double>{value, {at_, at_ + 1}};
  }

  /// "1/2 minute", "3/4 d'heure", "1/4 de seconde", "2 1/2 minutes".
  std::optional<Claim<double>> read_fraction() const {
    int above = at_;
    double whole = 0;
    constexpr double kMostWholes = 19;  // what is more is a tempo's or counts bars
    const int next = reading_.over_dash(at_ + 1);
    if (reading_.is(next, Kind::Number) && reading_.item(at_).value <= kMostWholes) {
      whole = reading_.item(at_).value;
      above = next;
    }
    const int below = above + 2;
    if (!reading_.is(above, Kind::Number) || !reading_.is_sign(above + 1, "/")) return std::nullopt;
    const double value = reading_.item(above).value / reading_.item(below).value;
    const bool is_part = reading_.is(below, Kind::Number) && std::isfinite(value);
    if (!is_part || (above != at_ && value >= 1)) return std::nullopt;
    int unit = reading_.over_dash(below + 1);
    const bool is_of = is_one_of(reading_.item(unit).text, {"d", "de", "of"});
    if (is_of) ++unit;
    // "1/2 a minute", but "in 3/4 a minute long".
    const bool may_have_article = is_of || reading_.item(above).value == 1;
    if (reading_.is_sign(unit, "'") || (may_have_article && reading_.is(unit, Kind::Article)))
      ++unit;
    if (!is_time_unit(unit)) return std::nullopt;
    return Claim<double>{(whole + value) * unit_seconds(unit), {at_, unit}};
  }
  /// The quotes after "2'30\"" or "2'30''".
  int end_of_marks(int i) const {
    while (reading_.touches_next(i) &&
           (reading_.is_sign(i + 1, "\"") || reading_.is_sign(i + 1, "'")))
      ++i;
    return i;
  }

  /// "30 to 60 seconds", "between 1 and 2 minutes": the middle.
  std::optional<Claim<double>> read_range() const {
    const auto figures = length_at(reading_, at_);
    const int unit = reading_.over_dash(figures.last + 1);
    if (figures.last == at_ || !is_time_unit(unit)) return std::nullopt;
    return Claim<double>{figures.middle() * unit_seconds(unit), {at_, unit}};
  }

  /// A part of a unit, and the item after it.
  struct Part {
    double value;
    int next;
  };
  /// "half", "a quarter", "three quarters", "trois quarts".
  std::optional<Part> part_at(int i) const {
    const bool is_counted = reading_.is_free(i, Kind::Number) && is_quarter(reading_, i + 1);
    const int j = is_counted || reading_.is(i, Kind::Article) ? i + 1 : i;
    if (is_quarter(reading_, j)) return Part{(is_counted ? reading_.item(i).value : 1) / 4, j + 1};
    const bool is_half = reading_.is(j, Kind::Number) && reading_.item(j).value == 0.5;
    return is_half ? std::optional(Part{0.5, j + 1}) : std::nullopt;
  }

  /// "half a minute", "une demi-minute", "three quarters of an hour", "un quart d'heure".
  bool read_part_first() {
    const auto part = part_at(at_);
    if (!part) return false;
    int unit = reading_.over_dash(part->next);
    if (reading_.is_word(unit, "of") || reading_.is_word(unit, "de") || reading_.is_word(unit, "d"))
      ++unit;
    if (reading_.is_sign(unit, "'") || reading_.is(unit, Kind::Article)) ++unit;
    if (!is_time_unit(unit)) return false;
    seconds_ = part->value * unit_seconds(unit);
    at_ = unit + 1;
    return true;
  }

  /// "2 minutes", "two and a half minutes", "2 minutes et demie"; smaller units may follow.
  bool read_amount_with_unit(double& largest) {
    int j = at_;
    if (at_ != first_ && (reading_.is(j, Kind::And) || reading_.is_sign(j, ","))) ++j;
    const int amount = j;
    int unit = unit_after(amount);
    double extra = 0;
    if (reading_.is(unit, Kind::And)) unit = after_part(unit, extra);
    if (!is_time_unit(unit) || unit_seconds(unit) >= largest) return false;
    if (!is_amount(reading_, amount, reading_.item(unit).id)) return false;
    if (names_a_decade(amount, unit)) return false;
    const double count = reading_.item(amount).value + extra;
    largest = unit_seconds(unit);
    seconds_ += count * largest;
    at_ = unit + 1;
    take_part_after(largest);
    return true;
  }

  /// The item after "and a half" from `i` on, or `i` itself.
  int after_part(int i, double& extra) const {
    const auto part = part_at(i + 1);
    if (!part) return i;
    extra = part->value;
    return part->next;
  }
  /// "an hour and a half", "une heure et quart", "une heure trois quarts".
  void take_part_after(double unit) {
    const bool is_joined = reading_.is(at_, Kind::And);
    if (!is_joined && !is_quarter(reading_, at_ + 1)) return;
    const auto part = part_at(is_joined ? at_ + 1 : at_);
    if (!part) return;
    seconds_ += part->value * unit;
    at_ = part->next;
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

  /// "4 flutes", "16 notes".
  bool counts_things(int i) const {
    return reading_.is(i, Kind::Instrument) || reading_.is(i, Kind::Generic) ||
           reading_.is(i, Kind::Ensemble) || reading_.is_word(i, "note") ||
           reading_.is_word(i, "notes") || reading_.is_word(i, "instruments");
  }
  /// The number belongs to what stands behind it: "2 minutes 50 bpm", "50 to 60 bpm", "60 = noire".
  bool leads_on(int number) const {
    const int next = reading_.over_dash(number + 1);
    // "30 à 120" is none: "2 min 30 à 120 bpm".
    const bool is_tied = reading_.is_sign(number + 1, "-") && reading_.touches_next(number);
    const bool is_range = (is_tied || reading_.is_word(number + 1, "to")) &&
                          figures_at(reading_, number).last != number;
    const bool is_unit = reading_.is(next, Kind::Unit) && !begins_a_field(reading_, next);
    const bool is_named = reading_.is(next, Kind::Cue, "tempo") && value_after(reading_, next) < 0;
    const bool is_of_value = reading_.is_word(next, "a") && reading_.is_word(next + 1, "la");
    const bool is_list = !reading_.touches_next(number) && reading_.is(next + 2, Kind::Unit);
    const bool is_fraction = reading_.is_sign(next, "/") && !is_list;  // "30 / 120 bpm" is a list
    const bool is_count = counts_things(next);
    return is_range || is_unit || is_named || is_of_value || is_fraction || is_count ||
           reading_.is_sign(next, "%") || reading_.is_sign(next, "=");
  }
  /// "1 minute 30", "1h30": a bare number after minutes counts seconds, after hours minutes.
  void read_tail(double smallest) {
    if (smallest < 60) return;
    int j = at_;
    if (reading_.is(j, Kind::And)) ++j;
    if (!reading_.is_free(j, Kind::Number)) return;
    const double value = reading_.item(j).value;
    const bool is_whole = value >= 0 && value < 60 && value == std::floor(value);
    if (leads_on(j) || !is_whole || (value == 0 && !reading_.touches_next(j - 1))) return;
    seconds_ += value * smallest / 60;
    at_ = j + 1;
  }

  const Reading& reading_;
  int first_, at_;
  double seconds_ = 0;
};

}  // namespace

std::optional<Claim<double>> time_at(const Reading& reading, int i) {
  return TimeReader(reading, i).run();
}

bool is_quarter(const Reading& reading, int i) {
  constexpr std::string_view kWords[] = {"quarter", "quarters", "quart", "quarts"};
  const auto& item = reading.item(i);
  return item.first == item.last && std::ranges::find(kWords, item.text) != std::end(kWords);
}

FigureRange length_at(const Reading& reading, int i) {
  const double value = reading.item(i).value;
  const FigureRange alone{value, value, i};
  const bool is_one = reading.is(i, Kind::Article) &&
                      (reading.is_word(i + 1, "a") || reading.is(i + 1, Kind::Or));  // "une à deux"
  if (!is_one && !reading.is_free(i, Kind::Number)) return alone;
  // "Two or three" is an estimate; "16 or 24" are two lengths.
  const int other = i + 2;
  const bool is_estimate = reading.is(i + 1, Kind::Or) && reading.is_free(other, Kind::Number) &&
                           value < 10 && reading.item(other).value == value + 1;
  if (is_estimate) return {value, value + 1, other};
  const auto range = figures_at(reading, i);
  const bool is_spaced = reading.is_sign(i + 1, "-") && !reading.touches_next(i);
  const bool follows_a_tempo = reading.is_word(i - 1, "at") || reading.is(i - 1, Kind::Cue) ||
                               (is_spaced && reading.is_content(i - 1));
  return range.lowest > range.highest || follows_a_tempo ? alone : range;
}

}  // namespace toccata::prompt

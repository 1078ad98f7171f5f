// SPDX-License-Identifier: MIT
// Fields given as "NAME NUMBER": "seed 42", "valence -0.3", "density 40 %".
#include "figures.hpp"
#include "reading.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace toccata::prompt {

std::string number_text(double number) {
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return error == std::errc() ? std::string(buffer.data(), end) : std::string("?");
}

double in_hundredths(double number) { return std::floor(number * 100 + 0.5 + 1e-9) / 100; }

int value_after(const Reading& reading, int i) {
  constexpr int kFarthest = 5;
  for (int j = i + 1; j <= i + kFarthest; ++j) {
    if (reading.is_free(j, Kind::Number)) return j;
    const bool is_link = reading.is_sign(j, ":") || reading.is_sign(j, "=") ||
                         reading.is(j, Kind::Function) || reading.is(j, Kind::Place) ||
                         reading.is_word(j, "a");
    if (!is_link) return -1;
  }
  return -1;
}

FigureRange figures_at(const Reading& reading, int i) {
  const double value = reading.item(i).value;
  const auto past_ish = [&](int j) {
    return reading.is_word(reading.over_dash(j + 1), "ish") ? reading.over_dash(j + 1) : j;
  };
  const bool is_spread = reading.is_word(i - 1, "between") || reading.is_word(i - 1, "entre");
  const int link = i + 1;
  const bool is_link = reading.is_sign(link, "-") || reading.is_word(link, "to") ||
                       reading.is_word(link, "a") || (is_spread && reading.is(link, Kind::And));
  if (!is_link || !reading.is_free(link + 1, Kind::Number)) return {value, value, past_ish(i)};
  return {value, reading.item(link + 1).value, past_ish(link + 1)};
}

std::optional<int> alternative_to(const Reading& reading, int i) {
  const bool is_choice = reading.is_free(i, Kind::Number) && reading.is(i + 1, Kind::Or) &&
                         reading.is_free(i + 2, Kind::Number);
  return is_choice ? std::optional(i + 2) : std::nullopt;
}

std::optional<NoteFraction> note_fraction_at(const Reading& reading, int i) {
  constexpr double kShortest = 32;
  const double below = reading.item(i + 2).value;
  const bool is_fraction = reading.is_free(i, Kind::Number) && reading.item(i).value == 1 &&
                           reading.is_sign(i + 1, "/") && reading.is_free(i + 2, Kind::Number);
  const int equals = reading.is_word(i + 3, "note") ? i + 4 : i + 3;
  if (!is_fraction || !(below >= 1 && below <= kShortest) || !reading.is_sign(equals, "=") ||
      !reading.is_free(equals + 1, Kind::Number))
    return std::nullopt;
  return NoteFraction{4 / below, equals};
}

bool has_minus_before(const Reading& reading, int i) {
  const bool is_minus = reading.is_word(i - 1, "minus") || reading.is_word(i - 1, "moins");
  return is_minus && !reading.is(i - 2, Kind::Or);
}

bool begins_a_field(const Reading& reading, int unit) {
  return (reading.is_sign(unit + 1, "=") || reading.is_sign(unit + 1, ":")) &&
         reading.is(unit + 2, Kind::Number);
}

void refuse_range(Reading& reading, std::string_view field, Extent extent, double lowest,
                  double highest) {
  reading.fail(PromptFault::OutOfRange, field,
               reading.quote(extent) + ": " + std::string(field) + " must be in " +
                   number_text(lowest) + ".." + number_text(highest));
}

namespace {

struct Figure {
  std::string_view field;
  double lowest, highest;
  std::optional<double> Brief::*member;
};
constexpr Figure kFigures[] = {{"valence", -1, 1, &Brief::valence},
                               {"arousal", -1, 1, &Brief::arousal},
                               {"density", 0, 1, &Brief::density}};

void read_figure(Reading& reading, const Figure& figure, int cue) {
  const int at = value_after(reading, cue);
  if (at < 0) return;
  const bool is_percent = reading.is_sign(at + 1, "%") || reading.is(at + 1, Kind::Unit, "percent");
  const Extent extent{cue, is_percent ? at + 1 : at};
  const double value = reading.item(at).value / (is_percent ? 100 : 1);
  if (!(value >= figure.lowest && value <= figure.highest))
    return refuse_range(reading, figure.field, extent, figure.lowest, figure.highest);
  auto& member = reading.brief.*figure.member;
  if (member && *member != value)
    return reading.fail(PromptFault::Contradiction, figure.field,
                        "two values for " + std::string(figure.field) + " are asked for: " +
                            number_text(*member) + " and " + number_text(value));
  member = value;
  reading.explain(figure.field, number_text(value), extent);
  reading.use(extent);
}

void read_seed(Reading& reading, int cue) {
  const int at = value_after(reading, cue);
  if (at < 0) return;
  const auto& digits = reading.first_token(at).text;
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  if (!is_whole || reading.item(at).value < 0 ||
      (reading.brief.seed && *reading.brief.seed != seed))
    return reading.fail(PromptFault::OutOfRange, "seed",
                        reading.quote({cue, at}) + ": one seed, from 0 to 2^64 - 1, is allowed");
  reading.brief.seed = seed;
  reading.explain("seed", digits, {cue, at});
  reading.use({cue, at});
}

}  // namespace

void read_figures(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Cue)) continue;
    if (reading.item(i).id == "seed") read_seed(reading, i);
    for (const auto& figure : kFigures)
      if (reading.item(i).id == figure.field) read_figure(reading, figure, i);
  }
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
#include "walk_options.hpp"

#include <cmath>

#include <fmt/format.h>
#include <toccata/theory/chord.hpp>

#include "list_option.hpp"

namespace toccata::cli {
namespace {

constexpr OptionSpec kRows[] = {
    {"--walk-notes", "N", Takes::OneValue,
     "engine walk: notes of the melody, 1 to 100000 (default: one a quarter to the end)"},
    {"--walk-steps", "LIST", Takes::OneValue,
     "engine walk: semitones it may move by, each -24 to 24 (default: -2,-1,0,1,2)"},
    {"--walk-probabilities", "LIST", Takes::OneValue,
     "engine walk: one for each step, with sum 1 (default: 0.2,0.3,0.1,0.3,0.1)"},
    {"--walk-chords", "NUMERALS", Takes::OneValue,
     "engine walk: a chord for each bar, round and round (default: I,IV,V,I)"},
    {"--walk-sevenths", "", Takes::Nothing, "engine walk: every chord with a major seventh"},
};

Outcome<std::vector<double>> numbers_of(std::string_view option, const std::string& text,
                                        double lowest, double highest) {
  TOCCATA_TRY(const auto items, items_of(option, text));
  std::vector<double> numbers;
  for (const std::string& item : items) {
    Arguments one;
    one.add(option, {item});
    TOCCATA_TRY(const auto number, one.real(option, lowest, highest));
    numbers.push_back(*number);
  }
  return numbers;
}

Outcome<void> read_steps(const Arguments& arguments, WalkOptions& walk) {
  if (const auto text = arguments.text("--walk-steps")) {
    TOCCATA_TRY(const auto steps, numbers_of("--walk-steps", *text, -24, 24));
    walk.steps.clear();
    for (const double step : steps) {
      if (step != std::floor(step))
        return wrong_call(
            fmt::format("--walk-steps \"{:g}\": allowed are whole numbers from -24 to 24", step));
      walk.steps.push_back(static_cast<int>(step));
    }
  }
  if (const auto text = arguments.text("--walk-probabilities")) {
    TOCCATA_TRY(walk.probabilities, numbers_of("--walk-probabilities", *text, 0, 1));
  }
  if (walk.steps.size() != walk.probabilities.size())
    return wrong_call(
        fmt::format("--walk-probabilities: there are {} for {} steps, allowed is one for each step",
                    walk.probabilities.size(), walk.steps.size()));
  double sum = 0;
  for (const double probability : walk.probabilities) sum += probability;
  if (std::fabs(sum - 1) > 1e-6)
    return wrong_call(fmt::format("--walk-probabilities: their sum is {:g}, allowed is 1", sum));
  return {};
}

Outcome<void> read_progression(const Arguments& arguments, WalkOptions& walk) {
  auto text = arguments.text("--walk-chords");
  if (!text) return {};
  for (char& c : *text)
    if (c == ' ') c = ',';
  TOCCATA_TRY(walk.progression, items_of("--walk-chords", *text));
  const Key any_key{NoteName{}, *Scale::find("major")};
  for (const std::string& numeral : walk.progression)
    if (const auto chord = parse_roman(numeral, any_key); !chord)
      return wrong_call(fmt::format("--walk-chords \"{}\": {}", numeral, chord.error()));
  return {};
}

}  // namespace

const std::span<const OptionSpec> kWalkOptions = kRows;

Outcome<WalkOptions> walk_options(const Arguments& arguments) {
  for (const OptionSpec& row : kRows)
    if (arguments.has(row.names) && arguments.text("--engine") != "walk")
      return wrong_call(fmt::format("{}: allowed with --engine walk only", row.names));
  WalkOptions walk;
  TOCCATA_TRY(const auto notes, arguments.whole("--walk-notes", 1, 100'000));
  if (notes) walk.notes = static_cast<int>(*notes);
  TOCCATA_CHECK(read_steps(arguments, walk));
  TOCCATA_CHECK(read_progression(arguments, walk));
  walk.sevenths = arguments.has("--walk-sevenths");
  return walk;
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
#include "walk_options.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <toccata/theory/chord.hpp>

#include "list_option.hpp"

namespace toccata::cli {
namespace {

constexpr OptionSpec kRows[] = {
    {"--walk-notes", "N", Takes::OneValue,
     "engine walk: quarters of the melody, 1 to 40000 (default: 16; where a length or chords are "
     "asked, one a quarter to the end)"},
    {"--walk-steps", "LIST", Takes::OneValue,
     "engine walk: semitones it may move by, each -24 to 24 (default: -2,-1,0,1,2)"},
    {"--walk-probabilities", "LIST", Takes::OneValue,
     "engine walk: one for each step, with sum 1 (default: 0.2,0.3,0.1,0.3,0.1, which drifts "
     "downwards by 0.2 semitones a note)"},
    {"--walk-range", "LOW-HIGH", Takes::OneValue,
     "engine walk: MIDI numbers to which it is clipped, 0 to 127 (default: 48-84, as far as the "
     "instrument goes)"},
    {"--walk-chords", "NUMERALS", Takes::OneValue,
     "engine walk: a chord for each bar, round and round (default: I,IV,V,I; see --chords too)"},
    {"--walk-sevenths", "", Takes::Nothing,
     "engine walk: every chord with a major seventh, on V too"},
    {"--walk-ending", "WORD", Takes::OneValue,
     "engine walk: tonic moves the last notes to the tonic triad, free leaves them (default: "
     "tonic)"},
};

/// Numbers with commas.
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

Outcome<int> whole_of(std::string_view option, double number) {
  if (number == std::floor(number)) return static_cast<int>(number);
  return wrong_call(fmt::format("{} \"{:g}\": allowed are whole numbers", option, number));
}

Outcome<void> read_steps(const Arguments& arguments, WalkAsk& walk) {
  if (const auto text = arguments.text("--walk-steps")) {
    TOCCATA_TRY(const auto steps,
                numbers_of("--walk-steps", *text, -kWidestWalkStep, kWidestWalkStep));
    for (const double step : steps) {
      TOCCATA_TRY(const int whole, whole_of("--walk-steps", step));
      walk.steps.push_back(whole);
    }
  }
  if (const auto text = arguments.text("--walk-probabilities")) {
    TOCCATA_TRY(walk.probabilities, numbers_of("--walk-probabilities", *text, 0, 1));
  }
  return {};
}

/// "48-84".
Outcome<void> read_range(const Arguments& arguments, WalkAsk& walk) {
  const auto text = arguments.text("--walk-range");
  if (!text) return {};
  const auto number = [](std::string_view part) -> std::optional<int> {
    int value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    const bool is_read = error == std::errc() && end == part.data() + part.size();
    return is_read ? std::optional(value) : std::nullopt;
  };
  const auto dash = text->find('-', 1);
  if (dash != std::string::npos) {
    walk.lowest = number(std::string_view(*text).substr(0, dash));
    walk.highest = number(std::string_view(*text).substr(dash + 1));
  }
  if (!walk.lowest || !walk.highest || *walk.lowest > *walk.highest)
    return wrong_call(
        fmt::format("--walk-range \"{}\": allowed are two MIDI numbers, as in 48-84", *text));
  return {};
}

Outcome<void> read_progression(const Arguments& arguments, WalkAsk& walk) {
  auto text = arguments.text("--walk-chords");
  if (!text) return {};
  for (char& c : *text)
    if (c == ' ') c = ',';
  TOCCATA_TRY(walk.chords, items_of("--walk-chords", *text));
  return {};
}

}  // namespace

const std::span<const OptionSpec> kWalkOptions = kRows;

Outcome<WalkAsk> walk_ask(const Arguments& arguments) {
  WalkAsk walk;
  TOCCATA_TRY(const auto notes, arguments.whole("--walk-notes", 1, kMostWalkNotes));
  if (notes) walk.notes = static_cast<int>(*notes);
  TOCCATA_CHECK(read_steps(arguments, walk));
  TOCCATA_CHECK(read_range(arguments, walk));
  TOCCATA_CHECK(read_progression(arguments, walk));
  if (arguments.has("--walk-sevenths")) walk.sevenths = true;
  if (const auto word = arguments.text("--walk-ending")) {
    walk.ending = find_walk_ending(*word);
    if (!walk.ending)
      return wrong_call(fmt::format("--walk-ending \"{}\": allowed are tonic and free", *word));
  }
  // "walk steps: ..." is said of --walk-steps.
  if (const auto sound = check_fields(walk); !sound)
    return wrong_call("--walk-" + sound.error().substr(std::string_view("walk ").size()));
  return walk;
}

std::optional<std::string_view> first_walk_option(const Arguments& arguments) {
  for (const OptionSpec& row : kRows)
    if (arguments.has(row.names)) return row.names;
  return std::nullopt;
}

}  // namespace toccata::cli

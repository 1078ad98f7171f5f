// SPDX-License-Identifier: MIT
#include <toccata/plan/walk.hpp>

#include <array>
#include <cmath>

#include <fmt/format.h>
#include <toccata/theory/chord.hpp>

namespace toccata {
namespace {

constexpr std::array<std::string_view, 2> kEndings{"tonic", "free"};

using Check = Result<void, std::string>;

Check check_number(std::string_view what, double number, double lowest, double highest) {
  if (number >= lowest && number <= highest) return {};
  return Unexpected{fmt::format("{}: {:g} is not in {:g}..{:g}", what, number, lowest, highest)};
}

/// Steps and probabilities belong together, those that are not said included.
Check check_steps(const WalkAsk& ask) {
  const WalkOptions usual;
  const auto& steps = ask.steps.empty() ? usual.steps : ask.steps;
  const auto& probabilities = ask.probabilities.empty() ? usual.probabilities : ask.probabilities;
  if (steps.size() != probabilities.size())
    return Unexpected{
        fmt::format("walk probabilities: there are {} for {} steps, allowed is one for each step",
                    probabilities.size(), steps.size())};
  double sum = 0;
  for (const double probability : probabilities) sum += probability;
  if (std::fabs(sum - 1) > 1e-6)
    return Unexpected{fmt::format("walk probabilities: their sum is {:g}, allowed is 1", sum)};
  return {};
}

}  // namespace

std::string_view name_of(WalkEnding ending) { return kEndings[static_cast<std::size_t>(ending)]; }
std::optional<WalkEnding> find_walk_ending(std::string_view name) {
  for (std::size_t i = 0; i < kEndings.size(); ++i)
    if (name == kEndings[i]) return static_cast<WalkEnding>(i);
  return std::nullopt;
}

WalkAsk overlaid(const WalkAsk& under, const WalkAsk& over) {
  const auto lay = [](auto field, const auto& by) { return by == decltype(field){} ? field : by; };
  return {lay(under.notes, over.notes),
          lay(under.steps, over.steps),
          lay(under.probabilities, over.probabilities),
          lay(under.chords, over.chords),
          lay(under.sevenths, over.sevenths),
          lay(under.lowest, over.lowest),
          lay(under.highest, over.highest),
          lay(under.ending, over.ending)};
}

Result<void, std::string> check_fields(const WalkAsk& ask) {
  if (ask.notes) TOCCATA_CHECK(check_number("walk notes", *ask.notes, 1, kMostWalkNotes));
  for (const int step : ask.steps)
    TOCCATA_CHECK(check_number("walk steps", step, -kWidestWalkStep, kWidestWalkStep));
  for (const double probability : ask.probabilities)
    TOCCATA_CHECK(check_number("walk probabilities", probability, 0, 1));
  const Key any_key{NoteName{}, *Scale::find("major")};
  for (const std::string& numeral : ask.chords)
    if (const auto chord = parse_roman(numeral, any_key); !chord)
      return Unexpected{fmt::format("walk chords \"{}\": {}", numeral, chord.error())};
  for (const auto& number : {ask.lowest, ask.highest})
    if (number) TOCCATA_CHECK(check_number("walk range", *number, 0, 127));
  return {};
}

Result<void, std::string> check(const WalkAsk& ask) {
  TOCCATA_CHECK(check_fields(ask));
  TOCCATA_CHECK(check_steps(ask));
  if (ask.lowest && ask.highest && *ask.lowest > *ask.highest)
    return Unexpected{fmt::format("walk range: {} is over {}, allowed is the lower number first",
                                  *ask.lowest, *ask.highest)};
  return {};
}

}  // namespace toccata

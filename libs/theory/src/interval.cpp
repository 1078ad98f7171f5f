// SPDX-License-Identifier: MIT
#include "letters.hpp"
#include "text.hpp"

#include <toccata/theory/pitch.hpp>

namespace toccata {
namespace {

constexpr int kLargestNumber = 99;       // fourteen octaves: more than any keyboard
constexpr std::size_t kMostLetters = 5;  // Fbb to B## is a fourth, five times augmented

int letter_index(SpelledPitch pitch) {
  return 7 * pitch.octave + static_cast<int>(pitch.name.step);
}

/// Unisons, fourths, fifths and their octaves have a perfect form, the others major and minor.
bool is_perfect_kind(int steps) {
  const int simple = steps % 7;
  return simple == 0 || simple == 3 || simple == 4;
}

/// "A", "d", "M" ... from how far the size lies from the perfect or major one.
std::string quality_text(int steps, int beyond) {
  const bool perfect = is_perfect_kind(steps);
  if (beyond == 0) return perfect ? "P" : "M";
  if (beyond == -1 && !perfect) return "m";
  if (beyond > 0) return std::string(static_cast<std::size_t>(beyond), 'A');
  return std::string(static_cast<std::size_t>(-beyond - (perfect ? 0 : 1)), 'd');
}

/// How far a quality lies from the perfect or major size; none when it does not exist there.
std::optional<int> beyond_of(std::string_view quality, int steps) {
  const bool perfect = is_perfect_kind(steps);
  if (quality == "P") return perfect ? std::optional(0) : std::nullopt;
  if (quality == "M") return perfect ? std::nullopt : std::optional(0);
  if (quality == "m") return perfect ? std::nullopt : std::optional(-1);
  const int count = static_cast<int>(quality.size());
  if (quality.find_first_not_of('A') == std::string_view::npos) return count;
  if (quality.find_first_not_of('d') == std::string_view::npos) return -count - (perfect ? 0 : 1);
  return std::nullopt;
}

}  // namespace

SpelledInterval interval_between(SpelledPitch from, SpelledPitch to) {
  return {letter_index(to) - letter_index(from), to.sounding_number() - from.sounding_number()};
}

Result<SpelledPitch, std::string> transpose(SpelledPitch pitch, SpelledInterval interval) {
  const int index = letter_index(pitch) + interval.steps;
  SpelledPitch moved{{static_cast<Step>(detail::floor_mod(index, 7)), 0},
                     detail::floor_div(index, 7)};
  moved.name.alteration = pitch.sounding_number() + interval.semitones - moved.sounding_number();
  if (moved.name.alteration < -2 || moved.name.alteration > 2)
    return Unexpected{to_string(pitch) + " moved by " + to_string(interval) +
                      " needs more than two sharps or flats"};
  return moved;
}

std::string to_string(SpelledInterval interval) {
  const bool down = interval.steps < 0 || (interval.steps == 0 && interval.semitones < 0);
  const int steps = down ? -interval.steps : interval.steps;
  const int semitones = down ? -interval.semitones : interval.semitones;
  return (down ? "-" : "") + quality_text(steps, semitones - detail::major_semitones(steps)) +
         std::to_string(steps + 1);
}

Result<SpelledInterval, std::string> parse_interval(std::string_view text) {
  std::string_view rest = text;
  const bool down = rest.starts_with('-');
  if (down) rest.remove_prefix(1);
  const auto digits = std::min(rest.find_first_of("0123456789"), rest.size());
  const std::string_view quality = rest.substr(0, digits);
  detail::Cursor cursor(rest.substr(digits));
  const auto number = cursor.take_number();
  if (number && *number >= 1 && *number <= kLargestNumber && cursor.at_end() && !quality.empty() &&
      quality.size() <= kMostLetters) {
    const int steps = *number - 1;
    if (const auto beyond = beyond_of(quality, steps)) {
      const int semitones = detail::major_semitones(steps) + *beyond;
      return down ? SpelledInterval{-steps, -semitones} : SpelledInterval{steps, semitones};
    }
  }
  return Unexpected{
      detail::quoted(text) +
      " is not an interval: allowed are P (1 4 5 8 ...), M and m (2 3 6 7 ...), A and "
      "d with a number up to 99, as in m3 or -P5"};
}

}  // namespace toccata

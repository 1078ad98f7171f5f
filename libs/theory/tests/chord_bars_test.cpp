// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>
#include <toccata/theory/chord.hpp>

using namespace toccata;

namespace {

template <class Bars>
std::string printed(const Bars& bars) {
  if (!bars) return bars.error();
  std::string text;
  for (const auto& bar : *bars) {
    text += text.empty() ? "" : " |";
    for (const auto& chord : bar) text += (text.empty() ? "" : " ") + to_string(chord);
  }
  return text;
}

std::string error_of(const char* text) { return parse_chord_bars(text).error(); }

}  // namespace

TEST_CASE("parse_chord_bars: bars are parted by lines, chords by spaces or commas") {
  CHECK(printed(parse_chord_bars("Dm7 G7 | Cmaj7 | %")) == "Dm7 G7 | Cmaj7 | Cmaj7");
  CHECK(printed(parse_chord_bars("C,F,G,C")) == "C F G C");
  CHECK(printed(parse_chord_bars("Dm7|G7")) == "Dm7 | G7");
  CHECK(printed(parse_chord_bars("C7(b9,#11) | F")) == "C7b9#11 | F");
  CHECK(printed(parse_chord_bars("\tC\n|\r\nG ")) == "C | G");
}

TEST_CASE("parse_chord_bars: lines at either end and double lines are one line") {
  CHECK(printed(parse_chord_bars("| C | G |")) == "C | G");
  CHECK(printed(parse_chord_bars("|| C | G ||")) == "C | G");
  CHECK(printed(parse_chord_bars("C || G")) == "C | G");
}

TEST_CASE("parse_chord_bars: a fault names its bar, what was found and what is allowed") {
  CHECK(error_of("C | Foo | G").find("bar 2 of the chords: chord \"Foo\"") == 0);
  CHECK(error_of("C | | G").find("bar 2 of the chords: it is empty") == 0);
  CHECK(error_of("%").find("bar 1 of the chords: \"%\" has no bar before") == 0);
  CHECK(error_of("").find("bar 1") == 0);
  CHECK(error_of("||||").find("bar 1") == 0);
  CHECK(error_of("C | G %").find("bar 2") == 0);
  CHECK(error_of("ii V").find("bar 1") == 0);
  CHECK(error_of(std::string(1'000'000, '|').c_str()).size() < 300);
  CHECK(error_of(std::string(90'000, 'm').c_str()).size() < 500);
  CHECK(error_of((std::string(90'000, ' ') + "x").c_str()).size() < 500);
}

TEST_CASE("parse_chord_bars: with a key, roman numerals and symbols may stand side by side") {
  const Key c = *parse_key("C"), a_minor = *parse_key("A minor");
  CHECK(printed(parse_chord_bars("ii7 V7 | Imaj7 | bVII Fm", c)) == "Dm7 G7 | Cmaj7 | Bb Fm");
  CHECK(printed(parse_chord_bars("i | iv V7 | Bb", a_minor)) == "Am | Dm E7 | Bb");
  CHECK(parse_chord_bars("VIII", c).error().find("bar 1") == 0);
}

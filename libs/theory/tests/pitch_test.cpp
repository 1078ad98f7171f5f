// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <toccata/theory/pitch.hpp>

using namespace toccata;

namespace {

std::vector<NoteName> every_name() {
  std::vector<NoteName> names;
  for (int step = 0; step < 7; ++step)
    for (int alteration = -2; alteration <= 2; ++alteration)
      names.push_back({static_cast<Step>(step), alteration});
  return names;
}

}  // namespace

TEST_CASE("PitchClass: any number of semitones folds into 0..11") {
  CHECK(PitchClass::folded(-1).number() == 11);
  CHECK(PitchClass::folded(-12).number() == 0);
  CHECK(PitchClass::folded(127).number() == 7);
  CHECK(semitones_up(PitchClass::folded(11), PitchClass::folded(0)) == 1);
  CHECK(PitchClass::folded(4) + -5 == PitchClass::folded(11));
}

TEST_CASE("Pitch: numbers outside 0..127 are refused, at both edges") {
  CHECK(Pitch::from_number(0)->number() == 0);
  CHECK(Pitch::from_number(127)->number() == 127);
  CHECK(Pitch::from_number(-1).error() == RangeError{-1, 0, 127});
  CHECK_FALSE(Pitch::from_number(128));
}

TEST_CASE("Pitch: folding into the range keeps the pitch class") {
  for (int number = -40; number < 180; ++number) {
    CHECK(Pitch::folded_into_range(number).pitch_class() == PitchClass::folded(number));
    if (number >= 0 && number <= 127) CHECK(Pitch::folded_into_range(number).number() == number);
  }
}

TEST_CASE("NoteName: parse_note_name undoes to_string") {
  for (const NoteName name : every_name()) CHECK(*parse_note_name(to_string(name)) == name);
}

TEST_CASE("NoteName: Unicode signs, the double sharp x and small letters are read") {
  CHECK(*parse_note_name("B\u266D") == NoteName{Step::B, -1});
  CHECK(*parse_note_name("F\u266F") == NoteName{Step::F, 1});
  CHECK(*parse_note_name("E\U0001D12B") == NoteName{Step::E, -2});
  CHECK(*parse_note_name("Gx") == NoteName{Step::G, 2});
  CHECK(*parse_note_name("bb") == NoteName{Step::B, -1});
}

TEST_CASE("NoteName: other texts are refused with what was found") {
  for (const char* text : {"", "H", "Cb#", "Cbbb", "C###", "C4", " C", "b#b", "\x01"})
    CHECK_FALSE(parse_note_name(text));
  CHECK(parse_note_name("H#").error().find("\"H#\"") != std::string::npos);
  CHECK(parse_note_name(std::string(1'000'000, 'm')).error().size() < 200);
  CHECK(parse_note_name("\n\n").error().find('\n') == std::string::npos);
}

TEST_CASE("SpelledPitch: parse_spelled_pitch undoes to_string in every octave") {
  for (const NoteName name : every_name())
    for (int octave = -1; octave <= 9; ++octave) {
      const SpelledPitch pitch{name, octave};
      CHECK(*parse_spelled_pitch(to_string(pitch)) == pitch);
      CHECK(PitchClass::folded(pitch.sounding_number()) == name.pitch_class());
    }
  for (const char* text : {"C", "C10", "C-3", "4", "C4 ", "C--1"})
    CHECK_FALSE(parse_spelled_pitch(text));
}

TEST_CASE("SpelledPitch: middle C is C4 and sounds as 60; B#3 sounds as it, Cb4 as B3") {
  CHECK(parse_spelled_pitch("C4")->sounding_number() == 60);
  CHECK(parse_spelled_pitch("A4")->sounding_number() == 69);
  CHECK(parse_spelled_pitch("B#3")->sounding_number() == 60);
  CHECK(parse_spelled_pitch("Cb4")->sounding_number() == 59);
  CHECK(parse_spelled_pitch("C-1")->sounding_number() == 0);
}

TEST_CASE("SpelledInterval: names are those of the books") {
  const auto between = [](const char* from, const char* to) {
    return to_string(interval_between(*parse_spelled_pitch(from), *parse_spelled_pitch(to)));
  };
  CHECK(between("C4", "C4") == "P1");
  CHECK(between("C4", "F#4") == "A4");
  CHECK(between("C4", "Gb4") == "d5");
  CHECK(between("C4", "Eb5") == "m10");
  CHECK(between("E4", "D4") == "-M2");
  CHECK(between("C#4", "C4") == "-A1");
  CHECK(between("B4", "Cb5") == "d2");
  CHECK(between("C4", "Bb4") == "m7");
  CHECK(between("C4", "C6") == "P15");
}

TEST_CASE(
    "SpelledInterval: parse_interval undoes to_string, and transpose undoes interval_between") {
  for (const NoteName low : every_name())
    for (const NoteName high : every_name())
      for (int octave = 3; octave <= 6; ++octave) {
        const SpelledPitch from{low, 4}, to{high, octave};
        const SpelledInterval interval = interval_between(from, to);
        CHECK(*parse_interval(to_string(interval)) == interval);
        CHECK(*transpose(from, interval) == to);
      }
}

TEST_CASE("transpose: a result with three sharps is refused, naming pitch and interval") {
  const auto moved = transpose(*parse_spelled_pitch("B##4"), *parse_interval("A4"));
  REQUIRE_FALSE(moved);
  CHECK(moved.error().find("B##4 moved by A4") != std::string::npos);
}

TEST_CASE("parse_interval: qualities that a number does not have are refused") {
  for (const char* text : {"P3", "M5", "m4", "P", "3", "", "-", "A", "M0", "m100", "M-3", "AAAAAA4",
                           "Ad4", "m3 ", "--m3"})
    CHECK_FALSE(parse_interval(text));
}

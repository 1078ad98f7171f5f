// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <toccata/theory/chord.hpp>

using namespace toccata;

namespace {

std::string in(const char* key, const char* numeral) {
  const auto chord = parse_roman(numeral, *parse_key(key));
  return chord ? to_string(*chord) : chord.error();
}

std::string numeral_of(const char* symbol, const char* key) {
  return to_roman(*parse_chord(symbol), *parse_key(key));
}

}  // namespace

TEST_CASE("parse_roman: case is the third, 7 a minor seventh, maj7 a major one") {
  CHECK(in("C", "I") == "C");
  CHECK(in("C", "ii7") == "Dm7");
  CHECK(in("C", "V7") == "G7");
  CHECK(in("C", "IVmaj7") == "Fmaj7");
  CHECK(in("C", "I7") == "C7");
  CHECK(in("C", "viio7") == "Bdim7");
  CHECK(in("C",
           "vii\u00F8"
           "7") == "Bm7b5");
  CHECK(in("C",
           "ii\u00F8"
           "7") == "Dm7b5");
  CHECK(in("C", "III+") == "Eaug");
  CHECK(in("C", "bVII") == "Bb");
  CHECK(in("C", "#ivo7") == "F#dim7");
  CHECK(in("C", "V7b9") == "G7b9");
  CHECK(in("C", "Vsus4") == "Gsus4");
  CHECK(in("C", "V7alt") == "G7alt");
  CHECK(in("C", "I69") == "C69");
  CHECK(in("C", "Iadd6") == "C6");
  CHECK(in("C", "imaj7") == "CmMaj7");
  CHECK(in("C", "IIm7") == "Dm7");
}

TEST_CASE("parse_roman: figures put a chord tone in the bass") {
  CHECK(in("C", "I6") == "C/E");
  CHECK(in("C", "I64") == "C/G");
  CHECK(in("C", "V65") == "G7/B");
  CHECK(in("C", "V43") == "G7/D");
  CHECK(in("C", "V42") == "G7/F");
  CHECK(in("C", "V2") == "G7/F");
  CHECK(in("C", "ii65") == "Dm7/F");
  CHECK(in("C", "viio6") == "Bdim/D");
  CHECK(in("C",
           "vii\u00F8"
           "65") == "Bm7b5/D");
  CHECK(in("C", "V6/5") == "G7/B");
  CHECK(in("C", "IV/G") == "F/G");
}

TEST_CASE("parse_roman: a numeral behind a slash is the key it is borrowed from") {
  CHECK(in("C", "V/V") == "D");
  CHECK(in("C", "V7/ii") == "A7");
  CHECK(in("C", "viio7/V") == "F#dim7");
  CHECK(in("C", "V65/V") == "D7/F#");
  CHECK(in("C",
           "ii\u00F8"
           "7/ii") == "Em7b5");
  CHECK(in("C", "iio/vi") == "Bdim");
  CHECK(in("C", "V7/bVII") == "F7");
  CHECK(in("C", "V/V/V") == "A");
}

TEST_CASE(
    "parse_roman: minor keys have natural degrees, V as written, and vii\u00B0 on the leading "
    "tone") {
  CHECK(in("A minor", "i") == "Am");
  CHECK(in("A minor", "V") == "E");
  CHECK(in("A minor", "v") == "Em");
  CHECK(in("A minor", "III") == "C");
  CHECK(in("A minor", "VI") == "F");
  CHECK(in("A minor", "VII") == "G");
  CHECK(in("A minor", "bVII") == "G");
  CHECK(in("A minor", "viio7") == "G#dim7");
  CHECK(in("A minor", "#vi") == "F#m");
  CHECK(in("A minor", "bII6") == "Bb/D");
  CHECK(in("A harmonic minor", "VI") == "F");
  CHECK(in("A dorian", "IV") == "D");
  CHECK(in("A dorian",
           "vi\u00F8"
           "7") == "F#m7b5");
  CHECK(in("A blues", "IV7") == "D7");
}

TEST_CASE("to_roman: chords are numbered as the books do") {
  CHECK(numeral_of("C", "C") == "I");
  CHECK(numeral_of("Dm7", "C") == "ii7");
  CHECK(numeral_of("G7/B", "C") == "V65");
  CHECK(numeral_of("C/E", "C") == "I6");
  CHECK(numeral_of("Bb", "C") == "bVII");
  CHECK(numeral_of("Fmaj7", "C") == "IVmaj7");
  CHECK(numeral_of("Bm7b5", "C") ==
        "vii\u00F8"
        "7");
  CHECK(numeral_of("G#dim7", "A minor") == "viio7");
  CHECK(numeral_of("G", "A minor") == "VII");
  CHECK(numeral_of("C6", "C") == "Iadd6");
  CHECK(numeral_of("F/G", "C") == "IV/G");
}

TEST_CASE("to_roman: parse_roman reads back the same pitch classes and bass, in every key") {
  const std::vector<std::string> kSuffixes = {
      "",     "m",    "dim", "aug",     "5",    "sus4",  "6",     "m6",   "69",
      "7",    "maj7", "m7",  "mMaj7",   "dim7", "m7b5",  "9",     "m9",   "13",
      "7alt", "7b9",  "7#5", "maj7#11", "add9", "madd9", "7sus4", "(b5)", "m7no5"};
  for (const char* key_text :
       {"C", "Gb", "C#", "A minor", "Eb minor", "G# harmonic minor", "F lydian", "B locrian",
        "D dorian", "E phrygian", "Bb mixolydian", "A blues", "C whole tone", "Cb melodic minor",
        "Fbb locrian", "B## lydian"})
    for (const char* root :
         {"C", "C#", "Db", "D#", "E", "F", "F#", "Gb", "A", "Bb", "B", "Ebb", "F##"})
      for (const auto& suffix : kSuffixes)
        for (const char* bass : {"", "/E", "/Bb"}) {
          const Key key = *parse_key(key_text);
          const Chord chord = *parse_chord(root + suffix + bass);
          const std::string numeral = to_roman(chord, key);
          const auto again = parse_roman(numeral, key);
          CAPTURE(key_text);
          CAPTURE(to_string(chord));
          CAPTURE(numeral);
          REQUIRE(again);
          REQUIRE(again->pitch_classes() == chord.pitch_classes());
          REQUIRE(again->bass_class() == chord.bass_class());
        }
}

TEST_CASE("parse_roman: other texts are refused in a short line that says what is allowed") {
  const Key c = *parse_key("C");
  std::string towers = "V";
  while (towers.size() < 1'000'000) towers += "/V";
  for (const std::string& text :
       {std::string(), std::string("VIII"), std::string("Iv"), std::string("X"), std::string("C"),
        std::string("V/"), std::string("/V"), std::string("V//V"), std::string("V/V/V/V/V/V"),
        std::string("V/x"), std::string("bbbI"), std::string("I666"), std::string("V/V\x01"),
        towers, std::string(1'000'000, 'I')}) {
    const auto chord = parse_roman(text, c);
    CAPTURE(text.substr(0, 20));
    REQUIRE_FALSE(chord);
    CHECK(chord.error().size() < 400);
    CHECK(chord.error().find("allowed are I to VII") != std::string::npos);
  }
}

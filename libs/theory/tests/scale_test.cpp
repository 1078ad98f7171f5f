// SPDX-License-Identifier: MIT
#include "source_dir.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/base/json.hpp>
#include <toccata/theory/scale.hpp>

using namespace toccata;

namespace {

Key key(const char* text) { return *parse_key(text); }

std::string spelled(const char* key_text) {
  const Key in = key(key_text);
  std::string names;
  for (int degree = 0; degree < in.scale.size(); ++degree)
    names += (degree ? " " : "") +
             to_string(spell(Pitch::folded_into_range(in.number_of(degree, 60)), in).name);
  return names;
}

std::vector<NoteName> usual_tonics() {
  std::vector<NoteName> names;
  for (int step = 0; step < 7; ++step)
    for (int alteration = -1; alteration <= 1; ++alteration)
      names.push_back({static_cast<Step>(step), alteration});
  return names;
}

}  // namespace

TEST_CASE(
    "Scale: every scale of the table ascends from 0 within an octave, with a letter a degree") {
  CHECK(Scale::all().size() == 27);
  for (const Scale scale : Scale::all()) {
    CAPTURE(scale.id());
    const auto tones = scale.semitones();
    REQUIRE(tones.size() >= 5);
    CHECK(tones.front() == 0);
    CHECK(tones.back() < 12);
    CHECK(std::ranges::adjacent_find(tones, std::greater_equal<>()) == tones.end());
    CHECK(scale.letters().size() == tones.size());
    CHECK(std::ranges::is_sorted(scale.letters()));
    CHECK(*Scale::find(scale.id()) == scale);
  }
}

TEST_CASE("Scale: the compiled-in table is that of data/scales.json, and each has a source there") {
  const auto file = read_file(test::source_dir() / "data/scales.json");
  REQUIRE(file);
  const auto json = parse_json(as_text(*file));
  REQUIRE(json);
  std::set<std::string> names;
  for (const auto& item : *json->find("scales")->array()) {
    const auto scale = Scale::find(*item.find("id")->text());
    REQUIRE(scale);
    CHECK(static_cast<int>(item.find("semitones")->array()->size()) == scale->size());
    CHECK(json->find("sources")->find(*item.find("source")->text()) != nullptr);
    CHECK(names.insert(*item.find("id")->text()).second);
    for (const auto& alias : *item.find("aliases")->array()) {
      CHECK(names.insert(*alias.text()).second);
      CHECK(*Scale::find(*alias.text()) == *scale);
    }
  }
}

TEST_CASE("Scale: case, spaces, hyphens and underlines of a name are not regarded") {
  CHECK(*Scale::find("Harmonic_Minor") == *Scale::find("harmonic minor"));
  CHECK(*Scale::find("WHOLE-TONE") == *Scale::find("wholetone"));
  CHECK(*Scale::find("aeolian") == *Scale::find("natural minor"));
  for (const char* name : {"", "majo", "major minor", "\x01"}) CHECK_FALSE(Scale::find(name));
  CHECK_FALSE(Scale::find(std::string(1'000'000, 'm')));
}

TEST_CASE("Scale: minor scales are those with a minor and no major third") {
  for (const char* name :
       {"minor", "harmonic minor", "melodic minor", "dorian", "phrygian", "locrian",
        "minor pentatonic", "blues", "bebop dorian", "hungarian minor"})
    CHECK(Scale::find(name)->is_minor());
  for (const char* name : {"major", "lydian", "mixolydian", "major blues", "octatonic", "altered",
                           "chromatic", "whole tone", "phrygian dominant", "bebop dominant"})
    CHECK_FALSE(Scale::find(name)->is_minor());
}

TEST_CASE("parse_key: the forms people write are read") {
  CHECK(to_string(key("D minor")) == "D minor");
  CHECK(to_string(key("Bb")) == "Bb major");
  CHECK(to_string(key("F# major")) == "F# major");
  CHECK(to_string(key("Am")) == "A minor");
  CHECK(to_string(key("AM")) == "A major");
  CHECK(to_string(key("c dorian")) == "C dorian");
  CHECK(to_string(key("A blues")) == "A blues");
  CHECK(to_string(key("b blues")) == "B blues");
  CHECK(to_string(key("bb minor")) == "Bb minor");
  CHECK(to_string(key("E\u266D mixolydian")) == "Eb mixolydian");
  CHECK(to_string(key("  C#   harmonic-minor ")) == "C# harmonic minor");
}

TEST_CASE("parse_key: parse_key undoes to_string for every tonic and scale") {
  for (const NoteName tonic : usual_tonics())
    for (const Scale scale : Scale::all()) {
      const Key written{tonic, scale};
      CHECK(*parse_key(to_string(written)) == written);
    }
}

TEST_CASE("parse_key: other texts are refused, with what was found and what is allowed") {
  for (const char* text : {"", " ", "H minor", "D", "D minorr", "minor", "C D", "C# #", "Dmm", "7"})
    CHECK(parse_key(text).has_value() == (std::string(text) == "D"));
  const auto error = parse_key("D minorr").error();
  CHECK(error.find("\"D minorr\"") != std::string::npos);
  CHECK(error.find("phrygian dominant") != std::string::npos);
  CHECK(parse_key(std::string(1'000'000, 'D')).error().size() < 600);
}

TEST_CASE("Key: degree_of undoes pitch_class_of, and degrees go on beyond the octave") {
  for (const Scale scale : Scale::all()) {
    const Key in{{Step::E, -1}, scale};
    for (int degree = -20; degree < 20; ++degree) {
      const int folded = ((degree % scale.size()) + scale.size()) % scale.size();
      CHECK(*in.degree_of(in.pitch_class_of(degree)) == folded);
      CHECK(PitchClass::folded(in.number_of(degree, 63)) == in.pitch_class_of(degree));
      CHECK(in.number_of(degree + scale.size(), 63) == in.number_of(degree, 63) + 12);
      CHECK(in.number_of(degree + 1, 63) > in.number_of(degree, 63));
    }
  }
}

TEST_CASE("Key: number_of counts from the tonic at or below the number given") {
  const Key d_minor = key("D minor");
  CHECK(d_minor.number_of(0, 62) == 62);
  CHECK(d_minor.number_of(0, 73) == 62);
  CHECK(d_minor.number_of(0, 61) == 50);
  CHECK(d_minor.number_of(-1, 62) == 60);
  CHECK(d_minor.number_of(2, 62) == 65);
}

TEST_CASE("Key: signatures are those of the circle of fifths") {
  const std::pair<const char*, int> kKnown[] = {
      {"C", 0},         {"G", 1},          {"F", -1},       {"Bb", -2},
      {"F#", 6},        {"Gb", -6},        {"C#", 7},       {"Cb", -7},
      {"A minor", 0},   {"D minor", -1},   {"C# minor", 4}, {"Eb minor", -6},
      {"D dorian", 0},  {"E phrygian", 0}, {"F lydian", 0}, {"G mixolydian", 0},
      {"B locrian", 0}, {"G# major", -4},  {"A blues", 0}};
  for (const auto& known : kKnown) {
    CAPTURE(std::string(known.first));
    CHECK(key(known.first).fifths() == known.second);
  }
}

TEST_CASE("nearest_in_key: a tone of the scale stays, of two equally near the lower is taken") {
  const Key c = key("C");
  for (int number = 0; number <= 127; ++number) {
    const Pitch near = nearest_in_key(*Pitch::from_number(number), c);
    CHECK(c.contains(near.pitch_class()));
    if (c.contains(PitchClass::folded(number))) CHECK(near.number() == number);
  }
  CHECK(nearest_in_key(Pitch::literal(61), c).number() == 60);
  CHECK(nearest_in_key(Pitch::literal(0), key("C#")).number() == 0);
  CHECK(nearest_in_key(Pitch::literal(127), key("C#")).number() == 126);
}

TEST_CASE("spell: scales are written with their own letters") {
  CHECK(spelled("C") == "C D E F G A B");
  CHECK(spelled("Gb") == "Gb Ab Bb Cb Db Eb F");
  CHECK(spelled("G# minor") == "G# A# B C# D# E F#");
  CHECK(spelled("G# harmonic minor") == "G# A# B C# D# E F##");
  CHECK(spelled("C blues") == "C Eb F Gb G Bb");
  CHECK(spelled("F lydian") == "F G A B C D E");
  CHECK(spelled("C altered") == "C Db Eb Fb Gb Ab Bb");
  CHECK(spelled("D phrygian dominant") == "D Eb F# G A Bb C");
}

TEST_CASE(
    "spell: tones outside the scale are flat seconds, thirds, sixths and sevenths, sharp fourths") {
  const Key c = key("C"), a_minor = key("A minor"), d_flat = key("Db");
  CHECK(to_string(spell(Pitch::literal(61), c)) == "Db4");
  CHECK(to_string(spell(Pitch::literal(66), c)) == "F#4");
  CHECK(to_string(spell(Pitch::literal(70), c)) == "Bb4");
  CHECK(to_string(spell(Pitch::literal(68), a_minor)) == "G#4");
  CHECK(to_string(spell(Pitch::literal(66), a_minor)) == "F#4");
  CHECK(to_string(spell(Pitch::literal(62), d_flat)) == "D4");  // not Ebb
  CHECK(to_string(spell(Pitch::literal(67), *parse_key("G# minor"))) == "F##4");
  CHECK(to_string(spell(Pitch::literal(62), *parse_key("D# minor"))) == "C##4");
}

TEST_CASE("spell: the spelled pitch sounds as the pitch, in every key and octave") {
  for (const NoteName tonic : usual_tonics())
    for (const Scale scale : Scale::all())
      for (int number = 0; number <= 127; ++number) {
        const SpelledPitch written = spell(*Pitch::from_number(number), Key{tonic, scale});
        REQUIRE(written.sounding_number() == number);
        REQUIRE(std::abs(written.name.alteration) <= 2);
      }
}

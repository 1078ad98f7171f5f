// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/prompt/chord_text.hpp>

using namespace toccata;

namespace {
std::string french(std::string_view text) { return chords_from_french(text).value_or("none"); }
std::string numerals(std::string_view text, std::string_view key, const char* genre = "classical") {
  const TonalityAsk ask = key.empty() ? TonalityAsk{} : *parse_tonality(key);
  const auto chords = chords_from_numerals(text, ask, {{genre, 1}});
  return chords ? chords->symbols : "none";
}
}  // namespace

TEST_CASE("chords: a text that is French names throughout is read as such") {
  CHECK(french("Do7") == "C7");
  CHECK(french("Lam Fa Do Sol") == "Am F C G");
  CHECK(french("Sib") == "Bb");
  CHECK(french("Ré m7") == "Dm7");
  CHECK(french("RE m7 | sol7, Do | %") == "Dm7 | G7, C | %");
  CHECK(french("Fa#m7b5 Lam7/Sol") == "F#m7b5 Am7/G");
}

TEST_CASE("chords: symbols remain what they are") {
  for (const char* text : {"Ddim7", "D°7", "Do7 Am", "Fadd9", "Am F C G", "Dm7 | G7", "", "%", "x"})
    CHECK(french(text) == "none");
}

TEST_CASE("chords: numerals stand in the key, or on the genre's tonic") {
  CHECK(numerals("ii-V-I", "G major") == "Am | D | G");
  CHECK(numerals("I-V-vi-IV", "") == "C | G | Am | F");
  CHECK(numerals("I-V-vi-IV", "", "rock") == "E | B | C#m | A");
  CHECK(numerals("ii7 V7 | Imaj7", "Bb") == "Cm7 F7 | Bbmaj7");
  CHECK(numerals("i iv V", "") == "Cm | Fm | G");
  for (const char* text : {"", "Am F", "ii V x", "ii V I please"})
    CHECK(numerals(text, "C major") == "none");
  CHECK(numerals("ii V I", "rast") == "none");
}

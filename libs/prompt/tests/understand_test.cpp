// SPDX-License-Identifier: MIT
// Reasons, errors and limits; what sentences mean is in tests/golden/prompt.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <toccata/prompt/understand.hpp>

using namespace toccata;

namespace {
std::string because(const Understood& understood, std::string_view field) {
  for (const auto& reason : understood.reasons)
    if (reason.field == field) return reason.value + " because " + reason.because;
  return "";
}
std::string refusal(std::string_view sentence) {
  const auto understood = understand(sentence);
  return understood ? "understood" : describe(understood.error());
}
}  // namespace

TEST_CASE("reasons: each field says its value and quotes the words as they were typed") {
  const auto understood =
      understand("Une valse TRÈS lente en Ré  mineur, pour flûte à bec, sans batterie");
  REQUIRE(understood);
  CHECK(because(*understood, "genre") == "waltz because \"valse\"");
  CHECK(because(*understood, "meter") == "3/4 because \"valse\"");
  CHECK(because(*understood, "tempo") == "50 because \"TRÈS lente\"");
  CHECK(because(*understood, "key") == "D minor because \"Ré mineur\"");
  CHECK(because(*understood, "instruments") == "recorder because \"flûte à bec\"");
  CHECK(because(*understood, "drums") == "false because \"sans batterie\"");
}

TEST_CASE("reasons: a number wins over a word and says so") {
  const auto understood = understand("fast, 90 bpm");
  REQUIRE(understood);
  CHECK(understood->brief.tempo_bpm == 90);
  CHECK(std::ranges::any_of(understood->reasons, [](const Reason& reason) {
    return reason.because == "a number wins over \"fast\"";
  }));
}

TEST_CASE("errors: contradictions and impossible values are named with what was allowed") {
  CHECK(refusal("110 bpm and 120 bpm") == "two tempos are asked for: \"110 bpm\" and \"120 bpm\"");
  CHECK(refusal("in D minor, in A") == "two keys are asked for: \"D minor\" and \"A\"");
  CHECK(refusal("80 or 90 bpm") == "two tempos are asked for: \"80\" and \"90 bpm\"");
  CHECK(refusal("16 ou 24 mesures") == "two lengths are asked for: \"16\" and \"24 mesures\"");
  CHECK(refusal("une durée infinie") == "\"durée infinie\": seconds must be in 1..36000");
  CHECK(refusal("tempo 0") == "\"tempo 0\": tempo must be in 20..400");
  CHECK(refusal("10^9 bars") == "\"10^9 bars\": bars must be in 1..10000");
  CHECK(refusal("4/5").find("\"4/5\" is not a meter") == 0);
  CHECK(refusal("").find("the sentence is empty") == 0);
  CHECK(refusal(" \n\t ?!").find("the sentence is empty") == 0);
}

TEST_CASE("errors: a sentence over the limit is refused by its size") {
  const auto understood = understand(std::string(kLongestSentence + 1, 'a'));
  REQUIRE_FALSE(understood);
  CHECK(understood.error().fault == PromptFault::TooLong);
}

TEST_CASE("not_understood: words as typed, each once, in their order, dashes kept") {
  const auto understood = understand("a Purple jazz tune, green-blueish, Purple and dim-lit");
  REQUIRE(understood);
  CHECK(understood->not_understood ==
        std::vector<std::string>{"Purple", "green-blueish", "dim-lit"});
}

TEST_CASE("numerals: they stand in a key told elsewhere, else in the sentence's own") {
  const TonalityAsk d = *parse_tonality("D major");
  const auto chords = [](std::string_view sentence, const TonalityAsk& key_elsewhere) {
    const auto understood = understand(sentence, key_elsewhere);
    REQUIRE(understood);
    return understood->brief.chords;
  };
  CHECK(chords("ii V I in jazz", {}) == "Dm | G | C");  // in the genre's
  CHECK(chords("ii V I in rock", {}) == "F#m | B | E");
  CHECK(chords("ii V I in jazz", d) == "Em | A | D");
  CHECK(chords("jazz, ii V I in G", {}) == "Am | D | G");
  CHECK(chords("jazz, ii V I in G", d) == "Em | A | D");
}

TEST_CASE("chords: thousands of them are read, and more than a piece can have are told") {
  const auto said = [](int count) {
    std::string sentence = "chords:";
    for (int i = 0; i < count; ++i) sentence += " C |";
    return understand(sentence);
  };
  const auto many = said(2000);
  REQUIRE(many);
  CHECK(std::ranges::count(many->brief.chords, 'C') == 2000);
  const auto too_many = said(50'000);
  REQUIRE(too_many);
  CHECK(too_many->brief.chords.empty());
  CHECK(too_many->not_understood.size() == 1);
}

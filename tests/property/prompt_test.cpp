// SPDX-License-Identifier: MIT
// Laws of sentences: what is said is understood, however it is typed.
#include "../golden/compact_brief.hpp"
#include "random_brief.hpp"

#include <algorithm>
#include <chrono>

#include <doctest/doctest.h>
#include <toccata/plan/fold.hpp>
#include <toccata/prompt/phrase.hpp>

using namespace toccata;

namespace {

constexpr std::uint64_t kSeed = 20'240'501;

std::string in_capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

/// The brief that is understood, or the error, on one line.
std::string read_back(std::string_view sentence) {
  auto understood = understand(sentence);
  if (understood) understood->not_understood.clear();
  return compact(understood);
}

}  // namespace

TEST_CASE("phrase: every brief that can be said is understood exactly, in both languages") {
  Rng rng(kSeed);
  for (int n = 0; n < 3000; ++n) {
    const Brief brief = random_brief(rng);
    for (const auto language : {Language::English, Language::French}) {
      const std::string sentence = phrase(brief, language, rng);
      CAPTURE(n);
      CAPTURE(sentence);
      const auto understood = understand(sentence);
      const std::string found = compact(understood), said = compact(sayable(brief));
      if (said.empty()) continue;
      CHECK(found == said);
      if (understood) CHECK(understood->brief == sayable(brief));
    }
  }
}

TEST_CASE("sayable: what can be said of what can be said is all of it") {
  Rng rng(kSeed);
  for (int n = 0; n < 500; ++n) {
    const Brief said = sayable(random_brief(rng));
    CHECK(sayable(said) == said);
  }
}

TEST_CASE("understand: accents and capitals change nothing") {
  Rng rng(kSeed + 1);
  for (int n = 0; n < 1000; ++n) {
    Brief brief = random_brief(rng);
    brief.chords.clear();  // a chord's letters mean what their case says
    for (const auto language : {Language::English, Language::French}) {
      const std::string sentence = phrase(brief, language, rng);
      CAPTURE(sentence);
      CHECK(read_back(folded(sentence)) == read_back(sentence));
      CHECK(read_back(in_capitals(sentence)) == read_back(sentence));
      CHECK(read_back("  " + sentence + " \n") == read_back(sentence));
    }
  }
}

TEST_CASE("understand: the same sentence is the same brief and the same reasons") {
  Rng rng(kSeed + 2);
  for (int n = 0; n < 100; ++n) {
    const std::string sentence = phrase(random_brief(rng), Language::French, rng);
    const auto one = understand(sentence), other = understand(sentence);
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->brief == other->brief);
    CHECK(one->reasons.size() == other->reasons.size());
  }
}

TEST_CASE("understand: 100 kB of any words are answered in time that grows with their number") {
  Rng rng(kSeed + 3);
  for (const std::string_view unit : {"no piano or ",
                                      "jazz ",
                                      "A B ",
                                      "in D minor ",
                                      "1 ",
                                      "1/",
                                      "not ",
                                      ", ",
                                      "joyful, ",
                                      "xqzvw ",
                                      "cent ",
                                      "a minute and ",
                                      "'",
                                      "\xFF",
                                      "é",
                                      "1+",
                                      "60 % ",
                                      "Verse ",
                                      "chords: A ",
                                      "form: A ",
                                      "I IV ",
                                      "Am F ",
                                      "verse of 4 bars ",
                                      "samai "}) {
    std::string sentence;
    while (sentence.size() < 100'000) sentence += unit;
    CAPTURE(unit);
    const auto begin = std::chrono::steady_clock::now();
    const auto understood = understand(sentence);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(took.count() < 10);  // without optimisation and with sanitizers; see bench for figures
    if (!understood) CHECK(describe(understood.error()).size() < 600);
  }
}

TEST_CASE("understand: errors are one line, and quoted words valid UTF-8") {
  for (const std::string_view sentence :
       {"tempo 0\n\xFF", "tempo \xC3\x28 0",
        "111111111111111111111111111111111111111111111111111111"
        "1111111111111111111111111111111111111111111111111111111111 bars",
        "110 bpm\n\n120 bpm"}) {
    const auto understood = understand(sentence);
    if (understood) continue;
    const auto text = describe(understood.error());
    CHECK(text.find('\n') == std::string::npos);
    CHECK(text.size() >= 15);
    CHECK(text.size() <= 600);
  }
}

// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/chords.hpp>

using namespace toccata;

namespace {
std::vector<std::string> symbols(const Score& score, const ChordOptions& options = {}) {
  std::vector<std::string> found;
  for (const EstimatedChord& span : estimate_chords(score, bars_of(score), options))
    found.push_back(to_string(span.chord));
  return found;
}
using Symbols = std::vector<std::string>;
}  // namespace

TEST_CASE("estimate_chords: plain chords in root position are found as they are") {
  const Score score =
      tune::chords({{48, 64, 67}, {45, 60, 64}, {50, 65, 69, 72}, {43, 59, 62, 65}});
  CHECK(symbols(score) == Symbols{"C", "Am", "Dm7", "G7"});
  CHECK(symbols(score, {Slice::Bar, ChordVocabulary::Triads}) == Symbols{"C", "Am", "Dm", "G"});
}

TEST_CASE("estimate_chords: every triad and seventh of the vocabulary, on every root") {
  const std::vector<std::pair<std::string, std::vector<int>>> shapes = {
      {"", {0, 4, 7}},       {"m", {0, 3, 7}},        {"7", {0, 4, 7, 10}}, {"maj7", {0, 4, 7, 11}},
      {"m7", {0, 3, 7, 10}}, {"m7b5", {0, 3, 6, 10}}, {"sus4", {0, 5, 7}},  {"dim", {0, 3, 6}}};
  for (const auto& [suffix, tones] : shapes)
    for (int root = 36; root < 48; ++root) {
      std::vector<int> pitches{root};
      for (int tone : tones) pitches.push_back(root + 24 + tone);
      const Score score = tune::chords({pitches});
      const auto found = estimate_chords(score, bars_of(score));
      REQUIRE(found.size() == 1);
      const auto expected = parse_chord("C" + suffix);
      REQUIRE(expected);
      CAPTURE(expected->tones.size());
      CAPTURE(to_string(found[0].chord));
      CHECK(found[0].chord.root_class() == PitchClass::folded(root));
      CHECK(found[0].chord.tones == expected->tones);
      CHECK(found[0].fit == doctest::Approx(1));
    }
}

TEST_CASE("estimate_chords: a broken chord with passing notes is still its chord") {
  const Score score = tune::score(tune::notes(
      {{0, 48, 8}, {0, 60}, {1, 64}, {2, 67}, {3, 65}, {4, 64}, {5, 62}, {6, 60}, {7, 67}}));
  CHECK(symbols(score) == Symbols{"C"});
}

TEST_CASE("estimate_chords: roots are spelled in the key") {
  Score score = tune::chords({{56, 60, 63}, {58, 62, 65, 68}, {51, 55, 58, 63}});
  CHECK(symbols(score) == Symbols{"Ab", "Bb7", "Eb"});
  score.keys = {{Tick(0), *parse_key("G# minor"), ""}};
  CHECK(symbols(score)[0] == "G#");
}

TEST_CASE("estimate_chords: a bass other than the root is marked only when asked for") {
  const Score score = tune::chords({{40, 60, 64, 67}});
  CHECK(symbols(score) == Symbols{"C"});
  CHECK(symbols(score, {Slice::Bar, ChordVocabulary::Triads, Inversions::Mark}) == Symbols{"C/E"});
}

TEST_CASE("estimate_chords: spans are in order and touch, silence keeps the chord before") {
  const Score score = tune::chords({{}, {48, 64, 67}, {}, {}, {41, 57, 60}});
  const auto found = estimate_chords(score, bars_of(score));
  REQUIRE(found.size() == 2);
  CHECK(found[0].span == Span{Tick(1920), Tick(4 * 1920)});
  CHECK(found[1].span == Span{Tick(4 * 1920), Tick(5 * 1920)});
  CHECK(to_marks(found)[1].at == Tick(4 * 1920));
  CHECK(estimate_chords(Score(), bars_of(Score())).empty());
}

TEST_CASE("estimate_chords: two chords in a bar need half bars") {
  const Score score = tune::score(
      tune::notes({{0, 48, 4}, {0, 64, 4}, {0, 67, 4}, {4, 43, 4}, {4, 59, 4}, {4, 62, 4}}));
  CHECK(symbols(score) == Symbols{"C", "G"});
  CHECK(symbols(score, {Slice::Bar}).size() == 1);
}

// SPDX-License-Identifier: MIT
// One slip in a word of five letters or more (or a genre's name of four) changes nothing: the brief
// is the same, or, where the slip makes another word or could mean two, the word is listed.
#include "../golden/compact_brief.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <toccata/base/rng.hpp>
#include <toccata/plan/fold.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/prompt/understand.hpp>

using namespace toccata;

namespace {

constexpr std::string_view kWords[] = {
    "jazz",         "rock",       "folk",        "funk",       "lofi",         "classical",
    "classique",    "arabic",     "orientale",   "electronic", "électronique", "blues",
    "bossa",        "waltz",      "valse",       "reggae",     "cinematic",    "chiptune",
    "techno",       "ambient",    "celtique",    "joyful",     "joyeux",       "joyeuse",
    "playful",      "festive",    "triumphant",  "energetic",  "énergique",    "hopeful",
    "romantic",     "romantique", "tender",      "dreamy",     "peaceful",     "paisible",
    "solemn",       "nostalgic",  "nostalgique", "mysterious", "mystérieux",   "melancholic",
    "mélancolique", "triste",     "sombre",      "dramatic",   "tense",        "angry",
    "furieux",      "allegro",    "andante",     "moderato",   "presto",       "adagio",
    "rapide",       "lente",      "lentement",   "quickly",    "slowly",       "pianissimo",
    "fortissimo",   "loudly",     "softly",      "staccato",   "legato",       "sparse",
    "dense",        "bayati",     "hijaz",       "nahawand",   "husayni",      "dorian",
    "dorien",       "mixolydian", "pentatonic",  "rondo",      "minor",        "major",
    "mineur",       "majeur",     "drums",       "batterie",   "percussions"};

std::string replaced(std::string word, std::size_t at, char c) {
  word[at] = c;
  return word;
}

/// All deletions and swaps, and some wrong and added letters.
std::vector<std::string> slips_of(const std::string& word, Rng& rng) {
  std::vector<std::string> slips;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = static_cast<char>('a' + rng.below(26));
    slips.push_back(word.substr(0, i) + word.substr(i + 1));
    slips.push_back(word.substr(0, i) + c + word.substr(i));
    slips.push_back(replaced(word, i, c));
    if (i > 0) {
      slips.push_back(word);
      std::swap(slips.back()[i - 1], slips.back()[i]);
    }
  }
  std::erase(slips, word);
  return slips;
}

struct Tally {
  int forgiven = 0, listed = 0, misread = 0;
  std::string examples;
};

void try_word(const std::string& word, Rng& rng, Tally& tally) {
  const auto meant = understand("music " + word);
  REQUIRE(meant);
  for (const auto& slip : slips_of(word, rng)) {
    const auto found = understand("music " + slip);
    if (found && found->brief == meant->brief) {
      ++tally.forgiven;
    } else if (found && found->not_understood == std::vector{slip}) {
      ++tally.listed;
    } else {
      ++tally.misread;
      tally.examples += " " + slip + "(" + word + ")";
    }
  }
}

bool is_one_word(const std::string& name) { return name.find_first_of(" -'") == std::string::npos; }

}  // namespace

TEST_CASE("typing: a slip is forgiven, or the word is listed; hardly ever is another word meant") {
  Rng rng(7);
  Tally tally;
  for (const auto word : kWords) try_word(folded(word), rng, tally);
  for (const auto& info : InstrumentInfo::all())
    for (const auto& name : info.names)
      if (name.size() >= 5 && is_one_word(name)) try_word(name, rng, tally);
  const int all = tally.forgiven + tally.listed + tally.misread;
  MESSAGE("slips: ", all, ", forgiven ", tally.forgiven, ", listed ", tally.listed,
          ", read as another word ", tally.misread, ":", tally.examples);
  CHECK(tally.forgiven > all * 0.97);
  CHECK(tally.misread < all * 0.01);
}

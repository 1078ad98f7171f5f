// SPDX-License-Identifier: MIT
#include "pieces.hpp"

#include <set>

using namespace toccata;
using namespace toccata::test;

namespace {

std::set<int> keys_of(const Brief& brief) {
  std::set<int> keys;
  const Score score = composed(brief, 3);
  for (const Note& note : part_of(score, Role::Drums).notes) keys.insert(note.pitch.number());
  return keys;
}

std::set<int> strokes_of(const char* drum) {
  const auto& strokes = *InstrumentInfo::find(drum)->strokes;
  return {strokes.low, strokes.high, strokes.light};
}

}  // namespace

TEST_CASE("hand drums: each sounds by strokes of its own") {
  for (const char* drum : {"darbuka", "riqq", "congas"})
    for (const char* genre : {"arabic", "rock", "classical"}) {
      CAPTURE(drum);
      CAPTURE(genre);
      Brief brief = brief_of(genre);
      brief.instruments = {drum};
      const auto strokes = strokes_of(drum);
      const auto keys = keys_of(brief);
      CHECK_FALSE(keys.empty());
      CHECK(std::ranges::includes(strokes, keys));
    }
}

TEST_CASE("hand drums: what is refused isn't heard") {
  Brief brief = brief_of("arabic");
  const int riqq = InstrumentInfo::find("riqq")->strokes->high;
  CHECK(keys_of(brief).contains(riqq));
  brief.without_instruments = {"riqq"};
  CHECK_FALSE(keys_of(brief).contains(riqq));
  brief.without_instruments = {"darbuka"};
  const auto darbuka = *InstrumentInfo::find("darbuka")->strokes;
  CHECK_FALSE(keys_of(brief).contains(darbuka.low));
  CHECK_FALSE(keys_of(brief).contains(darbuka.high));
}

TEST_CASE("hand drums: no stroke falls twice on one key at one time") {
  Brief brief = brief_of("rock");
  brief.instruments = {"riqq"};
  std::set<std::pair<std::int64_t, int>> seen;
  const Score score = composed(brief, 3);
  for (const Note& note : part_of(score, Role::Drums).notes)
    CHECK(seen.emplace(note.onset.ticks(), note.pitch.number()).second);
}

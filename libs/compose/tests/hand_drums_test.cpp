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

TEST_CASE("hand drums: two of them share a cycle, each with strokes and fillings of its own") {
  Brief brief = brief_of("arabic");
  brief.instruments = {"oud", "darbuka", "riqq"};
  const Score score = composed(brief, 3);
  std::vector<const Part*> drums;
  for (const Part& part : score.parts)
    if (part.role == Role::Drums) drums.push_back(&part);
  REQUIRE(drums.size() == 2);
  CHECK(drums[0]->name == "Drums");
  CHECK(drums[1]->name == "Drums 2");
  const char* players[] = {"darbuka", "riqq"};
  std::set<std::int64_t> onsets[2];
  for (int i = 0; i < 2; ++i) {
    for (const Note& note : drums[i]->notes) {
      CHECK(strokes_of(players[i]).contains(note.pitch.number()));
      onsets[i].insert(note.onset.ticks());
    }
  }
  CHECK(onsets[0] != onsets[1]);
  for (const Note& note : drums[1]->notes)  // on one channel no key is struck twice at once
    CHECK(std::ranges::none_of(drums[0]->notes, [&](const Note& other) {
      return other.onset == note.onset && other.pitch == note.pitch;
    }));
  // Where a cycle has its low stroke both have it, nine times in ten.
  std::set<std::int64_t> lows[2];
  for (int i = 0; i < 2; ++i)
    for (const Note& note : drums[i]->notes)
      if (note.pitch.number() == InstrumentInfo::find(players[i])->strokes->low)
        lows[i].insert(note.onset.ticks());
  std::vector<std::int64_t> shared;
  std::ranges::set_intersection(lows[0], lows[1], std::back_inserter(shared));
  CHECK(shared.size() * 10 >= std::min(lows[0].size(), lows[1].size()) * 9);
}

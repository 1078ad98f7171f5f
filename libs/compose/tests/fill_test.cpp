// SPDX-License-Identifier: MIT
#include <cmath>

#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

/// Every note of a part outside the bars [first, end).
std::vector<Note> outside(const Score& score, const Part& part, Bar first, Bar end) {
  std::vector<Note> notes;
  for (const Note& note : part.notes) {
    const Bar bar = score.meter.bar_at(note.onset);
    if (bar < first || bar >= end) notes.push_back(note);
  }
  return notes;
}

}  // namespace

TEST_CASE(
    "fill: outside its bars and parts nothing changes; inside at most one bar in four is empty") {
  for (const auto genre : Genre::names())
    for (const Role role : {Role::Melody, Role::Bass, Role::Chords}) {
      CAPTURE(genre);
      const Score score = composed(brief_of(genre), 9);
      const Part& part = part_of(score, role);
      const Bar first(8), end(12);
      const auto filled = fill_bars(score, {first, end, {part.id}, 5});
      REQUIRE(filled);
      CHECK_FALSE(validate(*filled).has_value());
      for (std::size_t i = 0; i < score.parts.size(); ++i)
        if (score.parts[i].id != part.id) CHECK(filled->parts[i] == score.parts[i]);
      const Part& written = part_of(*filled, role);
      CHECK(outside(*filled, written, first, end) == outside(score, part, first, end));
      int empty = 0;
      for (Bar bar = first; bar < end; bar = bar + 1)
        empty += std::ranges::none_of(
            written.notes, [&](const Note& n) { return score.meter.bar_at(n.onset) == bar; });
      CHECK(empty <= 1);
    }
}

TEST_CASE("continue: what is added has no more quarters than a piece may have") {
  Brief brief = brief_of("rock");
  brief.meter = *Meter::make(255, 1);
  brief.bars = 2;
  const Score score = composed(brief, 1);
  CHECK(continue_score(score, 2, 1));
  const auto refused = continue_score(score, 1000, 1);
  REQUIRE_FALSE(refused);
  CHECK(describe(refused.error()).find("1020000 quarters, more than the 120000 allowed") !=
        std::string::npos);
}

TEST_CASE("fill: a part that is empty everywhere is written in the manner of its role") {
  Score score = composed(brief_of("rock"), 9);
  Part& bass = *std::ranges::find(score.parts, Role::Bass, &Part::role);
  bass.notes.clear();
  const auto filled = fill_bars(score, {Bar(4), Bar(12), {bass.id}, 1});
  REQUIRE(filled);
  const auto& notes = part_of(*filled, Role::Bass).notes;
  CHECK(notes.size() >= 8);
  for (const Note& note : notes) CHECK(note.pitch.number() < 60);
}

TEST_CASE("fill and continue: in a maqam what is written keeps to its degrees") {
  for (const char* key : {"C rast", "D hijaz", "D bayati"}) {
    Brief brief = brief_of("arabic");
    brief.tonality = *parse_tonality(key);
    const Settings settings = settled(brief, 3);
    const Score score = *compose(settings);
    const auto filled = fill_bars(score, {Bar(4), Bar(12), {part_of(score, Role::Melody).id}, 2});
    const auto longer = continue_score(score, 8, 2);
    REQUIRE(filled);
    REQUIRE(longer);
    for (const Score& written : {*filled, *longer})
      for (const Note& note : part_of(written, Role::Melody).notes) {
        const auto quarter_tones =
            std::lround(2 * (note.pitch.number() + note.detune.value() / 100));
        const int above =
            static_cast<int>(quarter_tones - 2 * settings.key.tonic.pitch_class().number());
        const int degree = ((above % 24) + 24) % 24;
        const auto& up = settings.maqam->quarter_tones;
        const auto& down = settings.maqam->descending_quarter_tones;
        CHECK(std::ranges::count(up, degree) + std::ranges::count(down, degree) > 0);
      }
  }
}

TEST_CASE("fill: drums of a piece of ours stay in its genre") {
  const Score score = composed(brief_of("arabic"), 4);
  const Part& drums = part_of(score, Role::Drums);
  const auto filled = fill_bars(score, {Bar(0), Bar(score.bar_count()), {drums.id}, 1});
  REQUIRE(filled);
  for (const Note& note : part_of(*filled, Role::Drums).notes) CHECK(note.pitch.number() >= 54);
}

TEST_CASE("fill: one seed writes one thing, and seeds differ") {
  const Score score = composed(brief_of("jazz"), 9);
  const PartId melody = part_of(score, Role::Melody).id;
  const auto with_seed = [&](std::uint64_t seed) {
    return *fill_bars(score, {Bar(4), Bar(12), {melody}, seed});
  };
  CHECK(with_seed(1) == with_seed(1));
  int different = 0;
  for (std::uint64_t seed = 2; seed < 12; ++seed)
    different += with_seed(seed).parts != with_seed(1).parts;
  CHECK(different >= 8);
}

TEST_CASE("fill: bars past the end and parts that are not there are refused by name") {
  const Score score = composed(brief_of("jazz"), 9);
  const PartId melody = part_of(score, Role::Melody).id;
  CHECK(describe(fill_bars(score, {Bar(30), Bar(33), {melody}, 1}).error()).find("1 to 32") !=
        std::string::npos);
  CHECK_FALSE(fill_bars(score, {Bar(4), Bar(4), {melody}, 1}));
  CHECK_FALSE(fill_bars(score, {Bar(0), Bar(4), {PartId(99)}, 1}));
  CHECK_FALSE(fill_bars(score, {Bar(0), Bar(4), {}, 1}));
}

TEST_CASE("continue: the bars asked for come after the end, and what was there stays") {
  for (const auto genre : Genre::names()) {
    const Score score = composed(brief_of(genre), 6);
    const auto longer = continue_score(score, 8, 3);
    REQUIRE(longer);
    CHECK_FALSE(validate(*longer).has_value());
    CHECK(longer->bar_count() == score.bar_count() + 8);
    int empty = 0;
    const Part& melody = part_of(*longer, Role::Melody);
    for (std::size_t i = 0; i < score.parts.size(); ++i)
      CHECK(outside(*longer, longer->parts[i], Bar(score.bar_count()),
                    Bar(score.bar_count() + 8)) == score.parts[i].notes);
    for (Bar bar(score.bar_count()); bar < Bar(score.bar_count() + 8); bar = bar + 1)
      empty += std::ranges::none_of(
          melody.notes, [&](const Note& n) { return longer->meter.bar_at(n.onset) == bar; });
    CHECK(empty <= 4);
  }
  CHECK_FALSE(continue_score(Score(), 8, 1));
  CHECK_FALSE(continue_score(composed(brief_of("rock"), 1), -1, 1));
}

TEST_CASE("fill and continue: a part stays where its instrument plays, or where it has been") {
  for (const auto genre : Genre::names())
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      CAPTURE(genre);
      const Score score = composed(brief_of(genre), seed);
      std::vector<PartId> parts;
      for (const Part& part : score.parts) parts.push_back(part.id);
      const auto longer = continue_score(score, 8, seed);
      REQUIRE(longer);
      const auto filled = fill_bars(score, {Bar(4), Bar(8), parts, seed});
      REQUIRE(filled);
      for (const Score* written : {&*longer, &*filled})
        for (const Part& part : written->parts) {
          const Part& known = *find_part(score, part.id);
          if (part.instrument.is_drums || known.notes.empty()) continue;
          const auto [lowest, highest] = std::ranges::minmax(known.notes, {}, &Note::pitch);
          const PitchRange range = InstrumentInfo::find(part.instrument)->range;
          for (const Note& note : part.notes) {
            CHECK(note.pitch >= std::min(lowest.pitch, range.lowest));
            CHECK(note.pitch <= std::max(highest.pitch, range.highest));
          }
        }
    }
}

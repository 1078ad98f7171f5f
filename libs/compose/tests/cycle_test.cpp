// SPDX-License-Identifier: MIT
#include "pieces.hpp"

#include <map>
#include <set>

using namespace toccata;
using namespace toccata::test;

namespace {
constexpr int kDum = 64, kTak = 60;  // conga and bongo of General MIDI
}

TEST_CASE("rhythm: a cycle that is asked for brings its genre and meter, and its strokes sound") {
  for (const std::string_view name : rhythm_names()) {
    CAPTURE(name);
    const RhythmCycle& cycle = *find_rhythm(name).cycle;
    Brief brief;
    brief.rhythm = name;
    brief.bars = 12;
    const Settings settings = settled(brief, 5);
    CHECK(settings.genres.front().genre == find_rhythm(name).genre);
    CHECK(settings.meter == cycle.meter);
    const Score score = *compose(settings);
    const Duration pulse =
        cycle.meter.bar(kComposedPpq) / static_cast<std::int64_t>(cycle.strokes.size());
    int whole_bars = 0;
    for (int bar = 0; bar < 12; ++bar) {
      std::map<std::int64_t, std::set<int>> heard;
      const Tick line = score.meter.onset_of(Bar(bar));
      for (const Note& note : part_of(score, Role::Drums).notes)
        if (score.meter.bar_at(note.onset) == Bar(bar))
          heard[(note.onset - line).ticks() / pulse.ticks()].insert(note.pitch.number());
      bool whole = true;
      for (std::size_t i = 0; i < cycle.strokes.size(); ++i) {
        const int key = cycle.strokes[i] == 'D' ? kDum : cycle.strokes[i] == 'T' ? kTak : 0;
        whole = whole && (key == 0 || heard[static_cast<std::int64_t>(i)].contains(key));
      }
      whole_bars += whole ? 1 : 0;
    }
    CHECK(whole_bars >= 6);  // the others are fills and the last one
  }
}

TEST_CASE("rhythm: a cycle plays in any genre of its meter, and is refused in another meter") {
  Brief brief = brief_of("classical");
  brief.rhythm = "maqsum";
  const Score score = composed(brief, 1);
  CHECK_FALSE(part_of(score, Role::Drums).notes.empty());
  brief.meter = *parse_meter("3/4");
  const auto refused = settle(brief, 1);
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == "the rhythm maqsum is in 4/4, the piece in 3/4");
}

TEST_CASE("rhythm: it is found by its spellings") {
  for (const char* name : {"sama'i thaqil", "Samai", "SAMA'I", "sama\u2019i", "semai"}) {
    CAPTURE(name);
    const auto found = find_rhythm(name);
    REQUIRE(found.cycle != nullptr);
    CHECK(found.cycle->id == "sama'i thaqil");
  }
  for (const char* name : {"", ",", "samba", "maqsum, maqsoum"})
    CHECK(find_rhythm(name).cycle == nullptr);
}

namespace {

class Shares final : public Progress {
 public:
  void report(double share_done) override { shares.push_back(share_done); }
  std::vector<double> shares;
};

void check_rising(const std::vector<double>& shares) {
  REQUIRE(shares.size() > 1);
  CHECK(std::ranges::is_sorted(shares));
  CHECK(shares.front() > 0);
  CHECK(shares.front() < 0.9);
  CHECK(shares.back() > 0.8);
  CHECK(shares.back() <= 1);
}

}  // namespace

TEST_CASE("progress: composing, filling and continuing tell how far they are") {
  Shares composing, filling, continuing;
  const auto score = compose(settled(brief_of("rock"), 1), &composing);
  REQUIRE(score);
  check_rising(composing.shares);
  FillAsk ask{Bar(4), Bar(8), {}, 1};
  for (const Part& part : score->parts) ask.parts.push_back(part.id);
  REQUIRE(fill_bars(*score, ask, &filling));
  check_rising(filling.shares);
  REQUIRE(continue_score(*score, 40, 1, &continuing));
  check_rising(continuing.shares);
}

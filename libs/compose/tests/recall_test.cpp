// SPDX-License-Identifier: MIT
#include <set>
#include <utility>

#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

constexpr int kBarTicks = 4 * 480;

/// Bars of 4/4 with parts to which notes are added.
class Sketch {
 public:
  explicit Sketch(int bars) { score_.end = Tick(bars * kBarTicks); }
  PartId part(std::string name) {
    score_.parts.push_back({PartId(static_cast<std::uint16_t>(score_.parts.size() + 1)),
                            std::move(name),
                            Role::Other,
                            {},
                            {},
                            {}});
    return score_.parts.back().id;
  }
  void chord(int bar, const char* symbol) {
    score_.chords.push_back({Tick(bar * kBarTicks), *parse_chord(symbol)});
  }
  /// To the latest part.
  void note(int bar, int beat, int beats, int pitch, double cents = 0) {
    Note note;
    note.id = NoteId(++notes_);
    note.onset = Tick(bar * kBarTicks + beat * 480);
    note.duration = Duration(beats * 480);
    note.pitch = Pitch::folded_into_range(pitch);
    note.detune = Cents(cents);
    score_.parts.back().notes.push_back(note);
    sort_notes(score_.parts.back().notes);
  }
  const Score& score() const { return score_; }

 private:
  Score score_;
  std::uint32_t notes_ = 0;
};

int silent_bars(const Score& score, PartId part, Bar first, Bar end) {
  int silent = 0;
  for (Bar bar = first; bar < end; bar = bar + 1)
    silent += std::ranges::none_of(find_part(score, part)->notes, [&](const Note& note) {
      return score.meter.bar_at(note.onset) == bar;
    });
  return silent;
}

/// Pairs of a part's notes of one pitch that sound at once.
int overlaps(const Part& part) {
  int found = 0;
  for (auto a = part.notes.begin(); a != part.notes.end(); ++a)
    for (auto b = a + 1; b != part.notes.end() && b->onset < a->end(); ++b)
      found += a->pitch == b->pitch;
  return found;
}

}  // namespace

TEST_CASE("fill: of parts filled together none falls silent where it was playing") {
  Sketch sketch(14);
  const PartId melody = sketch.part("Melody");
  for (const int bar : {0, 1, 2, 3, 10, 11, 12, 13})
    for (int beat = 0; beat < 4; ++beat) sketch.note(bar, beat, 1, 72 + 2 * beat);
  const PartId bass = sketch.part("Bass");
  for (int bar = 0; bar < 14; ++bar) sketch.note(bar, 0, 2, 36 + bar % 3);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const auto filled = fill_bars(sketch.score(), {Bar(10), Bar(14), {melody, bass}, seed});
    REQUIRE(filled);
    CHECK(silent_bars(*filled, melody, Bar(10), Bar(14)) == 0);
    CHECK(silent_bars(*filled, bass, Bar(10), Bar(14)) == 0);
    const auto half = fill_bars(sketch.score(), {Bar(6), Bar(12), {melody, bass}, seed});
    REQUIRE(half);  // four of six bars were rests
    CHECK(silent_bars(*half, melody, Bar(6), Bar(12)) <= 1);
  }
}

TEST_CASE("continue: a note that moves takes the tuning of where it arrives") {
  Sketch sketch(8);
  const PartId melody = sketch.part("Ney");
  std::set<std::pair<Pitch, double>> known;
  const std::pair<int, double> scale[] = {{60, 0},  {62, -12}, {64, -50}, {65, 4},
                                          {67, -2}, {69, 30},  {71, -44}, {72, 0}};
  for (const auto& [pitch, cents] : scale) known.insert({Pitch::folded_into_range(pitch), cents});
  for (int bar = 0; bar < 8; ++bar) {
    sketch.chord(bar, bar % 2 == 0 ? "C" : "G");
    for (int beat = 0; beat < 4; ++beat) {
      const auto& [pitch, cents] = scale[(bar * 3 + beat * 2) % 8];
      sketch.note(bar, beat, 1, pitch, cents);
    }
  }
  int moved = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto longer = continue_score(sketch.score(), 8, seed);
    REQUIRE(longer);
    for (const Note& note : find_part(*longer, melody)->notes) {
      const bool same_class = std::ranges::any_of(known, [&](const auto& tuned) {
        return tuned.first.pitch_class() == note.pitch.pitch_class() &&
               tuned.second == note.detune.value();
      });
      const bool is_new_class = std::ranges::none_of(known, [&](const auto& tuned) {
        return tuned.first.pitch_class() == note.pitch.pitch_class();
      });
      CHECK((same_class || (is_new_class && note.detune == Cents())));
      moved += known.count({note.pitch, note.detune.value()}) == 0;
    }
  }
  CHECK(moved > 0);
}

TEST_CASE("fill: a pitch held from before the region is not struck again") {
  Sketch sketch(12);
  const PartId part = sketch.part("Organ");
  for (int bar = 0; bar < 12; ++bar) {
    sketch.note(bar, 0, 1, 67);
    if (bar < 3 || bar > 5) sketch.note(bar, 0, bar == 2 ? 14 : 2, 60);
  }
  REQUIRE(overlaps(sketch.score().parts.front()) == 0);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const auto filled = fill_bars(sketch.score(), {Bar(3), Bar(8), {part}, seed});
    REQUIRE(filled);
    CHECK(overlaps(filled->parts.front()) == 0);
    CHECK(silent_bars(*filled, part, Bar(3), Bar(8)) == 0);
  }
}

TEST_CASE("fill: notes that move to one pitch are struck once") {
  Sketch sketch(12);
  const PartId part = sketch.part("Piano");
  sketch.chord(0, "Am7");
  sketch.chord(4, "C");
  sketch.chord(8, "Am7");
  for (int bar = 0; bar < 12; ++bar)
    for (const int pitch : {69, 72, 79, 81}) sketch.note(bar, 0, 4, pitch);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto filled = fill_bars(sketch.score(), {Bar(4), Bar(8), {part}, seed});
    REQUIRE(filled);
    CHECK(overlaps(filled->parts.front()) == 0);
  }
}

TEST_CASE("fill: a score without bars has none to fill") {
  Score score;
  score.parts.push_back({PartId(1), "Melody", Role::Melody, {}, {}, {}});
  const auto filled = fill_bars(score, {Bar(0), Bar(1), {PartId(1)}, 1});
  REQUIRE_FALSE(filled);
  CHECK(describe(filled.error()) == "the score has no bars to fill");
}

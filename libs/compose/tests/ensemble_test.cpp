// SPDX-License-Identifier: MIT
// Ensembles that are whole as they were asked for, and lines of instruments that play one note.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "../src/hand.hpp"
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

Brief alone(std::string_view genre, std::vector<std::string> instruments) {
  Brief brief = brief_of(genre);
  brief.instruments = std::move(instruments);
  brief.alone = true;
  brief.bars = 16;
  return brief;
}

std::set<std::string> players(const Settings& settings) {
  std::set<std::string> ids;
  for (const Seat& seat : settings.seats) ids.insert(seat.instrument->id);
  return ids;
}

const Note* note_at(const Part& part, Tick at) {
  const auto found = std::ranges::find_if(
      part.notes, [&](const Note& note) { return note.onset <= at && at < note.end(); });
  return found == part.notes.end() ? nullptr : &*found;
}

/// The MIDI number of the note that a part begins last before a time, across a breath too.
std::optional<int> last_before(const Part& part, Tick at) {
  const auto after = std::ranges::lower_bound(part.notes, at, {}, &Note::onset);
  if (after == part.notes.begin()) return std::nullopt;
  return std::prev(after)->pitch.number();
}

/// How often two parts move, together, from a fifth to a fifth or from an octave to an octave.
int count_parallels(const Part& a, const Part& b) {
  int count = 0;
  for (const Note& note : a.notes) {
    const auto a0 = last_before(a, note.onset), b0 = last_before(b, note.onset);
    const Note* other = note_at(b, note.onset);
    if (!a0 || !b0 || other == nullptr || other->onset != note.onset) continue;
    const int a1 = note.pitch.number(), b1 = other->pitch.number(), size = std::abs(a1 - b1) % 12;
    const bool both_move = *a0 != a1 && *b0 != b1;
    count += both_move && (size == 0 || size == 7) && std::abs(*a0 - *b0) % 12 == size;
  }
  return count;
}

}  // namespace

TEST_CASE("alone: nobody plays but the instruments asked for, in any genre") {
  const std::vector<std::vector<std::string>> ensembles{
      {"flute"},
      {"violin", "cello"},
      {"piano"},
      {"flute", "oboe", "clarinet", "horn", "bassoon"},
      {"clarinet", "cello", "piano"},
      {"nylon guitar"}};
  for (const char* genre : {"classical", "jazz", "rock", "waltz", "arabic"})
    for (const auto& ensemble : ensembles) {
      CAPTURE(genre);
      const Settings settings = settled(alone(genre, ensemble), 1);
      CHECK(players(settings) == std::set<std::string>(ensemble.begin(), ensemble.end()));
      CHECK(settings.seat(Role::Melody) != nullptr);
      const Score score = composed(alone(genre, ensemble), 1);
      for (const Part& part : score.parts) CHECK(!part.notes.empty());
    }
  CHECK(!settle(alone("jazz", {}), 1));
}

TEST_CASE("alone: one who plays chords has them and the bass, others what fits them") {
  const Settings piano = settled(alone("jazz", {"piano"}), 1);
  for (const Role role : {Role::Melody, Role::Chords, Role::Bass})
    CHECK(piano.seat(role) != nullptr);
  const Settings trio = settled(alone("classical", {"piano", "cello", "violin"}), 1);
  CHECK(trio.seat(Role::Melody)->instrument->id == "violin");
  CHECK(trio.seat(Role::Chords)->instrument->id == "piano");
  CHECK(trio.seat(Role::Bass)->instrument->id == "cello");
}

TEST_CASE("seats: a singer leads where one is asked for, and the piano accompanies") {
  Brief brief = brief_of("classical");
  brief.instruments = {"piano", "violin"};
  const Settings settings = settled(brief, 1);
  CHECK(settings.seat(Role::Melody)->instrument->id == "violin");
  CHECK(settings.seat(Role::Chords)->instrument->id == "piano");
}

TEST_CASE("inner voices: one note at a time, in range, on chords, apart from the melody") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    const Brief brief = alone("classical", {"flute", "oboe", "clarinet", "horn", "bassoon"});
    const Settings settings = settled(brief, seed);
    const Score score = composed(brief, seed);
    const Part& melody = part_of(score, Role::Melody);
    int strong = 0, on_chord = 0, together = 0, same = 0;
    for (std::size_t i = 0; i < score.parts.size(); ++i) {
      const Part& part = score.parts[i];
      if (part.role != Role::Counter && part.role != Role::Other) continue;
      const PitchRange range = settings.seats[i].instrument->range;
      for (std::size_t n = 0; n < part.notes.size(); ++n) {
        const Note& note = part.notes[n];
        CHECK(range.lowest <= note.pitch);
        CHECK(note.pitch <= range.highest);
        if (n > 0) CHECK(part.notes[n - 1].end() <= note.onset);
        if (const Note* led = note_at(melody, note.onset)) {
          ++together;
          same += led->pitch == note.pitch;
        }
        if (score.meter.weight_at(note.onset) < 1) continue;
        ++strong;
        const ChordMark* mark = chord_at(score, note.onset);
        REQUIRE(mark != nullptr);
        on_chord += mark->chord.contains(note.pitch.pitch_class());
      }
    }
    CHECK(strong > 20);
    CHECK(on_chord == strong);
    CHECK(same * 10 < together);
  }
}

TEST_CASE("inner voices: hardly a parallel fifth or octave with melody, bass and each other") {
  int notes = 0, parallels = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Score score =
        composed(alone("classical", {"flute", "oboe", "clarinet", "horn", "bassoon"}), seed);
    std::vector<const Part*> others;
    const auto is_outer = [](const Part& part) {
      return part.role == Role::Melody || part.role == Role::Bass;
    };
    for (const Part& part : score.parts)
      if (is_outer(part)) others.push_back(&part);
    REQUIRE(others.size() == 2);
    for (const Part& part : score.parts) {
      if (is_outer(part)) continue;
      notes += static_cast<int>(part.notes.size());
      for (const Part* other : others) parallels += count_parallels(part, *other);
      others.push_back(&part);
    }
  }
  CHECK(notes > 2000);
  CHECK(parallels * 300 < notes);
}

TEST_CASE(
    "seats: what a piece was settled to says who plays what, and makes the same piece again") {
  const std::vector<std::vector<std::string>> ensembles{
      {}, {"flute"}, {"piano", "flute"}, {"horn", "strings"}, {"cello", "organ", "violin"}};
  for (const auto genre : Genre::names())
    for (const auto& ensemble : ensembles) {
      Brief brief = brief_of(genre);
      brief.instruments = ensemble;
      brief.bars = 8;
      const Settings settings = settled(brief, 3);
      const auto read = brief_from_json(to_json(to_brief(settings)));
      REQUIRE(read.has_value());
      const Score first = composed(brief, 3), again = composed(*read, 3);
      CHECK(first.parts == again.parts);
    }
}

TEST_CASE("seats: roles that are told are kept, and what cannot play them is refused") {
  Brief brief = brief_of("jazz");
  brief.seats = {*parse_seat("melody: piano"), *parse_seat(" bass : cello")};
  const Settings settings = settled(brief, 1);
  REQUIRE(settings.seats.size() == 2);
  CHECK(settings.seat(Role::Melody)->instrument->id == "piano");
  CHECK(settings.seat(Role::Bass)->instrument->id == "cello");
  CHECK(!parse_seat("piano"));
  CHECK(!parse_seat("melody: kazoophone"));
  CHECK(!parse_seat("lead: piano"));
  const auto is_refused = [&](std::vector<SeatAsk> seats, const auto& change) {
    Brief other = brief_of("jazz");
    other.seats = std::move(seats);
    change(other);
    return !settle(other, 1).has_value();
  };
  const SeatAsk flute = *parse_seat("melody: flute"), kit = *parse_seat("drums: drums");
  const auto nothing = [](Brief&) {};
  CHECK(!is_refused({flute, kit}, nothing));
  CHECK(is_refused({*parse_seat("melody: drums")}, nothing));
  CHECK(is_refused({flute, *parse_seat("melody: tuba")}, nothing));
  CHECK(is_refused(std::vector<SeatAsk>(40, *parse_seat("pad: strings")), nothing));
  CHECK(is_refused({flute, kit}, [](Brief& b) { b.drums = false; }));
  CHECK(is_refused({flute}, [](Brief& b) { b.parts = {Role::Bass}; }));
  CHECK(is_refused({flute}, [](Brief& b) { b.without_parts = {Role::Melody}; }));
  CHECK(is_refused({flute}, [](Brief& b) { b.without_instruments = {"flute"}; }));
}

TEST_CASE("short notes: half as long, to a thirty-second, and none longer than it was") {
  CHECK(shortened(Duration(480)) == Duration(240));
  CHECK(shortened(Duration(100)) == Duration(60));
  CHECK(shortened(Duration(40)) == Duration(40));
}

TEST_CASE("chords: whatever the instrument, they lie in its range and strike no key twice") {
  for (const auto genre : Genre::names())
    for (const char* name :
         {"tubular bells", "glockenspiel", "music box", "kalimba", "xylophone"}) {
      CAPTURE(genre);
      CAPTURE(name);
      Brief brief = brief_of(genre);
      brief.instruments = {name};
      brief.bars = 12;
      for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const Settings settings = settled(brief, seed);
        const Score score = *compose(settings);
        for (std::size_t i = 0; i < score.parts.size(); ++i) {
          if (score.parts[i].instrument.is_drums) continue;
          const PitchRange range = settings.seats[i].instrument->range;
          const auto& notes = score.parts[i].notes;
          CHECK(std::ranges::all_of(notes, [&](const Note& n) { return range.contains(n.pitch); }));
          CHECK(std::ranges::adjacent_find(notes, [](const Note& a, const Note& b) {
                  return a.onset == b.onset && a.pitch == b.pitch;
                }) == notes.end());
        }
      }
    }
}

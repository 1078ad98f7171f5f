// SPDX-License-Identifier: MIT
// What the energy of sections is heard by: layers, arpeggios, build-ups, drops, choruses.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "../src/arpeggio.hpp"
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

constexpr int kKick = 36, kSnare = 38, kOpenHat = 46;

/// A piece with its plan, and what of it lies where.
struct Planned {
  Settings settings;
  Score score;
  Plan plan;

  Planned(const char* genre, const char* form, int bars, std::uint64_t seed) {
    Brief brief = brief_of(genre);
    brief.form = *parse_form(form);
    brief.bars = bars;
    settings = settled(brief, seed);
    score = *compose(settings);
    plan = *make_plan(settings);
  }
  std::vector<Note> notes_in(Role role, Tick from, Tick until) const {
    std::vector<Note> notes = part_of(score, role).notes;
    std::erase_if(notes, [&](const Note& n) { return n.onset < from || n.onset >= until; });
    return notes;
  }
  Tick begin(std::size_t section) const {
    return plan.meter.onset_of(plan.sections[section].first);
  }
  Tick end(std::size_t section) const {
    return section + 1 < plan.sections.size() ? begin(section + 1) : plan.end;
  }
  std::vector<Note> notes_of(Role role, std::size_t section) const {
    return notes_in(role, begin(section), end(section));
  }
  double onsets_a_bar(Role role, std::size_t section) const {
    std::set<Tick> onsets;
    for (const Note& note : notes_of(role, section)) onsets.insert(note.onset);
    return static_cast<double>(onsets.size()) / plan.sections[section].bars;
  }
};

std::ptrdiff_t count_key(const std::vector<Note>& notes, int key) {
  return std::ranges::count_if(notes, [&](const Note& n) { return n.pitch.number() == key; });
}

double mean_pitch(const std::vector<Note>& notes) {
  double sum = 0;
  for (const Note& note : notes) sum += note.pitch.number();
  return sum / static_cast<double>(notes.size());
}

}  // namespace

TEST_CASE("arpeggio: even steps over the chord's tones, in a pattern of the piece's own") {
  std::set<std::vector<int>> patterns;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const Planned piece("electronic", "A B A", 24, seed);
    const auto notes = piece.notes_of(Role::Counter, 2);
    int lowest = Pitch::kHighest, highest = 0;
    std::map<std::int64_t, int> steps;
    for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
      const Note& note = notes[i];
      ++steps[(notes[i + 1].onset - note.onset).ticks()];
      lowest = std::min(lowest, note.pitch.number());
      highest = std::max(highest, note.pitch.number());
      if (note.onset < piece.plan.end - kComposedPpq.quarter() * 4)
        CHECK(piece.plan.chord_at(note.onset).chord.contains(note.pitch.pitch_class()));
    }
    const int sixteenths = steps[kComposedPpq.ticks() / 4];
    CHECK(sixteenths * 10 > static_cast<int>(notes.size()) * 6);
    CHECK(highest - lowest >= 12);
    CHECK(highest - lowest <= 36);
    // The first bars of the section, as their contour.
    std::vector<int> contour;
    for (std::size_t i = 1; i < 8; ++i)
      contour.push_back(notes[i].pitch.number() > notes[i - 1].pitch.number() ? 1 : 0);
    patterns.insert(contour);
  }
  CHECK(patterns.size() > 10);
}

TEST_CASE("arpeggio: quicker and wider where there is more energy, never slower") {
  int quicker = 0, wider = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Planned piece("electronic", "Intro A Build Drop Outro", 32, seed);
    CHECK(piece.onsets_a_bar(Role::Counter, 3) >= piece.onsets_a_bar(Role::Counter, 1) - 1);
    quicker += piece.onsets_a_bar(Role::Counter, 1) < piece.onsets_a_bar(Role::Counter, 3) * 0.75;
    const auto span = [&](std::size_t section) {
      const auto notes = piece.notes_of(Role::Counter, section);
      const auto [low, high] = std::ranges::minmax(notes, {}, &Note::pitch);
      return high.pitch - low.pitch;
    };
    wider += span(3) > span(1) + 6;
  }
  CHECK(quicker >= 4);
  CHECK(quicker < 20);
  CHECK(wider >= 5);
}

TEST_CASE("layers: parts enter one after another, and a break leaves bass and kick out") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const Planned piece("electronic", "Intro A Break A", 32, seed);
    const auto first_of = [&](Role role) { return part_of(piece.score, role).notes.front().onset; };
    CHECK(first_of(Role::Chords) < first_of(Role::Counter));
    CHECK(first_of(Role::Counter) < first_of(Role::Bass));
    CHECK(first_of(Role::Drums) < first_of(Role::Bass));
    CHECK(piece.notes_of(Role::Bass, 2).empty());
    CHECK(count_key(piece.notes_of(Role::Drums, 2), kKick) == 0);
    CHECK_FALSE(piece.notes_of(Role::Melody, 2).empty());
    CHECK_FALSE(piece.notes_of(Role::Counter, 2).empty());
    CHECK(piece.onsets_a_bar(Role::Chords, 2) < piece.onsets_a_bar(Role::Chords, 1) + 2);
  }
}

TEST_CASE("build-up: the roll doubles its pace, and bass and kick make room before the drop") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const Planned piece("electronic", "A Build Drop Drop", 32, seed);
    const auto bar = [&](int index) { return piece.plan.meter.onset_of(Bar(index)); };
    const auto snares = [&](int index) {
      return count_key(piece.notes_in(Role::Drums, bar(index), bar(index + 1)), kSnare);
    };
    CHECK(snares(8) == 0);
    CHECK(snares(12) == 4);
    CHECK(snares(13) == 4);
    CHECK(snares(14) == 8);
    CHECK(snares(15) == 16);
    CHECK(count_key(piece.notes_in(Role::Drums, bar(14), bar(15)), kKick) > 0);
    CHECK(count_key(piece.notes_in(Role::Drums, bar(15), bar(16)), kKick) == 0);
    CHECK(piece.notes_in(Role::Bass, bar(15), bar(16)).empty());
    CHECK_FALSE(piece.notes_in(Role::Bass, bar(14), bar(15)).empty());
    CHECK(piece.notes_in(Role::Bass, bar(8), bar(9)).empty());
    // All of them are there again on the first beat of the drop, with the kick four to the floor.
    for (const Role role : {Role::Chords, Role::Bass, Role::Counter})
      CHECK_FALSE(piece.notes_in(role, bar(16), bar(16) + Duration(1)).empty());
    for (int beat = 0; beat < 4; ++beat) {
      const Tick at = bar(16) + kComposedPpq.quarter() * beat;
      CHECK(count_key(piece.notes_in(Role::Drums, at, at + Duration(1)), kKick) == 1);
    }
  }
}

TEST_CASE("drop: the second A is fuller than the first, in all that accompanies") {
  int bass = 0, drums = 0, counter = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Planned piece("electronic", "Intro A B A Outro", 32, seed);
    ++all;
    const auto is_fuller = [&](Role role) {
      return piece.notes_of(role, 3).size() > piece.notes_of(role, 1).size();
    };
    bass += is_fuller(Role::Bass);
    drums += is_fuller(Role::Drums);
    counter += is_fuller(Role::Counter);
    CHECK(count_key(piece.notes_of(Role::Drums, 1), kOpenHat) == 0);
    CHECK(count_key(piece.notes_of(Role::Drums, 3), kOpenHat) > 0);
  }
  CHECK(bass * 10 >= all * 8);
  CHECK(drums * 10 >= all * 9);
  CHECK(counter >= 4);
}

TEST_CASE("chorus: it lies above its verse in nine pieces of ten") {
  for (const char* genre : {"rock", "funk", "reggae"}) {
    CAPTURE(std::string(genre));
    int higher = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      const Planned piece(genre, "verse-chorus", 24, seed);
      higher +=
          mean_pitch(piece.notes_of(Role::Melody, 2)) > mean_pitch(piece.notes_of(Role::Melody, 1));
    }
    CHECK(higher >= 45);
  }
}

TEST_CASE("chorus: a rock band plays more, on more strings, and keeps time on another cymbal") {
  int busier = 0, fuller = 0, moved = 0, all = 0;
  constexpr std::array<int, 4> kCymbals{42, 51, 53, 46};
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Planned piece("rock", "verse-chorus", 24, seed);
    ++all;
    busier += piece.onsets_a_bar(Role::Chords, 2) > piece.onsets_a_bar(Role::Chords, 1);
    const auto strings = [&](std::size_t section) {
      return static_cast<double>(piece.notes_of(Role::Chords, section).size()) /
             piece.plan.sections[section].bars / piece.onsets_a_bar(Role::Chords, section);
    };
    fuller += strings(2) > strings(1) + 0.3;
    const auto cymbal = [&](std::size_t section) {
      const auto notes = piece.notes_of(Role::Drums, section);
      return *std::ranges::max_element(kCymbals, {},
                                       [&](int key) { return count_key(notes, key); });
    };
    moved += cymbal(1) != cymbal(2);
    CHECK(cymbal(2) != 42);
  }
  CHECK(busier * 10 >= all * 7);
  CHECK(fuller * 10 >= all * 9);
  CHECK(moved * 10 >= all * 8);
}

TEST_CASE("arpeggio: rungs above the top go round by octaves") {
  const std::array<int, 4> closed{48, 52, 55, 60};
  const std::array<int, 3> open{48, 52, 55};
  CHECK(Arpeggio::key_at(2, closed) == 55);
  CHECK(Arpeggio::key_at(3, closed) == 60);
  CHECK(Arpeggio::key_at(4, closed) == 52);
  CHECK(Arpeggio::key_at(5, closed) == 55);
  CHECK(Arpeggio::key_at(3, open) == 48);
  CHECK(Arpeggio::key_at(6, std::array{50}) == 50);
}

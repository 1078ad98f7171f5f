// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <toccata/theory/voicing.hpp>

using namespace toccata;

namespace {

constexpr VoicingKind kKinds[] = {VoicingKind::Close, VoicingKind::Open, VoicingKind::Shell,
                                  VoicingKind::Rootless, VoicingKind::Power};
constexpr const char* kSymbols[] = {
    "C",    "F#m",    "Bbdim", "Eaug", "A5",  "Dsus4",  "G6",   "Am7",      "Dbmaj7", "B7",
    "Ebo7", "F#m7b5", "C9",    "Dm11", "G13", "Ab7alt", "C7b9", "Fmaj7#11", "Em69",   "Cno3no5"};

Voicing voicing(std::initializer_list<int> numbers) {
  Voicing pitches;
  for (const int number : numbers) pitches.push_back(*Pitch::from_number(number));
  return pitches;
}

VoicingOptions options(VoicingKind kind, int lowest = 48, int highest = 76, int most_tones = 4) {
  return {kind, {*Pitch::from_number(lowest), *Pitch::from_number(highest)}, most_tones};
}

std::set<int> classes(const Voicing& pitches) {
  std::set<int> numbers;
  for (const Pitch pitch : pitches) numbers.insert(pitch.pitch_class().number());
  return numbers;
}

}  // namespace

TEST_CASE("voicings_of: every voicing lies in the range, ascends and has only the chord's tones") {
  for (const char* symbol : kSymbols)
    for (const VoicingKind kind : kKinds)
      for (int most_tones = 1; most_tones <= 8; ++most_tones) {
        const Chord chord = *parse_chord(symbol);
        const auto wanted = options(kind, 48, 76, most_tones);
        const auto found = voicings_of(chord, wanted);
        CAPTURE(symbol);
        REQUIRE_FALSE(found.empty());
        CHECK(std::is_sorted(found.begin(), found.end()));
        for (const Voicing& one : found) {
          CHECK(std::ranges::adjacent_find(one, std::greater_equal<>()) == one.end());
          CHECK(std::ranges::all_of(one, [&](Pitch p) { return wanted.range.contains(p); }));
          CHECK(std::ranges::all_of(one, [&](Pitch p) { return chord.contains(p.pitch_class()); }));
          CHECK(one.size() <= (kind == VoicingKind::Power ? 3 : most_tones));
        }
      }
}

TEST_CASE(
    "voicings_of: no chord and kind is without a voicing in a range of an octave, wherever it "
    "lies") {
  for (const char* symbol : kSymbols)
    for (const VoicingKind kind : kKinds)
      for (int lowest = 0; lowest <= 115; ++lowest)
        CHECK_FALSE(voicings_of(*parse_chord(symbol), options(kind, lowest, lowest + 12)).empty());
}

TEST_CASE("voicings_of: n inversions of a close chord of n tones raise it one octave") {
  for (const char* symbol : {"C", "G7", "Bm7b5", "Eaug", "D5"}) {
    const Chord chord = *parse_chord(symbol);
    const auto found = voicings_of(chord, options(VoicingKind::Close, 36, 90));
    const std::size_t n = chord.tones.size();
    REQUIRE(found.size() > n);
    for (std::size_t i = 0; i + n < found.size(); ++i)
      for (std::size_t voice = 0; voice < n; ++voice)
        CHECK(found[i + n][voice] - found[i][voice] == 12);
  }
}

TEST_CASE("voicings_of: kinds have their shapes") {
  const auto has = [](const char* symbol, VoicingKind kind, std::initializer_list<int> numbers) {
    const auto found = voicings_of(*parse_chord(symbol), options(kind));
    return std::find(found.begin(), found.end(), voicing(numbers)) != found.end();
  };
  CHECK(has("C", VoicingKind::Close, {60, 64, 67}));
  CHECK(has("C", VoicingKind::Close, {52, 55, 60}));
  CHECK(has("Cmaj7", VoicingKind::Open, {55, 60, 64, 71}));
  CHECK(has("G7", VoicingKind::Shell, {55, 59, 65}));
  CHECK(has("C", VoicingKind::Shell, {48, 52, 55}));
  CHECK(has("Dm9", VoicingKind::Rootless, {53, 57, 60, 64}));
  CHECK(has("C5", VoicingKind::Power, {48, 55, 60}));
  CHECK(has("Cm7", VoicingKind::Power, {48, 55, 60}));
}

TEST_CASE("voicings_of: the fifth is left out first, then the root; third and seventh stay") {
  const auto kept = [](const char* symbol, int most_tones) {
    return classes(
        voicings_of(*parse_chord(symbol), options(VoicingKind::Close, 48, 76, most_tones))[0]);
  };
  CHECK(kept("C9", 4) == std::set{0, 4, 10, 2});
  CHECK(kept("C13", 4) == std::set{4, 10, 2, 9});
  CHECK(kept("Cmaj7", 2) == std::set{4, 11});
  CHECK(kept("C7#5#9", 4) == std::set{4, 8, 10, 3});
  CHECK(kept("C11", 5) == std::set{0, 4, 7, 10, 2});
  CHECK(kept("C", 2) == std::set{0, 4});
}

TEST_CASE("voicings_of: a range too narrow for the chord has none") {
  CHECK(voicings_of(*parse_chord("C"), options(VoicingKind::Close, 60, 64)).empty());
  CHECK(lead_voicing(*parse_chord("C"), options(VoicingKind::Close, 60, 64), {}).empty());
}

TEST_CASE("lead_voicing: common tones stay and the others move by step") {
  const auto wanted = options(VoicingKind::Close);
  CHECK(lead_voicing(*parse_chord("F"), wanted, voicing({60, 64, 67})) == voicing({60, 65, 69}));
  CHECK(lead_voicing(*parse_chord("Am"), wanted, voicing({60, 64, 67})) == voicing({60, 64, 69}));
  const Voicing same = voicing({60, 64, 67});
  CHECK(lead_voicing(*parse_chord("C"), wanted, same) == same);
}

TEST_CASE("lead_voicing: triads a step apart do not move in parallel") {
  const Voicing before = voicing({60, 64, 67});
  const Voicing after = lead_voicing(*parse_chord("Dm"), options(VoicingKind::Close), before);
  CHECK(after != voicing({62, 65, 69}));
  const std::vector<Voicing> passage{before, after};
  CHECK(check_voice_leading(passage, {}).empty());
}

TEST_CASE(
    "lead_voicing: without a voicing before, the one nearest the middle of the range is taken") {
  const Voicing first = lead_voicing(*parse_chord("C"), options(VoicingKind::Close, 48, 76), {});
  CHECK(first == voicing({60, 64, 67}));
}

TEST_CASE("lead_voicing: the number of tones may change") {
  const auto wanted = options(VoicingKind::Close);
  CHECK(lead_voicing(*parse_chord("G7"), wanted, voicing({60, 64, 67})) ==
        voicing({59, 62, 65, 67}));
  CHECK(lead_voicing(*parse_chord("C"), wanted, voicing({59, 62, 65, 67})).size() == 3);
  CHECK(lead_voicing(*parse_chord("C"), wanted, voicing({0})).size() == 3);
}

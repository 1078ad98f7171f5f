// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/key.hpp>

using namespace toccata;

namespace {
std::vector<Note> scale_from(int tonic, std::vector<int> steps) {
  std::vector<tune::Eighth> eighths;
  int at = 0;
  for (int step : steps) eighths.push_back({at++, tonic + step});
  return tune::notes(eighths);
}
const std::vector<int> kMajorTune = {0, 2, 4, 5, 7, 9, 11, 12, 7, 4, 0};
const std::vector<int> kMinorTune = {0, 2, 3, 5, 7, 8, 11, 12, 7, 3, 0};
}  // namespace

TEST_CASE("estimate_key: a scale ended on its triad is in its key, on every tonic and profile") {
  for (KeyProfile profile : all_key_profiles()) {
    CAPTURE(name_of(profile));
    for (int tonic = 60; tonic < 72; ++tonic) {
      const auto major = estimate_key(scale_from(tonic, kMajorTune), profile);
      const auto minor = estimate_key(scale_from(tonic, kMinorTune), profile);
      REQUIRE(major);
      REQUIRE(minor);
      CHECK(major->key.tonic.pitch_class().number() == tonic - 60);
      CHECK(minor->key.tonic.pitch_class().number() == tonic - 60);
      CHECK_FALSE(major->key.scale.is_minor());
      CHECK(minor->key.scale.is_minor());
      CHECK(major->strength > 0.7);
      CHECK(major->margin > 0);
    }
  }
}

TEST_CASE("estimate_key: transposing moves the key and changes neither strength nor margin") {
  const auto in_c = estimate_key(scale_from(60, kMinorTune));
  const auto in_e = estimate_key(scale_from(64, kMinorTune));
  CHECK(semitones_up(in_c->key.tonic.pitch_class(), in_e->key.tonic.pitch_class()) == 4);
  CHECK(in_c->strength == doctest::Approx(in_e->strength));
  CHECK(in_c->margin == doctest::Approx(in_e->margin));
}

TEST_CASE("estimate_key: silence, drums and twelve equal pitch classes have no key") {
  CHECK_FALSE(estimate_key(std::span<const Note>()));
  PitchClassWeights even;
  even.fill(3);
  CHECK_FALSE(estimate_key(even));
  Score drums = tune::chords({{36, 42}});
  drums.parts[0].instrument.is_drums = true;
  CHECK_FALSE(estimate_key(drums, bars_of(drums)));
  CHECK_FALSE(estimate_key(Score(), bars_of(Score())));
}

TEST_CASE("estimate_key: the tonic is spelled with the fewest accidentals") {
  CHECK(to_string(estimate_key(scale_from(63, kMajorTune))->key) == "Eb major");
  CHECK(to_string(estimate_key(scale_from(61, kMinorTune))->key) == "C# minor");
}

TEST_CASE("estimate_key: only what sounds within the bars counts") {
  const Score score = tune::chords({{60, 64, 67},
                                    {65, 69, 72},
                                    {67, 71, 74},
                                    {60, 64, 67},
                                    {66, 70, 73},
                                    {71, 75, 78},
                                    {61, 65, 68},
                                    {66, 70, 73}});
  CHECK(to_string(estimate_key(score, {Bar(0), Bar(4)})->key) == "C major");
  CHECK(to_string(estimate_key(score, {Bar(4), Bar(8)})->key) == "F# major");
}

TEST_CASE("estimate_key_track: a modulation is found at its bar, within two bars") {
  std::vector<std::vector<int>> bars;
  for (int i = 0; i < 3; ++i)
    for (auto chord :
         std::vector<std::vector<int>>{{60, 64, 67}, {65, 69, 72}, {67, 71, 74, 77}, {60, 64, 67}})
      bars.push_back(chord);
  for (int i = 0; i < 3; ++i)
    for (auto chord :
         std::vector<std::vector<int>>{{64, 68, 71}, {69, 73, 76}, {71, 75, 78, 81}, {64, 68, 71}})
      bars.push_back(chord);
  const Score score = tune::chords(bars);
  const auto track = estimate_key_track(score, bars_of(score));
  REQUIRE(track.size() == 2);
  CHECK(to_string(track[0].estimate.key) == "C major");
  CHECK(to_string(track[1].estimate.key) == "E major");
  CHECK(track[0].bars.end == track[1].bars.first);
  CHECK(std::abs(track[1].bars.first.index() - 12) <= 2);
}

TEST_CASE("estimate_key_track: spans cover the bars without gaps; silence has none") {
  const Score score = tune::chords({{60, 64, 67}, {}, {}, {66, 70, 73}, {60}});
  const auto track = estimate_key_track(score, bars_of(score));
  Bar next = bars_of(score).first;
  for (const KeySpan& span : track) {
    CHECK(span.bars.first == next);
    next = span.bars.end;
  }
  CHECK(next == bars_of(score).end);
  CHECK(estimate_key_track(Score(), bars_of(Score())).empty());
}

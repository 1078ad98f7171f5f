// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/measures.hpp>
#include <toccata/analysis/phrases.hpp>

using namespace toccata;

TEST_CASE("in_key_share: counted by notes, against the key mark in force") {
  const auto notes = tune::notes({{0, 60}, {1, 61, 7}, {8, 61}, {9, 62}});
  CHECK(in_key_share(notes, *parse_key("C major")) == 0.5);
  Score score = tune::score(notes);
  CHECK_FALSE(in_key_share(score));
  score.keys = {{Tick(0), *parse_key("C major"), ""}, {Tick(1920), *parse_key("A major"), ""}};
  CHECK(in_key_share(score) == 0.75);
  score.parts[0].instrument.is_drums = true;
  CHECK_FALSE(in_key_share(score));
}

TEST_CASE("chord_tone_share: only strong positions under a chord count") {
  Score score = tune::score(tune::notes({{0, 61}, {2, 64}, {3, 65}, {4, 67}, {6, 62}, {8, 61}}));
  CHECK_FALSE(chord_tone_share(score.parts[0].notes, score));
  score.chords = {{Tick(480), *parse_chord("C")}, {Tick(1920), *parse_chord("A7")}};
  CHECK(chord_tone_share(score.parts[0].notes, score) == doctest::Approx(0.75));
  CHECK(chord_tone_share(score.parts[0].notes, score, 1.0) == doctest::Approx(1.0));
}

TEST_CASE("pitch_class_entropy: none for one pitch class, log2 of 12 for all") {
  std::vector<tune::Eighth> all;
  for (int i = 0; i < 12; ++i) all.push_back({i, 60 + i});
  CHECK(pitch_class_entropy(tune::notes(all)) == doctest::Approx(3.5849625));
  CHECK(pitch_class_entropy(tune::notes({{0, 60}, {1, 72}})) == 0);
  CHECK_FALSE(pitch_class_entropy({}));
}

TEST_CASE("groove_consistency: equal bars are wholly consistent, each differing onset costs 1/16") {
  const MeterMap meters(kComposedPpq);
  const auto same = tune::notes({{0, 60}, {3, 62}, {8, 72}, {11, 40}});
  CHECK(groove_consistency(same, meters, {Bar(0), Bar(2)}) == 1);
  const auto other = tune::notes({{0, 60}, {3, 62}, {8, 72}, {12, 40}});
  CHECK(groove_consistency(other, meters, {Bar(0), Bar(2)}) == doctest::Approx(14.0 / 16));
  CHECK_FALSE(groove_consistency(same, meters, {Bar(0), Bar(1)}));
}

TEST_CASE("silence_share: overlapping notes count once, only time within the bars") {
  const MeterMap meters(kComposedPpq);
  const auto notes = tune::notes({{0, 60, 2}, {1, 64, 2}, {6, 67, 20}});
  CHECK(silence_share(notes, meters, {Bar(0), Bar(1)}) == doctest::Approx(3.0 / 8));
  CHECK(silence_share({}, meters, {Bar(0), Bar(1)}) == 1);
  CHECK_FALSE(silence_share(notes, meters, {Bar(2), Bar(2)}));
}

TEST_CASE("notes_per_bar and pitch_range: empty bars count, silence has no range") {
  const auto notes = tune::notes({{0, 60}, {1, 70}, {17, 50}});
  CHECK(notes_per_bar(notes, MeterMap(kComposedPpq), {Bar(0), Bar(4)}) == 0.75);
  CHECK(pitch_range(notes)->lowest == Pitch::literal(50));
  CHECK_FALSE(pitch_range({}));
}

TEST_CASE("histograms: they sum to one, and note values go to the nearest by ratio") {
  const auto notes = tune::notes({{0, 60}, {2, 62, 2}, {4, 64, 3}, {7, 65, 30}});
  const auto values = note_value_histogram(notes, kComposedPpq);
  CHECK(values == Histogram{0, 0, 0.25, 0.25, 0.25, 0.25});
  for (const auto& histogram : {pitch_class_histogram(notes), values, interval_histogram(notes),
                                onset_histogram(notes, MeterMap(kComposedPpq), kCommonTime)}) {
    double sum = 0;
    for (double share : histogram) sum += share;
    CHECK(sum == doctest::Approx(1));
  }
}

TEST_CASE("overlapped_area: one for equal histograms, none for strangers") {
  CHECK(overlapped_area({0.5, 0.5}, {0.5, 0.5}) == 1);
  CHECK(overlapped_area({1, 0}, {0, 1}) == 0);
  CHECK(overlapped_area({0.75, 0.25}, {0.5, 0.5}) == 0.75);
  CHECK(overlapped_area({1}, {0.5, 0.5}) == 0);
}

TEST_CASE("syncopation_share: an onset held over a stronger place is one, one before it is not") {
  const MeterMap meters(kComposedPpq);
  const auto straight = tune::notes({{0, 60}, {2, 60}, {3, 60}, {4, 60}, {6, 60}, {8, 60}});
  CHECK(syncopation_share(straight, meters) == 0);
  // The eighth before beat 2 is held over it; the half note on beat 2 over the middle.
  const auto held = tune::notes({{0, 60}, {1, 60, 3}, {4, 60, 4}, {8, 60}});
  CHECK(syncopation_share(held, meters) == doctest::Approx(1.0 / 3));
  const auto over = tune::notes({{0, 60, 2}, {2, 60, 4}, {6, 60, 4}, {10, 60}});
  CHECK(syncopation_share(over, meters) == doctest::Approx(2.0 / 3));
  CHECK_FALSE(syncopation_share(tune::notes({{0, 60}}), meters));
}

TEST_CASE("step_value_histogram: the times between onsets, whatever the durations") {
  const auto line = tune::notes({{0, 60}, {2, 60}, {3, 60}});
  CHECK(step_value_histogram(line, kComposedPpq) == Histogram{0, 0, 0.5, 0.5, 0, 0});
}

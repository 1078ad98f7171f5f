// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <toccata/perform/features.hpp>
#include <toccata/perform/targets.hpp>

#include "written.hpp"

using namespace toccata;

namespace {

/// The numbers of a column by its name.
std::span<const float> column(const NoteFeatures& features, std::string_view name) {
  const auto at = std::ranges::find(features.names(), name);
  REQUIRE_MESSAGE(at != features.names().end(), name);
  return features.column(static_cast<std::size_t>(at - features.names().begin()));
}

Marking dynamic(int sixteenth, const char* text) {
  const Tick at(sixteenth * 120);
  return {Marking::Kind::Dynamic, at, at, find_loudness(text), text, 0};
}

/// Played as written at one second a quarter.
PlayedTimes even_times(const PlayingOrder& order) {
  PlayedTimes times;
  for (std::size_t p = 0; p < order.notes().size(); ++p) {
    times.onset.push_back(order.onset(p));
    times.end.push_back(order.end(p));
  }
  return times;
}

}  // namespace

TEST_CASE("score_features: what stands in the notes is what the columns say") {
  const Score score = written({{0, 4, 60}, {0, 4, 67}, {4, 2, 62}, {6, 2, 64}, {8, 8, 65}});
  const PlayingOrder order(score);
  const NoteFeatures features = score_features(order);
  CHECK(column(features, "pitch")[1] == 67);
  CHECK(column(features, "duration")[4] == 1);   // log2 of two quarters
  CHECK(column(features, "duration")[2] == -1);  // of half of one
  CHECK(column(features, "beat_position")[4] == doctest::Approx(0.5));
  CHECK(column(features, "chord_size")[0] == 2);
  CHECK(column(features, "below_top")[0] == 7);
  CHECK(column(features, "above_bottom")[1] == 7);
  CHECK(column(features, "from_top")[1] == 0);
  CHECK(column(features, "metric_weight")[0] > column(features, "metric_weight")[2]);
  CHECK(column(features, "line_interval-1")[3] == -2);
  CHECK(column(features, "melodic_contour")[0] == 0);  // of the lower line, which is one note
  CHECK(column(features, "onset+1")[0] == 1);
  CHECK(std::isnan(column(features, "onset-1")[0]));
}

TEST_CASE("score_features: moving a piece by an octave changes no column but those of pitch") {
  const auto notes = {Sixteenths{0, 4, 60}, {4, 2, 64}, {6, 2, 67}, {8, 4, 72}, {12, 4, 71}};
  const Score low = written(notes);
  Score high = low;
  for (Note& note : high.parts[0].notes) note.pitch = *Pitch::from_number(note.pitch.number() + 12);
  const PlayingOrder low_order(low), high_order(high);
  const NoteFeatures a = score_features(low_order), b = score_features(high_order);
  for (std::size_t c = 0; c < a.names().size(); ++c) {
    if (a.names()[c] == "pitch" || a.names()[c] == "piece_pitch") continue;
    CAPTURE(a.names()[c]);
    for (std::size_t row = 0; row < a.rows(); ++row) {
      const float x = a.column(c)[row], y = b.column(c)[row];
      CHECK((x == doctest::Approx(y) || (std::isnan(x) && std::isnan(y))));
    }
  }
}

TEST_CASE("score_features: the distance to the tonic counts fifths in the estimated key") {
  // A scale and a cadence in G major.
  const Score score = written({{0, 4, 67},
                               {4, 4, 71},
                               {8, 4, 74},
                               {12, 4, 72},
                               {16, 4, 71},
                               {20, 4, 69},
                               {24, 4, 66},
                               {28, 4, 67},
                               {32, 16, 67}});
  const PlayingOrder order(score);
  const NoteFeatures features = score_features(order);
  CHECK(column(features, "distance_to_tonic")[0] == 0);  // G
  CHECK(column(features, "distance_to_tonic")[2] == 1);  // D
  CHECK(column(features, "distance_to_tonic")[1] == 4);  // B
}

TEST_CASE("mark_features: a dynamic holds until the next, and a hairpin leads there") {
  Score score = written({{0, 4, 60}, {16, 4, 60}, {24, 4, 60}, {32, 4, 60}});
  score.parts[0].markings = {dynamic(0, "p"),
                             {Marking::Kind::Crescendo, Tick(16 * 120), Tick(32 * 120), {}, "", 0},
                             dynamic(32, "f")};
  const PlayingOrder order(score);
  const NoteFeatures features = mark_features(order, nullptr);
  const auto level = column(features, "level");
  const float p = static_cast<float>(find_loudness("p")->number());
  const float f = static_cast<float>(find_loudness("f")->number());
  CHECK(level[0] == p);
  CHECK(level[1] == p);
  CHECK(level[2] == doctest::Approx((p + f) / 2));
  CHECK(level[3] == f);
  CHECK(column(features, "dynamic")[2] == p);
  CHECK(column(features, "dynamic_next")[2] == f);
  CHECK(column(features, "hairpin")[2] == doctest::Approx(0.6));
  CHECK(std::isnan(column(features, "dynamic_before")[0]));
}

TEST_CASE("mark_features: marks and slurs of a note are its own") {
  Score score = written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}, {12, 4, 65}});
  auto& notes = score.parts[0].notes;
  notes[0].marks.add(Mark::Accent);
  notes[1].marks.add(Mark::SlurBegin);
  notes[2].marks.add(Mark::SlurEnd);
  const PlayingOrder order(score);
  const NoteFeatures features = mark_features(order, nullptr);
  CHECK(column(features, "accent")[0] == 1);
  CHECK(column(features, "accent")[1] == 0);
  CHECK(column(features, "since_slur_begin")[2] == 1);
  CHECK(column(features, "to_slur_end")[1] == 1);
  CHECK(std::isnan(column(features, "since_slur_begin")[3]));
}

TEST_CASE("mark_features: velocities that came with a score stand beside its marks") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}});
  Performance came = make_plain_performance(score);
  came.notes[1].velocity = Velocity::literal(100);
  const PlayingOrder order(score);
  const NoteFeatures features = mark_features(order, &came);
  CHECK(column(features, "written_velocity")[1] == 100);
  CHECK(column(features, "written_velocity_over_4")[1] == 10);
  CHECK(std::isnan(column(mark_features(order, nullptr), "written_velocity")[0]));
}

TEST_CASE("timing_features: even playing has no slowness, no lag and full lengths") {
  const Score score = written({{0, 4, 60}, {0, 4, 64}, {4, 4, 62}, {8, 4, 64}, {12, 4, 65}});
  const PlayingOrder order(score);
  const NoteFeatures features = timing_features(order, even_times(order));
  for (std::size_t row = 0; row < features.rows(); ++row) {
    CHECK(column(features, "played_slowness_4")[row] == doctest::Approx(0));
    CHECK(column(features, "played_lag")[row] == doctest::Approx(0));
    CHECK(column(features, "played_articulation")[row] == doctest::Approx(0));
  }
  CHECK(column(features, "played_wait+1")[0] == doctest::Approx(0));  // log2 of a second
}

TEST_CASE("targets: a beat twice as long is one slower, and the median takes the tempo off") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}, {12, 4, 65}, {16, 16, 67}});
  const PlayingOrder order(score);
  PlayedTimes times{{0, 1, 2, 4, 5}, {1, 2, 4, 5, 9}};  // the third beat lasts two seconds
  const auto beats = beats_of(order);
  REQUIRE(beats.size() == 5);
  const auto slowness = beat_slowness(order, beats, times);
  CHECK(slowness[0] == doctest::Approx(0));
  CHECK(slowness[2] == doctest::Approx(1));
  CHECK(std::isnan(slowness[4]));  // nothing is played behind it
  CHECK(chord_slowness(order, times)[2] == doctest::Approx(1));
}

TEST_CASE("beat_slowness: where beats are marked, marks alone count, and none of no length") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}, {12, 4, 65}, {16, 4, 67}});
  const PlayingOrder order(score);
  PlayedTimes times{{0, 1, 2, 3, 4}, {1, 2, 3, 4, 5}};
  times.beats = {{0, 0}, {1, 1}, {2, 3}, {3, 3.01}};
  const auto slowness = beat_slowness(order, beats_of(order), times);
  CHECK(slowness[1] - slowness[0] == doctest::Approx(1));
  CHECK(std::isnan(slowness[2]));  // a hundredth of a second
  CHECK(std::isnan(slowness[3]));  // of the next beat no mark tells, though it is played
}

TEST_CASE("chord_slowness: chords whose order is not heard say nothing of the time between them") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}, {12, 4, 65}, {16, 4, 67}});
  const PlayingOrder order(score);
  const auto third = [&](double wait) {
    return chord_slowness(order, {{0, 1, 2, 2 + wait, 3}, {1, 2, 3, 3, 4}})[2];
  };
  CHECK(third(0.021) == doctest::Approx(std::log2(0.021)));
  CHECK(std::isnan(third(0.019)));
  CHECK(std::isnan(third(0)));
  CHECK(std::isnan(third(-0.1)));
}

TEST_CASE("targets: lags are within a chord, articulation against the written length") {
  const Score score = written({{0, 4, 60}, {0, 4, 67}, {4, 4, 62}, {8, 4, 64}});
  const PlayingOrder order(score);
  const PlayedTimes times{{0.02, 0, 1.01, 2.01}, {0.52, 1, 2.01, 3.01}};
  const auto lags = note_lags(order, times);
  CHECK(lags[0] == doctest::Approx(0.01));
  CHECK(lags[1] == doctest::Approx(-0.01));
  CHECK(std::isnan(lags[2]));  // alone in its chord
  CHECK(std::isnan(note_lags(order, {{0.02, std::nan(""), 1, 2}, {1, 1, 2, 3}})[0]));
  const auto articulations = note_articulations(order, times);
  CHECK(articulations[0] == doctest::Approx(-1).epsilon(0.05));
  CHECK(articulations[2] == doctest::Approx(0).epsilon(0.05));
}

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include <toccata/perform/past.hpp>
#include <toccata/perform/targets.hpp>

#include "written.hpp"

using namespace toccata;

namespace {

std::map<std::string, float> told(const Past& past, Target target) {
  const auto& names = past_names(target);
  std::vector<float> numbers(names.size());
  past.tell(numbers);
  std::map<std::string, float> told;
  for (std::size_t i = 0; i < names.size(); ++i) told[names[i]] = numbers[i];
  return told;
}

std::vector<std::size_t> all_places(const PlayingOrder& order) {
  std::vector<std::size_t> places(order.notes().size());
  std::iota(places.begin(), places.end(), 0);
  return places;
}

/// The past of a line of notes, each of them a chord, of which some have been played.
Past after(const PlayingOrder& order, std::initializer_list<float> played) {
  Past past(order, Target::ChordSlowness, all_places(order));
  for (const float value : played) past.add(value);
  return past;
}

}  // namespace

TEST_CASE("Past: a note is told of what came before it and of nothing behind") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}, {12, 4, 60}});
  const PlayingOrder order(score);
  Past past(order, Target::NoteVelocity, all_places(order));
  for (const float value : {50.0F, 60.0F, 70.0F}) past.add(value);
  auto numbers = told(past, Target::NoteVelocity);
  CHECK(numbers["history-1"] == 70);
  CHECK(numbers["history-3"] == 50);
  CHECK(std::isnan(numbers["history-4"]));
  CHECK(numbers["history_mean_8"] == 60);
  CHECK(numbers["history_same_pitch"] == 50);
  CHECK(numbers["history_line-1"] == 70);
  CHECK(numbers["history_piece_mean"] == 60);
}

TEST_CASE("Past: a chord is told of those just before it, without those that were not played") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}, {8, 4, 64}, {12, 4, 60}});
  const PlayingOrder order(score);
  auto numbers = told(after(order, {1, NAN, 3}), Target::ChordSlowness);
  CHECK(numbers["series-1"] == 3);
  CHECK(std::isnan(numbers["series-2"]));
  CHECK(numbers["series-3"] == 1);
  CHECK(numbers["series_mean_4"] == 2);
  CHECK(std::isnan(numbers["series-4"]));
}

TEST_CASE("Past: the same notes are told how they were played before") {
  // Two bars twice; then the last note of each is another.
  const Score score = written({{0, 8, 60},
                               {8, 8, 62},
                               {16, 8, 64},
                               {24, 8, 65},
                               {32, 8, 60},
                               {40, 8, 62},
                               {48, 8, 64},
                               {56, 8, 72}});
  const PlayingOrder order(score);
  auto first = told(after(order, {1, 2, 3, 4}), Target::ChordSlowness);
  CHECK(first["series_same_notes"] == 1);  // 60 62 64 again
  CHECK(first["series_same_notes_mean"] == 1);
  CHECK(std::isnan(first["series_same_notes_over"]));  // nothing stood before it
  auto second = told(after(order, {1, 2, 3, 4, 9}), Target::ChordSlowness);
  CHECK(std::isnan(second["series_same_notes"]));  // 62 64 72 was not heard
  auto unplayed = told(after(order, {NAN, 2, 3, 4}), Target::ChordSlowness);
  CHECK(std::isnan(unplayed["series_same_notes"]));
}

TEST_CASE("Past: moved music has the same shape, another melody the same rhythm and place") {
  const Score score = written({{0, 4, 60},
                               {4, 8, 62},
                               {12, 4, 64},  // a bar
                               {16, 4, 65},
                               {20, 8, 67},
                               {28, 4, 69},  // moved
                               {32, 4, 80},
                               {36, 8, 71},
                               {44, 4, 90},  // other notes
                               {48, 4, 50},
                               {52, 4, 51},
                               {56, 8, 52}});
  const PlayingOrder order(score);
  auto moved = told(after(order, {1, 2, 3}), Target::ChordSlowness);
  CHECK(std::isnan(moved["series_same_notes"]));
  CHECK(std::isnan(moved["series_same_shape"]));  // what comes next leads elsewhere
  CHECK(moved["series_same_rhythm"] == 1);
  auto others = told(after(order, {1, 2, 3, 4, 5, 6}), Target::ChordSlowness);
  CHECK(std::isnan(others["series_same_shape"]));
  CHECK(others["series_same_rhythm"] == 4);  // the most lately
  CHECK(others["series_same_rhythm_mean"] == 2.5);
  CHECK(others["series_same_rhythm_over"] == 2);  // 4 over the mean of 1, 2 and 3
  auto place = told(after(order, {1, 2, 3, 4, 5, 6, 7, 8, 9}), Target::ChordSlowness);
  CHECK(std::isnan(place["series_same_rhythm"]));
  CHECK(place["series_same_place"] == 7);
  CHECK(place["series_same_place_mean"] == 4);
}

TEST_CASE("Past: the same shape on other steps is told how it was played") {
  const Score score = written({{0, 4, 60},
                               {4, 4, 62},
                               {8, 4, 64},
                               {12, 4, 60},
                               {16, 4, 65},
                               {20, 4, 67},
                               {24, 4, 69},
                               {28, 4, 65},
                               {32, 16, 40}});
  const PlayingOrder order(score);
  auto numbers = told(after(order, {5, 2, 3, 4}), Target::ChordSlowness);
  CHECK(numbers["series_same_shape"] == 5);
  CHECK(std::isnan(numbers["series_same_notes"]));
}

TEST_CASE("Past: a note more is another chord, and the shape is that of the top") {
  const Score score = written({{0, 4, 48},
                               {0, 4, 60},
                               {4, 4, 62},
                               {8, 4, 64},
                               {12, 4, 62},
                               {16, 4, 60},
                               {20, 4, 62},
                               {24, 4, 64},
                               {28, 4, 62}});
  const PlayingOrder order(score);
  std::vector<std::size_t> tops;
  for (std::size_t chord = 0; chord < order.chords().size(); ++chord)
    tops.push_back(place_of_chord(order, chord));
  Past past(order, Target::ChordSlowness, tops);
  for (const float value : {1.0F, 2.0F, 3.0F, 4.0F}) past.add(value);
  auto numbers = told(past, Target::ChordSlowness);
  CHECK(std::isnan(numbers["series_same_notes"]));
  CHECK(numbers["series_same_shape"] == 1);
}

TEST_CASE("Past: beats are told of beats, whatever stands between, and of meters as they change") {
  Score score = written({{0, 2, 60},
                         {2, 2, 62},
                         {4, 4, 64},
                         {8, 4, 65},
                         {12, 4, 60},
                         {16, 2, 70},
                         {18, 2, 72},
                         {20, 4, 74},
                         {24, 4, 60},
                         {28, 4, 62}});
  score.meter =
      MeterMap(score.ppq(), {{Tick(0), *Meter::make(4, 4)}, {Tick(1920), *Meter::make(3, 4)}});
  const PlayingOrder order(score);
  std::vector<std::size_t> places;
  for (const ScoreBeat& beat : beats_of(order)) places.push_back(place_of_chord(order, beat.chord));
  Past past(order, Target::BeatSlowness, places);
  REQUIRE(places.size() == 8);
  for (const float value : {1.0F, 2.0F, 3.0F, 4.0F}) past.add(value);
  auto second_bar = told(past, Target::BeatSlowness);
  CHECK(second_bar["series-1"] == 4);
  CHECK(second_bar["series_same_place"] == 1);
  past.add(NAN);
  past.add(6);
  past.add(7);
  auto third_bar = told(past, Target::BeatSlowness);  // three beats a bar
  CHECK(third_bar["series_same_place"] == 1);         // that of the second was not played
  CHECK(std::isnan(third_bar["series-3"]));
}

TEST_CASE("Past: a note is told how the same note was played, in the same music and elsewhere") {
  // A melody over a bass, again, and moved.
  const Score score = written({{0, 16, 36},
                               {0, 4, 60},
                               {4, 4, 62},
                               {8, 8, 64},
                               {16, 16, 36},
                               {16, 4, 60},
                               {20, 4, 62},
                               {24, 8, 64},
                               {32, 16, 36},
                               {32, 4, 65},
                               {36, 4, 67},
                               {40, 8, 69},
                               {48, 4, 65},
                               {52, 4, 60}});
  const PlayingOrder order(score);
  Past past(order, Target::Articulation, all_places(order));
  for (const float value : {1.0F, 2.0F, 3.0F, 4.0F}) past.add(value);
  auto bass = told(past, Target::Articulation);  // a bar later, under the same notes
  CHECK(bass["history_same_notes"] == 1);
  CHECK(bass["history_same_place"] == 1);
  past.add(5);
  auto melody = told(past, Target::Articulation);
  CHECK(melody["history_same_notes"] == 2);  // not its chord's bass
  CHECK(melody["history_same_place"] == 2);
  CHECK(melody["history_same_length"] == 3);  // the last one as long
  CHECK(melody["history_same_length_mean"] == 2.5);
  for (const float value : {6.0F, 7.0F, 8.0F, 9.0F}) past.add(value);
  auto moved = told(past, Target::Articulation);
  CHECK(std::isnan(moved["history_same_notes"]));
  CHECK(moved["history_same_shape"] == 2);  // that of the first, which leads on likewise
  CHECK(moved["history_same_rhythm"] == 6);
  CHECK(moved["history_same_place_mean"] == 4);
  CHECK(moved["history_same_place_over"] == doctest::Approx((2 - 1 + 6 - 3) / 2.0));
}

TEST_CASE("Past: the same shape of a line is told on other steps, not of other lengths") {
  const Score score = written({{0, 4, 60},
                               {4, 4, 62},
                               {8, 4, 64},
                               {12, 2, 60},
                               {16, 4, 65},
                               {20, 4, 67},
                               {24, 4, 69},
                               {28, 2, 65},
                               {32, 2, 70},
                               {36, 4, 72},
                               {40, 4, 74},
                               {44, 2, 70}});
  const PlayingOrder order(score);
  Past past(order, Target::NoteVelocity, all_places(order));
  for (const float value : {50.0F, 60.0F, 70.0F, 80.0F}) past.add(value);
  CHECK(told(past, Target::NoteVelocity)["history_same_shape"] == 50);
  for (const float value : {51.0F, 61.0F, 71.0F, 81.0F}) past.add(value);
  auto shorter = told(past, Target::NoteVelocity);
  CHECK(std::isnan(shorter["history_same_shape"]));
  CHECK(std::isnan(shorter["history_same_rhythm"]));
}

TEST_CASE("Past: of nothing there is nothing to tell") {
  const Score score = written({});
  const PlayingOrder order(score);
  CHECK(Past(order, Target::BeatSlowness, {}).size() == 0);
  CHECK(Past(order, Target::NoteVelocity, {}).size() == 0);
}

TEST_CASE("Past: a copy of one that knows nothing tells as a new one does") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}, {8, 4, 60}, {12, 4, 62}});
  const PlayingOrder order(score);
  const Past fresh(order, Target::PedalDown, all_places(order));
  for (const float first : {1.0F, 5.0F}) {
    Past copied = fresh, own(order, Target::ChordSlowness, all_places(order));
    for (const float value : {first, 2.0F, 3.0F}) {
      copied.add(value);
      own.add(value);
    }
    const auto as_copied = told(copied, Target::ChordSlowness);
    for (const auto& [name, value] : told(own, Target::ChordSlowness))
      CHECK((as_copied.at(name) == value || (std::isnan(value) && std::isnan(as_copied.at(name)))));
  }
  CHECK(fresh.size() == 0);
}

// SPDX-License-Identifier: MIT
#include "source_dir.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/base/json.hpp>
#include <toccata/theory/maqam.hpp>

using namespace toccata;

namespace {

const Maqam& maqam(const char* name) { return *Maqam::find(name); }

/// "C D E-50 F" on its usual tonic.
std::string written(const char* name, Direction direction = Direction::Ascending) {
  const Maqam& found = maqam(name);
  const SpelledPitch tonic{found.usual_tonic, 4};
  std::string text;
  for (int degree = 0; degree < found.size(); ++degree) {
    const auto tuned =
        tuned_degree(found, Intonation::QuarterTone, degree, tonic.sounding_number(), direction);
    text += (degree ? " " : "") + to_string(spelled_degree(found, degree, tonic, direction).name);
    if (tuned.detune.value() != 0) text += std::to_string(static_cast<int>(tuned.detune.value()));
  }
  return text;
}

}  // namespace

TEST_CASE("Maqam: the twelve maqamat have the notes of the treatises") {
  CHECK(Maqam::all().size() == 12);
  CHECK(written("rast") == "C D E-50 F G A B-50");
  CHECK(written("rast", Direction::Descending) == "C D E-50 F G A Bb");
  CHECK(written("bayati") == "D E-50 F G A Bb C");
  CHECK(written("hijaz") == "D Eb F# G A Bb C");
  CHECK(written("saba") == "D E-50 F Gb A Bb C");
  CHECK(written("sikah") == "E-50 F G A B-50 C D");
  CHECK(written("huzam") == "E-50 F G Ab B C D");
  CHECK(written("nahawand") == "C D Eb F G Ab B");
  CHECK(written("nahawand", Direction::Descending) == "C D Eb F G Ab Bb");
  CHECK(written("kurd") == "D Eb F G A Bb C");
  CHECK(written("ajam") == "Bb C D Eb F G A");
  CHECK(written("nikriz") == "C D Eb F# G A Bb");
  CHECK(written("suznak") == "C D E-50 F G Ab B");
  CHECK(written("husayni") == "D E-50 F G A B-50 C");
}

TEST_CASE("Maqam: seven degrees ascend from 0 within the octave, in both intonations") {
  for (const Maqam& one : Maqam::all()) {
    CAPTURE(one.id);
    REQUIRE(one.size() == 7);
    for (const auto* scale : {&one.quarter_tones, &one.descending_quarter_tones}) {
      CHECK(scale->size() == 7);
      CHECK(scale->front() == 0);
      CHECK(scale->back() < 24);
      CHECK(std::ranges::adjacent_find(*scale, std::greater_equal<>()) == scale->end());
    }
    for (const auto* cents : {&one.documented_cents, &one.descending_documented_cents}) {
      CHECK(cents->size() == 7);
      CHECK(cents->front() == 0.0);
      CHECK(cents->back() < 1200.0);
      CHECK(std::ranges::adjacent_find(*cents, std::greater_equal<>()) == cents->end());
    }
  }
}

TEST_CASE("Maqam: the lower and the upper jins lie on the degrees of the scale") {
  for (const Maqam& one : Maqam::all())
    for (const JinsPlace& place : {one.lower, one.upper}) {
      CAPTURE(one.id);
      const Jins* jins = Jins::find(place.jins);
      REQUIRE(jins);
      for (std::size_t i = 0; i < jins->quarter_tones.size(); ++i) {
        const int degree = place.degree + static_cast<int>(i);
        const int above = one.quarter_tones[degree % 7] + (degree >= 7 ? 24 : 0);
        CHECK(above - one.quarter_tones[place.degree] == jins->quarter_tones[i]);
      }
    }
}

TEST_CASE(
    "Maqam: places name known ajnas and degrees of the scale; the upper jins is on the ghammaz") {
  for (const Maqam& one : Maqam::all()) {
    CHECK(one.lower.degree == 0);
    CHECK(one.ghammaz == one.upper.degree);
    for (const int degree : one.starts_on) {
      CHECK(degree > -7);
      CHECK(degree < 7);
    }
    CHECK_FALSE(one.alternatives.empty());
    for (const JinsPlace& place : one.alternatives) {
      CHECK(Jins::find(place.jins) != nullptr);
      CHECK(place.degree < 7);
    }
  }
}

TEST_CASE("Maqam: paths come home, and rest no higher than they move") {
  for (const Maqam& one : Maqam::all()) {
    CAPTURE(one.id);
    REQUIRE(one.path.size() >= 4);
    CHECK_FALSE(one.starts_on.empty());
    CHECK(one.path.back().rests == 0);
    for (const Station& station : one.path) {
      CHECK(station.from < station.to);
      CHECK(station.rests >= 0);
      CHECK(station.rests <= station.to);
      CHECK(station.from > -3);
      CHECK(station.to <= 10);
    }
  }
  CHECK(maqam("bayati").starts_on == std::vector{3, 2});
  CHECK(maqam("rast").starts_on.front() == 0);
}

TEST_CASE("with_jins: the upper degrees are the jins's, up and down, the lower ones stay") {
  const Maqam shuri = with_jins(maqam("bayati"), {"hijaz", 3});
  CHECK(shuri.quarter_tones == std::vector{0, 3, 6, 10, 12, 18, 20});
  CHECK(with_jins(maqam("rast"), {"hijaz", 4}).quarter_tones == maqam("suznak").quarter_tones);
  const Maqam lowered = with_jins(maqam("rast"), {"nahawand", 4});
  CHECK(lowered.quarter_tones == maqam("rast").descending_quarter_tones);
  CHECK(lowered.descending_quarter_tones == lowered.quarter_tones);
  CHECK(lowered.documented_cents[6] > lowered.documented_cents[5]);
  CHECK(with_jins(maqam("saba"), {"ajam", 5}).quarter_tones == maqam("saba").quarter_tones);
  CHECK(with_jins(maqam("rast"), {"rasta", 4}).quarter_tones == maqam("rast").quarter_tones);
}

TEST_CASE("is_lowered_descending: the seventh of Rast, no degree of Bayati") {
  for (int degree = 0; degree < 7; ++degree) {
    CHECK(is_lowered_descending(maqam("rast"), degree) == (degree == 6));
    CHECK_FALSE(is_lowered_descending(maqam("bayati"), degree));
  }
}

TEST_CASE("Maqam: names are found in other spellings and with the word maqam") {
  CHECK(Maqam::find("Bayyati") == Maqam::find("bayati"));
  CHECK(Maqam::find("maqam Hijaz") == Maqam::find("hijaz"));
  CHECK(Maqam::find("segah") == Maqam::find("sikah"));
  for (const char* name : {"", "maqam", "rasta", "\x01"}) CHECK(Maqam::find(name) == nullptr);
  CHECK(Maqam::find(std::string(1'000'000, 'r')) == nullptr);
  CHECK(Jins::find("rasta") == nullptr);
}

TEST_CASE(
    "Maqam: the compiled-in table is that of data/maqamat.json, and each entry has a source") {
  const auto file = read_file(test::source_dir() / "data/maqamat.json");
  REQUIRE(file);
  const auto json = parse_json(as_text(*file));
  REQUIRE(json);
  CHECK(json->find("maqamat")->array()->size() == Maqam::all().size());
  CHECK(json->find("ajnas")->array()->size() == Jins::all().size());
  for (const char* list : {"maqamat", "ajnas"})
    for (const auto& item : *json->find(list)->array())
      CHECK(json->find("sources")->find(*item.find("source")->text()) != nullptr);
}

TEST_CASE("tuned_degree: the octave is 1200 cents above, below the tonic too") {
  for (const Maqam& one : Maqam::all())
    for (const auto intonation : {Intonation::QuarterTone, Intonation::Documented})
      for (int degree = -14; degree <= 14; ++degree) {
        const auto low = tuned_degree(one, intonation, degree, 60);
        const auto high = tuned_degree(one, intonation, degree + 7, 60);
        CHECK(high.number == low.number + 12);
        CHECK(std::abs(high.detune.value() - low.detune.value()) < 1e-9);
      }
}

TEST_CASE(
    "tuned_degree: both intonations use the same keys and lie within 20 cents of one another") {
  for (const Maqam& one : Maqam::all())
    for (const auto direction : {Direction::Ascending, Direction::Descending})
      for (int degree = 0; degree < 7; ++degree) {
        CAPTURE(one.id);
        CAPTURE(degree);
        const auto equal = tuned_degree(one, Intonation::QuarterTone, degree, 60, direction);
        const auto measured = tuned_degree(one, Intonation::Documented, degree, 60, direction);
        CHECK(equal.number == measured.number);
        CHECK(std::abs(equal.detune.value() - measured.detune.value()) < 20);
        CHECK((equal.detune.value() == 0 || equal.detune.value() == -50));
        CHECK(measured.detune.value() >= -60);
        CHECK(measured.detune.value() <= 20);
      }
}

TEST_CASE("tuned_degree: the measured third of Rast is the ratio 1.228, its seventh 1.831") {
  const auto third = tuned_degree(maqam("rast"), Intonation::Documented, 2, 60);
  CHECK(third.number == 64);
  CHECK(third.detune.value() == doctest::Approx(355.57 - 400).epsilon(0.001));
  const auto seventh = tuned_degree(maqam("rast"), Intonation::Documented, 6, 60);
  CHECK(seventh.number == 71);
  CHECK(seventh.detune.value() == doctest::Approx(1047.16 - 1100).epsilon(0.001));
}

TEST_CASE("tuned_degree: the tonic of Sikah is E half-flat") {
  const auto tonic = tuned_degree(maqam("sikah"), Intonation::QuarterTone, 0, 64);
  CHECK(tonic.number == 64);
  CHECK(tonic.detune.value() == -50);
  CHECK(is_neutral(maqam("sikah"), 0));
  CHECK_FALSE(is_neutral(maqam("sikah"), 1));
}

TEST_CASE("spelled_degree: it sounds as the key of tuned_degree, on every tonic and degree") {
  for (const Maqam& one : Maqam::all())
    for (int step = 0; step < 7; ++step)
      for (int alteration = -2; alteration <= 2; ++alteration)
        for (int degree = -8; degree <= 15; ++degree)
          for (const auto direction : {Direction::Ascending, Direction::Descending}) {
            const SpelledPitch tonic{{static_cast<Step>(step), alteration}, 4};
            const auto tuned = tuned_degree(one, Intonation::QuarterTone, degree,
                                            tonic.sounding_number(), direction);
            const SpelledPitch spelled = spelled_degree(one, degree, tonic, direction);
            CHECK(spelled.sounding_number() == tuned.number);
            CHECK(std::abs(spelled.name.alteration) <= 2);
          }
}

TEST_CASE("is_neutral: only half-flat degrees are, as the third and seventh of Rast") {
  for (const Maqam& one : Maqam::all())
    for (int degree = -7; degree < 14; ++degree)
      CHECK(is_neutral(one, degree) ==
            (tuned_degree(one, Intonation::QuarterTone, degree, 60).detune.value() != 0));
  CHECK(is_neutral(maqam("rast"), 2));
  CHECK(is_neutral(maqam("rast"), 6));
  CHECK_FALSE(is_neutral(maqam("rast"), 6, Direction::Descending));
  for (const char* name : {"hijaz", "kurd", "nahawand", "ajam", "nikriz"})
    for (int degree = 0; degree < 7; ++degree) CHECK_FALSE(is_neutral(maqam(name), degree));
}

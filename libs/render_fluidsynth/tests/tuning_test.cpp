// SPDX-License-Identifier: MIT
#include "listen.hpp"

#include <doctest/doctest.h>
#include <toccata/sound_font/font.hpp>
#include <toccata/theory/maqam.hpp>

using namespace toccata;
using namespace toccata::render;
using namespace toccata::render::test;

TEST_CASE("pitch: keys sound at their equal-tempered pitch within a cent") {
  const auto sound = heard(one_part({note_at(0, 57), note_at(480, 69), note_at(960, 76)}));
  CHECK(std::abs(cents_off(hertz_heard(sound, 0.05, 0.4, hertz_of(57)), hertz_of(57))) < 1);
  CHECK(std::abs(cents_off(hertz_heard(sound, 0.55, 0.4, 440), 440)) < 1);
  CHECK(std::abs(cents_off(hertz_heard(sound, 1.05, 0.4, hertz_of(76)), hertz_of(76))) < 1);
}

TEST_CASE("pitch: quarter-tones up and down are heard within a cent, one after the other") {
  const auto sound = heard(one_part({note_at(0, 69, 50), note_at(480, 69, -50), note_at(960, 69)}));
  CHECK(std::abs(cents_off(hertz_heard(sound, 0.05, 0.4, hertz_of(69.5)), hertz_of(69.5))) < 1);
  CHECK(std::abs(cents_off(hertz_heard(sound, 0.55, 0.4, hertz_of(68.5)), hertz_of(68.5))) < 1);
  CHECK(std::abs(cents_off(hertz_heard(sound, 1.05, 0.4, 440), 440)) < 1);
}

TEST_CASE("pitch: in a chord one note may be a quarter-tone off and the others are not") {
  const auto sound =
      heard(one_part({note_at(0, 60, 0, 960), note_at(0, 64, -50, 960), note_at(0, 67, 0, 960)}));
  for (const double number : {60.0, 63.5, 67.0})
    CHECK(std::abs(cents_off(hertz_heard(sound, 0.05, 0.9, hertz_of(number)), hertz_of(number))) <
          1);
}

TEST_CASE("pitch: each degree of Bayati on D sounds where it is documented, within a cent") {
  const Maqam* bayati = Maqam::find("bayati");
  REQUIRE(bayati != nullptr);
  std::vector<Note> notes;
  for (int degree = 0; degree < 7; ++degree) {
    const auto tuned = tuned_degree(*bayati, Intonation::Documented, degree, 62);
    notes.push_back(note_at(480 * degree, tuned.number, tuned.detune.value()));
  }
  const auto sound = heard(one_part(notes));
  for (int degree = 0; degree < 7; ++degree) {
    const double expected =
        hertz_of(62 + bayati->documented_cents[static_cast<std::size_t>(degree)] / 100);
    const double found = hertz_heard(sound, 0.5 * degree + 0.05, 0.4, expected);
    CHECK(std::abs(cents_off(found, expected)) < 1);
  }
}

TEST_CASE("glide: begins where it says and arrives at the pitch") {
  Note note = note_at(0, 69, 0, 1920);
  note.glide = Glide{Cents(-200), Duration(960)};
  const auto sound = heard(one_part({note}));
  const double at_first = hertz_heard(sound, 0.0, 0.1, hertz_of(67.2));
  CHECK(at_first < hertz_of(67.8));
  CHECK(std::abs(cents_off(hertz_heard(sound, 1.2, 0.7, 440), 440)) < 1);
}

TEST_CASE("pitch: the same holds on an installed font") {
  const auto font = sound_font::find_sound_font({}, {});
  if (!font) return;
  constexpr int kFlute = 73;
  const auto sound =
      heard(file_of(one_part({note_at(0, 69, 0, 960), note_at(960, 69, 50, 960)}, kFlute)), *font);
  const double plain = hertz_heard(sound, 0.2, 0.7, 440);
  const double raised = hertz_heard(sound, 1.2, 0.7, hertz_of(69.5));
  CHECK(std::abs(cents_off(plain, 440)) < 10);         // its samples are not in perfect tune
  CHECK(std::abs(cents_off(raised, plain) - 50) < 2);  // and may have a vibrato
}

// SPDX-License-Identifier: MIT
#include "listen.hpp"

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/render/render.hpp>

using namespace toccata;
using namespace toccata::render;
using namespace toccata::render::test;

namespace {

Score with_drums() {
  Score score = one_part({note_at(0, 60), note_at(480, 64), note_at(960, 67)});
  Part drums;
  drums.id = PartId(2);
  drums.name = "Drums";
  drums.instrument.is_drums = true;
  for (std::uint32_t i = 0; i < 4; ++i) {
    drums.notes.push_back(note_at(480 * i, 76, 0, 60));
    drums.notes.back().id = NoteId(100 + i);
  }
  score.parts.push_back(std::move(drums));
  return score;
}

}  // namespace

TEST_CASE("render: a score with drums becomes a WAV as loud as asked, twice the same") {
  const auto folder = scratch_folder();
  const midi::File file = file_of(with_drums());
  for (const char* name : {"a.wav", "b.wav"}) {
    const auto backend = make_fluidsynth_backend(write_tiny_font(), kRate);
    REQUIRE(backend);
    const auto report = render_to_file(file, **backend, {}, folder / name);
    REQUIRE(report);
    CHECK(*report->loudness_lufs == doctest::Approx(-14).epsilon(0.5 / 14));
    CHECK(report->true_peak_dbtp <= -1);
    CHECK(report->backend.starts_with("FluidSynth 2"));
  }
  CHECK(*read_file(folder / "a.wav") == *read_file(folder / "b.wav"));
}

TEST_CASE("drums: channel 10 plays the kit, on a font whose kit is in bank 128") {
  Score score = with_drums();
  score.parts.erase(score.parts.begin());
  const auto sound = heard(score);
  CHECK(audio::inspect(sound.view().part(0, 4410)).peak > 0.03);
}

TEST_CASE("room: a send of 0 in the file leaves the sound dry, 127 does not") {
  const midi::File file = file_of(one_part({note_at(0, 69)}));
  const auto tail_of = [&](std::uint8_t send) {
    const auto sound = heard(with_control(file, 91, send), write_tiny_font());
    return audio::inspect(sound.view().part(kRate.frames(0.6), kRate.frames(0.2))).peak;
  };
  CHECK(tail_of(0) < 1e-4);
  CHECK(tail_of(127) > 1e-3);
}

TEST_CASE("chorus: a send of 127 is heard, and the sound stays finite") {
  const midi::File file = file_of(one_part({note_at(0, 69)}));
  const auto dry = heard(file, write_tiny_font());
  const auto wet = heard(with_control(file, 93, 127), write_tiny_font());
  CHECK_FALSE(audio::inspect(wet.view()).not_finite);
  CHECK(wet.left != dry.left);
}

TEST_CASE("velocity: harder is louder") {
  const Score score = one_part({note_at(0, 69, 0, 400), note_at(480, 69, 0, 400)});
  Performance performance = make_plain_performance(score);
  performance.notes = {{NoteId(1), Duration(0), Duration(400), Velocity::literal(40), {}},
                       {NoteId(2), Duration(0), Duration(400), Velocity::literal(110), {}}};
  const auto sound = heard(*midi::from_score(score, performance), write_tiny_font());
  const double soft = audio::inspect(sound.view().part(kRate.frames(0.1), 4410)).peak;
  const double hard = audio::inspect(sound.view().part(kRate.frames(0.6), 4410)).peak;
  CHECK(hard > 3 * soft);
}

TEST_CASE("render: a program that the font lacks still sounds, or the error says silent") {
  const auto sound = heard(one_part({note_at(0, 69)}, 99));
  CHECK_FALSE(audio::inspect(sound.view()).not_finite);
}

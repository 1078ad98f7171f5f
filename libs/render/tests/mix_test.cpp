// SPDX-License-Identifier: MIT
#include "fake_backend.hpp"

#include <array>

#include <doctest/doctest.h>
#include <toccata/render/mix.hpp>

using namespace toccata;
using namespace toccata::render;
using namespace toccata::render::test;

namespace {

constexpr auto kRate = audio::SampleRate::literal(44100);

Song two_parts(int quarters = 4) {
  midi::File file;
  file.tracks = {make_track("Left", 0, quarters), make_track("Right", 1, quarters)};
  return *make_song(file, kRate);
}

audio::Stereo mixed(const Song& song, const sound::Settings& settings, FakeSound sound = {},
                    std::vector<std::size_t> chosen = {0, 1}) {
  FakeBackend backend(sound);
  auto mix = mix_parts(song, chosen, backend, settings);
  REQUIRE(mix);
  return *std::move(mix);
}

}  // namespace

TEST_CASE("place: the middle is 1 on both sides, the ends are one side alone, power is kept") {
  CHECK(place_of({}).left == 1.0F);
  CHECK(place_of({}).right == 1.0F);
  CHECK(place_of({.pan = -1}).right == doctest::Approx(0));
  CHECK(place_of({.pan = -1}).left == doctest::Approx(std::sqrt(2.0)));
  for (const double pan : {-0.7, -0.2, 0.4, 0.9}) {
    const Place place = place_of({.pan = pan});
    CHECK(place.left * place.left + place.right * place.right == doctest::Approx(2));
    CHECK((place.right > place.left) == (pan > 0));
  }
  CHECK(place_of({.gain_db = -20}).left == doctest::Approx(0.1));
}

TEST_CASE("mix: a part is found by its name, whatever its letters' case, else stands at 0 dB") {
  const std::array<sound::PartMix, 1> parts = {sound::PartMix{.part = "Bass", .gain_db = -3}};
  CHECK(find_mix(parts, "bass").gain_db == -3);
  CHECK(find_mix(parts, "Bass 2").gain_db == 0);
}

TEST_CASE("mix: a part's gain and pan work on that part alone") {
  const Song song = two_parts();
  const auto plain = mixed(song, {}, {}, {0});
  const auto quiet = mixed(song, {.parts = {{.part = "Left", .gain_db = -6.0206}}}, {}, {0});
  CHECK(audio::inspect(quiet.view()).peak ==
        doctest::Approx(0.5 * audio::inspect(plain.view()).peak).epsilon(1e-4));
  const auto panned =
      mixed(song, {.parts = {{.part = "Left", .pan = -1}, {.part = "Right", .pan = 1}}});
  for (std::size_t i = 0; i < panned.frames(); ++i)
    REQUIRE(panned.left[i] == doctest::Approx(panned.right[i]).epsilon(1e-3));
}

TEST_CASE("tail: kept until the sound has died, and not much longer") {
  const Song song = two_parts();
  const auto mix = mixed(song, {}, {.frames = 3 * 44100});
  const std::size_t last_onset = 3 * 22050;
  CHECK(mix.frames() > last_onset + 3 * 44100 - 100);
  CHECK(mix.frames() <= last_onset + 3 * 44100);
}

TEST_CASE("tail: what never dies ends 10 s after the last event, faded to nothing") {
  const Song song = two_parts(1);
  const auto mix = mixed(song, {}, {.frames = 60 * 44100});
  CHECK(mix.frames() == song.end_frame + 10 * 44100);
  CHECK(std::abs(mix.left.back()) < 1e-6F);
}

TEST_CASE("tail: one that is asked for is given to the frame") {
  const Song song = two_parts();
  for (const double tail : {0.0, 0.5, 3.0})
    CHECK(mixed(song, {.tail_s = tail}).frames() == song.end_frame + kRate.frames(tail));
}

TEST_CASE("mix: a silent end of the file is kept") {
  midi::File file;
  file.tracks = {make_track("A", 0, 1)};
  file.tracks[0].set_end(Tick(4800));
  const Song song = *make_song(file, kRate);
  CHECK(mixed(song, {}, {}, {0}).frames() == 5 * 44100);
}

TEST_CASE("room: what is sent comes back after the sound has ended") {
  const Song song = two_parts(1);
  const auto dry = mixed(song, {}, {}, {0});
  const auto wet = mixed(song, {.parts = {{.part = "Left", .reverb_send = 0.5}}}, {}, {0});
  const auto sent = mixed(song, {}, {.send = 0.5F}, {0});
  CHECK(wet.frames() > dry.frames() + 22050);
  CHECK(sent.left == wet.left);  // the fake sends its sound itself
}

TEST_CASE("mix: the same samples on one thread and on many") {
  const Song song = two_parts(8);
  const auto one = mixed(song, {.threads = 1}, {.send = 0.3F});
  const auto many = mixed(song, {.threads = 4}, {.send = 0.3F});
  CHECK(one.left == many.left);
  CHECK(one.right == many.right);
}

TEST_CASE("mix: a NaN is refused, naming the part; so is a part without an instrument") {
  const Song song = two_parts();
  FakeBackend nan({.gives_nan = true});
  const std::array<std::size_t, 1> second = {1};
  auto mix = mix_parts(song, second, nan, {});
  REQUIRE_FALSE(mix);
  CHECK(mix.error().fault == sound::Fault::NotFinite);
  CHECK(describe(mix.error()) == "part 'Right' gave a sample that is no number");
  midi::File file;
  file.tracks = {make_track("Broken", 0, 1)};
  const Song broken = *make_song(file, kRate);
  FakeBackend backend;
  const std::array<std::size_t, 1> first = {0};
  mix = mix_parts(broken, first, backend, {});
  REQUIRE_FALSE(mix);
  CHECK(mix.error().fault == sound::Fault::Backend);
}

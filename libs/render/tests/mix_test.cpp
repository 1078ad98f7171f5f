// SPDX-License-Identifier: MIT
#include "fake_backend.hpp"

#include <array>

#include <doctest/doctest.h>
#include <toccata/audio/loudness.hpp>
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

Song one_part(int quarters = 4) {
  midi::File file;
  file.tracks = {make_track("Left", 0, quarters), midi::Track{}};
  return *make_song(file, kRate);
}

const auto kScratch = std::filesystem::temp_directory_path();

Mix mix_of(const Song& song, const sound::Settings& settings, FakeSound sound = {}) {
  FakeBackend backend(sound);
  auto mix = Mix::make(song, backend, settings, kScratch);
  REQUIRE(mix);
  return *std::move(mix);
}

audio::Stereo mixed(const Song& song, const sound::Settings& settings, FakeSound sound = {}) {
  return mix_of(song, settings, sound).sound();
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

TEST_CASE(
    "mix: a part is found by its name, whatever its letters' case; else it is one of the others") {
  std::vector<sound::PartMix> parts = {{.part = "Bass", .gain_db = -3}};
  CHECK(find_mix(parts, "bass").gain_db == -3);
  CHECK(find_mix(parts, "Bass 2").gain_db == 0);
  parts.insert(parts.begin(), {.part = "*", .gain_db = -7});
  CHECK(find_mix(parts, "Bass").gain_db == -3);
  CHECK(find_mix(parts, "Bass 2").gain_db == -7);
}

TEST_CASE("mix: a part's gain and pan work on that part alone") {
  const Song song = two_parts();
  const auto plain = mixed(one_part(), {});
  const auto quiet = mixed(one_part(), {.parts = {{.part = "Left", .gain_db = -6.0206}}});
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
  CHECK(mixed(song, {}).frames() == 5 * 44100);
}

TEST_CASE("room: what is sent comes back after the sound has ended") {
  const Song song = one_part(1);
  const auto dry = mixed(song, {});
  const auto wet = mixed(song, {.parts = {{.part = "Left", .reverb_send = 0.5}}});
  const auto sent = mixed(song, {}, {.send = 0.5F});
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
  auto mix = Mix::make(song, nan, {}, kScratch);
  REQUIRE_FALSE(mix);
  CHECK(mix.error().fault == sound::Fault::NotFinite);
  CHECK(describe(mix.error()) == "part 'Left' gave a sample that is no number");
  midi::File file;
  file.tracks = {make_track("Broken", 0, 1)};
  file.tracks.push_back(midi::Track{});
  const Song broken = *make_song(file, kRate);
  FakeBackend backend;
  mix = Mix::make(broken, backend, {}, kScratch);
  REQUIRE_FALSE(mix);
  CHECK(mix.error().fault == sound::Fault::Backend);
}

TEST_CASE("balance: parts with a level are as loud as it says, whatever their instruments give") {
  const Song song = two_parts(8);
  for (const float level : {0.002F, 0.05F, 0.9F}) {
    const Mix mix = mix_of(song,
                           {.parts = {{.part = "Left", .level_lu = 0.0},
                                      {.part = "Right", .gain_db = 1, .level_lu = -6.0}}},
                           {.level = level, .frames = 20000});
    for (std::size_t part : {0U, 1U}) {
      const double heard = audio::measure_loudness(mix.stem(part).view(), kRate)->integrated_lufs;
      // Where a stem is cut in its silence makes that much of a piece of four seconds.
      CHECK(std::abs(heard - sound::kPartLevel - (part == 0 ? 0 : -5)) < 0.25);
      CHECK(std::abs(*mix.part_reports()[part].loudness_lufs - heard) < 0.25);
    }
  }
}

TEST_CASE("strip: the compressor hears the part at its level, after the equaliser") {
  const Song song = one_part(8);
  const sound::Compression hard{.threshold_db = -30, .ratio = 10, .knee_db = 0};
  const sound::EqBand rise{sound::EqKind::Bell, 701.9, 12, 0.5};  // where the fake's tone is
  double plain = 0;
  for (const float level : {0.01F, 0.5F}) {
    const FakeSound tone{.level = level, .frames = 22050};
    const auto reduction = [&](const sound::PartMix& part) {
      return mix_of(song, {.parts = {part}}, tone).part_reports()[0].reduction_db;
    };
    plain = reduction({.part = "Left", .level_lu = 0.0, .compressor = hard});
    const double raised =
        reduction({.part = "Left", .level_lu = 0.0, .eq = {rise}, .compressor = hard});
    CHECK(plain == doctest::Approx((30 + sound::kPartLevel + 0.69) * 0.9).epsilon(0.01));
    CHECK(raised - plain == doctest::Approx(12 * 0.9).epsilon(0.02));
  }
}

TEST_CASE("strip: what goes to the room is shaped with the part") {
  const Song song = one_part(1);
  const sound::EqBand away{sound::EqKind::LowCut, 15000, 0, 0.7071};
  const auto power = [](const audio::Stereo& sound) {
    double sum = 0;
    for (const float sample : sound.left) sum += static_cast<double>(sample * sample);
    return sum;
  };
  const auto plain = mixed(song, {}, {.send = 1});
  const auto shaped = mixed(song, {.parts = {{.part = "Left", .eq = {away}}}}, {.send = 1});
  CHECK(power(shaped) < 0.001 * power(plain));
}

TEST_CASE("bus: the stems' sum is the whole, compressed and equalised as it was, to float's bits") {
  const Song song = two_parts(8);
  const sound::Settings settings{
      .parts = {{.part = "Left", .pan = -0.6, .reverb_send = 0.4, .level_lu = 0.0}},
      .bus = {.eq = {{sound::EqKind::HighShelf, 500, 6, 0.7071}},
              .compressor = sound::Compression{.threshold_db = -30, .ratio = 4}}};
  Mix mix = mix_of(song, settings, {.frames = 15000, .send = 0.3F});
  CHECK(mix.bus_reduction_db() > 3);
  const audio::Stereo whole = std::move(mix.sound()), left = mix.stem(0), right = mix.stem(1);
  REQUIRE(left.frames() == whole.frames());
  const double highest = audio::inspect(whole.view()).peak;
  for (std::size_t i = 0; i < whole.frames(); ++i) {
    REQUIRE(std::abs(left.left[i] + right.left[i] - whole.left[i]) < 1e-6 * highest);
    REQUIRE(std::abs(left.right[i] + right.right[i] - whole.right[i]) < 1e-6 * highest);
  }
}

TEST_CASE("mix: the same samples on one thread and on many, with all that a mix can have") {
  const Song song = two_parts(8);
  sound::Settings settings{.parts = {{.part = "Left",
                                      .level_lu = 0.0,
                                      .eq = {{sound::EqKind::Bell, 800, 6, 1}},
                                      .compressor = sound::Compression{.threshold_db = -25}}},
                           .bus = {{}, sound::Compression{}}};
  settings.threads = 1;
  const auto one = mixed(song, settings, {.send = 0.3F});
  settings.threads = 4;
  const auto many = mixed(song, settings, {.send = 0.3F});
  CHECK(one.left == many.left);
  CHECK(one.right == many.right);
}

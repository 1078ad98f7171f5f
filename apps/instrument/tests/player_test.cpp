// SPDX-License-Identifier: MIT
#include "player.hpp"
#include "sine.hpp"
#include "tiny_font.hpp"

#include <cstring>

#include <doctest/doctest.h>

using namespace toccata;
using namespace toccata::instrument;
using namespace toccata::sound_font::test;

namespace {

constexpr double kRate = 48000;

/// A message with the frame at which it comes, counted from the first of all.
struct Sent {
  std::uint32_t frame;
  std::vector<std::uint8_t> bytes;
};

/// Plays messages in blocks of one size. Gives the left side.
std::vector<float> played(Player& player, const std::vector<Sent>& sent, std::size_t frames,
                          std::size_t block) {
  std::vector<float> left(frames), right(frames);
  for (std::size_t at = 0; at < frames; at += block) {
    const std::size_t count = std::min(block, frames - at);
    std::vector<Event> events;
    for (const Sent& one : sent)
      if (one.frame >= at && one.frame < at + count)
        events.push_back({static_cast<std::uint32_t>(one.frame - at),
                          static_cast<std::uint32_t>(one.bytes.size()), one.bytes.data()});
    player.process(events, std::span(left).subspan(at, count), std::span(right).subspan(at, count));
  }
  return left;
}

void switch_on(Player& player, double rate = kRate) {
  player.set_font(write_tiny_font().string());
  player.activate(rate);
  REQUIRE(player.parameter(Parameter::Status) == static_cast<float>(Status::Playing));
}

/// Where a key sounds, in cents above its pitch in equal temperament.
double cents_of(Player& player, int key, std::vector<Sent> before = {}) {
  before.push_back({8, {0x90, static_cast<std::uint8_t>(key), 100}});
  before.push_back({20000, {0x80, static_cast<std::uint8_t>(key), 0}});
  const auto sound = played(player, before, 24000, 512);
  return cents_above(hertz_of_sine(std::span(sound).subspan(2000, 16000), kRate), key);
}

constexpr const char* kRast = "Rast\n7\n200.\n350.\n500.\n700.\n900.\n1050.\n2/1\n";

/// A single note's tuning, in real time: program 0.
std::vector<std::uint8_t> tuned_to(int key, double semitones, std::uint8_t kind = 0x7F) {
  const int whole = static_cast<int>(semitones);
  const int part = static_cast<int>(std::lround((semitones - whole) * 16384));
  const auto byte = [](int value) { return static_cast<std::uint8_t>(value & 0x7F); };
  return {0xF0,       kind, 0x7F, 0x08, 0x02, 0, 1, byte(key), byte(whole), byte(part >> 7),
          byte(part), 0xF7};
}

}  // namespace

TEST_CASE("player: the bytes do not depend on how time is cut into blocks") {
  const std::vector<Sent> music = {
      {0, {0xE0, 0, 80}},      {3, {0x90, 60, 100}},     {777, {0x90, 64, 90}},
      {778, {0xB0, 1, 60}},    {4000, {0xE0, 0, 20}},    {9001, {0x80, 60, 0}},
      {9999, {0xB0, 91, 100}}, {12000, {0x90, 67, 127}}, {15000, tuned_to(67, 67.5)}};
  std::vector<float> first;
  for (const std::size_t block : {1, 7, 32, 64, 100, 512, 4096, 8192}) {
    Player player;
    player.set_parameter(Parameter::Reverb, 0.3F);
    switch_on(player);
    const auto sound = played(player, music, 20000, block);
    if (first.empty()) first = sound;
    CHECK(std::memcmp(sound.data(), first.data(), sound.size() * sizeof(float)) == 0);
  }
  CHECK(*std::max_element(first.begin(), first.end()) > 0.01F);
}

TEST_CASE("player: a note begins within half a synthesiser's block of where it should") {
  for (const std::uint32_t frame : {0U, 1U, 31U, 32U, 33U, 63U, 64U, 100U, 4567U}) {
    Player player;
    switch_on(player);
    const auto sound = played(player, {{frame, {0x90, 81, 127}}}, 8000, 512);
    std::size_t onset = 0;
    while (onset < sound.size() && std::abs(sound[onset]) < 1e-5F) ++onset;
    const double late = static_cast<double>(onset) - kLatency - frame;
    CHECK(std::abs(late) <= 34);  // the sine needs a frame or two to rise
  }
}

TEST_CASE("player: it sounds in tune at every rate") {
  for (const double rate : {44100.0, 48000.0, 88200.0, 96000.0}) {
    Player player;
    switch_on(player, rate);
    const auto sound = played(player, {{0, {0x90, 69, 100}}}, 30000, 512);
    CHECK(hertz_of_sine(std::span(sound).subspan(2000), rate) ==
          doctest::Approx(440).epsilon(2e-4));
  }
  Player player;
  player.set_font(write_tiny_font().string());
  for (const double rate : {22050.0, 192000.0, 1e9}) {
    player.activate(rate);
    CHECK(player.parameter(Parameter::Status) == static_cast<float>(Status::Rate));
  }
  // What sounded at another rate does not sound at a wrong pitch.
  Player moved;
  switch_on(moved, 44100);
  moved.activate(192000);
  const auto sound = played(moved, {{0, {0x90, 69, 100}}}, 30000, 512);
  CHECK(std::all_of(sound.begin(), sound.end(), [](float x) { return x == 0; }));
  moved.activate(44100);
  CHECK(moved.parameter(Parameter::Status) == static_cast<float>(Status::Playing));
}

TEST_CASE("player: tuning by the pitch of A, by a scale, by messages, and not the drums") {
  Player player;
  switch_on(player);
  CHECK(std::abs(cents_of(player, 64)) < 1);
  player.set_parameter(Parameter::Tuning, 432);
  CHECK(std::abs(cents_of(player, 64) + 31.77) < 1);
  player.set_parameter(Parameter::Tuning, 440);
  REQUIRE(player.set_scale(kRast));
  player.set_parameter(Parameter::ScaleKeys, 1);
  CHECK(std::abs(cents_of(player, 64) + 50) < 1);  // E half-flat
  CHECK(std::abs(cents_of(player, 65)) < 1);
  player.set_parameter(Parameter::Tonic, 2);
  CHECK(std::abs(cents_of(player, 66) + 50) < 1);
  CHECK(std::abs(cents_of(player, 64)) < 1);
  CHECK(std::abs(cents_of(player, 64, {{0, tuned_to(64, 64.25)}}) - 25) < 1);
  const std::vector<Sent> drum = {{8, {0x99, 66, 100}}};
  const auto sound = played(player, drum, 12000, 512);
  CHECK(std::abs(cents_above(hertz_of_sine(std::span(sound).subspan(2000), kRate), 66)) < 1);
}

TEST_CASE("player: a faulty scale is refused and leaves the one before") {
  Player player;
  switch_on(player);
  REQUIRE(player.set_scale("half\n1\n600.\n"));
  CHECK_FALSE(player.set_scale("broken\n3\n1/0\n"));
  CHECK(player.scale() == "half\n1\n600.\n");
}

TEST_CASE("player: a message moves a note that sounds when it says now, else the next one") {
  for (const bool is_now : {true, false}) {
    Player player;
    switch_on(player);
    const auto message = tuned_to(64, 64.5, is_now ? 0x7F : 0x7E);
    const auto sound = played(player, {{0, {0x90, 64, 100}}, {9600, message}}, 24000, 480);
    const double found = cents_above(hertz_of_sine(std::span(sound).subspan(12000), kRate), 64);
    CHECK(std::abs(found - (is_now ? 50 : 0)) < 1);
    CHECK(std::abs(cents_of(player, 64) - 50) < 1);
  }
}

TEST_CASE("player: bends are as wide as RPN 0 says") {
  Player player;
  switch_on(player);
  const std::vector<Sent> range = {{0, {0xB0, 101, 0}},
                                   {0, {0xB0, 100, 0}},
                                   {0, {0xB0, 6, 12}},
                                   {0, {0xB0, 38, 50}},
                                   {1, {0xE0, 0x7F, 0x7F}}};
  CHECK(std::abs(cents_of(player, 60, range) - 1250) < 1);
  CHECK(std::abs(cents_of(player, 60, {{0, {0xE0, 0, 0x20}}}) + 625) < 1);
  CHECK(std::abs(cents_of(player, 60, {{0, {0xB0, 121, 0}}})) < 1);
}

TEST_CASE("player: gain, bypass and touch") {
  const auto peak = [](Player& player, std::uint8_t velocity) {
    const auto sound =
        played(player, {{8, {0x90, 69, velocity}}, {9000, {0x80, 69, 0}}}, 12000, 512);
    return *std::max_element(sound.begin() + 2000, sound.begin() + 8000);
  };
  Player player;
  switch_on(player);
  const float full = peak(player, 100);
  player.set_parameter(Parameter::Gain, -6.0206F);
  CHECK(peak(player, 100) == doctest::Approx(full / 2).epsilon(0.001));
  player.set_parameter(Parameter::Gain, 0);
  player.set_parameter(Parameter::Touch, -1);
  CHECK(peak(player, 100) < 0.8F * full);
  player.set_parameter(Parameter::Touch, 0);
  player.set_parameter(Parameter::Bypass, 1);
  CHECK(peak(player, 100) == 0);
}

TEST_CASE("player: room and chorus are heard when they are asked for, by parameter or controller") {
  const auto rest = [](Parameter parameter, float value, std::vector<Sent> before) {
    Player player;
    player.set_parameter(parameter, value);
    switch_on(player);
    before.push_back({8, {0x90, 69, 100}});
    before.push_back({9000, {0x80, 69, 0}});
    const auto sound = played(player, before, 12000, 512);
    return *std::max_element(sound.begin() + 9600, sound.begin() + 9900);
  };
  CHECK(rest(Parameter::Reverb, 0, {}) < 1e-4F);
  CHECK(rest(Parameter::Reverb, 0.5F, {}) > 1e-3F);
  CHECK(rest(Parameter::Reverb, 0, {{0, {0xB0, 91, 127}}}) > 1e-3F);
  CHECK(rest(Parameter::Chorus, 0.5F, {}) > 1e-3F);
  CHECK(rest(Parameter::Chorus, 0, {{0, {0xB0, 93, 127}}}) > 1e-3F);
  CHECK(rest(Parameter::Chorus, 0, {{0, {0xB1, 93, 127}}}) < 1e-4F);
}

TEST_CASE("player: controller 121 leaves the parameters' release as it is") {
  const auto rest = [](std::vector<Sent> before) {
    Player player;
    player.set_parameter(Parameter::Release, 1);
    switch_on(player);
    before.push_back({8, {0x90, 69, 100}});
    before.push_back({4000, {0x80, 69, 0}});
    const auto sound = played(player, before, 12000, 512);
    return *std::max_element(sound.begin() + 4200, sound.end());
  };
  CHECK(rest({}) > 1e-3F);
  CHECK(rest({{0, {0xB0, 121, 0}}}) == rest({}));
}

TEST_CASE("player: what is not there or damaged is told, and is silent") {
  Player player;
  player.set_font("/nowhere.sf2");
  player.activate(kRate);
  CHECK(player.parameter(Parameter::Status) == static_cast<float>(Status::NoFont));
  for (const float sample : played(player, {{0, {0x90, 60, 100}}}, 1000, 64)) CHECK(sample == 0);
  player.set_font(write_tiny_font().string());
  CHECK(player.parameter(Parameter::Status) == static_cast<float>(Status::Playing));
  CHECK(std::abs(cents_of(player, 60)) < 1);
}

TEST_CASE("player: program changes count unless they are switched off; a parameter ends them") {
  // Program 1 of the tiny font rings on for seconds, program 0 does not.
  const auto rings = [](Player& player) {
    const auto sound = played(player, {{8, {0x90, 69, 100}}, {4000, {0x80, 69, 0}}}, 12000, 512);
    return std::abs(sound[9000]) + std::abs(sound[9010]) + std::abs(sound[9020]) > 1e-3F;
  };
  Player player;
  switch_on(player);
  CHECK_FALSE(rings(player));
  (void)played(player, {{0, {0xC0, 1}}}, 64, 64);
  CHECK(rings(player));
  player.set_parameter(Parameter::ProgramChanges, 0);
  (void)played(player, {{0, {0xB0, 123, 0}}, {0, {0xB0, 120, 0}}}, 64, 64);
  CHECK_FALSE(rings(player));
  (void)played(player, {{0, {0xC0, 1}}}, 64, 64);
  CHECK_FALSE(rings(player));
  player.set_parameter(Parameter::Program, 1);
  CHECK(rings(player));
}

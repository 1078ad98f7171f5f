// SPDX-License-Identifier: MIT
#include "sine.hpp"
#include "tiny_font.hpp"

#include <doctest/doctest.h>
#include <toccata/sound_font/synth.hpp>

using namespace toccata;
using namespace toccata::sound_font;
using namespace toccata::sound_font::test;

namespace {

Synth opened() {
  auto synth = Synth::open(write_tiny_font(), {.voices = 32});
  if (!synth) FAIL(describe(synth.error()));
  return *std::move(synth);
}

std::vector<float> heard(Synth& synth, std::size_t blocks) {
  std::vector<float> left(blocks * kSynthBlock), right(left.size());
  for (std::size_t i = 0; i < blocks; ++i)
    synth.add_sound(std::span(left).subspan(i * kSynthBlock, kSynthBlock),
                    std::span(right).subspan(i * kSynthBlock, kSynthBlock));
  return left;
}

double cents_heard(Synth& synth, int key) {
  (void)heard(synth, 8);
  return cents_above(hertz_of_sine(heard(synth, 200), 44100), key);
}

/// A note of its own tuning.
void play_tuned(Synth& synth, int channel, int key, double cents) {
  synth.tune_by([cents](int, int) { return cents; });
  synth.play(static_cast<std::uint8_t>(0x90 | channel), static_cast<std::uint8_t>(key), 100);
}

}  // namespace

TEST_CASE("synth: a tuned note sounds where it should, to half a cent") {
  for (const double cents : {0.0, -50.0, 50.0, 33.4, -250.6}) {
    Synth synth = opened();
    play_tuned(synth, 0, 60, cents);
    CHECK(std::abs(cents_heard(synth, 60) - cents) < 0.501);
  }
}

TEST_CASE("synth: a note that sounds moves to its new tuning, and only that key's") {
  Synth synth = opened();
  play_tuned(synth, 0, 60, 20);
  (void)heard(synth, 4);
  synth.tune_by([](int, int key) { return key == 61 ? 90 : 20; });
  synth.retune();
  CHECK(cents_heard(synth, 60) == doctest::Approx(20).epsilon(0.002));
  synth.tune_by([](int channel, int key) { return channel == 0 && key == 60 ? -30 : 9; });
  for (int i = 0; i < 2; ++i) synth.retune();
  CHECK(cents_heard(synth, 60) == doctest::Approx(-30).epsilon(0.002));
}

TEST_CASE("synth: a note that the font has nothing for bends none that sounds") {
  Synth synth = opened();
  play_tuned(synth, 0, 60, 10);
  synth.choose_program(1, 77, 77);
  (void)heard(synth, 1);
  synth.play(0x81, 60, 0);
  CHECK(cents_heard(synth, 60) == doctest::Approx(10).epsilon(0.01));
}

TEST_CASE("synth: more notes than voices keep their tunings") {
  Synth synth = opened();
  for (int i = 0; i < 200; ++i) {
    play_tuned(synth, 0, 40 + i % 40, i % 50);
    (void)heard(synth, 1);
    synth.play(0x80, static_cast<std::uint8_t>(40 + i % 40), 0);
    (void)heard(synth, 2);
  }
  play_tuned(synth, 0, 72, -12);
  CHECK(cents_heard(synth, 72) == doctest::Approx(-12).epsilon(0.01));
}

TEST_CASE("synth: a note held under more notes than there are voices still moves") {
  Synth synth = opened();
  play_tuned(synth, 0, 48, 10);
  for (int i = 0; i < 200; ++i) {
    play_tuned(synth, 1, 40 + i % 40, i % 50);
    (void)heard(synth, 1);
    synth.play(0x81, static_cast<std::uint8_t>(40 + i % 40), 0);
    (void)heard(synth, 2);
  }
  (void)heard(synth, 20);
  synth.tune_by([](int, int) { return -40; });
  synth.retune();
  CHECK(cents_heard(synth, 48) == doctest::Approx(-40).epsilon(0.01));
}

TEST_CASE("synth: a note that goes on as another key has that key's tuning, there and back") {
  using Controller = std::pair<std::uint8_t, std::uint8_t>;
  for (const auto& [controller, value] : {Controller{68, 127}, Controller{126, 1}}) {
    Synth synth = opened();
    synth.tune_by([](int, int key) { return key == 64 ? -50 : 10; });
    synth.play(0xB0, controller, value);
    synth.play(0x90, 60, 100);
    CHECK(std::abs(cents_heard(synth, 60) - 10) < 0.1);
    synth.play(0x90, 64, 100);
    CHECK(cents_heard(synth, 64) == doctest::Approx(-50).epsilon(0.002));
    synth.play(0x80, 64, 0);
    CHECK(std::abs(cents_heard(synth, 60) - 10) < 0.1);
  }
}

TEST_CASE("synth: bends that a font's player hears move no pitch, not even after a reset") {
  Synth synth = opened();
  const std::vector<std::uint8_t> gm_on = {0x7E, 0x7F, 9, 1};
  synth.play_sysex(gm_on);
  synth.play(0xE0, 0, 0x60);
  play_tuned(synth, 0, 60, 0);
  CHECK(std::abs(cents_heard(synth, 60)) < 0.1);
  synth.reset();
  play_tuned(synth, 0, 60, 0);
  synth.play(0xE0, 0, 0);
  CHECK(std::abs(cents_heard(synth, 60)) < 0.1);
}

TEST_CASE("synth: what is no font is refused before FluidSynth sees it") {
  const auto synth = Synth::open("/nowhere.sf2", {});
  REQUIRE_FALSE(synth);
  CHECK(synth.error().fault == sound::Fault::FontMissing);
}

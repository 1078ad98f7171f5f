// SPDX-License-Identifier: MIT
#include "tiny_font.hpp"

#include <array>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/sound_font/font.hpp>
#include <toccata/sound_font/synth.hpp>

using namespace toccata;
using namespace toccata::sound_font;
using namespace toccata::sound_font::test;
namespace fs = std::filesystem;

namespace {

fs::path write_font(const Bytes& bytes) {
  const auto path = scratch_folder() / "other.sf2";
  REQUIRE(write_file(path, bytes));
  return path;
}

}  // namespace

TEST_CASE("find_sound_font: one that is asked for and missing is named") {
  const auto font = find_sound_font("/no/such.sf2", {});
  REQUIRE_FALSE(font);
  CHECK(font.error().fault == sound::Fault::FontMissing);
  CHECK(describe(font.error()) == "/no/such.sf2: no such sound font");
}

TEST_CASE("find_sound_font: a folder handed in is looked into first") {
  const auto folder = scratch_folder() / "fonts";
  fs::create_directories(folder);
  REQUIRE(write_file(folder / "TimGM6mb.sf2", tiny_font()));
  const std::array folders = {folder};
  CHECK(*find_sound_font({}, folders) == folder / "TimGM6mb.sf2");
}

TEST_CASE("check_sound_font: the tiny font and an installed one are whole") {
  CHECK(check_sound_font(write_tiny_font()));
  if (const auto installed = find_sound_font({}, {})) CHECK(check_sound_font(*installed));
}

TEST_CASE("check_sound_font: missing, empty, a folder and another kind of file are refused") {
  CHECK(check_sound_font("/no/such.sf2").error().fault == sound::Fault::FontMissing);
  CHECK(check_sound_font(scratch_folder()).error().fault == sound::Fault::FontMissing);
  CHECK(check_sound_font(write_font({})).error().fault == sound::Fault::FontDamaged);
  const auto text = check_sound_font(write_font(Bytes(100, 'x')));
  REQUIRE_FALSE(text);
  CHECK(describe(text.error()).find("other.sf2: is no sound font") != std::string::npos);
}

TEST_CASE("check_sound_font: cut off anywhere it is refused") {
  const Bytes whole = tiny_font();
  for (std::size_t size = 0; size < whole.size(); size += 37) {
    const auto path = write_font(Bytes(whole.begin(), whole.begin() + static_cast<long>(size)));
    REQUIRE_FALSE(check_sound_font(path));
  }
}

TEST_CASE("synth: a damaged font is an error or plays; it never crashes or hangs") {
  const Bytes whole = tiny_font();
  Rng rng(11);
  int refused = 0;
  for (int round = 0; round < 150; ++round) {
    Bytes damaged = whole;
    // Mostly in the tables: the samples' bytes can hold anything.
    for (int i = rng.between(1, 8); i > 0; --i) {
      const std::size_t at = rng.chance(0.2) ? rng.below(64) : whole.size() - 1 - rng.below(700);
      damaged[at] = static_cast<std::uint8_t>(rng.below(256));
    }
    auto synth = Synth::open(write_font(damaged), {.voices = 16});
    if (!synth) {
      ++refused;
      CHECK(describe(synth.error()).find("other.sf2: ") != std::string::npos);
      continue;
    }
    for (const std::uint8_t key : {std::uint8_t{69}, std::uint8_t{60}}) {
      std::vector<float> left(22016), right(left.size());
      synth->play(0x90, key, 80);
      synth->add_sound(left, right);
      synth->play(0x80, key, 0);
    }
  }
  CHECK(refused > 10);
}

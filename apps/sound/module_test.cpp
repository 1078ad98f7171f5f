// SPDX-License-Identifier: MIT
#include <array>
#include <thread>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/sound/loader.hpp>
#include <unistd.h>

using namespace toccata;
namespace fs = std::filesystem;

namespace {

sound::Module loaded() {
  const std::array places = {fs::path(TOCCATA_SOUND_MODULE)};
  auto module = sound::Module::load(places);
  if (!module) FAIL(describe(module.error()));
  return *module;
}

fs::path scratch_folder() {
  const auto folder = fs::temp_directory_path() / ("toccata-module-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  return folder;
}

/// Two bars of piano; with a level of 0 for the channel nothing is to be heard.
Bytes piano(int notes, std::uint8_t volume = 100) {
  midi::File file;
  midi::Track track;
  track.add(Tick(0), midi::status::kProgram, 0);
  track.add(Tick(0), midi::status::kControl, 7, volume);
  for (int i = 0; i < notes; ++i) {
    track.add(Tick(480 * i), midi::status::kNoteOn, static_cast<std::uint8_t>(60 + i % 12), 90);
    track.add(Tick(480 * i + 400), midi::status::kNoteOff, static_cast<std::uint8_t>(60 + i % 12),
              0);
  }
  file.tracks.push_back(std::move(track));
  return midi::write_midi(file);
}

bool has_font() { return fs::exists("/usr/share/sounds/sf2/TimGM6mb.sf2"); }

}  // namespace

TEST_CASE("module: a MIDI file becomes a WAV as loud as asked; twice the same") {
  if (!has_font()) return;
  const auto folder = scratch_folder();
  const Bytes midi = piano(16);
  for (const char* name : {"a.wav", "b.wav"}) {
    const auto report = loaded().run({midi, folder / name, {.comment = "toccata {}"}});
    REQUIRE(report);
    CHECK(*report->loudness_lufs == doctest::Approx(-14).epsilon(0.5 / 14));
    CHECK(report->true_peak_dbtp <= -1);
  }
  const Bytes first = *read_file(folder / "a.wav");
  CHECK(first == *read_file(folder / "b.wav"));
  CHECK(as_text(first).find("toccata {}") != std::string_view::npos);
}

TEST_CASE("module: two renderings beside each other do not disturb each other") {
  if (!has_font()) return;
  const auto folder = scratch_folder();
  const Bytes midi = piano(8);
  const auto module = loaded();
  bool ok[2] = {false, false};
  {
    std::jthread one([&] { ok[0] = module.run({midi, folder / "c.wav", {}}).has_value(); });
    std::jthread two([&] { ok[1] = module.run({midi, folder / "d.wav", {}}).has_value(); });
  }
  CHECK((ok[0] && ok[1]));
  CHECK(*read_file(folder / "c.wav") == *read_file(folder / "d.wav"));
}

TEST_CASE("module: silence, damage and a missing font are errors that leave no file") {
  const auto folder = scratch_folder();
  const auto out = folder / "none.wav";
  const auto fault_of = [&](const Bytes& midi, const sound::Settings& settings) {
    const auto report = loaded().run({midi, out, settings});
    REQUIRE_FALSE(report);
    CHECK(describe(report.error()).size() >= 15);
    CHECK(describe(report.error()).find('\n') == std::string::npos);
    CHECK_FALSE(fs::exists(out));
    return report.error().fault;
  };
  using sound::Fault;
  CHECK(fault_of({1, 2, 3}, {}) == Fault::BadMidi);
  CHECK(fault_of(piano(4), {.sound_font = folder / "no.sf2"}) == Fault::FontMissing);
  REQUIRE(write_file(folder / "bad.sf2", as_bytes("RIFF----sfbk")));
  CHECK(fault_of(piano(4), {.sound_font = folder / "bad.sf2"}) == Fault::FontDamaged);
  CHECK(fault_of(piano(4), {.rate_hz = 8000}) == Fault::BadSettings);
  if (!has_font()) return;
  CHECK(fault_of(piano(0), {}) == Fault::Silent);
  CHECK(fault_of(piano(4, 0), {}) == Fault::Silent);
}

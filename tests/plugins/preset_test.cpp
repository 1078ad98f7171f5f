// SPDX-License-Identifier: MIT
// Presets and plug-ins told apart, saved, loaded and refused.
#include "renderer.hpp"

#include <cstdlib>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/plugins/preset.hpp>

using namespace toccata;
using namespace toccata::test;

namespace {

constexpr float kFull = 100 / 127.0F;

Bytes read_bytes(const std::string& path) { return *read_file(path); }

}  // namespace

TEST_CASE(
    "MidiRenderer save: what is saved sounds as it was set, whichever way round it is given") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const std::string preset = folder / "soft.vstpreset", out = folder / "out.wav";
  REQUIRE(run_renderer(folder, {"save", plugin("Sine"), preset, "--param", "volume=0.25"}).status ==
          0);
  CHECK(plugins::read_preset(read_bytes(preset)));
  REQUIRE(run_renderer(folder, {midi, preset, plugin("Sine"), out}).status == 0);
  const std::string right = bytes_of(out);
  CHECK(read_wav(out).left[0] == doctest::Approx(kFull / 4).epsilon(0.001));
  REQUIRE(run_renderer(folder, {midi, plugin("Sine"), preset, out}).status == 0);
  CHECK(bytes_of(out) == right);
  // On top of another preset.
  const std::string other = folder / "tuned.vstpreset";
  REQUIRE(
      run_renderer(folder, {"save", plugin("Sine"), other, "--preset", preset, "--param", "Tune=1"})
          .status == 0);
  REQUIRE(run_renderer(folder, {midi, other, plugin("Sine"), out}).status == 0);
  const Wav wav = read_wav(out);
  CHECK(wav.left[0] == doctest::Approx(kFull / 4).epsilon(0.001));
  CHECK(std::abs(cents_between(hertz_between(wav, 0, 22000), hertz_of(61))) < 2);
}

TEST_CASE("MidiRenderer: a preset that is wrong, damaged or missing is refused by its name") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const std::string preset = folder / "mono.vstpreset", out = folder / "out.wav";
  REQUIRE(run_renderer(folder, {"save", plugin("Mono"), preset}).status == 0);
  Bytes damaged = read_bytes(preset);
  damaged[damaged.size() - 3] = 0xFF;  // a chunk's size
  REQUIRE(write_file(folder / "damaged.vstpreset", damaged));
  REQUIRE(write_file(folder / "noise.vstpreset", Bytes(100, 0x5A)));
  for (const char* name : {"mono", "damaged", "noise", "missing"}) {
    const std::string file = std::string(name) + ".vstpreset";
    const Ended ended = run_renderer(folder, {midi, folder / file, plugin("Sine"), out});
    CHECK(ended.status == 1);
    CHECK_MESSAGE(ended.error.find(file) != std::string::npos, ended.error);
    CHECK(folder.outputs().empty());
  }
}

TEST_CASE("MidiRenderer: wrong calls have status 2 and say what was allowed") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const std::string out = folder / "out.wav";
  using Words = std::vector<std::string>;
  for (const Words& words : {Words{}, Words{midi, "-", plugin("Sine")},
                             Words{midi, "-", plugin("Sine"), folder / "out.aiff"},
                             Words{midi, "-", plugin("Sine"), out, "--rate", "22050"},
                             Words{midi, "-", plugin("Sine"), out, "--block", "0"},
                             Words{midi, "-", plugin("Sine"), out, "--block", "8193"},
                             Words{midi, "-", plugin("Sine"), out, "--bits", "8"},
                             Words{midi, "-", plugin("Sine"), out, "--gain", "nan"},
                             Words{midi, plugin("Mono"), plugin("Sine"), out},
                             Words{"save", plugin("Sine"), folder / "a.vstpreset", "--param", "x"},
                             Words{"check", plugin("Sine"), "--rate", "44100"}}) {
    const Ended ended = run_renderer(folder, words);
    CHECK_MESSAGE(ended.status == 2, ended.error);
    CHECK(ended.error.size() > 15);
    CHECK(folder.outputs().empty());
  }
  CHECK(run_renderer(folder, {midi, "-", folder / "none.vst3", out}).status == 1);
  CHECK(run_renderer(folder, {folder / "none.mid", "-", plugin("Sine"), out}).status == 1);
  CHECK(run_renderer(folder, {midi, "-", midi, out}).status == 1);
}

TEST_CASE("MidiRenderer: what cannot be told is not written, and a wrong call is an event") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const std::string out = folder / "out.wav", preset = folder / "a.vstpreset";
  const auto status_of = [&](const std::string& words) {
    const std::string command = "'" TOCCATA_RENDERER "' " + words + " >/dev/full 2>/dev/null";
    return std::system(command.c_str());
  };
  CHECK(status_of("'" + midi + "' - '" + plugin("Sine") + "' '" + out + "'") != 0);
  CHECK(folder.outputs().empty());
  REQUIRE(write_file(preset, Bytes(3, 0x31)));
  CHECK(status_of("save '" + plugin("Sine") + "' '" + preset + "'") != 0);
  CHECK(bytes_of(preset) == "111");
  const Ended wrong = run_renderer(folder, {midi, "-", plugin("Sine"), "--json"});
  CHECK(wrong.status == 2);
  CHECK(wrong.out.find("\"event\":\"error\"") != std::string::npos);
}

TEST_CASE(
    "MidiRenderer save: a value is what the plug-in shows or a part of the range, or refused") {
  const Folder folder;
  const std::string whole = folder / "a.vstpreset", part = folder / "b.vstpreset";
  REQUIRE(run_renderer(folder, {"save", plugin("Sine"), whole, "--param", "Volume=0.25"}).status ==
          0);
  REQUIRE(run_renderer(folder, {"save", plugin("Sine"), part, "--param", "Volume=25%"}).status ==
          0);
  CHECK(bytes_of(part) == bytes_of(whole));
  for (const char* value : {"2", "-1", "abc", "101%", "=1", ""}) {
    CAPTURE(value);
    const std::string refused = folder / "c.vstpreset";
    const Ended ended = run_renderer(
        folder, {"save", plugin("Sine"), refused, "--param", std::string("Volume=") + value});
    CHECK(ended.status == 1);
    CHECK_MESSAGE(ended.error.find("\"Volume\" does not take") != std::string::npos, ended.error);
    CHECK(!std::filesystem::exists(refused));
  }
}

TEST_CASE("MidiRenderer: it names its licence, which lies beside it") {
  const Folder folder;
  const Ended ended = run_renderer(folder, {"--version"});
  CHECK(ended.status == 0);
  CHECK(ended.out.find("GPL-3.0-or-later") != std::string::npos);
  CHECK(bytes_of(TOCCATA_RENDERER ".LICENSE").find("GNU GENERAL PUBLIC LICENSE") !=
        std::string::npos);
}

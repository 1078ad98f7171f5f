// SPDX-License-Identifier: MIT
// The instrument of our own in the host of our own, with a sound font of known sound.
#include "renderer.hpp"
#include "tiny_font.hpp"

#include <array>
#include <cmath>
#include <thread>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/plugins/instrument_state.hpp>

using namespace toccata;
using namespace toccata::test;
namespace fs = std::filesystem;

namespace {

const std::string kInstrument = TOCCATA_INSTRUMENT;

plugins::InstrumentState state_in(const fs::path& preset_file) {
  const auto preset = plugins::read_preset(*read_file(preset_file));
  REQUIRE(preset);
  CHECK(preset->class_id == plugins::instrument_class_id());
  const Bytes* chunk = preset->find(plugins::kComponentChunk);
  REQUIRE(chunk != nullptr);
  const auto state = plugins::read_instrument_state(*chunk);
  REQUIRE(state);
  return *state;
}

/// A preset with the tiny font, these texts and these parameters.
std::string preset_with(const Folder& folder, const plugins::InstrumentState& asked,
                        const std::string& name = "a.vstpreset") {
  plugins::InstrumentState state = asked;
  state.set_text("sound_font", sound_font::test::write_tiny_font().string());
  const plugins::Preset preset{plugins::instrument_class_id(),
                               {{"Comp", plugins::write_instrument_state(state)}}};
  REQUIRE(write_file(folder / name, plugins::write_preset(preset)));
  return folder / name;
}

Wav rendered(const Folder& folder, const std::string& midi, const std::string& preset,
             const std::vector<std::string>& options = {}, const std::string& name = "out.wav") {
  std::vector<std::string> arguments = {midi, preset, kInstrument, folder / name, "--bits", "32f"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Ended ended = run_renderer(folder, arguments);
  INFO(ended.error);
  REQUIRE(ended.status == 0);
  CHECK(ended.error.empty());
  return read_wav(folder / name);
}

/// How far the note of that second of music is from a key, in cents.
double cents_at(const Wav& wav, double seconds, int key) {
  const auto frame = [&](double at) { return static_cast<std::size_t>(at * wav.rate); };
  return cents_between(hertz_between(wav, frame(seconds + 0.1), frame(seconds + 0.4)),
                       hertz_of(key));
}

std::size_t first_over(const Wav& wav, float size, std::size_t from = 0) {
  while (from < wav.left.size() && std::abs(wav.left[from]) < size) ++from;
  return from;
}

constexpr const char* kRast = "Rast\n7\n200.\n350.\n500.\n700.\n900.\n1050.\n2/1\n";

}  // namespace

TEST_CASE("instrument: pitch, onset and bytes at every rate and block size") {
  const Folder folder;
  const auto preset = preset_with(folder, {});
  const auto midi = write_midi_file(folder, "a.mid", {{251, 0x90, 69, 120}, {1200, 0x80, 69, 0}});
  for (const int rate : {44100, 48000, 88200, 96000}) {
    const Wav wav = rendered(folder, midi, preset, {"--rate", std::to_string(rate)});
    CHECK(std::abs(cents_at(wav, 0.3, 69)) < 1);
    const double onset = static_cast<double>(first_over(wav, 1e-5F)) / rate;
    CHECK(std::abs(onset - 251 / 960.0) < 0.001);
  }
  std::string first;
  for (const char* block : {"512", "1", "33", "64", "1000", "8192"}) {
    rendered(folder, midi, preset, {"--block", block});
    const std::string bytes = bytes_of(folder / "out.wav");
    if (first.empty()) first = bytes;
    CHECK_MESSAGE(bytes == first, block);
  }
}

TEST_CASE("instrument: bends, scales and tunings received sound where they should") {
  const Folder folder;
  const auto plain = preset_with(folder, {});
  const auto bent = write_midi_file(folder, "bent.mid",
                                    {{0, 0xB0, 101, 0},
                                     {0, 0xB0, 100, 0},
                                     {0, 0xB0, 6, 12},
                                     {0, 0xB0, 101, 127},
                                     {0, 0xB0, 100, 127},
                                     {0, 0x90, 60, 100},
                                     {480, 0x80, 60, 0},
                                     {480, 0xE0, 0, 0x50},
                                     {480, 0x90, 60, 100},
                                     {960, 0x80, 60, 0}});
  const Wav wide = rendered(folder, bent, plain);
  CHECK(std::abs(cents_at(wide, 0, 60)) < 1);
  CHECK(std::abs(cents_at(wide, 0.5, 60) - 300) < 1);
  const auto rast = preset_with(folder, {{{"scale", kRast}}, {{"scale_keys", "1"}}});
  const Wav scale =
      rendered(folder, write_midi_file(folder, "b.mid", quarters({60, 64, 65, 71})), rast);
  const double expected[] = {0, -50, 0, -50};
  const int keys[] = {60, 64, 65, 71};
  for (int i = 0; i < 4; ++i) CHECK(std::abs(cents_at(scale, 0.5 * i, keys[i]) - expected[i]) < 1);
  midi::File tuned;
  midi::Track track;
  constexpr std::array<std::uint8_t, 11> kTuning = {0x7F, 0x7F, 8, 2, 0, 1, 62, 62, 0x40, 0, 0xF7};
  track.add_sysex(Tick(0), midi::status::kSysEx, kTuning);
  track.add(Tick(0), 0x90, 62, 100);
  track.add(Tick(480), 0x80, 62, 0);
  tuned.tracks.push_back(std::move(track));
  REQUIRE(write_file(folder / "tuned.mid", midi::write_midi(tuned)));
  CHECK(std::abs(cents_at(rendered(folder, folder / "tuned.mid", plain), 0, 62) - 50) < 1);
}

TEST_CASE("instrument: program changes and controllers take effect where they stand") {
  const Folder folder;
  // Program 1 of the tiny font rings on for seconds.
  const auto midi = write_midi_file(folder, "a.mid",
                                    {{0, 0x90, 69, 100},
                                     {240, 0x80, 69, 0},
                                     {480, 0xC0, 1, 0},
                                     {480, 0xB0, 7, 64},
                                     {480, 0x90, 69, 100},
                                     {720, 0x80, 69, 0}},
                                    960);
  const Wav wav = rendered(folder, midi, preset_with(folder, {}));
  const auto at = [&](double seconds) {
    float peak = 0;
    for (std::size_t i = 0; i < 200; ++i)
      peak = std::max(peak, std::abs(wav.left[static_cast<std::size_t>(seconds * 44100) + i]));
    return peak;
  };
  CHECK(at(0.1) > 0.01F);
  CHECK(at(0.4) < 1e-4F);
  CHECK(at(0.9) > 0.1F * at(0.6));
  CHECK(at(0.6) < 0.5F * at(0.1));
}

TEST_CASE("instrument: a state that is saved, loaded and saved again is the same") {
  const Folder folder;
  const auto base = preset_with(folder, {{{"scale", kRast}}, {{"program", "1"}}});
  const auto saved = folder / "saved.vstpreset", again = folder / "again.vstpreset";
  Ended ended = run_renderer(folder, {"save", kInstrument, saved, "--preset", base, "--param",
                                      "Reverb=0.3", "--param", "Tuning=433.7"});
  INFO(ended.error);
  REQUIRE(ended.status == 0);
  const auto state = state_in(saved);
  const auto value_of = [&](const char* name) {
    for (const auto* entries : {&state.texts, &state.parameters})
      for (const auto& [known, value] : *entries)
        if (known == name) return value;
    return std::string("none");
  };
  CHECK(value_of("scale") == kRast);
  CHECK(value_of("program") == "1");
  CHECK(std::stod(value_of("tuning")) == doctest::Approx(433.7).epsilon(1e-6));
  ended = run_renderer(folder, {"save", kInstrument, again, "--preset", saved});
  REQUIRE(ended.status == 0);
  CHECK(bytes_of(again) == bytes_of(saved));
  const auto midi = write_midi_file(folder, "a.mid", quarters({60, 64}));
  rendered(folder, midi, saved, {}, "one.wav");
  rendered(folder, midi, again, {}, "two.wav");
  CHECK(bytes_of(folder / "one.wav") == bytes_of(folder / "two.wav"));
}

TEST_CASE("instrument: bypassed it is silent, which is an error; so is a font that is not there") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const auto off = preset_with(folder, {{}, {{"dpf_bypass", "1"}}});
  plugins::InstrumentState state{{{"sound_font", "/nowhere.sf2"}}, {}};
  const plugins::Preset preset{plugins::instrument_class_id(),
                               {{"Comp", plugins::write_instrument_state(state)}}};
  REQUIRE(write_file(folder / "lost.vstpreset", plugins::write_preset(preset)));
  const auto said = [&](const std::string& with) {
    const Ended ended =
        run_renderer(folder, {midi, with, kInstrument, folder / "out.wav", "--timeout", "5"});
    CHECK(ended.status == 1);
    return ended.error;
  };
  CHECK(said(off).find("Toccata.vst3: the plug-in stayed silent") != std::string::npos);
  const std::string lost = said(folder / "lost.vstpreset");
  CHECK(lost.find("lost.vstpreset: its sound font, /nowhere.sf2, is not there") !=
        std::string::npos);
}

TEST_CASE("instrument: many at once do not disturb each other") {
  const Folder folder;
  const auto preset = preset_with(folder, {});
  const auto midi = write_midi_file(folder, "a.mid", quarters({60, 64, 67}));
  rendered(folder, midi, preset, {}, "first.wav");
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&, i] {
        (void)run_renderer(folder, {midi, preset, kInstrument,
                                    folder / (std::to_string(i) + ".wav"), "--bits", "32f"});
      });
  }
  for (int i = 0; i < 4; ++i)
    CHECK(bytes_of(folder / (std::to_string(i) + ".wav")) == bytes_of(folder / "first.wav"));
}

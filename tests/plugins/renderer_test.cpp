// SPDX-License-Identifier: MIT
// What MidiRenderer writes when nothing is wrong: pitch, onset, length, formats, the same bytes.
#include "renderer.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <toccata/base/json.hpp>

using namespace toccata;
using namespace toccata::test;

namespace {

/// Renders and checks that it went well.
Wav rendered(const Folder& folder, const std::string& midi, const std::string& behaviour,
             std::vector<std::string> options = {}) {
  const std::string out = folder / "out.wav";
  std::vector<std::string> arguments = {midi, "-", plugin(behaviour), out};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Ended ended = run_renderer(folder, arguments);
  INFO(ended.error);
  REQUIRE(ended.status == 0);
  CHECK(ended.error.empty());
  return read_wav(out);
}

std::size_t first_over(const Wav& wav, float size, std::size_t from = 0) {
  while (from < wav.left.size() && std::abs(wav.left[from]) < size) ++from;
  return from;
}

}  // namespace

TEST_CASE("MidiRenderer: pitch, onset and length are those of the file") {
  const Folder folder;
  const auto midi =
      write_midi_file(folder, "a.mid", {{240, 0x90, 57, 127}, {1200, 0x80, 57, 0}}, 1440);
  for (const auto& [option, rate] :
       {std::pair{"44100", 44100}, {"48000", 48000}, {"96000", 96000}}) {
    const Wav wav = rendered(folder, midi, "Sine", {"--rate", option, "--bits", "32f"});
    const auto frames = static_cast<std::size_t>(rate);
    CHECK(wav.rate == rate);
    CHECK(wav.left.size() == frames * 3 / 2);  // 1440 ticks, and no tail since it ends at once
    CHECK(first_over(wav, 0.01F) == frames / 4);
    CHECK(std::abs(cents_between(hertz_between(wav, frames / 4, frames * 5 / 4), hertz_of(57))) <
          0.1);
  }
}

TEST_CASE("MidiRenderer: bits and tail are as asked for") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({69}));
  for (const auto& [option, bits] : {std::pair{"16", 16}, {"24", 24}, {"32f", 32}}) {
    const Wav wav = rendered(folder, midi, "Sine", {"--bits", option, "--tail", "0.25"});
    CHECK(wav.bits == bits);
    CHECK(wav.left.size() == 33075);
    CHECK(wav.left[0] == doctest::Approx(100 / 127.0 / 2).epsilon(0.001));
  }
}

TEST_CASE("MidiRenderer: the sound does not depend on the block size, nor on what was before") {
  const Folder folder;
  auto messages = quarters({60, 64, 67});
  messages.insert(messages.begin() + 3, {700, 0xE0, 0, 80});  // within a note
  const auto midi = write_midi_file(folder, "a.mid", messages);
  rendered(folder, midi, "Sine");
  const std::string first = bytes_of(folder / "out.wav");
  for (const char* block : {"1", "7", "64", "1000", "8192"}) {
    rendered(folder, midi, "Sine", {"--block", block});
    CHECK_MESSAGE(bytes_of(folder / "out.wav") == first, block);
  }
  rendered(folder, midi, "Random");
  const std::string random = bytes_of(folder / "out.wav");
  rendered(folder, midi, "Random");
  CHECK(bytes_of(folder / "out.wav") == random);
}

TEST_CASE("MidiRenderer: latency is taken off, mono sounds on both sides, the main bus is heard") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60, 72}));
  const Wav plain = rendered(folder, midi, "Sine", {"--bits", "32f"});
  for (const char* behaviour : {"Latent", "Mono", "Buses"}) {
    const Wav other = rendered(folder, midi, behaviour, {"--bits", "32f"});
    CHECK_MESSAGE(other.left == plain.left, behaviour);
    CHECK_MESSAGE(other.right == plain.left, behaviour);
  }
}

TEST_CASE("MidiRenderer: a bend is there when its note begins, with the range an RPN sets") {
  const Folder folder;
  // All at one tick, as files have it: the range of an octave, the null RPN, the bend, the note.
  std::vector<At> messages;
  for (const int tick : {0, 960}) {
    const std::uint8_t range = tick == 0 ? 12 : 2;
    const std::uint8_t high = tick == 0 ? 66 : 80;  // a quarter tone up in both
    for (const At& one : std::initializer_list<At>{
             {tick, 0xB1, 101, 0},
             {tick, 0xB1, 100, 0},
             {tick, 0xB1, 6, range},
             {tick, 0xB1, 38, 0},
             {tick, 0xB1, 101, 127},
             {tick, 0xB1, 100, 127},
             {tick, 0xE1, static_cast<std::uint8_t>(tick == 0 ? 85 : 0), high}})
      messages.push_back(one);
    messages.push_back({tick, 0x91, 62, 100});
    messages.push_back({tick + 960, 0x81, 62, 0});
  }
  const auto midi = write_midi_file(folder, "a.mid", messages);
  const Wav wav = rendered(folder, midi, "Sine", {"--bits", "32f"});
  CHECK(std::abs(cents_between(hertz_between(wav, 100, 44000), hertz_of(62.5))) < 2);
  CHECK(std::abs(cents_between(hertz_between(wav, 44200, 88100), hertz_of(62.5))) < 2);
  CHECK(first_over(wav, 0.1F) == 0);
}

TEST_CASE("MidiRenderer: bends of channels tune single notes where a plug-in knows no channels") {
  const Folder folder;
  // A quarter tone up in one channel and down in the other, which then bends up, by another range.
  const auto midi = write_midi_file(folder, "a.mid",
                                    {{0, 0xE0, 0, 80},
                                     {0, 0x90, 60, 100},
                                     {0, 0xE1, 0, 48},
                                     {0, 0x91, 67, 100},
                                     {480, 0xB1, 101, 0},
                                     {480, 0xB1, 100, 0},
                                     {480, 0xB1, 6, 12},
                                     {480, 0xE1, 85, 66},
                                     {1920, 0x80, 60, 0},
                                     {1920, 0x81, 67, 0}});
  const Wav wav = rendered(folder, midi, "PerNote", {"--bits", "32f"});
  const Wav other{wav.rate, wav.bits, wav.right, wav.left};
  CHECK(std::abs(cents_between(hertz_between(wav, 100, 88000), hertz_of(60.5))) < 1);
  CHECK(std::abs(cents_between(hertz_between(other, 100, 22000), hertz_of(66.5))) < 1);
  CHECK(std::abs(cents_between(hertz_between(other, 22100, 88000), hertz_of(67.5))) < 1);
}

TEST_CASE("MidiRenderer: the bend of one channel is the one a plug-in has, until another is bent") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid",
                                    {{0, 0xE1, 0, 96},
                                     {0, 0x91, 60, 100},
                                     {0, 0x90, 60, 100},
                                     {960, 0xE0, 0, 48},
                                     {1920, 0x90, 60, 0},
                                     {1920, 0x91, 60, 0}});
  const Wav wav = rendered(folder, midi, "PerNote", {"--bits", "32f"});
  const Wav other{wav.rate, wav.bits, wav.right, wav.left};
  CHECK(std::abs(cents_between(hertz_between(other, 100, 88000), hertz_of(61))) < 1);
  CHECK(std::abs(cents_between(hertz_between(wav, 100, 44000), hertz_of(61))) < 1);
  CHECK(std::abs(cents_between(hertz_between(wav, 44200, 88000), hertz_of(59.5))) < 1);
}

TEST_CASE("MidiRenderer: a note that is numbered ends where another of its pitch was cut off") {
  const Folder folder;
  const auto midi = write_midi_file(
      folder, "a.mid",
      {{0, 0x90, 60, 100}, {240, 0xB0, 123, 0}, {480, 0x90, 60, 100}, {960, 0x80, 60, 0}});
  const Wav wav = rendered(folder, midi, "PerNote", {"--bits", "32f", "--tail", "1"});
  CHECK(first_over(wav, 0.01F, 11026) == 22050);
  CHECK(first_over(wav, 0.01F, 44100) == wav.left.size());
}

TEST_CASE("MidiRenderer: the pressure of a single note reaches the plug-in") {
  const Folder folder;
  const auto midi = write_midi_file(
      folder, "a.mid",
      {{0, 0x90, 60, 100}, {480, 0xA0, 60, 20}, {480, 0xA0, 61, 127}, {960, 0x80, 60, 0}});
  const Wav wav = rendered(folder, midi, "PerNote", {"--bits", "32f"});
  const auto peak = [&](std::size_t from) {
    return *std::max_element(wav.left.begin() + static_cast<std::ptrdiff_t>(from),
                             wav.left.begin() + static_cast<std::ptrdiff_t>(from + 20000));
  };
  CHECK(peak(1000) == doctest::Approx(100 / 127.0 / 2).epsilon(0.01));
  CHECK(peak(23000) == doctest::Approx(20 / 127.0 / 2).epsilon(0.01));
}

TEST_CASE("MidiRenderer: controllers that a plug-in maps nowhere move none of its parameters") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid",
                                    {{0, 0xB0, 7, 0},
                                     {0, 0xE0, 0, 0},
                                     {0, 0xD0, 10, 0},
                                     {10, 0x90, 69, 127},
                                     {480, 0x80, 69, 0}});
  const Wav wav = rendered(folder, midi, "NoMapping", {"--bits", "32f"});
  CHECK(*std::max_element(wav.left.begin(), wav.left.end()) == doctest::Approx(0.5).epsilon(0.01));
}

TEST_CASE("MidiRenderer: a plug-in that knows one channel gets the controllers of all") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid",
                                    {{0, 0xB4, 7, 127}, {10, 0x94, 69, 127}, {480, 0x84, 69, 0}});
  const Wav wav = rendered(folder, midi, "PerNote", {"--bits", "32f"});
  CHECK(*std::max_element(wav.right.begin(), wav.right.end()) == doctest::Approx(1).epsilon(0.01));
}

TEST_CASE("MidiRenderer: tempo and bar are handed to the plug-in, a change at its frame") {
  const Folder folder;
  const auto path = write_midi_file(folder, "a.mid", quarters({60, 60, 60, 60, 60, 60}));
  const Wav wav =
      rendered(folder, path, "ShowsTime", {"--bits", "32f", "--tail", "0", "--block", "441"});
  CHECK(wav.left.at(1000) == doctest::Approx(0.12));
  CHECK(wav.right.at(22050) == doctest::Approx(0.1));      // one quarter after the bar line
  CHECK(wav.right.at(4 * 22050) == doctest::Approx(0.0));  // the next bar
  CHECK(wav.right.at(5 * 22050) == doctest::Approx(0.1));
}

TEST_CASE(
    "MidiRenderer: with --json every line of its output is a JSON value, the last the result") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const Ended ended = run_renderer(
      folder, {midi, "-", plugin("Latent"), folder / "out.wav", "--json", "--tail", "1"});
  CHECK(ended.status == 0);
  Json last;
  for (std::size_t at = 0; at < ended.out.size();) {
    const auto end = ended.out.find('\n', at);
    const auto line = parse_json(ended.out.substr(at, end - at));
    REQUIRE(line);
    last = *line;
    at = end + 1;
  }
  CHECK(*last.find("event")->text() == "done");
  CHECK(*last.find("latency_frames")->integer() == 1000);
  CHECK(*last.find("seconds")->number() == doctest::Approx(1.5));
}

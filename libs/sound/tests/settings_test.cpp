// SPDX-License-Identifier: MIT
#include <limits>

#include <doctest/doctest.h>
#include <toccata/sound/settings.hpp>

using namespace toccata::sound;

namespace {
std::string fault_of(const Settings& settings, const char* out = "a.wav") {
  const auto checked = check(settings, out);
  if (checked) return "";
  CHECK(checked.error().fault == Fault::BadSettings);
  return describe(checked.error());
}
}  // namespace

TEST_CASE("settings: the defaults are allowed, for each kind of file") {
  for (const char* out : {"a.wav", "b/a.flac", "a.ogg", "a.mp3"}) CHECK(fault_of({}, out).empty());
}

TEST_CASE("settings: what is out of its range is refused, naming value and range") {
  CHECK(fault_of({.rate_hz = 22050}) == "rate (Hz): 22050 is none of 44100, 48000, 88200, 96000");
  CHECK(fault_of({.loudness_lufs = 3}) == "loudness (LUFS): 3.0 is not in -60.0..0.0");
  CHECK(fault_of({.loudness_lufs = std::numeric_limits<double>::quiet_NaN()}) ==
        "loudness (LUFS): nan is not in -60.0..0.0");
  CHECK_FALSE(fault_of({.true_peak_dbtp = 0.5}).empty());
  CHECK_FALSE(fault_of({.tail_s = -1}).empty());
  CHECK_FALSE(fault_of({.tail_s = std::numeric_limits<double>::infinity()}).empty());
  CHECK(fault_of({.parts = {{.part = "Bass", .pan = 2}}}) ==
        "part 'Bass': pan: 2.0 is not in -1.0..1.0");
  CHECK_FALSE(fault_of({.parts = {{.part = "Bass", .level_lu = 11.0}}}).empty());
  CHECK_FALSE(fault_of({.parts = {{.part = "Bass", .eq = {{.hertz = 5}}}}}).empty());
  CHECK(fault_of({.bus = {.compressor = Compression{.ratio = 0.5}}}) ==
        "bus: compressor ratio: 0.5 is not in 1.0..20.0");
  CHECK_FALSE(fault_of({.block_frames = 1}).empty());
  CHECK(fault_of({.reports = {"r.txt"}}) ==
        "r.txt: the extension of a report is .json, .svg or .png");
}

TEST_CASE("settings: an extension that is no sound file's is refused") {
  CHECK(fault_of({}, "tune.aiff") ==
        "tune.aiff: the extension of a sound file is .wav, .flac, .ogg or .mp3");
  CHECK_FALSE(fault_of({}, "tune").empty());
  CHECK_FALSE(fault_of({.depth = Depth::Float32}, "a.flac").empty());
  CHECK_FALSE(fault_of({.rate_hz = 96000}, "a.mp3").empty());
}

TEST_CASE("find_depth: three names and no other") {
  CHECK(find_depth("16") == Depth::Pcm16);
  CHECK(find_depth("24") == Depth::Pcm24);
  CHECK(find_depth("32f") == Depth::Float32);
  CHECK_FALSE(find_depth("32"));
}

TEST_CASE("report: a sound without a loudness says null") {
  const auto json = to_json(Report{.true_peak_dbtp = -1.5, .seconds = 0.2});
  CHECK(json.find("loudness_lufs")->is_null());
  CHECK(json.find("true_peak_dbtp")->number() == -1.5);
}

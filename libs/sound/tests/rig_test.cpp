// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>
#include <toccata/sound/rig.hpp>
#include <toccata/sound/settings.hpp>

using namespace toccata::sound;

namespace {

std::string fault_of(const std::string& members) {
  const auto rig = read_rig("{\"format\": \"toccata.rig/1\"" + members + "}");
  return rig ? "" : rig.error();
}

}  // namespace

TEST_CASE("rig: every member is read") {
  const auto rig = read_rig(R"({
    "format": "toccata.rig/1", "about": "a duo",
    "parts": {
      "Piano": {
        "instrument": {"plugin": "piano.vst3", "preset": "soft.vstpreset"},
        "level_lu": -3, "gain_db": 1.5, "pan": -0.25, "reverb": 0.4,
        "eq": [{"kind": "low cut", "hertz": 80},
               {"kind": "high shelf", "hertz": 9000, "gain_db": 2, "q": 0.5}],
        "compressor": {"threshold_db": -24, "ratio": 3, "knee_db": 4, "attack_ms": 20,
                       "release_ms": 200, "makeup_db": 1}
      },
      "*": {"instrument": {"sound_font": "old.sf2"}}
    },
    "bus": {"eq": [{"hertz": 60, "gain_db": -1}], "compressor": {}},
    "loudness_lufs": -16, "true_peak_dbtp": -2
  })");
  REQUIRE(rig);
  REQUIRE(rig->parts.size() == 2);
  const RigPart& piano = rig->parts[0];
  CHECK(piano.mix.part == "Piano");
  CHECK(piano.instrument == RigInstrument{"piano.vst3", "soft.vstpreset", ""});
  CHECK(piano.mix.level_lu == -3.0);
  CHECK(piano.mix.gain_db == 1.5);
  CHECK(piano.mix.pan == -0.25);
  CHECK(piano.mix.reverb_send == 0.4);
  REQUIRE(piano.mix.eq.size() == 2);
  CHECK(piano.mix.eq[0].kind == EqKind::LowCut);
  CHECK(piano.mix.eq[1].q == 0.5);
  CHECK(piano.mix.compressor->makeup_db == 1);
  CHECK(piano.mix.compressor->attack_ms == 20);
  CHECK(rig->parts[1].instrument.sound_font == "old.sf2");
  CHECK_FALSE(rig->parts[1].mix.level_lu);
  CHECK(rig->bus.eq[0].kind == EqKind::Bell);
  CHECK(rig->bus.compressor->ratio == Compression{}.ratio);
  CHECK(rig->loudness_lufs == -16.0);
  CHECK(rig->true_peak_dbtp == -2.0);
}

TEST_CASE("rig: a fault names its place and what was allowed") {
  CHECK(read_rig("{").error().starts_with("byte "));
  CHECK(read_rig("[]").error() == "rig must be an object");
  CHECK(read_rig("{}").error() == "rig.format must be \"toccata.rig/1\"");
  CHECK(fault_of(R"(, "part\nz": {})").starts_with("rig.part\\nz is unknown"));
  CHECK(
      fault_of(R"(, "partz": {})").starts_with("rig.partz is unknown, allowed are format, about"));
  CHECK(fault_of(R"(, "parts": [])") == "rig.parts must be an object");
  CHECK(fault_of(R"(, "parts": {"Bass": {"pan": 2}})") ==
        "rig.parts.\"Bass\".pan must be a number from -1.0 to 1.0");
  CHECK(fault_of(R"(, "parts": {"Bass": {"eq": [{}, {"kind": "notch"}]}})") ==
        "rig.parts.\"Bass\".eq[1].kind knows no \"notch\", allowed are \"low cut\", \"low shelf\", "
        "\"bell\", \"high shelf\", \"high cut\"");
  CHECK(fault_of(R"(, "bus": {"compressor": {"ratio": 0}})") ==
        "rig.bus.compressor.ratio must be a number from 1.0 to 20.0");
  CHECK_FALSE(fault_of(R"(, "bus": {"pan": 0})").empty());
  CHECK_FALSE(
      fault_of(R"(, "parts": {"A": {"instrument": {"sound_font": "a", "plugin": "b"}}})").empty());
  std::string bands;
  for (int i = 0; i < 17; ++i) bands += i == 0 ? "{}" : ", {}";
  CHECK(fault_of(R"(, "bus": {"eq": [)" + bands + "]}").ends_with("allowed are 16"));
}

TEST_CASE("rig: the shipped ones are read, within all limits, and balance every part") {
  const auto names = rig_names();
  CHECK(names.size() == 14);
  for (const auto name : names) {
    CAPTURE(name);
    const Rig* rig = find_rig(name);
    REQUIRE(rig != nullptr);
    Settings settings{.bus = rig->bus};
    for (const RigPart& part : rig->parts) {
      settings.parts.push_back(part.mix);
      CHECK(part.mix.level_lu.has_value());
    }
    CHECK(check(settings, "a.wav"));
    CHECK(std::ranges::any_of(settings.parts, [](const auto& p) { return p.part == kOtherParts; }));
  }
  CHECK(find_rig("polka") == nullptr);
}

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <toccata/theory/voicing.hpp>

using namespace toccata;

namespace {

using Fault = VoiceLeadingFault;

std::vector<Voicing> passage(std::initializer_list<std::initializer_list<int>> chords) {
  std::vector<Voicing> voicings;
  for (const auto& chord : chords) {
    voicings.emplace_back();
    for (const int number : chord) voicings.back().push_back(*Pitch::from_number(number));
  }
  return voicings;
}

std::vector<Fault> faults(std::initializer_list<std::initializer_list<int>> chords,
                          const char* key = nullptr) {
  const auto chorale = passage(chords);
  std::vector<Fault> found;
  for (const auto& problem : key ? check_voice_leading(chorale, choir_ranges(), *parse_key(key))
                                 : check_voice_leading(chorale, choir_ranges()))
    found.push_back(problem.fault);
  return found;
}

}  // namespace

TEST_CASE("check_voice_leading: a textbook cadence has no fault") {
  // C: I IV V7 I
  CHECK(faults({{48, 55, 64, 72}, {53, 57, 65, 72}, {55, 55, 65, 71}, {48, 55, 64, 72}}, "C")
            .empty());
}

TEST_CASE("check_voice_leading: parallel fifths and octaves are found between any two voices") {
  CHECK(faults({{48, 55, 64, 72}, {50, 57, 65, 69}}) == std::vector{Fault::ParallelFifths});
  CHECK(faults({{48, 55, 64, 72}, {50, 57, 65, 74}}) ==
        std::vector{Fault::ParallelFifths, Fault::ParallelOctaves});
  // a twelfth after a fifth is one too, in similar motion
  CHECK(faults({{43, 50, 59, 67}, {45, 64, 67, 72}}).front() == Fault::ParallelFifths);
}

TEST_CASE("check_voice_leading: a fifth that stays where it is, is no parallel") {
  CHECK(faults({{48, 55, 64, 72}, {48, 55, 64, 72}}).empty());
  CHECK(faults({{48, 55, 64, 72}, {48, 55, 65, 69}}).empty());
}

TEST_CASE("check_voice_leading: outer voices that leap together into a fifth or octave hide it") {
  CHECK(faults({{48, 55, 64, 64}, {50, 57, 62, 69}}).back() == Fault::HiddenFifths);
  const auto octaves = faults({{48, 55, 60, 67}, {53, 60, 69, 77}});
  CHECK(std::find(octaves.begin(), octaves.end(), Fault::HiddenOctaves) != octaves.end());
}

TEST_CASE("check_voice_leading: the upper voice by step hides nothing") {
  const auto found = faults({{48, 55, 64, 71}, {53, 57, 65, 72}});
  CHECK(std::find(found.begin(), found.end(), Fault::HiddenFifths) == found.end());
}

TEST_CASE("check_voice_leading: crossing, overlap, spacing and range are named with their voices") {
  const auto crossed = check_voice_leading(passage({{48, 60, 57, 72}}), {});
  REQUIRE(crossed.size() == 2);
  CHECK(crossed[0].fault == Fault::Crossing);
  CHECK(describe(crossed[0]) == "chord 1: crossing between voices 2 and 3");
  CHECK(describe(crossed[1]) == "chord 1: more than an octave between voices 3 and 4");
  const auto overlapped = check_voice_leading(passage({{48, 52, 60, 67}, {53, 57, 60, 69}}), {});
  CHECK(std::any_of(overlapped.begin(), overlapped.end(),
                    [](const auto& p) { return p.fault == Fault::Overlap && p.lower_voice == 0; }));
  const auto low = check_voice_leading(passage({{30, 55, 64, 72}}), choir_ranges());
  REQUIRE(low.size() == 1);
  CHECK(describe(low[0]) == "chord 1: out of range in voice 1");
}

TEST_CASE(
    "check_voice_leading: the leading tone rises in outer voices, and may fall a third within") {
  CHECK(faults({{43, 55, 62, 71}, {48, 55, 64, 67}}, "C") ==
        std::vector{Fault::LeadingToneUnresolved});
  CHECK(faults({{43, 59, 62, 67}, {48, 55, 64, 67}}, "C").empty());
  CHECK(faults({{43, 55, 62, 71}, {48, 55, 64, 72}}, "C").empty());
}

TEST_CASE("check_voice_leading: a leading tone that is held or part of the next chord may stay") {
  CHECK(faults({{43, 55, 62, 71}, {48, 55, 64, 71}}, "C").empty());
}

TEST_CASE("check_voice_leading: no chords, one chord and unequal chords are not a fault of ours") {
  CHECK(check_voice_leading({}, choir_ranges()).empty());
  CHECK(faults({{48, 55, 64, 72}}).empty());
  CHECK(faults({{48, 55}, {}, {48}}).empty());
}

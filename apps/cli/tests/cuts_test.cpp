// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include <doctest/doctest.h>
#include <toccata/midi/export.hpp>

#include "cuts.hpp"

using namespace toccata;
using namespace toccata::cli;

namespace {

constexpr FilePlace kPlace{0, Channel::literal(0)};
const Span kBarTwo{Tick(1920), Tick(3840)};

struct Struck {
  int at, end, key;
};
/// One track on channel 1 with a controller at 100.
midi::File file_of(const std::vector<Struck>& notes) {
  std::vector<std::array<int, 3>> events{{100, 0xB0, 7}};
  for (const Struck& note : notes) {
    events.push_back({note.at, 0x90, note.key});
    events.push_back({note.end, 0x80, note.key});
  }
  std::ranges::stable_sort(events, {}, [](const auto& event) { return event[0]; });
  midi::Track track;
  for (const auto& [at, status, data] : events)
    track.add(Tick(at), static_cast<std::uint8_t>(status), static_cast<std::uint8_t>(data), 64);
  midi::File file;
  file.tracks.push_back(std::move(track));
  return file;
}

const midi::File kSparse = file_of({{0, 960, 60}, {1800, 2400, 62}, {3840, 4800, 64}});

}  // namespace

TEST_CASE("is_same_outside: notes added within the span leave all else as it was") {
  CHECK(is_same_outside(kSparse, kSparse, kBarTwo, kPlace));
  const auto filled_to = [](int end) {
    return file_of(
        {{0, 960, 60}, {1800, 2400, 62}, {1920, 2880, 67}, {2880, end, 65}, {3840, 4800, 64}});
  };
  const auto filled = filled_to(3840);
  CHECK_FALSE(is_same_outside(kSparse, filled_to(3841), kBarTwo, kPlace));
  CHECK(is_same_outside(kSparse, filled, kBarTwo, kPlace));
  CHECK_FALSE(is_same_outside(kSparse, filled, {Tick(0), Tick(1920)}, kPlace));
  CHECK_FALSE(is_same_outside(kSparse, filled, kBarTwo, FilePlace{1, Channel::literal(0)}));
  CHECK_FALSE(is_same_outside(filled, kSparse, kBarTwo, kPlace));
}

TEST_CASE("is_same_outside: a note outside that moved, changed or went is seen") {
  CHECK_FALSE(is_same_outside(kSparse, file_of({{0, 950, 60}, {1800, 2400, 62}, {3840, 4800, 64}}),
                              kBarTwo, kPlace));
  CHECK_FALSE(is_same_outside(kSparse, file_of({{0, 960, 61}, {1800, 2400, 62}, {3840, 4800, 64}}),
                              kBarTwo, kPlace));
  CHECK_FALSE(is_same_outside(kSparse, file_of({{0, 960, 60}, {1800, 2400, 62}}), kBarTwo, kPlace));
  // A new note of the key that is held into the span would end it too soon.
  CHECK_FALSE(is_same_outside(
      kSparse, file_of({{0, 960, 60}, {1800, 2100, 62}, {2000, 2400, 62}, {3840, 4800, 64}}),
      kBarTwo, kPlace));
}

TEST_CASE("is_same_outside: a bend is undone within the span") {
  const auto with_bends = [](int at, std::uint8_t last) {
    midi::Track track;
    track.add(Tick(100), 0xB0, 7, 64);
    track.add(Tick(1920), 0xE0, 0, 80);
    track.add(Tick(1920), 0x90, 67, 64);
    track.add(Tick(3000), 0x80, 67, 64);
    track.add(Tick(at), 0xE0, 0, last);
    track.add(Tick(3840), 0x90, 64, 64);
    track.add(Tick(4800), 0x80, 64, 64);
    midi::File file;
    file.tracks.push_back(std::move(track));
    return file;
  };
  const auto before = file_of({{3840, 4800, 64}});
  CHECK(is_same_outside(before, with_bends(3839, 64), kBarTwo, kPlace));
  CHECK_FALSE(is_same_outside(before, with_bends(3840, 64), kBarTwo, kPlace));
  CHECK_FALSE(is_same_outside(before, with_bends(3839, 80), kBarTwo, kPlace));  // left standing
}

TEST_CASE("without_notes: both events of a note go, all others stay") {
  const auto content = midi::to_score(kSparse);
  const auto& notes = content.score.parts[0].notes;
  const auto cut = without_notes(kSparse, content, std::span(notes).subspan(1, 1));
  CHECK(cut == file_of({{0, 960, 60}, {3840, 4800, 64}}));
}

TEST_CASE("hidden_from: nothing lies behind the tick, what sounds over it ends there") {
  const auto hidden = hidden_from(kSparse, Tick(1920));
  CHECK(hidden == file_of({{0, 960, 60}, {1800, 1920, 62}}));
  CHECK(hidden.tracks[0].end() == Tick(1920));
}

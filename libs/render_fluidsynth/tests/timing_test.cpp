// SPDX-License-Identifier: MIT
#include "listen.hpp"

#include <doctest/doctest.h>

using namespace toccata;
using namespace toccata::render;
using namespace toccata::render::test;

namespace {

/// The first frame from `from` on where something is heard.
std::size_t onset_heard(const audio::Stereo& sound, std::size_t from) {
  std::size_t at = from;
  while (at < sound.frames() && std::abs(sound.left[at]) < 1e-3F) ++at;
  return at;
}

}  // namespace

TEST_CASE("onsets: within 1 ms of where they are written, wherever in a block they fall") {
  std::vector<Note> notes;
  for (int i = 0; i < 40; ++i) notes.push_back(note_at(97 * i, 69, 0, 40));
  const auto sound = heard_dry(file_of(one_part(notes)));
  for (int i = 0; i < 40; ++i) {
    const double expected = 97.0 * i / 960;
    const std::size_t search = i == 0 ? 0 : kRate.frames(expected - 0.02);
    const double found = static_cast<double>(onset_heard(sound, search)) / kRate.hertz();
    CHECK(std::abs(found - expected) < 0.001);
  }
}

TEST_CASE("onsets: they follow the tempo of the performance") {
  const Score score = one_part({note_at(0, 69, 0, 100), note_at(960, 69, 0, 100)});
  Performance performance = make_plain_performance(score);
  performance.tempo = TempoMap(
      kComposedPpq, {{Tick(0), Tempo::literal(1'000'000)}, {Tick(480), Tempo::literal(250'000)}});
  const auto file = midi::from_score(score, performance);
  REQUIRE(file);
  const auto sound = heard_dry(*file);
  const double found = static_cast<double>(onset_heard(sound, 44100)) / kRate.hertz();
  CHECK(std::abs(found - 1.25) < 0.001);
}

TEST_CASE("ends: a note stops where it is written to stop") {
  const auto sound = heard_dry(file_of(one_part({note_at(0, 69, 0, 480)})));
  const auto loud = audio::inspect(sound.view().part(kRate.frames(0.4), kRate.frames(0.09)));
  const auto after = audio::inspect(sound.view().part(kRate.frames(0.52), kRate.frames(0.2)));
  CHECK(loud.peak > 0.03);
  CHECK(after.peak < 0.001);
}

TEST_CASE("tail: a release of 3 s is kept after the last event") {
  midi::File file = file_of(one_part({note_at(0, 69, 0, 480)}, 1));
  Score brief = one_part({note_at(0, 69, 0, 480)}, 1);
  brief.end = Tick(480);
  const auto sound = heard(brief);
  CHECK(sound.frames() > kRate.frames(0.5 + 2));
  CHECK(sound.frames() < kRate.frames(0.5 + 4));
}

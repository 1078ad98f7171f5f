// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/toccata.hpp>

using namespace toccata;

namespace {

/// A sentence to the bytes of a MIDI file.
Bytes midi_of(std::string_view sentence, std::uint64_t seed) {
  const auto understood = understand(sentence);
  REQUIRE(understood.has_value());
  const auto settled = settle(understood->brief, seed);
  REQUIRE(settled.has_value());
  const auto score = compose(settled->settings);
  REQUIRE(score.has_value());
  const PerformTask task{*score, &settled->settings};
  const auto file = midi::from_score(*score, perform(*find_performer("curve"), task, Rng(seed)));
  REQUIRE(file.has_value());
  return midi::write_midi(*file);
}

}  // namespace

TEST_CASE("toccata: a sentence becomes a MIDI file, the same for the same seed") {
  const Bytes bytes = midi_of("a calm jazz tune in D minor, 8 bars", 3);
  CHECK(bytes == midi_of("a calm jazz tune in D minor, 8 bars", 3));
  CHECK(bytes != midi_of("a calm jazz tune in D minor, 8 bars", 4));
  CHECK(midi::read_midi(bytes).has_value());
}

TEST_CASE("toccata: what is composed in every genre is valid music") {
  for (const auto genre : Genre::names()) {
    Brief brief;
    brief.genres = {{std::string(genre), 1.0}};
    const auto settled = settle(brief, 1);
    REQUIRE(settled.has_value());
    const auto score = compose(settled->settings);
    REQUIRE(score.has_value());
    CHECK_MESSAGE(!validate(*score), genre);
    CHECK(score->bar_count() == settled->settings.bars);
  }
}

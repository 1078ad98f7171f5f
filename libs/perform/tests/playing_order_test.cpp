// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <toccata/perform/playing_order.hpp>

#include "written.hpp"

using namespace toccata;

TEST_CASE("PlayingOrder: notes come by onset and then pitch, drums left out") {
  Score score = written({{0, 4, 67}, {0, 4, 60}, {4, 4, 62}});
  Part kit;
  kit.id = PartId(9);
  kit.instrument.is_drums = true;
  kit.notes.push_back(written_note(99, {0, 1, 36}));
  score.parts.push_back(kit);
  const PlayingOrder order(score);
  REQUIRE(order.notes().size() == 3);
  CHECK(order.notes()[0].note->pitch.number() == 60);
  CHECK(order.notes()[1].note->pitch.number() == 67);
  CHECK(order.chords().size() == 2);
  CHECK(order.chords()[0].size() == 2);
  CHECK(order.onset(2) == 1.0);
}

TEST_CASE("PlayingOrder: without voices, highest and lowest notes are lines of their own") {
  const Score score = written({{0, 4, 60}, {0, 4, 64}, {0, 4, 72}, {4, 4, 59}, {4, 4, 74}});
  const PlayingOrder order(score);
  CHECK(order.notes()[2].next == 4);  // 72 leads to 74
  CHECK(order.notes()[0].next == 3);  // 60 to 59
  CHECK(order.notes()[1].next == 1);  // the inner note to none
  CHECK(order.notes()[4].previous == 2);
  CHECK(order.notes()[0].previous == 0);
}

TEST_CASE("PlayingOrder: a voice of the page is a line, whatever lies above it") {
  Score score = written({{0, 4, 60}, {0, 4, 72}, {4, 4, 76}, {4, 4, 62}});
  for (Note& note : score.parts[0].notes) note.voice = note.pitch.number() < 70 ? 2 : 1;
  const PlayingOrder order(score);
  CHECK(order.notes()[0].next == 2);
  CHECK(order.notes()[1].next == 3);
}

TEST_CASE("PlayingOrder: the chord at a point is the last begun") {
  const Score score = written({{0, 4, 60}, {4, 4, 62}});
  const PlayingOrder order(score);
  CHECK(order.chord_at(0.0) == 0);
  CHECK(order.chord_at(0.99) == 0);
  CHECK(order.chord_at(1.0) == 1);
  CHECK(order.chord_at(50.0) == 1);
}

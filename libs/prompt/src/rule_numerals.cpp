// SPDX-License-Identifier: MIT
// Chords as roman numerals in the key that was asked for, or in the genre's: "I IV V I in
// G", "ii7 - V7 - Imaj7".
#include "numerals.hpp"
#include "reading.hpp"

namespace toccata::prompt {
namespace {

/// The key that was asked for: a flag's or a brief's, else the sentence's own.
TonalityAsk asked_key(const Reading& reading) {
  if (reading.key_elsewhere != TonalityAsk{}) return reading.key_elsewhere;
  return reading.brief.tonality.value_or(TonalityAsk{});
}

}  // namespace

void read_numerals(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    if (reading.item(i).is_used || reading.first_token(i).kind != TokenKind::Word) continue;
    const auto run = numerals_from(reading.sentence(), reading.first_token(i).begin);
    int last = i;
    while (last + 1 < reading.size() && reading.first_token(last + 1).begin < run.end) ++last;
    const Extent extent{i, last};
    i = last;
    if (run.count < 3 || !run.is_plain) continue;
    const TonalityAsk asked = asked_key(reading);
    const TonalityAsk key = key_of(run, asked, reading.brief.genres);
    const auto symbols = symbols_of(run, key);
    if (!symbols) {
      reading.leave_unmet(extent);
    } else if (!reading.brief.chords.empty() && reading.brief.chords != *symbols) {
      return reading.contradict("chords", "two chord progressions", extent, extent);
    } else {
      reading.use(extent);
      reading.explain("chords", *symbols, extent);
      reading.brief.chords = *symbols;
      // What is read in a key is in it.
      if (asked == TonalityAsk{}) {
        reading.brief.tonality = key;
        reading.explain("key", to_string(key), extent);
      }
    }
  }
}

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
#include "opening.hpp"

#include <algorithm>

namespace toccata::cli {
namespace {

template <class Change>
std::vector<Change> before(std::span<const Change> changes, Tick end) {
  std::vector<Change> kept;
  std::ranges::copy_if(changes, std::back_inserter(kept),
                       [&](const Change& change) { return change.at < end; });
  return kept;
}

/// Where the last whole bar ends that fits.
Tick end_of_opening(const Score& score, Seconds length) {
  Bar bar = score.meter.first_bar();
  while (score.meter.end_of(bar) < score.end &&
         score.tempo.seconds_at(score.meter.end_of(bar + 1)).value() <= length.value())
    bar = bar + 1;
  return score.meter.end_of(bar);
}

}  // namespace

Score opening_of(const Score& score, Seconds length) {
  Score opening = score;
  const Tick end = end_of_opening(score, length);
  opening.end = end;
  opening.tempo = TempoMap(score.ppq(), before(score.tempo.changes(), end));
  opening.meter = MeterMap(score.ppq(), before(score.meter.changes(), end), score.meter.pickup());
  opening.carried.clear();
  const auto is_later = [&](const auto& mark) { return mark.at >= end; };
  std::erase_if(opening.keys, is_later);
  std::erase_if(opening.sections, is_later);
  std::erase_if(opening.chords, is_later);
  for (Part& part : opening.parts) {
    std::erase_if(part.markings, is_later);
    std::erase_if(part.notes, [&](const Note& note) { return note.onset >= end; });
    for (Note& note : part.notes) note.duration = std::min(note.duration, end - note.onset);
  }
  return opening;
}

}  // namespace toccata::cli

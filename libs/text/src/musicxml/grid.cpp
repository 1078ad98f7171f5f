// SPDX-License-Identifier: MIT
#include "musicxml/grid.hpp"

#include <algorithm>
#include <numeric>

namespace toccata::musicxml::detail {
namespace {

/// The least common denominator of all places, or none where it passes what a Ppq can be.
std::optional<std::int64_t> common_denominator(const WrittenScore& score) {
  std::int64_t common = 1;
  const auto add = [&](Rational place) {
    if (common <= Ppq::kHighest) common = std::lcm(common, place.denominator());
  };
  for (const WrittenBar& bar : score.bars) add(bar.length);
  for (const WrittenPart& part : score.parts)
    for (const WrittenMeasure& measure : part.measures)
      for (const WrittenNote& note : measure.notes) {
        add(note.at);
        add(note.length);
      }
  return common <= Ppq::kHighest ? std::optional(common) : std::nullopt;
}

Read<Ppq> choose_ppq(const WrittenScore& score, Reading& reading) {
  constexpr std::int64_t kUsual = 480;
  // Of what lies off every grid most notes lie on this one: 2^5, 3^2, 5 and 7.
  constexpr int kFallback = 10'080;
  const auto needed = common_denominator(score);
  if (!needed) {
    reading.enter({}, {});
    TOCCATA_CHECK(reading.fault(Fault::TooFine, {}, "several tuplets"));
    return *Ppq::from_number(kFallback);
  }
  std::int64_t ppq = std::lcm(kUsual, *needed);
  if (ppq > Ppq::kHighest)
    ppq = *needed * std::max<std::int64_t>(1, (kUsual + *needed - 1) / *needed);
  return *Ppq::from_number(static_cast<int>(std::min<std::int64_t>(ppq, Ppq::kHighest)));
}

/// Events that playing makes; the limit keeps a small file from becoming a huge score.
Check check_size(const WrittenScore& score, const std::vector<int>& order, Reading& reading) {
  std::size_t events = 0;
  for (const WrittenPart& part : score.parts)
    for (int m : order) {
      const WrittenMeasure& measure = part.measures[static_cast<std::size_t>(m)];
      events += 1 + measure.notes.size() + measure.directions.size();
      if (events > kMostEvents)
        return reading.refuse(Fault::TooLong, {},
                              "over " + std::to_string(kMostEvents) + " events");
    }
  return {};
}

}  // namespace

Read<Grid> make_grid(const WrittenScore& score, const std::vector<int>& order, Reading& reading) {
  TOCCATA_CHECK(check_size(score, order, reading));
  TOCCATA_TRY(const Ppq ppq, choose_ppq(score, reading));
  // Half of what JSON can say, so that nothing that is put behind an end leaves it.
  constexpr Tick kLast{1'000'000'000};
  Grid grid{ppq, {}, Tick(0)};
  std::vector<int> passes(score.bars.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto m = static_cast<std::size_t>(order[i]);
    const bool follows = i > 0 && order[i - 1] + 1 == order[i];
    const Duration length = std::max(ppq.nearest(score.bars[m].length), Duration(1));
    grid.bars.push_back({order[i], ++passes[m], grid.end, length, follows});
    grid.end += length;
    if (grid.end > kLast) return reading.refuse(Fault::TooLong, {}, "a billion ticks");
  }
  return grid;
}

}  // namespace toccata::musicxml::detail

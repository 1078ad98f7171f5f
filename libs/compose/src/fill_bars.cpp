// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/compose/verbs.hpp>

#include "recall.hpp"
#include "version.hpp"

namespace toccata {
namespace {

ComposeError unable(std::string what) { return {ComposeError::Fault::Unable, std::move(what)}; }

Result<Score, ComposeError> fill_region(const Score& score, const Region& region,
                                        std::uint64_t seed, std::string verb, Progress* progress) {
  if (auto why = find_excess_of_bars(score)) return Unexpected{unable(*std::move(why))};
  const Settings settings = implied_settings(score, region, seed);
  const Plan plan = implied_plan(score, region, settings);
  const Task task{score, region, settings, plan};
  TOCCATA_TRY(Score filled, fill(*find_composer("rules"), task, Rng(seed), progress));
  const auto same = [](const Part& a, const Part& b) { return a.notes == b.notes; };
  const bool changed =
      !std::ranges::equal(filled.parts, score.parts, same) || filled.end != score.end;
  if (changed)
    filled.provenance.push_back({std::string(kVersion), std::move(verb), "rules", seed, "", {}});
  return filled;
}

}  // namespace

Result<Score, ComposeError> fill_bars(const Score& score, const FillAsk& ask, Progress* progress) {
  const int bars = score.bar_count();
  if (bars == 0) return Unexpected{unable("the score has no bars to fill")};
  if (ask.first < score.meter.first_bar() || ask.end <= ask.first || ask.end.index() > bars)
    return Unexpected{unable("bars " + std::to_string(ask.first.printed()) + " to " +
                             std::to_string(ask.end.index()) + " are not within the score's 1 to " +
                             std::to_string(bars))};
  Region region;
  for (const PartId part : ask.parts) {
    if (find_part(score, part) == nullptr)
      return Unexpected{unable("the score has no part " + std::to_string(part.number()))};
    region.cells.push_back({part, ask.first, ask.end});
  }
  if (region.cells.empty()) return Unexpected{unable("no part was named to be filled")};
  return fill_region(score, region, ask.seed, "fill", progress);
}

Result<Score, ComposeError> continue_score(const Score& score, int bars, std::uint64_t seed,
                                           Progress* progress) {
  const bool any =
      std::ranges::any_of(score.parts, [](const Part& part) { return !part.notes.empty(); });
  if (!any) return Unexpected{unable("the score has no notes to continue from")};
  const Meter& meter = score.meter.meter_at(score.end);
  if (const auto fits = check_length(bars, meter); !fits) return Unexpected{unable(fits.error())};
  // A last bar that is cut short is completed first: new bars begin on a bar line.
  auto wider = make_room(score, {bars, {}});
  if (!wider)
    return Unexpected{
        unable("cannot add " + std::to_string(bars) + " bars: " + describe(wider.error()))};
  Region region;
  const Bar first(score.bar_count());
  for (const Part& part : score.parts) region.cells.push_back({part.id, first, first + bars});
  return fill_region(*wider, region, seed, "continue", progress);
}

}  // namespace toccata

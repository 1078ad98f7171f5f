// SPDX-License-Identifier: MIT
#include <toccata/analysis/distinct.hpp>
#include <toccata/analysis/statistics.hpp>

#include "music_tables.hpp"

namespace toccata::cli {
namespace {

std::vector<StepRuns> runs_of(std::span<const Excerpt> excerpts, MatchBy match) {
  std::vector<StepRuns> all;
  for (const Excerpt& excerpt : excerpts) {
    StepRuns runs(DistinctMelodies::kRun);
    runs.add(steps_of(melody_of(excerpt), excerpt.score.ppq(), match));
    if (runs.size() >= DistinctMelodies::kFewestRuns) all.push_back(std::move(runs));
  }
  return all;
}

/// Of all pairs of pieces.
Distribution likenesses(std::span<const Excerpt> excerpts, MatchBy match) {
  const auto runs = runs_of(excerpts, match);
  std::vector<double> values;
  for (std::size_t i = 0; i < runs.size(); ++i)
    for (std::size_t j = i + 1; j < runs.size(); ++j)
      values.push_back(likeness_of(runs[i], runs[j]));
  return Distribution(std::move(values));
}

Json quantile(const Distribution& values, double share) {
  return values.empty() ? Json() : Json(values.quantile(share));
}

void add_row(const Sample& sample, MatchBy match, Table& table) {
  const Distribution ours = likenesses(sample.ours, match);
  const RealPieces& melodies = sample.real_melody();
  const Distribution real =
      melodies.excerpts == nullptr ? Distribution({}) : likenesses(*melodies.excerpts, match);
  const bool is_claimed = match == MatchBy::IntervalsAndRhythm;
  Json above, holds;
  if (!ours.empty() && !real.empty()) {
    const std::size_t count = ours.count_above(real.quantile(0.95));
    above = Json(static_cast<std::int64_t>(count));
    if (is_claimed) holds = Json(count == 0);
  }
  std::vector<Json> row{sample.genre, sample.bars,
                        is_claimed ? "intervals and rhythm" : "intervals"};
  const auto add = [&](const Distribution& values) {
    row.emplace_back(static_cast<std::int64_t>(values.size()));
    row.push_back(values.empty() ? Json() : Json(values.mean()));
    row.push_back(quantile(values, 0.95));
    row.push_back(quantile(values, 1));
  };
  add(ours);
  row.emplace_back(sample.name_of_real(0));
  add(real);
  row.push_back(std::move(above));
  row.emplace_back(static_cast<std::int64_t>(sample.passed_over));
  row.push_back(std::move(holds));
  table.rows.push_back(std::move(row));
}

}  // namespace

Table uniqueness_table(std::span<const Sample> samples) {
  Table table{
      "uniqueness",
      "Melodies of two pieces",
      "Of each pair of pieces of a genre: the runs of four intervals with their rhythm that both "
      "melodies have, over the different runs of the one with fewer (eight at least); whatever the "
      "keys. Holds when "
      "the most alike pair is at most as alike as 95 % of the pairs of real pieces are; runs of "
      "intervals alone are for comparison.",
      {{"genre", "genre"},
       {"bars", "bars"},
       {"runs_of", "runs of"},
       {"pairs", "pairs"},
       {"mean", "mean", Show::FourDigits},
       {"p95", "95th", Show::FourDigits},
       {"max", "most", Show::FourDigits},
       {"family", "real pieces"},
       {"real_pairs", "pairs"},
       {"real_mean", "mean", Show::FourDigits},
       {"real_p95", "95th", Show::FourDigits},
       {"real_max", "most", Show::FourDigits},
       {"above", "ours above real 95th"},
       {"passed_over", "seeds passed over"},
       {"holds", "holds"}},
      {}};
  for (const MatchBy match : {MatchBy::IntervalsAndRhythm, MatchBy::Intervals})
    for (const Sample& sample : samples) add_row(sample, match, table);
  return table;
}

}  // namespace toccata::cli

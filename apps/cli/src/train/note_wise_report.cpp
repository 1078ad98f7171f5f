// SPDX-License-Identifier: MIT
// report.md.
#include <fmt/format.h>

#include "note_wise_results.hpp"

namespace toccata::cli {
namespace {

using namespace learn;

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string rows_told(const NoteWiseResults& results) {
  const SampleCounts& counts = results.counts;
  std::string text =
      fmt::format("Source: {}. {} training rows, {} test rows, seed {}.\n", results.source,
                  results.train_rows, results.test_rows, results.seed);
  if (results.given_rows) {
    text += "The rows and their split were given as a table.\n";
    if (counts.clipped_velocities > 0)
      text += fmt::format("Velocities outside 20..127, clipped: {}.\n", counts.clipped_velocities);
    return text;
  }
  text += fmt::format(
      "Of {} files {} are broken, {} have no note and {} under ten; the others have {} notes, of "
      "which the rows were drawn.\n"
      "A note-on of velocity 0 ends a note: an extractor that waits for note-off messages finds no "
      "note in files that have none, as MAESTRO's.\n",
      counts.files, counts.broken.size(), counts.without, counts.too_short, counts.notes);
  if (counts.broken.empty()) return text;
  constexpr std::size_t kNamed = 50;
  text += fmt::format("\nBroken files{}:\n\n",
                      counts.broken.size() > kNamed ? " (the first 50; log.jsonl has all)" : "");
  for (std::size_t i = 0; i < std::min(kNamed, counts.broken.size()); ++i)
    text += fmt::format("- `{}`: {}\n", counts.broken[i].file, counts.broken[i].fault);
  return text;
}

constexpr std::string_view kWarnings =
    "Notes, not pieces, are split at random, so that each performance lies on both sides. "
    "`duration` is a feature and, clipped, a target: figures for duration show that a column can "
    "be copied, which is leakage. `duration_without_leak` leaves it out.\n";

std::string metrics_table(const NoteWiseResults& results, NoteTarget target) {
  std::string text = fmt::format(
      "\n### {}\n\n"
      "| learner | R2 test | R2 train | MAE test | MAE train | RMSE test | RMSE train | errors "
      "under "
      "10 | 10 to 20 | over 20 | fit, s |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|\n",
      name_of(target));
  for (const Learner learner : kLearners) {
    const LearnerResult& result = results.at(target, learner);
    const Metrics &test = result.test, &train = result.train;
    text += fmt::format(
        "| {} | {:.4f} | {:.4f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {} | {} | {} | {:.2f} |\n",
        name_of(learner), test.r2, train.r2, test.mae, train.mae, test.rmse, train.rmse,
        percent(test.under_10), percent(test.from_10_to_20), percent(test.over_20),
        result.fit_seconds);
  }
  return text;
}

std::string importance_table(const NoteWiseResults& results) {
  std::string text =
      "\n## Importances\n\nShares of what splits gain; of a linear model, of the sizes "
      "of its coefficients.\n\n| target | learner |";
  for (const std::string_view feature : kNoteWiseFeatures) text += fmt::format(" {} |", feature);
  text += "\n|---|---|---|---|---|---|---|---|---|\n";
  for (const NoteTarget target : kNoteTargets)
    for (const Learner learner : kLearners) {
      text += fmt::format("| {} | {} |", name_of(target), name_of(learner));
      for (const double share : results.at(target, learner).importances)
        text += fmt::format(" {:.3f} |", share);
      text += "\n";
    }
  return text;
}

std::string curve_table(const NoteWiseResults& results) {
  std::string text =
      "\n## Learning curves\n\nTest R2 by the number of training rows.\n\n"
      "| target | rows | linear | forest |\n|---|---|---|---|\n";
  for (const auto& [target, curve] : results.curves)
    for (std::size_t i = 0; i < curve.rows.size(); ++i)
      text += fmt::format("| {} | {:.0f} | {:.4f} | {:.4f} |\n", name_of(target), curve.rows[i],
                          curve.linear[i], curve.forest[i]);
  return text;
}

std::string error_table(const NoteWiseResults& results) {
  std::string text =
      "\n## Where velocities are missed\n\nThe forest on the test rows; bias is "
      "predicted less played.\n\n"
      "| by | rows | number | MAE | bias |\n|---|---|---|---|---|\n";
  std::string unknown;
  for (const ErrorSplit& split : results.errors) {
    if (split.groups.empty()) unknown += (unknown.empty() ? "" : ", ") + split.by;
    for (const ErrorGroup& group : split.groups)
      text += fmt::format("| {} | {} | {} | {:.2f} | {:+.2f} |\n", split.by, group.name, group.rows,
                          group.mae, group.bias);
  }
  if (unknown.empty()) return text;
  return text + fmt::format("\nNot known of these rows: {}.{}\n", unknown,
                            results.given_rows ? " A table of the seven features does not tell it."
                                               : " Bars are believed where onsets keep to them.");
}

/// Figures that other reports of this protocol give, ours, and why they differ.
struct Reported {
  std::string what, elsewhere, ours, why;
};

std::vector<Reported> velocity_rows(const NoteWiseResults& results) {
  const LearnerResult& forest = results.at(NoteTarget::Velocity, Learner::Forest);
  const auto r2 = [&](Learner learner) {
    return fmt::format("{:.2f}", results.at(NoteTarget::Velocity, learner).test.r2);
  };
  const auto& share = forest.importances;
  return {
      {"velocity, forest: R2 test (train)", "0.1882 (0.3325)",
       fmt::format("{:.4f} ({:.4f})", forest.test.r2, forest.train.r2),
       "other notes of other files; most of the gap from train to test is one player's habits, "
       "learned by heart"},
      {"velocity, forest: MAE, RMSE", "13.24, 17.45",
       fmt::format("{:.2f}, {:.2f}", forest.test.mae, forest.test.rmse),
       "errors grow with the spread of the velocities drawn"},
      {"velocity R2: linear, tree, forest, boosting", "0.05, 0.15, 0.19, 0.21",
       r2(Learner::Linear) + ", " + r2(Learner::Tree) + ", " + r2(Learner::Forest) + ", " +
           r2(Learner::Boosting),
       "seven numbers of a note say little of how loud it is, whoever learns from them"},
      {"velocity importances: seq_pos, pitch, local_density, pitch_interval", "28, 18, 16, 14 %",
       fmt::format("{:.0f}, {:.0f}, {:.1f}, {:.0f} %", 100 * share[4], 100 * share[0],
                   100 * share[5], 100 * share[1]),
       fmt::format("density as defined is 13 in {} of the rows: a constant has no importance",
                   percent(results.full_density))},
  };
}

std::vector<Reported> duration_rows(const NoteWiseResults& results) {
  const LearnerResult& forest = results.at(NoteTarget::Duration, Learner::Forest);
  const LearnerResult& honest = results.at(NoteTarget::DurationWithoutLeak, Learner::Forest);
  const auto r2 = [&](Learner learner) {
    return fmt::format("{:.2f}", results.at(NoteTarget::Duration, learner).test.r2);
  };
  const auto& share = forest.importances;
  return {
      {"duration, forest: R2 test (train)", "0.9842 (0.9999)",
       fmt::format("{:.4f} ({:.4f})", forest.test.r2, forest.train.r2),
       fmt::format("leakage: `duration` is an input; without it the forest's test R2 is {:.4f}",
                   honest.test.r2)},
      {"duration, forest: MAE, RMSE (ticks)", "45.2, 78.5",
       fmt::format("{:.1f}, {:.1f}", forest.test.mae, forest.test.rmse),
       fmt::format("{} of the rows are clipped to the one value 100", percent(results.shortest))},
      {"duration R2: linear, tree, forest, boosting", "0.72, 0.88, 0.98, 0.97",
       r2(Learner::Linear) + ", " + r2(Learner::Tree) + ", " + r2(Learner::Forest) + ", " +
           r2(Learner::Boosting),
       "copying a column and clipping it is easy for all of them"},
      {"duration importances: duration, local_density, pitch_interval, seq_pos", "35, 22, 15, 12 %",
       fmt::format("{:.0f}, {:.1f}, {:.1f}, {:.1f} %", 100 * share[6], 100 * share[5],
                   100 * share[1], 100 * share[4]),
       "a target that is one of the inputs leaves nothing for the others, so the figures elsewhere "
       "cannot come of these definitions"},
  };
}

std::string reported_table(const NoteWiseResults& results) {
  std::string text =
      "\n## Reported elsewhere\n\n| figure | reported elsewhere | we get | why |\n"
      "|---|---|---|---|\n";
  for (const auto& rows : {velocity_rows(results), duration_rows(results)})
    for (const Reported& row : rows)
      text += fmt::format("| {} | {} | {} | {} |\n", row.what, row.elsewhere, row.ours, row.why);
  return text;
}

}  // namespace

std::string to_markdown(const NoteWiseResults& results) {
  std::string text = "# Note-wise protocol\n\n" + rows_told(results) + "\n" +
                     std::string(kWarnings) + "\n## Learners\n";
  for (const NoteTarget target : kNoteTargets) text += metrics_table(results, target);
  text += "\n![Learners, importances, learning curves, errors](report.svg)\n";
  return text + importance_table(results) + curve_table(results) + error_table(results) +
         reported_table(results);
}

}  // namespace toccata::cli

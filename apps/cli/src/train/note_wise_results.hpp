// SPDX-License-Identifier: MIT
// What a note-wise run found out, and how it is told: JSON, Markdown, a picture.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <toccata/base/json.hpp>
#include <toccata/learn/note_wise_run.hpp>

namespace toccata::cli {

struct LearnerResult {
  learn::Metrics train, test;
  double fit_seconds = 0;
  std::array<double, 7> importances{};
};

/// Test R2 by the number of training rows.
struct Curve {
  std::vector<double> rows, linear, forest;
};

struct NoteWiseResults {
  std::string source;  ///< the data or the table, as it was named
  std::uint64_t seed = 0;
  bool given_rows = false;  ///< a table, whose rows some other program drew
  std::size_t train_rows = 0, test_rows = 0;
  learn::SampleCounts counts;
  double full_density = 0;  ///< share of the rows with a local density of 13
  double shortest = 0;      ///< share of the rows whose duration is clipped to 100
  std::map<learn::NoteTarget, std::map<learn::Learner, LearnerResult>> targets;
  std::map<learn::NoteTarget, Curve> curves;  ///< of velocity and duration
  std::vector<learn::ErrorSplit> errors;      ///< of the velocity forest, test rows

  const LearnerResult& at(learn::NoteTarget target, learn::Learner learner) const {
    return targets.at(target).at(learner);
  }
};

Json to_json(const learn::Metrics& metrics);
/// model.json (docs/cli.md).
Json to_json(const NoteWiseResults& results);
/// report.md.
std::string to_markdown(const NoteWiseResults& results);
/// report.svg.
std::string to_svg(const NoteWiseResults& results);

}  // namespace toccata::cli

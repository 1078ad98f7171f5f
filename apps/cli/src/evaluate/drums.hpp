// SPDX-License-Identifier: MIT
// How well a learned drummer foretells takes that it has not learned from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "expression.hpp"

#include <toccata/learn/drum_figures.hpp>

namespace toccata::cli {

/// Figures over some of the takes.
struct DrumRow {
  DrumTarget target;
  std::string over;  ///< "all", "new_sessions", or a style
  learn::DrumFigures figures;
};
struct DrumReport {
  std::string model, data;
  std::size_t takes = 0, left_out = 0;
  learn::SplitCheck split;
  std::vector<DrumRow> rows;
  learn::Agreement learned, curve;  ///< of velocities: the model, and the rules of `curve`
  std::vector<std::string> faults;
};

/// Whether a folder or archive holds takes in Groove's layout, and no scores beside them.
bool holds_drums(const std::filesystem::path& data);

/// Takes of a folder in Groove's layout that are on the test side of its split, or on none.
Outcome<DrumReport> evaluate_drums(const ExpressionOptions& options);
/// The figures of a model over the held takes of a set: all, those of sessions from which nothing
/// was learned, and each style. Range: at least one held take.
DrumReport drum_report(const DrumModel& model, const learn::DrumSet& set, std::uint64_t seed);

std::string to_text(const DrumReport& report);
/// `toccata.drums-expression/1` (docs/cli.md).
Json to_json(const DrumReport& report);

}  // namespace toccata::cli

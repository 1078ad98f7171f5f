// SPDX-License-Identifier: MIT
// How well a model of expression foretells performances that it has not learned from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/playing.hpp"
#include "failure.hpp"

#include <toccata/base/json.hpp>
#include <toccata/learn/expression_figures.hpp>
#include <toccata/learn/expression_fit.hpp>
#include <toccata/learn/prepared.hpp>
#include <toccata/learn/time_counts.hpp>

namespace toccata::cli {

struct ExpressionOptions {
  std::filesystem::path data;
  std::string model = "classical";
  std::uint64_t seed = 1;  ///< of the intervals
};

/// Who foretells: a learner of the model, or the performer `curve`.
enum class By : std::uint8_t { Learner, Curve };
/// The figures of one of them.
struct ExpressionRow {
  learn::ExpressionTask task;
  learn::Form form = learn::Form::Page;
  learn::ExpressionFigures figures;
  By by = By::Learner;
};
/// Times as others count them; of pages.
struct TimesRow {
  learn::TimeCount count;
  std::optional<Inputs> inputs;  ///< none: the written length at the median tempo
  learn::ExpressionFigures figures;
};
struct ExpressionReport {
  ExpressionOptions options;
  std::string model;
  std::size_t pieces = 0, performances = 0;
  std::vector<ExpressionRow> rows;
  std::vector<TimesRow> times;
  std::vector<PlayedBy> players;    ///< people, the model, the rules
  std::vector<std::string> faults;  ///< what could not be read
};

/// Pieces of a folder in ASAP's layout that are on the test side of the model's split, or on none.
Outcome<ExpressionReport> evaluate_expression(const ExpressionOptions& options);
/// "score_marks", or of a score that came as MIDI "score_marks_of_midi".
std::string inputs_of(const ExpressionRow& row);
/// The figures of every learner of a model on the pieces of one side of the split, or of all; and
/// of `curve` for the velocities of the same notes.
std::vector<ExpressionRow> expression_figures(const ExpressionModel& model,
                                              const learn::PreparedSet& set,
                                              std::optional<learn::Split> side, std::uint64_t seed);
/// A Markdown table of them, a row for each target and inputs, the baseline beside the model.
std::string to_text(std::span<const ExpressionRow> rows);
Json to_json(std::span<const ExpressionRow> rows);

std::string to_text(const ExpressionReport& report);
/// `toccata.expression/1` (docs/cli.md).
Json to_json(const ExpressionReport& report);

}  // namespace toccata::cli

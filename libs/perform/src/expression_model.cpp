// SPDX-License-Identifier: MIT
#include <toccata/perform/expression_model.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toccata/perform/targets.hpp>

namespace toccata {
namespace {

using Learner = ExpressionModel::Learner;

constexpr std::string_view kTargetNames[] = {"velocity",    "beat_slowness", "chord_slowness",
                                             "lag",         "articulation",  "pedal_down",
                                             "pedal_change"};
constexpr std::string_view kInputsNames[] = {"score", "score_marks", "score_marks_timing",
                                             "autoregressive_teacher"};
constexpr std::string_view kLearnerNames[] = {"model", "baseline"};
constexpr const char* kFormat = "toccata.expression/1";

std::string prefix_of(Learner learner, Target target, Inputs inputs) {
  return fmt::format("{}.{}.{}.", kLearnerNames[static_cast<std::size_t>(learner)], name_of(target),
                     name_of(inputs));
}

/// Calls `visit` with each combination and its prefix.
template <class Visit>
void for_each_learner(const Visit& visit) {
  for (const Learner learner : {Learner::Model, Learner::Baseline})
    for (std::size_t target = 0; target < kTargets; ++target)
      for (std::size_t inputs = 0; inputs < kInputs; ++inputs)
        visit(learner, static_cast<Target>(target), static_cast<Inputs>(inputs));
}

/// The columns of a score of one note: they are the same for all.
struct Columns {
  std::vector<std::string> score, marks, timing;
  Columns() {
    Score one;
    Part part;
    Note note;
    note.duration = Duration(one.ppq().ticks());
    part.notes.push_back(note);
    one.parts.push_back(part);
    one.end = note.end();
    const PlayingOrder order(one);
    score = score_features(order).names();
    marks = mark_features(order, nullptr).names();
    timing = timing_features(order, {{0}, {1}}).names();
  }
};

std::string column_key(Target target, Inputs inputs) {
  return fmt::format("columns.{}.{}", name_of(target), name_of(inputs));
}

Result<void, ModelError> check_columns(const ml::Weights& weights, Target target, Inputs inputs) {
  const std::string key = column_key(target, inputs);
  const auto found = weights.metadata.find(key);
  if (found == weights.metadata.end())
    return Unexpected{ModelError{fmt::format("its metadata lacks \"{}\"", key)}};
  const auto columns = columns_of(target, inputs);
  const std::string expected = fmt::format("{}", fmt::join(columns, ","));
  if (found->second == expected) return {};
  const auto [ours, theirs] = std::ranges::mismatch(expected, found->second);
  const auto at = static_cast<std::size_t>(ours - expected.begin());
  return Unexpected{ModelError{fmt::format(
      "\"{}\" names other columns than this version computes, from \"{}\" on (\"{}\" is "
      "needed)",
      key, found->second.substr(at, 40), expected.substr(at, 40))}};
}

Result<Spread, ModelError> read_spread(const ml::Weights& weights, Target target) {
  const std::string name = fmt::format("spread.{}", name_of(target));
  if (weights.find(name) == nullptr) return Spread{};
  constexpr std::array<std::size_t, 1> kTwo{2};
  const auto values = weights.values<double>(name, kTwo);
  if (!values) return Unexpected{ModelError{describe(values.error())}};
  const Spread spread{(*values)[0], (*values)[1]};
  constexpr double kMostDeviation = 1000;
  const bool is_sound = spread.deviation >= 0 && spread.deviation <= kMostDeviation &&
                        spread.persistence >= 0 && spread.persistence < 1;
  if (!is_sound)
    return Unexpected{ModelError{fmt::format(
        "tensor {}: {} and {}, but a deviation in [0, 1000] and a persistence in [0, 1) are needed",
        name, spread.deviation, spread.persistence)}};
  return spread;
}

}  // namespace

std::string_view name_of(Target target) { return kTargetNames[static_cast<std::size_t>(target)]; }
bool is_of_notes(Target target) {
  return target == Target::NoteVelocity || target == Target::Lag || target == Target::Articulation;
}
std::string_view name_of(Inputs inputs) { return kInputsNames[static_cast<std::size_t>(inputs)]; }
std::string describe(const ModelError& error) { return error.what; }

std::vector<std::string> columns_of(Target target, Inputs inputs) {
  static const Columns kColumns;
  std::vector<std::string> columns = kColumns.score;
  const auto append = [&](const std::vector<std::string>& more) {
    columns.insert(columns.end(), more.begin(), more.end());
  };
  if (inputs != Inputs::Score) append(kColumns.marks);
  const bool timed = target == Target::NoteVelocity;
  if (inputs == Inputs::Timing || (inputs == Inputs::History && timed)) append(kColumns.timing);
  if (inputs == Inputs::History) append(is_of_notes(target) ? history_names() : series_names());
  return columns;
}

Result<ExpressionModel, ModelError> ExpressionModel::load(const ml::Weights& weights) {
  const auto format = weights.metadata.find("format");
  if (format == weights.metadata.end() || format->second != kFormat)
    return Unexpected{ModelError{fmt::format(
        "its metadata names the format \"{}\", but {} is needed",
        format == weights.metadata.end() ? "" : format->second.substr(0, 60), kFormat)}};
  ExpressionModel model;
  std::optional<ModelError> error;
  for_each_learner([&](Learner learner, Target target, Inputs inputs) {
    const std::string prefix = prefix_of(learner, target, inputs);
    const bool is_there = std::ranges::any_of(
        weights.tensors, [&](const ml::Tensor& tensor) { return tensor.name.starts_with(prefix); });
    if (error || !is_there) return;
    if (const auto checked = check_columns(weights, target, inputs); !checked) {
      error = checked.error();
      return;
    }
    auto trees = ml::Trees::load(weights, prefix);
    if (!trees) error = ModelError{describe(trees.error())};
    else if (trees->features() != columns_of(target, inputs).size())
      error = ModelError{fmt::format("{}: trees of {} columns, but {} are needed", prefix,
                                     trees->features(), columns_of(target, inputs).size())};
    else model.put(learner, target, inputs, *std::move(trees));
  });
  if (error) return Unexpected{*std::move(error)};
  if (model.trees_.empty()) return Unexpected{ModelError{"it holds no learner"}};
  for (std::size_t target = 0; target < kTargets; ++target) {
    TOCCATA_TRY(model.spreads_[target], read_spread(weights, static_cast<Target>(target)));
  }
  return model;
}

void ExpressionModel::save(ml::Weights& weights) const {
  weights.metadata["format"] = kFormat;
  for_each_learner([&](Learner learner, Target target, Inputs inputs) {
    const ml::Trees* trees = find(learner, target, inputs);
    if (trees == nullptr) return;
    weights.metadata[column_key(target, inputs)] =
        fmt::format("{}", fmt::join(columns_of(target, inputs), ","));
    trees->save(weights, prefix_of(learner, target, inputs));
  });
  for (std::size_t target = 0; target < kTargets; ++target) {
    const std::array<double, 2> values{spreads_[target].deviation, spreads_[target].persistence};
    weights.tensors.push_back(ml::make_tensor<double>(
        fmt::format("spread.{}", name_of(static_cast<Target>(target))), {2}, values));
  }
}

const ml::Trees* ExpressionModel::find(Learner learner, Target target, Inputs inputs) const {
  const auto found = trees_.find(prefix_of(learner, target, inputs));
  return found == trees_.end() ? nullptr : &found->second;
}

void ExpressionModel::put(Learner learner, Target target, Inputs inputs, ml::Trees trees) {
  trees_.insert_or_assign(prefix_of(learner, target, inputs), std::move(trees));
}

}  // namespace toccata

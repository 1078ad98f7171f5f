// SPDX-License-Identifier: MIT
#include <toccata/perform/expression_model.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toccata/perform/past.hpp>

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

std::string reader_name(Inputs inputs) { return fmt::format("network.{}", name_of(inputs)); }

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

template <class Visit>
void for_each_subject(const Visit& visit) {
  for (std::size_t target = 0; target < kTargets; ++target)
    for (std::size_t inputs = 0; inputs < kInputs; ++inputs)
      visit(static_cast<Target>(target), static_cast<Inputs>(inputs));
}

bool holds(const ml::Weights& weights, const std::string& prefix) {
  return std::ranges::any_of(
      weights.tensors, [&](const ml::Tensor& tensor) { return tensor.name.starts_with(prefix); });
}

bool is_needed(ExpressionModel::Needed needed, Learner learner, Inputs inputs) {
  return needed == ExpressionModel::Needed::All ||
         (learner == Learner::Model && inputs == Inputs::Marks);
}
bool is_player_needed(ExpressionModel::Needed needed, Inputs inputs) {
  return needed != ExpressionModel::Needed::Expecting && is_needed(needed, Learner::Model, inputs);
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

Result<void, ModelError> check_columns(const ml::Weights& weights, const std::string& key,
                                       const std::vector<std::string>& columns) {
  const auto found = weights.metadata.find(key);
  if (found == weights.metadata.end())
    return Unexpected{ModelError{fmt::format("its metadata lacks \"{}\"", key)}};
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

std::string share_name(Target target, Inputs inputs) {
  return fmt::format("share.{}.{}", name_of(target), name_of(inputs));
}

Result<double, ModelError> read_share(const ml::Weights& weights, Target target, Inputs inputs) {
  const std::string name = share_name(target, inputs);
  if (weights.find(name) == nullptr) return 0.0;
  constexpr std::array<std::size_t, 1> kOne{1};
  const auto values = weights.values<double>(name, kOne);
  if (!values) return Unexpected{ModelError{describe(values.error())}};
  const double share = values->front();
  if (!(share >= 0 && share <= 1))
    return Unexpected{
        ModelError{fmt::format("tensor {}: {}, but a share in [0, 1] is needed", name, share)}};
  return share;
}

ModelError wrong_size(const std::string& prefix, const char* what, std::size_t found,
                      std::size_t needed) {
  return {fmt::format("{}: a network of {} {}, but {} are needed", prefix, found, what, needed)};
}

Result<ml::SequenceReader, ModelError> load_reader(const ml::Weights& weights,
                                                   const std::string& prefix, Inputs inputs) {
  const auto columns = columns_of(Target::NoteVelocity, inputs);
  TOCCATA_CHECK(check_columns(weights, prefix + ".columns", columns));
  auto reader = ml::SequenceReader::load(weights, prefix);
  if (!reader) return Unexpected{ModelError{describe(reader.error())}};
  if (reader->encoder.features() != columns.size())
    return Unexpected{wrong_size(prefix, "columns", reader->encoder.features(), columns.size())};
  if (reader->outputs() != reader_targets(inputs).size())
    return Unexpected{
        wrong_size(prefix, "targets", reader->outputs(), reader_targets(inputs).size())};
  return *std::move(reader);
}

/// `reader` is the one of its heard_inputs() in the same file, if there is one.
Result<ml::SequencePlayer, ModelError> load_player(const ml::Weights& weights,
                                                   const std::string& prefix, Target target,
                                                   Inputs inputs,
                                                   const ml::SequenceReader* reader) {
  const auto& past = past_names(target);
  TOCCATA_CHECK(check_columns(weights, prefix + ".past", past));
  const std::string needed = reader_name(heard_inputs(target, inputs));
  const auto named = weights.metadata.find(prefix + ".reader");
  if (named == weights.metadata.end() || named->second != needed)
    return Unexpected{ModelError{fmt::format(
        "{}: hears through {}, but {} is needed", prefix,
        named == weights.metadata.end() ? "no reader" : named->second.substr(0, 40), needed)}};
  if (reader == nullptr)
    return Unexpected{
        ModelError{fmt::format("{}: hears through {}, which is not there", prefix, needed)}};
  auto player = ml::SequencePlayer::load(weights, prefix, reader->encoder.width());
  if (!player) return Unexpected{ModelError{describe(player.error())}};
  if (player->past.features() != past.size())
    return Unexpected{
        wrong_size(prefix, "numbers of the past", player->past.features(), past.size())};
  return *std::move(player);
}

}  // namespace

std::string_view name_of(Target target) { return kTargetNames[static_cast<std::size_t>(target)]; }
Elements elements_of(Target target) {
  switch (target) {
    case Target::NoteVelocity:
    case Target::Lag:
    case Target::Articulation: return Elements::Notes;
    case Target::BeatSlowness: return Elements::Beats;
    case Target::ChordSlowness:
    case Target::PedalDown:
    case Target::PedalChange: break;
  }
  return Elements::Chords;
}
std::string_view name_of(Inputs inputs) { return kInputsNames[static_cast<std::size_t>(inputs)]; }
std::string describe(const ModelError& error) { return error.what; }

std::span<const Target> reader_targets(Inputs inputs) {
  static constexpr Target kAll[] = {
      Target::NoteVelocity, Target::BeatSlowness, Target::ChordSlowness, Target::Lag,
      Target::Articulation, Target::PedalDown,    Target::PedalChange};
  static_assert(std::size(kAll) == kTargets);
  if (inputs == Inputs::History) return {};
  return std::span(kAll).first(inputs == Inputs::Marks ? kTargets : 1);
}

Inputs heard_inputs(Target target, Inputs inputs) {
  if (inputs != Inputs::History) return inputs;
  return target == Target::NoteVelocity ? Inputs::Timing : Inputs::Marks;
}

std::vector<std::string> columns_of(Target target, Inputs inputs) {
  static const Columns kColumns;
  std::vector<std::string> columns = kColumns.score;
  const auto append = [&](const std::vector<std::string>& more) {
    columns.insert(columns.end(), more.begin(), more.end());
  };
  if (inputs != Inputs::Score) append(kColumns.marks);
  if (heard_inputs(target, inputs) == Inputs::Timing) append(kColumns.timing);
  if (inputs == Inputs::History) append(past_names(target));
  return columns;
}

Result<ExpressionModel, ModelError> ExpressionModel::load(const ml::Weights& weights,
                                                          Needed needed) {
  const auto format = weights.metadata.find("format");
  if (format == weights.metadata.end() || format->second != kFormat)
    return Unexpected{ModelError{fmt::format(
        "its metadata names the format \"{}\", but {} is needed",
        format == weights.metadata.end() ? "" : format->second.substr(0, 60), kFormat)}};
  ExpressionModel model;
  std::optional<ModelError> error;
  for_each_learner([&](Learner learner, Target target, Inputs inputs) {
    const std::string prefix = prefix_of(learner, target, inputs);
    if (error || !is_needed(needed, learner, inputs) || !holds(weights, prefix)) return;
    if (const auto checked =
            check_columns(weights, column_key(target, inputs), columns_of(target, inputs));
        !checked) {
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
  if (model.trees_.empty() && !holds(weights, "network."))
    return Unexpected{ModelError{"it holds no learner"}};
  for (std::size_t target = 0; target < kTargets; ++target) {
    TOCCATA_TRY(model.spreads_[target], read_spread(weights, static_cast<Target>(target)));
  }
  TOCCATA_CHECK(model.add_networks(weights, needed));
  for_each_subject([&](Target target, Inputs inputs) {
    const auto share = read_share(weights, target, inputs);
    if (!share) error = share.error();
    else if (*share > 0) model.set_network_share(target, inputs, *share);
  });
  if (error) return Unexpected{*std::move(error)};
  return model;
}

Result<void, ModelError> ExpressionModel::add_networks(const ml::Weights& weights, Needed needed) {
  std::map<Inputs, ml::SequenceReader> readers;
  std::map<Subject, ml::SequencePlayer> players;
  std::optional<ModelError> error;
  const auto check = [&](const auto& checked) {
    if (!checked && !error) error = checked.error();
    return checked.has_value();
  };
  for (std::size_t i = 0; i + 1 < kInputs; ++i) {
    const auto inputs = static_cast<Inputs>(i);
    const std::string prefix = reader_name(inputs);
    if (!is_needed(needed, Learner::Model, inputs) || !holds(weights, prefix + ".")) continue;
    auto reader = load_reader(weights, prefix, inputs);
    if (check(reader)) readers.emplace(inputs, *std::move(reader));
  }
  for_each_subject([&](Target target, Inputs inputs) {
    const std::string prefix = fmt::format("player.{}.{}", name_of(target), name_of(inputs));
    if (!is_player_needed(needed, inputs) || !holds(weights, prefix + ".")) return;
    const auto heard = readers.find(heard_inputs(target, inputs));
    auto player = load_player(weights, prefix, target, inputs,
                              heard == readers.end() ? nullptr : &heard->second);
    if (check(player)) players.emplace(Subject(target, inputs), *std::move(player));
  });
  if (error) return Unexpected{*std::move(error)};
  // Players stay with the reader that they were trained with.
  std::erase_if(players_, [&](const auto& entry) {
    return readers.contains(heard_inputs(entry.first.first, entry.first.second));
  });
  for (auto& [inputs, reader] : readers) readers_.insert_or_assign(inputs, std::move(reader));
  for (auto& [subject, player] : players) players_.insert_or_assign(subject, std::move(player));
  return {};
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
  for (const auto& [subject, share] : shares_)
    weights.tensors.push_back(ml::make_tensor<double>(share_name(subject.first, subject.second),
                                                      {1}, std::span(&share, 1)));
}

const ml::Trees* ExpressionModel::find(Learner learner, Target target, Inputs inputs) const {
  const auto found = trees_.find(prefix_of(learner, target, inputs));
  return found == trees_.end() ? nullptr : &found->second;
}

const ml::SequenceReader* ExpressionModel::reader(Inputs inputs) const {
  const auto found = readers_.find(inputs);
  return found == readers_.end() ? nullptr : &found->second;
}

const ml::SequencePlayer* ExpressionModel::player(Target target, Inputs inputs) const {
  const auto found = players_.find({target, inputs});
  return found == players_.end() ? nullptr : &found->second;
}

const ml::SequencePlayer* ExpressionModel::player_told(Target target) const {
  const ml::SequencePlayer* own = player(target, Inputs::History);
  const Inputs heard = heard_inputs(target, Inputs::History);
  return own == nullptr && heard == Inputs::Marks ? player(target, heard) : own;
}

double ExpressionModel::network_share(Target target, Inputs inputs) const {
  const auto found = shares_.find({target, inputs});
  return found == shares_.end() ? 0 : found->second;
}

void ExpressionModel::set_network_share(Target target, Inputs inputs, double share) {
  shares_.insert_or_assign(Subject(target, inputs), share);
}

void ExpressionModel::put(Learner learner, Target target, Inputs inputs, ml::Trees trees) {
  trees_.insert_or_assign(prefix_of(learner, target, inputs), std::move(trees));
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include <toccata/perform/foretelling.hpp>

#include <algorithm>
#include <utility>

#include <toccata/base/assert.hpp>
#include <toccata/perform/past.hpp>
#include <toccata/perform/targets.hpp>

#include "feature_columns.hpp"

namespace toccata {
namespace {

/// Trees and network in proportion; what there is of the two.
std::vector<double> mixed(std::vector<double> trees, const std::vector<double>& network,
                          double share) {
  if (trees.empty()) return network;
  if (share <= 0) return trees;
  for (std::size_t i = 0; i < network.size(); ++i)
    trees[i] = (1 - share) * trees[i] + share * network[i];
  return trees;
}

/// The columns of the notes at some places alone.
NoteFeatures columns_at(const NoteFeatures& features, std::span<const std::size_t> places) {
  NoteFeatures columns(places.size());
  for (std::size_t c = 0; c < features.names().size(); ++c) {
    const auto from = features.column(c);
    const auto to = columns.add(features.names()[c]);
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = from[places[i]];
  }
  return columns;
}

std::vector<double> next_by_trees(const ml::Trees& trees, const Sequence& sequence,
                                  std::span<const float> series) {
  NoteFeatures columns = columns_at(sequence.features, sequence.places);
  const std::size_t rows = columns.rows();
  const auto& names = past_names(sequence.target);
  Past past(sequence.order, sequence.target, sequence.places);
  std::vector<float> table(rows * names.size());
  for (std::size_t i = 0; i < rows; ++i) {
    past.tell(std::span(table).subspan(i * names.size(), names.size()));
    past.add(series[i]);
  }
  for (std::size_t c = 0; c < names.size(); ++c) {
    const auto column = columns.add(names[c]);
    for (std::size_t i = 0; i < rows; ++i) column[i] = table[i * names.size() + c];
  }
  return trees.predict(columns.view(), 1);
}

/// Lets a player hear every note, as a reader `encoded` it, and asks `value_of` for each element
/// when its place is heard: a note's past is that of the first element that is not before it.
/// `past`: that of none yet.
template <class ValueOf>
std::vector<double> listen(const ml::SequencePlayer& player, std::span<const float> encoded,
                           const Sequence& sequence, Past past, const ValueOf& value_of) {
  ml::PlayerState state = player.begin(encoded);
  std::vector<float> told(past_names(sequence.target).size());
  std::vector<double> values;
  values.reserve(sequence.places.size());
  for (std::size_t note = 0; values.size() < sequence.places.size(); ++note) {
    past.tell(told);
    player.hear(told, state);
    if (note != sequence.places[values.size()]) continue;
    const auto [value, remembered] = value_of(values.size(), state);
    values.push_back(value);
    past.add(static_cast<float>(remembered));
  }
  return values;
}

std::vector<double> next_by_network(const ml::SequencePlayer& player,
                                    const ml::SequenceReader& reader, const Sequence& sequence,
                                    std::span<const float> series) {
  const auto encoded = reader.encoder.forward(sequence.features.view());
  const auto expect_one = [&](std::size_t element, ml::PlayerState& state) {
    return std::pair(player.expected(state), static_cast<double>(series[element]));
  };
  return listen(player, encoded, sequence, Past(sequence.order, sequence.target, sequence.places),
                expect_one);
}

}  // namespace

Foretelling::Foretelling(const ExpressionModel& model, Inputs inputs, const PlayingOrder& order,
                         const NoteFeatures& features)
    : model_(model), inputs_(inputs), order_(order), features_(features) {
  TOCCATA_ASSERT(inputs != Inputs::History);
}

std::span<const float> Foretelling::heard() {
  if (heard_.empty()) heard_ = model_.reader(inputs_)->encoder.forward(features_.view());
  return heard_;
}

std::vector<double> Foretelling::read(Target target, std::span<const std::size_t> places) {
  const auto targets = reader_targets(inputs_);
  const auto column =
      static_cast<std::size_t>(std::ranges::find(targets, target) - targets.begin());
  const ml::SequenceReader* reader = model_.reader(inputs_);
  if (reader == nullptr || column == targets.size()) return {};
  if (reading_.empty()) reading_ = reader->foretell(heard());
  std::vector<double> values;
  values.reserve(places.size());
  for (const std::size_t place : places)
    values.push_back(static_cast<double>(reading_[place * targets.size() + column]));
  return values;
}

std::vector<double> Foretelling::of(Target target, std::span<const std::size_t> places,
                                    Learner learner) {
  std::vector<double> by_trees;
  if (const ml::Trees* trees = model_.find(learner, target, inputs_))
    by_trees = trees->predict(columns_at(features_, places).view(), 1);
  const double share = model_.network_share(target, inputs_);
  if (learner == Learner::Baseline || (share <= 0 && !by_trees.empty())) return by_trees;
  return mixed(std::move(by_trees), read(target, places), share);
}

std::vector<double> Foretelling::draw(Target target, std::span<const std::size_t> places, Rng rng) {
  const ml::SequencePlayer* player = model_.player(target, inputs_);
  if (player == nullptr) return {};
  const Sequence sequence{order_, features_, target, places};
  const Past& past = pasts_.try_emplace(elements_of(target), order_, target, places).first->second;
  const auto draw_one = [&](std::size_t element, ml::PlayerState& state) {
    // Who learns is not told of a note alone that it had no lag; neither is who plays.
    if (target == Target::Lag && is_alone(order_, places[element])) return std::pair(0.0, kMissing);
    const double drawn = player->draw({}, state, rng);
    return std::pair(drawn, drawn);
  };
  return listen(*player, heard(), sequence, past, draw_one);
}

std::vector<double> foretell_next(const ExpressionModel& model, ExpressionModel::Learner learner,
                                  const Sequence& sequence, std::span<const float> series) {
  TOCCATA_ASSERT(series.size() == sequence.places.size());
  const ml::Trees* trees = model.find(learner, sequence.target, Inputs::History);
  auto by_trees =
      trees == nullptr ? std::vector<double>{} : next_by_trees(*trees, sequence, series);
  const ml::SequencePlayer* player = model.player_told(sequence.target);
  const double share = model.network_share(sequence.target, Inputs::History);
  const bool is_asked = player != nullptr && (share > 0 || trees == nullptr);
  if (learner == ExpressionModel::Learner::Baseline || !is_asked) return by_trees;
  const auto* reader = model.reader(heard_inputs(sequence.target, Inputs::History));
  return mixed(std::move(by_trees), next_by_network(*player, *reader, sequence, series), share);
}

}  // namespace toccata

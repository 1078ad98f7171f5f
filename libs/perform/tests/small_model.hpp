// SPDX-License-Identifier: MIT
// A model of a few trees that ask a note's pitch alone.
#pragma once

#include <doctest/doctest.h>

#include <toccata/perform/expression_model.hpp>

namespace toccata {

/// Low notes give one number, notes over middle C another: a tree that looks at the first column,
/// which is the pitch.
inline ml::Trees by_pitch(Target target, Inputs inputs, float low, float high) {
  ml::TreeTables tables;
  tables.features = columns_of(target, inputs).size();
  tables.tree_nodes = {3};
  tables.feature = {0, ml::kLeaf, ml::kLeaf};
  tables.threshold = {60.5F, low, high};
  tables.left = {1, 0, 0};
  tables.missing_left = {0, 0, 0};
  auto trees = ml::Trees::from_tables(tables);
  if (!trees) FAIL(describe(trees.error()));
  return *std::move(trees);
}

inline ExpressionModel small_model() {
  ExpressionModel model;
  const auto put = [&](Target target, float low, float high) {
    model.put(ExpressionModel::Learner::Model, target, Inputs::Marks,
              by_pitch(target, Inputs::Marks, low, high));
  };
  put(Target::NoteVelocity, 50, 90);
  put(Target::Lag, 0.01F, -0.02F);
  put(Target::Articulation, 0, -1);
  put(Target::BeatSlowness, 0, 0.2F);
  put(Target::PedalDown, 1, 0);
  put(Target::PedalChange, 0, 0);
  model.set_spread(Target::NoteVelocity, {8, 0.5});
  return model;
}

}  // namespace toccata

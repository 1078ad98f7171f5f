// SPDX-License-Identifier: MIT
// A learner for tests that need one, whatever it says.
#pragma once

#include <toccata/ml/trees.hpp>
#include <toccata/perform/expression_model.hpp>

namespace toccata {

/// Trees that say the same of everything.
inline ml::Trees constant_trees(Target target, Inputs inputs, float value) {
  ml::TreeTables tables;
  tables.features = columns_of(target, inputs).size();
  tables.tree_nodes = {1};
  tables.feature = {ml::kLeaf};
  tables.threshold = {value};
  tables.left = {0};
  tables.missing_left = {0};
  return *ml::Trees::from_tables(tables);
}

}  // namespace toccata

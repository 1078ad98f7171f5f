// SPDX-License-Identifier: MIT
// Performers by the names that people give: built-in ones, models that ship, files of weights.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "failure.hpp"

#include <toccata/perform/learned.hpp>

namespace toccata::cli {

/// Where weights of a name may lie: beside an installed program, or in the checkout that it was
/// built in.
std::vector<std::filesystem::path> model_places(const std::string& name);

/// A model of expression, and who it is: for reports and provenance.
struct NamedModel {
  std::shared_ptr<const ExpressionModel> model;
  std::string name;
  std::string provenance;  ///< "name hash licence"
};

/// A model that ships ("classical") or a file (.safetensors, or a run's folder).
/// Errors: none of that name or file (status 2); a file that is no such model, with the reason.
Outcome<NamedModel> load_model(const std::string& name);

/// A performer, and the model it plays by, if any.
struct NamedPerformer {
  std::shared_ptr<const Performer> performer;
  std::string provenance;  ///< of its model; empty where it has none
};
/// "none", "sine", "curve", "default" (which is curve), or as load_model.
Outcome<NamedPerformer> performer_named(const std::string& name, const PlayingOptions& options);

}  // namespace toccata::cli

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

/// Who plays unless another is asked for.
inline constexpr const char* kDefaultModel = "default";
/// Who plays kits where his weights are.
inline constexpr const char* kShippedDrummer = "drums";

/// Weights and who they are: for reports and provenance.
struct NamedWeights {
  ml::Weights weights;
  std::filesystem::path file;
  std::string name;
  std::string provenance;  ///< "name hash licence"
  std::string told;        ///< for people: "default (learned from pop909, MIT License)"
};
/// Of a model that ships ("default", "classical", "notewise-forest", "drums"), a file
/// (.safetensors) or a run's folder. Errors: none of that name or file (status 2); a damaged file.
Outcome<NamedWeights> read_named_weights(const std::string& name);

/// A model of expression, and who it is: for reports and provenance.
struct NamedModel {
  std::shared_ptr<const ExpressionModel> model;
  std::string name;
  std::string provenance;  ///< "name hash licence"
};

/// A model that ships ("default", "classical") or a file (.safetensors, or a run's folder).
/// Errors: none of that name or file (status 2); a file that is no such model, with the reason.
Outcome<NamedModel> load_model(const std::string& name);

/// Whether the weights of a model that ships are there, whatever is in them.
bool has_weights(const std::string& name);

/// A performer, and the weights it plays by.
struct NamedPerformer {
  std::shared_ptr<const Performer> performer;
  std::vector<std::string> weights;  ///< provenance of each model; none where rules play
  std::string told;                  ///< who plays, for people: "default (learned from ...)"
};
/// How `compose` has its pieces played: as freely as can be, with a third of what players differ
/// by.
inline constexpr PlayingOptions kComposing{1, 1, 0.3};
/// "none", "sine", "curve", "notewise-forest", or as load_model; weights of either protocol.
/// "default" is the model of that name, and curve, which says so, where its weights are missing.
/// A file is read once, however often it is asked for. Errors: as load_model.
Outcome<NamedPerformer> performer_named(const std::string& name, const PlayingOptions& options);

}  // namespace toccata::cli

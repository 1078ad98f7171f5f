// SPDX-License-Identifier: MIT
#include "models.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/base/rng.hpp>

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShipped[] = {"classical"};
constexpr const char* kEnding = ".safetensors";

}  // namespace

std::vector<fs::path> model_places(const std::string& name) {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path folder = program.parent_path();
  std::vector<fs::path> places;
  for (const char* way : {"../share/toccata/models", "../../../models"})
    places.push_back((folder / way / (name + kEnding)).lexically_normal());
  return places;
}

namespace {

Outcome<fs::path> file_of(const std::string& name) {
  std::error_code ignored;
  for (const std::string_view shipped : kShipped) {
    if (name != shipped) continue;
    const auto places = model_places(name);
    for (const fs::path& place : places)
      if (fs::exists(place, ignored)) return place;
    return cannot(fmt::format("model \"{}\": its weights are missing, looked for {}", name,
                              places.empty() ? "" : places.front().string()));
  }
  if (fs::is_directory(name, ignored)) return fs::path(name) / "model.safetensors";
  if (fs::exists(name, ignored)) return fs::path(name);
  return wrong_call(
      fmt::format("model \"{}\": unknown, and no such file; allowed are none, sine, "
                  "curve, default, classical, a file of weights or a run's folder",
                  name));
}

std::string metadata_of(const ml::Weights& weights, const char* key, const char* fallback) {
  const auto found = weights.metadata.find(key);
  return found == weights.metadata.end() ? fallback : found->second;
}

}  // namespace

Outcome<NamedModel> load_model(const std::string& name) {
  TOCCATA_TRY(const fs::path path, file_of(name));
  const auto bytes = read_file(path);
  if (!bytes) return cannot(describe(bytes.error()));
  const auto weights = ml::read_weights(*bytes);
  if (!weights) return cannot(fmt::format("{}: {}", path.string(), describe(weights.error())));
  auto model = ExpressionModel::load(*weights);
  if (!model) return cannot(fmt::format("{}: {}", path.string(), describe(model.error())));
  const bool ships = std::ranges::find(kShipped, name) != std::end(kShipped);
  const std::string own =
      ships ? name : metadata_of(*weights, "name", path.stem().string().c_str());
  return NamedModel{std::make_shared<const ExpressionModel>(*std::move(model)), own,
                    fmt::format("{} {:016x} {}", own, stable_hash(as_text(*bytes)),
                                metadata_of(*weights, "licence", "unknown licence"))};
}

Outcome<NamedPerformer> performer_named(const std::string& name, const PlayingOptions& options) {
  const std::string own = name == "default" ? std::string(kDefaultPerformer) : name;
  if (const Performer* built_in = find_performer(own))
    return NamedPerformer{std::shared_ptr<const Performer>(built_in, [](const Performer*) {}), ""};
  TOCCATA_TRY(NamedModel model, load_model(own));
  return NamedPerformer{make_learned_performer(model.name, model.model, options),
                        std::move(model.provenance)};
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
#include "drummers.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/perform/performer.hpp>

#include "models.hpp"

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

std::string metadata_of(const ml::Weights& weights, const char* key, const std::string& fallback) {
  const auto found = weights.metadata.find(key);
  return found == weights.metadata.end() ? fallback : found->second;
}

Outcome<fs::path> file_of(const std::string& name) {
  std::error_code ignored;
  if (name == kShippedDrummer) {
    for (const fs::path& place : model_places(name))
      if (fs::exists(place, ignored)) return place;
    return cannot(fmt::format("model \"{}\": its weights are missing", name));
  }
  if (fs::is_directory(name, ignored)) return fs::path(name) / "model.safetensors";
  if (fs::exists(name, ignored)) return fs::path(name);
  return wrong_call(
      fmt::format("model \"{}\": unknown, and no such file; allowed are {}, a file "
                  "of weights or a run's folder",
                  name, kShippedDrummer));
}

}  // namespace

Outcome<NamedDrummer> load_drummer(const std::string& name) {
  TOCCATA_TRY(const fs::path path, file_of(name));
  const auto bytes = read_file(path);
  if (!bytes) return cannot(describe(bytes.error()));
  const auto weights = ml::read_weights(*bytes);
  if (!weights) return cannot(fmt::format("{}: {}", path.string(), describe(weights.error())));
  auto model = DrumModel::load(*weights);
  if (!model) return cannot(fmt::format("{}: {}", path.string(), describe(model.error())));
  const std::string own =
      name == kShippedDrummer ? name : metadata_of(*weights, "name", path.stem().string());
  return NamedDrummer{std::make_shared<const DrumModel>(*std::move(model)), own,
                      fmt::format("{} {:016x} {}", own, stable_hash(as_text(*bytes)),
                                  metadata_of(*weights, "licence", "unknown licence"))};
}

Outcome<std::string> let_drummer_play(const std::string& performer, const PerformTask& task,
                                      const PlayingOptions& options, const Rng& rng,
                                      Performance& performance) {
  if (find_performer(performer) != nullptr || !has_kit_to_play(task.score, task.settings))
    return std::string();
  const auto places = model_places(kShippedDrummer);
  std::error_code ignored;
  if (std::ranges::none_of(places,
                           [&](const fs::path& place) { return fs::exists(place, ignored); }))
    return std::string();
  TOCCATA_TRY(const NamedDrummer drummer, load_drummer(kShippedDrummer));
  play_kits(*drummer.model, task, options, rng, performance);
  return drummer.provenance;
}

std::string kits_told(const Score& score) {
  const std::string he = std::string(kShippedDrummer) + " ";
  const bool played =
      !score.provenance.empty() &&
      std::ranges::any_of(score.provenance.back().weights,
                          [&](const std::string& weights) { return weights.starts_with(he); });
  return played ? fmt::format(", kits by {}", kShippedDrummer) : "";
}

}  // namespace toccata::cli

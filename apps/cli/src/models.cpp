// SPDX-License-Identifier: MIT
#include "models.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <variant>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/learn/note_wise_performer.hpp>

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShipped[] = {kDefaultModel, "classical", "notewise-forest",
                                         kShippedDrummer};
constexpr const char* kEnding = ".safetensors";

/// What a file of weights can hold.
using Learned = std::variant<std::shared_ptr<const ExpressionModel>,
                             std::shared_ptr<const learn::NoteWiseForests>>;
struct Loaded {
  NamedWeights from;  ///< without its tensors
  Learned learned;
  LevelFrom level = LevelFrom::Model;
};

/// Where models lie: beside an installed program, or in the checkout that it was built in.
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

bool ships(const std::string& name) {
  return std::ranges::find(kShipped, name) != std::end(kShipped);
}

/// The weights of a model that ships. Errors: they are not there.
Outcome<fs::path> file_of_shipped(const std::string& name) {
  std::error_code ignored;
  const auto places = model_places(name);
  for (const fs::path& place : places)
    if (fs::exists(place, ignored)) return place;
  return cannot(fmt::format("model \"{}\": its weights are missing, looked for {}", name,
                            places.empty() ? "" : places.front().string()));
}

Outcome<fs::path> file_of(const std::string& name) {
  if (ships(name)) return file_of_shipped(name);
  std::error_code ignored;
  if (fs::is_directory(name, ignored)) return fs::path(name) / "model.safetensors";
  if (fs::exists(name, ignored)) return fs::path(name);
  return wrong_call(
      fmt::format("model \"{}\": unknown, and no such file; allowed are none, sine, curve, "
                  "default, classical, notewise-forest, a file of weights or a run's folder",
                  name));
}

std::string metadata_of(const ml::Weights& weights, const char* key, const std::string& fallback) {
  const auto found = weights.metadata.find(key);
  return found == weights.metadata.end() ? fallback : found->second;
}

Outcome<Learned> learned_in(const NamedWeights& from, ExpressionModel::Needed needed) {
  const auto taken = [&](auto read) -> Outcome<Learned> {
    if (!read) return cannot(fmt::format("{}: {}", from.file.string(), describe(read.error())));
    using Model = std::remove_reference_t<decltype(*read)>;
    return Learned(std::make_shared<const Model>(*std::move(read)));
  };
  if (metadata_of(from.weights, "format", "") == "toccata.notewise/1")
    return taken(learn::load_note_wise_forests(from.weights));
  return taken(ExpressionModel::load(from.weights, needed));
}

Outcome<Loaded> read_loaded(const std::string& name, ExpressionModel::Needed needed) {
  Loaded loaded;
  TOCCATA_TRY(loaded.from, read_named_weights(name));
  TOCCATA_TRY(loaded.learned, learned_in(loaded.from, needed));
  if (metadata_of(loaded.from.weights, "level", "") == "usual") loaded.level = LevelFrom::Rules;
  loaded.from.weights.tensors.clear();
  return loaded;
}

/// To play by. Each file is read once: many pieces may be composed in one call.
Outcome<Loaded> load(const std::string& name, ExpressionModel::Needed needed) {
  static std::mutex reading;
  static std::map<std::pair<std::string, ExpressionModel::Needed>, Loaded> read;
  const std::lock_guard lock(reading);
  // Who can play can be asked what is expected of all.
  for (const auto kind : {ExpressionModel::Needed::Playing, needed})
    if (const auto found = read.find({name, kind}); found != read.end()) return found->second;
  TOCCATA_TRY(Loaded loaded, read_loaded(name, needed));
  return read.emplace(std::pair(name, needed), std::move(loaded)).first->second;
}

NamedPerformer by_rules(const Performer& performer, std::string told) {
  return {
      std::shared_ptr<const Performer>(&performer, [](const Performer*) {}), {}, std::move(told)};
}

}  // namespace

Outcome<NamedWeights> read_named_weights(const std::string& name) {
  NamedWeights out;
  TOCCATA_TRY(out.file, file_of(name));
  auto bytes = read_file(out.file);
  if (!bytes) return cannot(describe(bytes.error()));
  const std::uint64_t hash = file_hash(as_text(*bytes));
  auto weights = ml::read_weights(*std::move(bytes));
  if (!weights) return cannot(fmt::format("{}: {}", out.file.string(), describe(weights.error())));
  out.weights = *std::move(weights);
  out.name = ships(name) ? name : metadata_of(out.weights, "name", out.file.stem().string());
  const std::string licence = metadata_of(out.weights, "licence", "unknown licence");
  out.provenance = fmt::format("{} {:016x} {}", out.name, hash, licence);
  out.told = fmt::format("{} (learned from {}, {})", out.name,
                         metadata_of(out.weights, "data", "unnamed data"), licence);
  return out;
}

Outcome<NamedModel> load_model(const std::string& name) {
  TOCCATA_TRY(const Loaded loaded, read_loaded(name, ExpressionModel::Needed::All));
  if (const auto* model = std::get_if<std::shared_ptr<const ExpressionModel>>(&loaded.learned))
    return NamedModel{*model, loaded.from.name, loaded.from.provenance};
  return cannot(
      fmt::format("model \"{}\": holds note-wise forests; allowed is a model of --protocol pieces "
                  "(docs/expression-notewise.md has the figures of the others)",
                  name));
}

bool has_weights(const std::string& name) { return file_of_shipped(name).has_value(); }

Outcome<NamedPerformer> performer_named(const std::string& name, const PlayingOptions& options) {
  if (const Performer* built_in = find_performer(name)) return by_rules(*built_in, name);
  if (name == kDefaultModel && !has_weights(name))
    return by_rules(
        *find_performer(kDefaultPerformer),
        fmt::format("{}, as the weights of \"{}\" are missing", kDefaultPerformer, kDefaultModel));
  using Needed = ExpressionModel::Needed;
  TOCCATA_TRY(const Loaded loaded,
              load(name, options.variation > 0 ? Needed::Playing : Needed::Expecting));
  NamedPerformer player{nullptr, {loaded.from.provenance}, loaded.from.told};
  PlayingOptions own = options;
  own.level = loaded.level;
  if (const auto* model = std::get_if<std::shared_ptr<const ExpressionModel>>(&loaded.learned))
    player.performer = make_learned_performer(loaded.from.name, *model, own);
  else
    player.performer = learn::make_note_wise_performer(
        loaded.from.name, std::get<std::shared_ptr<const learn::NoteWiseForests>>(loaded.learned),
        own);
  return player;
}

}  // namespace toccata::cli

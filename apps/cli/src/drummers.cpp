// SPDX-License-Identifier: MIT
#include "drummers.hpp"

#include <algorithm>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <toccata/base/rng.hpp>
#include <toccata/perform/performer.hpp>

#include "models.hpp"

namespace toccata::cli {
namespace {

/// On a thread of its own where there can be one more.
constexpr auto kAhead = std::launch::async | std::launch::deferred;

/// The one that ships, read once: many pieces may be composed in one call.
Outcome<NamedDrummer> shipped_drummer() {
  static std::mutex reading;
  static std::optional<NamedDrummer> read;
  const std::lock_guard lock(reading);
  if (!read) {
    TOCCATA_TRY(read, load_drummer(kShippedDrummer));
  }
  return *read;
}

}  // namespace

Outcome<NamedDrummer> load_drummer(const std::string& name) {
  TOCCATA_TRY(const NamedWeights from, read_named_weights(name));
  auto model = DrumModel::load(from.weights);
  if (!model) return cannot(fmt::format("{}: {}", from.file.string(), describe(model.error())));
  return NamedDrummer{std::make_shared<const DrumModel>(*std::move(model)), from.name,
                      from.provenance};
}

Outcome<std::string> let_drummer_play(const std::string& performer, const PerformTask& task,
                                      const PlayingOptions& options, const Rng& rng,
                                      Performance& performance) {
  if (find_performer(performer) != nullptr || !has_kit_to_play(task.score, task.settings) ||
      !has_weights(kShippedDrummer))
    return std::string();
  TOCCATA_TRY(const NamedDrummer drummer, shipped_drummer());
  play_kits(*drummer.model, task, options, rng, performance);
  return drummer.provenance;
}

Outcome<ComposedPlaying> play_composed(const std::string& performer, const PerformTask& task,
                                       std::uint64_t seed) {
  TOCCATA_TRY(const NamedPerformer player, performer_named(performer, kComposing));
  ComposedPlaying out{perform(*player.performer, task, Rng(seed).fork("performance")),
                      player.weights, player.told};
  TOCCATA_TRY(const std::string drummer,
              let_drummer_play(performer, task, {}, Rng(seed).fork("drummer"), out.performance));
  if (drummer.empty()) return out;
  out.weights.push_back(drummer);
  out.told += fmt::format(", kits by {}", kShippedDrummer);
  return out;
}

std::future<void> read_performer_ahead(std::string performer) {
  if (find_performer(performer) != nullptr) return {};
  return std::async(kAhead, [name = std::move(performer)] {
    [[maybe_unused]] const auto player = performer_named(name, kComposing);
  });
}

std::future<void> read_drummer_ahead(const Settings& settings) {
  if (find_performer(settings.performance) != nullptr || settings.seat(Role::Drums) == nullptr ||
      !has_weights(kShippedDrummer))
    return {};
  return std::async(kAhead, [] { [[maybe_unused]] const auto drummer = shipped_drummer(); });
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

// SPDX-License-Identifier: MIT
#include <toccata/perform/drum_model.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace toccata {
namespace {

constexpr std::array<std::string_view, kDrumTargets> kTargetNames{"drums_velocity", "drums_timing"};
constexpr const char* kFormat = "toccata.drums/1";
constexpr const char* kColumns = "columns";

std::string columns_text() { return fmt::format("{}", fmt::join(drum_columns(), ",")); }

Unexpected<ModelError> fail(std::string what) { return Unexpected{ModelError{std::move(what)}}; }

std::string metadata(const ml::Weights& weights, const char* key) {
  const auto found = weights.metadata.find(key);
  return found == weights.metadata.end() ? "" : found->second;
}

/// Numbers of a tensor, each within a range.
Result<std::vector<double>, ModelError> numbers(const ml::Weights& weights, const std::string& name,
                                                std::span<const std::size_t> shape, double most) {
  auto values = weights.values<double>(name, shape);
  if (!values) return fail(describe(values.error()));
  for (const double value : *values)
    if (!(std::fabs(value) <= most))
      return fail(fmt::format("tensor {}: {}, but allowed is -{} to {}", name, value, most, most));
  return *std::move(values);
}

Result<DrumModel::Learner, ModelError> load_learner(const ml::Weights& weights, DrumTarget target) {
  constexpr double kMostMean = 1000;
  const std::string prefix = fmt::format("{}.", name_of(target));
  auto trees = ml::Trees::load(weights, prefix + "model.");
  if (!trees) return fail(describe(trees.error()));
  if (trees->features() != drum_columns().size())
    return fail(fmt::format("{}: trees of {} columns, but {} are needed", prefix, trees->features(),
                            drum_columns().size()));
  constexpr std::array<std::size_t, 2> kMeans{kDrums, DrumMeans::kBarPlaces}, kSpreads{kDrums, 2};
  TOCCATA_TRY(auto means, numbers(weights, prefix + "means", kMeans, kMostMean));
  TOCCATA_TRY(const auto pairs, numbers(weights, prefix + "spread", kSpreads, kMostMean));
  DrumModel::Learner learner{*std::move(trees), DrumMeans(std::move(means)), {}};
  for (std::size_t drum = 0; drum < kDrums; ++drum) {
    learner.spreads[drum] = {pairs[2 * drum], pairs[2 * drum + 1]};
    const Spread& spread = learner.spreads[drum];
    if (spread.deviation < 0 || spread.persistence < 0 || spread.persistence >= 1)
      return fail(fmt::format(
          "tensor {}spread: {} and {} of the {}, but a deviation of at least 0 "
          "and a persistence in [0, 1) are needed",
          prefix, spread.deviation, spread.persistence, name_of(static_cast<Drum>(drum))));
  }
  return learner;
}

}  // namespace

std::string_view name_of(DrumTarget target) {
  return kTargetNames[static_cast<std::size_t>(target)];
}

std::size_t DrumMeans::index(const PatternHit& hit) {
  return static_cast<std::size_t>(hit.drum) * kBarPlaces +
         static_cast<std::size_t>(hit.in_bar) % kBarPlaces;
}

const std::vector<std::string>& drum_columns() {
  static const std::vector<std::string> kNames = drum_features(DrumPattern{}).names();
  return kNames;
}

Result<DrumModel, ModelError> DrumModel::load(const ml::Weights& weights) {
  if (const std::string format = metadata(weights, "format"); format != kFormat)
    return fail(fmt::format("its metadata names the format \"{}\", but {} is needed",
                            format.substr(0, 60), kFormat));
  const std::string columns = metadata(weights, kColumns), expected = columns_text();
  if (columns != expected) {
    const auto at =
        static_cast<std::size_t>(std::ranges::mismatch(expected, columns).in1 - expected.begin());
    return fail(fmt::format(
        "\"{}\" names other columns than this version computes, from \"{}\" on (\"{}\" is needed)",
        kColumns, columns.substr(at, 40), expected.substr(at, 40)));
  }
  TOCCATA_TRY(Learner velocity, load_learner(weights, DrumTarget::HitVelocity));
  TOCCATA_TRY(Learner lateness, load_learner(weights, DrumTarget::Lateness));
  return DrumModel(std::move(velocity), std::move(lateness));
}

void DrumModel::save(ml::Weights& weights) const {
  weights.metadata["format"] = kFormat;
  weights.metadata[kColumns] = columns_text();
  for (std::size_t i = 0; i < kDrumTargets; ++i) {
    const Learner& learner = learners_[i];
    const std::string prefix = fmt::format("{}.", kTargetNames[i]);
    learner.trees.save(weights, prefix + "model.");
    weights.tensors.push_back(ml::make_tensor<double>(
        prefix + "means", {kDrums, DrumMeans::kBarPlaces}, learner.means.values()));
    std::vector<double> pairs;
    for (const Spread& spread : learner.spreads) {
      pairs.push_back(spread.deviation);
      pairs.push_back(spread.persistence);
    }
    weights.tensors.push_back(ml::make_tensor<double>(prefix + "spread", {kDrums, 2}, pairs));
  }
}

}  // namespace toccata

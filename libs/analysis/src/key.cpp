// SPDX-License-Identifier: MIT
#include "key_profiles.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <toccata/analysis/key.hpp>

namespace toccata {
namespace {

/// Keys by number: 0..11 major from C on, 12..23 minor from C on.
constexpr std::size_t kKeyCount = 24;
using KeyScores = std::array<double, kKeyCount>;

constexpr NoteName name(Step step, int alteration = 0) { return {step, alteration}; }
constexpr std::array<NoteName, kKeyCount> kTonics = {
    name(Step::C),     name(Step::D, -1), name(Step::D),     name(Step::E, -1), name(Step::E),
    name(Step::F),     name(Step::F, 1),  name(Step::G),     name(Step::A, -1), name(Step::A),
    name(Step::B, -1), name(Step::B),     name(Step::C),     name(Step::C, 1),  name(Step::D),
    name(Step::E, -1), name(Step::E),     name(Step::F),     name(Step::F, 1),  name(Step::G),
    name(Step::G, 1),  name(Step::A),     name(Step::B, -1), name(Step::B)};

Key make_key(std::size_t index) {
  return {kTonics[index], *Scale::find(index < 12 ? "major" : "minor")};
}

double mean_of(const PitchClassWeights& values) {
  double sum = 0;
  for (double value : values) sum += value;
  return sum / 12;
}

/// The values less their mean, over their norm; nothing when all are the same.
std::optional<PitchClassWeights> standardised(const PitchClassWeights& values) {
  PitchClassWeights result = values;
  const double mean = mean_of(values);
  double squares = 0;
  for (double& value : result) {
    value -= mean;
    squares += value * value;
  }
  if (!(squares > 1e-12 * mean * mean) || !std::isfinite(squares)) return std::nullopt;
  const double norm = std::sqrt(squares);
  for (double& value : result) value /= norm;
  return result;
}

/// Pearson's correlation of the weights with each key's profile.
std::optional<KeyScores> correlations(const PitchClassWeights& weights, KeyProfile profile) {
  const auto heard = standardised(weights);
  if (!heard) return std::nullopt;
  const auto& entry = detail::kKeyProfiles[static_cast<std::size_t>(profile)];
  const auto major = *standardised(entry.major), minor = *standardised(entry.minor);
  KeyScores scores{};
  for (std::size_t key = 0; key < kKeyCount; ++key) {
    const auto& expected = key < 12 ? major : minor;
    for (std::size_t degree = 0; degree < 12; ++degree)
      scores[key] += expected[degree] * (*heard)[(degree + key) % 12];
  }
  return scores;
}

std::size_t best_of(const KeyScores& scores) {
  return static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
}

KeyEstimate estimate_of(std::size_t key, const KeyScores& scores) {
  double next = -1;
  for (std::size_t other = 0; other < kKeyCount; ++other)
    if (other != key) next = std::max(next, scores[other]);
  return {make_key(key), scores[key], std::max(0.0, scores[key] - next)};
}

/// The sum of the sonorities' weights over [first, end).
PitchClassWeights summed(std::span<const Sonority> sonorities) {
  PitchClassWeights sum{};
  for (const Sonority& sonority : sonorities)
    for (std::size_t i = 0; i < 12; ++i) sum[i] += sonority.sounding[i];
  return sum;
}

/// Correlations of the window around each bar; 0 for all keys where the window is silent.
std::vector<KeyScores> window_scores(std::span<const Sonority> bars,
                                     const KeyTrackOptions& options) {
  const auto window = static_cast<std::size_t>(std::clamp(options.window_bars, 1, 64));
  std::vector<KeyScores> scores(bars.size());
  for (std::size_t bar = 0; bar < bars.size(); ++bar) {
    const std::size_t first = bar - std::min(bar, (window - 1) / 2);
    const std::size_t end = std::min(bars.size(), bar + window / 2 + 1);
    const auto heard = correlations(summed(bars.subspan(first, end - first)), options.profile);
    if (heard) scores[bar] = *heard;
  }
  return scores;
}

/// The path of keys with the highest sum of scores less the cost of its changes.
std::vector<std::size_t> best_path(std::span<const KeyScores> scores, double change_cost) {
  std::vector<std::array<std::size_t, kKeyCount>> from(scores.size());
  KeyScores total{};
  for (std::size_t bar = 0; bar < scores.size(); ++bar) {
    const std::size_t leader = best_of(total);
    const double changed = total[leader] - change_cost;
    for (std::size_t key = 0; key < kKeyCount; ++key) {
      const bool stays = bar == 0 || total[key] >= changed;
      from[bar][key] = stays ? key : leader;
    }
    const KeyScores before = total;
    for (std::size_t key = 0; key < kKeyCount; ++key)
      total[key] = (from[bar][key] == key ? before[key] : changed) + scores[bar][key];
  }
  std::vector<std::size_t> path(scores.size());
  std::size_t key = best_of(total);
  for (std::size_t bar = scores.size(); bar-- > 0;) {
    path[bar] = key;
    key = from[bar][key];
  }
  return path;
}

}  // namespace

std::string_view name_of(KeyProfile profile) {
  return detail::kKeyProfiles[static_cast<std::size_t>(profile)].name;
}

std::span<const KeyProfile> all_key_profiles() {
  static constexpr std::array kAll = {KeyProfile::KrumhanslKessler, KeyProfile::TemperleyCbms,
                                      KeyProfile::TemperleyKostka,  KeyProfile::AardenEssen,
                                      KeyProfile::BellmanBudge,     KeyProfile::AlbrechtShanahan};
  return kAll;
}

std::string describe(NoKey) {
  return "no key: nothing pitched sounds, or all pitch classes weigh the same";
}

Result<KeyEstimate, NoKey> estimate_key(const PitchClassWeights& weights, KeyProfile profile) {
  const auto scores = correlations(weights, profile);
  if (!scores) return Unexpected{NoKey{}};
  return estimate_of(best_of(*scores), *scores);
}

Result<KeyEstimate, NoKey> estimate_key(std::span<const Note> notes, KeyProfile profile) {
  return estimate_key(pitch_class_weights(notes), profile);
}

Result<KeyEstimate, NoKey> estimate_key(const Score& score, BarRange bars, KeyProfile profile) {
  return estimate_key(pitch_class_weights(score, bars), profile);
}

std::vector<KeySpan> estimate_key_track(const Score& score, BarRange bars,
                                        const KeyTrackOptions& options) {
  bars = clipped(bars, score.meter);
  const auto sonorities = sonorities_of(score, slices_of(bars, score.meter, Slice::Bar));
  if (std::ranges::all_of(sonorities, &Sonority::is_silent)) return {};
  const auto path = best_path(window_scores(sonorities, options), options.change_cost);
  std::vector<KeySpan> track;
  for (std::size_t first = 0, end = 0; first < path.size(); first = end) {
    while (end < path.size() && path[end] == path[first]) ++end;
    const auto heard =
        correlations(summed(std::span(sonorities).subspan(first, end - first)), options.profile);
    const KeyScores scores = heard.value_or(KeyScores{});
    track.push_back({{bars.first + static_cast<int>(first), bars.first + static_cast<int>(end)},
                     estimate_of(path[first], scores)});
  }
  return track;
}

}  // namespace toccata

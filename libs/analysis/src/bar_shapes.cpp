// SPDX-License-Identifier: MIT
#include <algorithm>
#include <tuple>

#include <toccata/analysis/bar_shapes.hpp>
#include <toccata/base/rng.hpp>

namespace toccata {
namespace {

/// Onset in the bar and duration on the grid, and pitch.
using Shape = std::vector<std::tuple<std::int64_t, std::int64_t, int>>;

std::uint64_t hash_of(const Shape& shape) {
  std::string bytes;
  const auto add = [&](std::int64_t number) {
    for (int shift = 0; shift < 32; shift += 8)
      bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xFF);
  };
  for (const auto& [onset, duration, pitch] : shape) {
    add(onset);
    add(duration);
    add(pitch);
  }
  return stable_hash(bytes);
}

/// The lowest note comes into the octave above the tonic.
void count_from(PitchClass tonic, Shape& shape) {
  int lowest = Pitch::kHighest;
  for (const auto& [onset, duration, pitch] : shape) lowest = std::min(lowest, pitch);
  const int degree = (lowest - tonic.number() + 12) % 12;
  for (auto& [onset, duration, pitch] : shape) pitch += degree - lowest;
}

int onsets_of(const Shape& shape) {
  int onsets = 0;
  for (std::size_t i = 0; i < shape.size(); ++i)
    onsets += i == 0 || std::get<0>(shape[i]) != std::get<0>(shape[i - 1]) ? 1 : 0;
  return onsets;
}

}  // namespace

std::vector<std::uint64_t> bar_shapes(std::span<const Note> notes, const MeterMap& meters,
                                      const BarShapeOptions& options) {
  const auto on_grid = [&](Duration d) {
    return Rational(d.ticks() * options.per_quarter, meters.ppq().ticks()).nearest();
  };
  std::vector<std::uint64_t> shapes;
  for (std::size_t i = 0; i < notes.size();) {
    const Bar bar = meters.bar_at(notes[i].onset);
    const Tick onset = meters.onset_of(bar), end = meters.end_of(bar);
    Shape shape;
    for (; i < notes.size() && notes[i].onset < end; ++i)
      shape.emplace_back(on_grid(notes[i].onset - onset),
                         options.durations ? on_grid(notes[i].duration) : 0,
                         notes[i].pitch.number());
    std::ranges::sort(shape);
    shape.erase(std::unique(shape.begin(), shape.end()), shape.end());
    if (onsets_of(shape) < options.fewest_onsets) continue;
    if (options.tonic) count_from(*options.tonic, shape);
    shapes.push_back(hash_of(shape));
  }
  return shapes;
}

}  // namespace toccata

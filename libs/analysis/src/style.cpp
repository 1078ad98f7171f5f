// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include <toccata/analysis/style.hpp>

namespace toccata {
namespace {

Spread spread_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  double sum = 0, squares = 0;
  for (double value : values) sum += value;
  const double mean = sum / static_cast<double>(values.size());
  for (double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / static_cast<double>(values.size()))};
}

std::vector<int> density_of(std::span<const Note> notes, const MeterMap& meters, BarRange bars) {
  std::vector<int> density(static_cast<std::size_t>(bars.size()));
  for (const Note& note : notes)
    ++density[static_cast<std::size_t>(meters.bar_at(note.onset) - bars.first)];
  return density;
}

std::optional<PitchRange> range_of(std::span<const Note> notes) {
  if (notes.empty()) return std::nullopt;
  const auto [lowest, highest] = std::ranges::minmax(notes, {}, &Note::pitch);
  return PitchRange{lowest.pitch, highest.pitch};
}

Spread register_of(std::span<const Note> notes) {
  std::vector<double> numbers;
  for (const Note& note : notes) numbers.push_back(note.pitch.number());
  return spread_of(numbers);
}

/// Sounding share of the time to the next onset of the line, each at most 1.
double legato_of(std::span<const Note> line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const auto step = static_cast<double>((line[i].onset - line[i - 1].onset).ticks());
    sum += std::min(1.0, static_cast<double>(line[i - 1].duration.ticks()) / step);
  }
  return line.size() > 1 ? sum / static_cast<double>(line.size() - 1) : 0;
}

Spread velocity_of(std::span<const Note> notes, const Performance& performance) {
  std::vector<double> velocities;
  for (const Note& note : notes) {
    const PlayedNote* played = find_played(performance, note.id);
    velocities.push_back((played != nullptr ? played->velocity : kPlainVelocity).number());
  }
  return spread_of(velocities);
}

std::span<const Note> notes_of(const Score& score, PartId part, BarRange bars) {
  const Part* found = find_part(score, part);
  if (found == nullptr) return {};
  return notes_within(found->notes, span_of(bars, score.meter));
}

}  // namespace

PartStyle style_of(const Score& score, PartId part, BarRange bars) {
  bars = clipped(bars, score.meter);
  const auto notes = notes_of(score, part, bars);
  const auto line = melody_line(notes);
  PartStyle style;
  style.bars = bars;
  style.note_count = static_cast<int>(notes.size());
  style.density = density_of(notes, score.meter, bars);
  if (!style.density.empty())
    style.empty_share = static_cast<double>(std::ranges::count(style.density, 0)) /
                        static_cast<double>(style.density.size());
  style.range = range_of(notes);
  style.register_number = register_of(notes);
  style.onsets = onset_grid(notes, score.meter, prevailing_meter(score.meter, bars));
  style.durations = duration_shares(notes, score.ppq());
  style.steps = step_shares(notes, score.ppq());
  style.intervals = interval_shares(line);
  style.polyphony = polyphony_of(notes);
  style.legato = legato_of(line);
  style.grid = finest_grid(notes, score.meter);
  style.swing = estimate_swing(notes, score.meter);
  style.repeats = find_repeats(notes, score.meter, bars);
  return style;
}

PartStyle style_of(const Score& score, const Performance& performance, PartId part, BarRange bars) {
  PartStyle style = style_of(score, part, bars);
  const auto notes = notes_of(score, part, style.bars);
  style.swing = estimate_swing(notes, score.meter, performance);
  if (!notes.empty()) style.velocity = velocity_of(notes, performance);
  return style;
}

}  // namespace toccata

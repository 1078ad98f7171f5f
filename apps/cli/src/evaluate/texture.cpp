// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/analysis/chords.hpp>
#include <toccata/analysis/measures.hpp>
#include <toccata/analysis/phrases.hpp>
#include <toccata/analysis/statistics.hpp>

#include "music_tables.hpp"

namespace toccata::cli {
namespace {

/// A melody and the piece around it.
struct Tune {
  std::vector<Note> line;
  Score score;  ///< with estimated chords
  BarRange bars;
};

/// The bars from the first in which the melody sounds to the last; no pick-up.
BarRange sung_bars(std::span<const Note> line, const MeterMap& meters) {
  if (line.empty()) return {};
  return {std::max(meters.bar_at(line.front().onset), Bar(0)),
          meters.bar_at(line.back().onset) + 1};
}

/// Chords are estimated on either side from what both sides have.
Tune tune_of(const Excerpt& excerpt, bool from_melody_alone) {
  Tune tune{melody_of(excerpt), excerpt.score, {}};
  tune.bars = sung_bars(tune.line, tune.score.meter);
  const auto sung = notes_within(tune.line, span_of(tune.bars, tune.score.meter));
  tune.line = {sung.begin(), sung.end()};
  if (from_melody_alone)
    std::erase_if(tune.score.parts, [](const Part& part) { return part.role != Role::Melody; });
  tune.score.chords = to_marks(estimate_chords(tune.score, tune.bars));
  return tune;
}

using Value = std::optional<double>;

double quarters_of(const Tune& tune) {
  return static_cast<double>(span_of(tune.bars, tune.score.meter).duration().ticks()) /
         tune.score.ppq().ticks();
}
Value chord_tones(const Tune& tune) { return chord_tone_share(tune.line, tune.score); }
Value density(const Tune& tune) {
  const double quarters = quarters_of(tune);
  return quarters > 0 ? Value(static_cast<double>(tune.line.size()) / quarters) : std::nullopt;
}
Value range(const Tune& tune) {
  const auto range = pitch_range(tune.line);
  return range ? Value(range->highest - range->lowest) : std::nullopt;
}
Value step_size(const Tune& tune) {
  std::vector<double> sizes;
  for (std::size_t i = 1; i < tune.line.size(); ++i)
    sizes.push_back(std::abs(tune.line[i].pitch - tune.line[i - 1].pitch));
  return mean_of(sizes);
}
Value repeated_pitches(const Tune& tune) {
  if (tune.line.size() < 2) return std::nullopt;
  return interval_shares(tune.line)[12];
}
Value syncopation(const Tune& tune) { return syncopation_share(tune.line, tune.score.meter); }
Value groove(const Tune& tune) {
  return groove_consistency(tune.line, tune.score.meter, tune.bars);
}
Value entropy(const Tune& tune) { return pitch_class_entropy(tune.line); }
Value silence(const Tune& tune) { return silence_share(tune.line, tune.score.meter, tune.bars); }
Value repeated_bars(const Tune& tune) {
  const auto repeats = find_repeats(tune.line, tune.score.meter, tune.bars);
  const auto exact = std::ranges::count(repeats, Repeat::Exact, &BarRepeat::kind);
  return tune.bars.size() > 0 ? Value(static_cast<double>(exact) / tune.bars.size()) : std::nullopt;
}

struct Measure {
  const char* name;
  Value (*of)(const Tune& tune);
};
constexpr Measure kMeasures[] = {
    {"chord tones on beats", chord_tones},
    {"notes a quarter", density},
    {"range in semitones", range},
    {"mean interval", step_size},
    {"repeated pitches", repeated_pitches},
    {"syncopation", syncopation},
    {"groove consistency", groove},
    {"pitch-class entropy", entropy},
    {"silence", silence},
    {"repeated bars", repeated_bars},
};

Histogram step_lengths(const Tune& tune) {
  return step_value_histogram(tune.line, tune.score.ppq());
}
Histogram durations(const Tune& tune) { return note_value_histogram(tune.line, tune.score.ppq()); }
Histogram intervals(const Tune& tune) { return interval_histogram(tune.line); }

/// A distribution within the piece, compared with the mean one of the family.
struct Shape {
  const char* name;
  Histogram (*of)(const Tune& tune);
};
constexpr Shape kShapes[] = {
    {"times between onsets, like the family's", step_lengths},
    {"durations, like the family's", durations},
    {"intervals, like the family's", intervals},
};

std::vector<double> values_of(const Measure& measure, std::span<const Tune> tunes) {
  std::vector<double> values;
  for (const Tune& tune : tunes)
    if (const Value value = measure.of(tune)) values.push_back(*value);
  return values;
}

Histogram sum_of(const Shape& shape, std::span<const Tune> tunes) {
  Histogram sum;
  for (const Tune& tune : tunes) {
    const Histogram own = shape.of(tune);
    sum.resize(own.size());
    for (std::size_t i = 0; i < own.size(); ++i) sum[i] += own[i];
  }
  return sum;
}

enum class Own : std::uint8_t { Among, Outside };  ///< whether the tunes are part of the sum
/// Each tune's overlap with the mean of the family's others.
std::vector<double> likenesses(const Shape& shape, std::span<const Tune> tunes,
                               const Histogram& sum, std::size_t family, Own own) {
  std::vector<double> values;
  for (const Tune& tune : tunes) {
    const Histogram histogram = shape.of(tune);
    Histogram others = sum;
    const auto count = static_cast<double>(own == Own::Among ? family - 1 : family);
    for (std::size_t i = 0; i < others.size(); ++i)
      others[i] = (others[i] - (own == Own::Among ? histogram[i] : 0)) / count;
    values.push_back(overlapped_area(histogram, others));
  }
  return values;
}

void add_row(const Sample& sample, const char* name, std::vector<double> ours_values,
             std::vector<double> real_values, Table& table) {
  const Distribution ours(ours_values), real(std::move(real_values));
  if (ours.empty() || real.size() < 2) return;
  const double low = real.quantile(0.05), high = real.quantile(0.95);
  const auto inside = std::ranges::count_if(
      ours_values, [&](double value) { return low <= value && value <= high; });
  const double median = ours.quantile(0.5);
  table.rows.push_back({sample.genre, sample.bars, name, sample.name_of_real(0), low,
                        real.quantile(0.5), high, ours.quantile(0.05), median, ours.quantile(0.95),
                        real.rank_of(median),
                        static_cast<double>(inside) / static_cast<double>(ours.size()),
                        low <= median && median <= high});
}

std::vector<Tune> tunes_of(std::span<const Excerpt> excerpts, bool from_melody_alone) {
  std::vector<Tune> tunes;
  for (const Excerpt& excerpt : excerpts)
    if (!notes_of(excerpt, Role::Melody).empty())
      tunes.push_back(tune_of(excerpt, from_melody_alone));
  return tunes;
}

void add_rows(const Sample& sample, Table& table) {
  const RealPieces& melodies = sample.real_melody();
  if (melodies.excerpts == nullptr) return;
  const bool alone = std::ranges::all_of(
      *melodies.excerpts, [](const Excerpt& excerpt) { return excerpt.score.parts.size() == 1; });
  const auto real = tunes_of(*melodies.excerpts, alone), ours = tunes_of(sample.ours, alone);
  if (real.size() < 2) return;
  for (const Measure& measure : kMeasures)
    add_row(sample, measure.name, values_of(measure, ours), values_of(measure, real), table);
  for (const Shape& shape : kShapes) {
    const Histogram sum = sum_of(shape, real);
    add_row(sample, shape.name, likenesses(shape, ours, sum, real.size(), Own::Outside),
            likenesses(shape, real, sum, real.size(), Own::Among), table);
  }
}

}  // namespace

Table texture_table(std::span<const Sample> samples) {
  Table table{
      "texture",
      "Texture of melodies",
      "Where our melodies lie among real ones, from the first bar to the last in which either "
      "sings. "
      "Chords are estimated on either side, by half bars, "
      "from the same parts. Rank: share of the real pieces that lie below our median. Inside: "
      "share of ours between the real 5th and 95th percentile (of real pieces: 90 %). Holds when "
      "our median lies there.",
      {{"genre", "genre"},
       {"bars", "bars"},
       {"measure", "measure"},
       {"family", "real pieces"},
       {"real_p5", "real 5th", Show::TwoDigits},
       {"real_median", "median", Show::TwoDigits},
       {"real_p95", "95th", Show::TwoDigits},
       {"p5", "our 5th", Show::TwoDigits},
       {"median", "median", Show::TwoDigits},
       {"p95", "95th", Show::TwoDigits},
       {"rank", "rank of our median", Show::Percent},
       {"inside", "inside", Show::Percent},
       {"holds", "holds"}},
      {}};
  for (const Sample& sample : samples) add_rows(sample, table);
  return table;
}

}  // namespace toccata::cli

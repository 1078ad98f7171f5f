// SPDX-License-Identifier: MIT
#include <toccata/learn/drum_figures.hpp>

#include <algorithm>
#include <cmath>

#include "bootstrap.hpp"

namespace toccata::learn {
namespace {

/// Of one take: what two R2s over any takes are made of.
struct Errors {
  double count = 0, sum = 0, squares = 0, of_model = 0, of_means = 0;
  void add(const Errors& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
    of_model += other.of_model;
    of_means += other.of_means;
  }
  double gain() const {
    const double spread = squares - sum * sum / count;
    return spread > 0 ? (of_means - of_model) / spread : 0;
  }
};

std::vector<Errors> errors_of(const HeardRows& rows, std::span<const double> model,
                              std::span<const double> means) {
  std::vector<Errors> takes;
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    takes.resize(std::max<std::size_t>(takes.size(), rows.performance[row] + 1));
    const double y = rows.targets[row], of_model = y - model[row], of_means = y - means[row];
    takes[rows.performance[row]].add({1, y, y * y, of_model * of_model, of_means * of_means});
  }
  return takes;
}

std::array<double, 2> interval(const std::vector<Errors>& takes, const Rng& rng) {
  return bootstrap<Errors>(
      takes.size(), rng, [&](Errors& drawn, std::size_t i) { drawn.add(takes[i]); },
      [](const Errors& drawn) { return drawn.gain(); });
}

/// Sums of products of two series.
struct Products {
  double count = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  void add(double a, double b) {
    count += 1;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  double of_both() const { return xy - x * y / count; }
  double of_first() const { return xx - x * x / count; }
  double of_second() const { return yy - y * y / count; }
};

double correlation(double both, double first, double second) {
  return first > 0 && second > 0 ? both / std::sqrt(first * second) : 0;
}

int key_of(Drum drum) {
  constexpr std::array<int, kDrums> kKeys{36, 38, 40, 37, 42, 46, 44, 50, 47, 43, 49, 51, 53};
  return kKeys[static_cast<std::size_t>(drum)];
}

}  // namespace

DrumFigures drum_figures(const DrumModel& model, std::span<const DrumTake* const> takes,
                         DrumTarget target, const Rng& rng) {
  const ExpressionRows rows = drum_rows(takes, target);
  const auto& learner = model.of(target);
  const auto learned = learner.trees.predict(rows.table.view(), 1);
  const auto means = predict(learner.means, takes);
  const auto errors = errors_of(rows, learned, means);
  Errors all;
  for (const Errors& take : errors) all.add(take);
  return {figures_of(rows, learned, rng.fork("model")), figures_of(rows, means, rng.fork("means")),
          all.gain(), interval(errors, rng.fork("gain"))};
}

Agreement agreement(const HeardRows& rows, std::span<const double> predicted) {
  Products all;
  std::vector<Products> takes;
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    takes.resize(std::max<std::size_t>(takes.size(), rows.performance[row] + 1));
    all.add(predicted[row], rows.targets[row]);
    takes[rows.performance[row]].add(predicted[row], rows.targets[row]);
  }
  double both = 0, first = 0, second = 0;
  for (const Products& take : takes) {
    if (take.count == 0) continue;
    both += take.of_both();
    first += take.of_first();
    second += take.of_second();
  }
  const double whole = correlation(all.of_both(), all.of_first(), all.of_second());
  return {whole * whole, correlation(both, first, second)};
}

Score score_of(const DrumPattern& pattern) {
  const std::int64_t ticks = kComposedPpq.ticks() / DrumPattern::kPlaces;
  Score score;
  const auto pulses = static_cast<int>(pattern.bar_length * 4 / DrumPattern::kPlaces);
  if (const auto meter = pulses % 4 == 0 ? Meter::make(pulses / 4, 4) : Meter::make(pulses / 2, 8))
    score.meter = MeterMap(kComposedPpq, {{Tick(0), *meter}});
  if (const auto tempo = Tempo::from_bpm(pattern.bpm))
    score.tempo = TempoMap(kComposedPpq, {{Tick(0), *tempo}});
  Part part;
  part.id = PartId(1);
  part.name = "Drums";
  part.role = Role::Drums;
  part.instrument.is_drums = true;
  for (std::size_t i = 0; i < pattern.hits.size(); ++i) {
    Note note;
    note.id = NoteId(static_cast<std::uint32_t>(i + 1));
    note.onset = Tick(pattern.hits[i].place * ticks);
    note.duration = Duration(ticks);
    note.pitch = *Pitch::from_number(key_of(pattern.hits[i].drum));
    part.notes.push_back(note);
  }
  sort_notes(part.notes);
  score.parts.push_back(std::move(part));
  score.end = Tick(std::max<std::int64_t>(pattern.bars, 1) * pattern.bar_length * ticks);
  return score;
}

}  // namespace toccata::learn

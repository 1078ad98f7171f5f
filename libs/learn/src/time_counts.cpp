// SPDX-License-Identifier: MIT
#include <toccata/learn/time_counts.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <toccata/learn/target_series.hpp>
#include <toccata/perform/past.hpp>

namespace toccata::learn {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// What is foretold, taken element by element as foretell() went through them.
class Foretellings {
 public:
  explicit Foretellings(const Foretold& foretold) : foretold_(foretold) {}

  /// One number an element; NaN where the element was not heard.
  std::vector<double> next(const TargetSeries& series) {
    std::vector<double> values(series.values.size(), kUnknown);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (!std::isnan(series.values[i])) values[i] = foretold_.predicted[row_++];
    return values;
  }
  /// Of the performance that next() gave last.
  std::uint32_t performance() const { return last_of(foretold_.rows.performance); }
  std::uint32_t composition() const { return last_of(foretold_.rows.composition); }

 private:
  std::uint32_t last_of(const std::vector<std::uint32_t>& numbers) const {
    return row_ > 0 ? numbers[row_ - 1] : 0;
  }

  const Foretold& foretold_;
  std::size_t row_ = 0;
};

/// Chords of a performance: what was heard and foretold of each.
struct Chords {
  std::vector<double> slowness, foretold;
  /// log2 of seconds a quarter, where slowness is 0; none where no chord's time is known.
  std::optional<double> median;
};

double mean_onset(const AlignedPerformance& performance, const PlacedChord& chord) {
  RunningMean mean;
  for (std::size_t place = chord.first; place < chord.end; ++place)
    mean.add(performance.times.onset[place]);
  return mean.value();
}

double quarters_to_next(const PlayingOrder& order, std::size_t chord) {
  const auto chords = order.chords();
  return order.quarters(chords[chord + 1].onset) - order.quarters(chords[chord].onset);
}

Chords chords_of(const PlayingOrder& order, const AlignedPerformance& performance,
                 Foretellings& foretold) {
  const TargetSeries series = target_series(order, performance, Target::ChordSlowness);
  const auto values = foretold.next(series);
  Chords chords;
  chords.slowness.assign(order.chords().size(), kUnknown);
  chords.foretold.assign(order.chords().size(), kUnknown);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    const std::size_t chord = order.notes()[series.places[i]].chord;
    chords.slowness[chord] = series.values[i];
    chords.foretold[chord] = values[i];
    const double wait = mean_onset(performance, order.chords()[chord + 1]) -
                        mean_onset(performance, order.chords()[chord]);
    chords.median = std::log2(wait / quarters_to_next(order, chord)) - series.values[i];
  }
  return chords;
}

/// Where rows of one performance are added.
class Adding {
 public:
  Adding(Foretold& out, const Foretellings& like)
      : out_(out), performance_(like.performance()), composition_(like.composition()) {}
  void add(double heard, double foretold) {
    out_.rows.targets.push_back(static_cast<float>(heard));
    out_.predicted.push_back(foretold);
    out_.rows.performance.push_back(performance_);
    out_.rows.composition.push_back(composition_);
  }

 private:
  Foretold& out_;
  std::uint32_t performance_, composition_;
};

/// The four counts from one kind of inputs; the written ones of Waits and Lengths beside them.
struct Counts {
  Foretold by_notes, note_after_note, waits, lengths, written_waits, written_lengths;

  void add_chords(const PlayingOrder& order, const AlignedPerformance& performance,
                  const Chords& chords, const Foretellings& like) {
    Adding notes(by_notes, like), after(note_after_note, like), seconds(waits, like),
        written(written_waits, like);
    for (std::size_t chord = 0; chord < chords.slowness.size(); ++chord) {
      const double heard = chords.slowness[chord], foretold = chords.foretold[chord];
      if (std::isnan(heard)) continue;
      const double at_median = *chords.median + std::log2(quarters_to_next(order, chord));
      bool is_first = true;
      const PlacedChord& here = order.chords()[chord];
      for (std::size_t place = here.first; place < here.end; ++place) {
        if (std::isnan(performance.times.onset[place])) continue;
        notes.add(heard, foretold);
        after.add(heard, std::exchange(is_first, false) ? foretold : heard);
        seconds.add(at_median + heard, at_median + foretold);
        written.add(at_median + heard, at_median);
      }
    }
  }
  void add_lengths(const PlayingOrder& order, const AlignedPerformance& performance,
                   const Chords& chords, Foretellings& foretold) {
    const TargetSeries series = target_series(order, performance, Target::Articulation);
    const auto values = foretold.next(series);
    if (!chords.median) return;
    Adding seconds(lengths, foretold), written(written_lengths, foretold);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isnan(values[i])) continue;
      const std::size_t place = series.places[i];
      const double lasts = performance.times.end[place] - performance.times.onset[place];
      const double at_median = *chords.median + std::log2(order.duration(place));
      const double slowness = chords.foretold[order.notes()[place].chord];
      seconds.add(std::log2(lasts), at_median + values[i] + (std::isnan(slowness) ? 0 : slowness));
      written.add(std::log2(lasts), at_median);
    }
  }
};

}  // namespace

std::string_view name_of(TimeCount count) {
  switch (count) {
    case TimeCount::ByNotes: return "by_notes";
    case TimeCount::NoteAfterNote: return "note_after_note";
    case TimeCount::Waits: return "waits";
    case TimeCount::Lengths: return "lengths";
  }
  return "";
}

std::vector<CountedTimes> count_times(const ExpressionModel& model,
                                      std::span<const PreparedPiece* const> pieces,
                                      const Running& running) {
  std::vector<CountedTimes> counted;
  for (const Inputs inputs : {Inputs::Marks, Inputs::History}) {
    const auto of = [&](Target target) {
      return foretell(model, {ExpressionModel::Learner::Model, target, inputs}, pieces, running);
    };
    const Foretold of_chords = of(Target::ChordSlowness), of_notes = of(Target::Articulation);
    if (of_chords.predicted.empty() || of_notes.predicted.empty()) continue;
    Foretellings chords_foretold(of_chords), notes_foretold(of_notes);
    Counts counts;
    for (const PreparedPiece* prepared : pieces)
      for (const AlignedPerformance& performance : prepared->piece.performances) {
        const PlayingOrder& order = *prepared->piece.order;
        const Chords chords = chords_of(order, performance, chords_foretold);
        counts.add_chords(order, performance, chords, chords_foretold);
        counts.add_lengths(order, performance, chords, notes_foretold);
      }
    if (inputs == Inputs::Marks) {
      counted.push_back({TimeCount::Waits, std::nullopt, std::move(counts.written_waits)});
      counted.push_back({TimeCount::Lengths, std::nullopt, std::move(counts.written_lengths)});
    }
    counted.push_back({TimeCount::ByNotes, inputs, std::move(counts.by_notes)});
    if (inputs == Inputs::History)
      counted.push_back({TimeCount::NoteAfterNote, inputs, std::move(counts.note_after_note)});
    counted.push_back({TimeCount::Waits, inputs, std::move(counts.waits)});
    counted.push_back({TimeCount::Lengths, inputs, std::move(counts.lengths)});
  }
  std::ranges::stable_sort(counted, {}, &CountedTimes::count);
  return counted;
}

}  // namespace toccata::learn

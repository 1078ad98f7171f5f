// SPDX-License-Identifier: MIT
#include "played_chords.hpp"

#include <algorithm>
#include <cmath>

#include "feature_columns.hpp"

namespace toccata {

double median(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return kMissing;
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

PlayedChords::PlayedChords(const PlayingOrder& order, const PlayedTimes& times)
    : order_(&order), times_(&times) {
  for (std::size_t i = 0; i < order.chords().size(); ++i) add(i);
  std::vector<double> periods;
  for (std::size_t i = 0; i < order.chords().size(); ++i) periods.push_back(period(i, 16));
  median_period_ = median(std::move(periods));
}

void PlayedChords::add(std::size_t index) {
  const PlacedChord& chord = order_->chords()[index];
  double sum = 0, count = 0, earliest = 1e300, latest = -1e300;
  for (std::size_t place = chord.first; place < chord.end; ++place) {
    const double at = times_->onset[place];
    if (std::isnan(at)) continue;
    sum += at;
    count += 1;
    earliest = std::min(earliest, at);
    latest = std::max(latest, at);
  }
  onsets_.push_back(count > 0 ? sum / count : kMissing);
  counts_.push_back(count);
  spreads_.push_back(count > 1 ? latest - earliest : count > 0 ? 0 : kMissing);
}

double PlayedChords::wait(std::size_t chord, int steps) const {
  const auto there = static_cast<std::ptrdiff_t>(chord) + steps;
  if (there < 0 || there >= std::ssize(onsets_)) return kMissing;
  return onsets_[static_cast<std::size_t>(there)] - onsets_[chord];
}

double PlayedChords::rate(std::size_t chord, double reach) const {
  const double at = onsets_[chord];
  if (std::isnan(at)) return kMissing;
  double notes = counts_[chord];
  for (std::size_t i = chord; i-- > 0 && !(onsets_[i] < at - reach);) notes += counts_[i];
  for (std::size_t i = chord + 1; i < onsets_.size() && !(onsets_[i] > at + reach); ++i)
    notes += counts_[i];
  return notes / (2 * reach);
}

double PlayedChords::time_at(double quarter_wanted) const {
  if (onsets_.empty()) return kMissing;
  const std::size_t here = order_->chord_at(quarter_wanted);
  return quarter(here) == quarter_wanted ? onsets_[here] : kMissing;
}

double PlayedChords::between(std::size_t chord, double before, double after) const {
  std::size_t first = chord, last = chord;
  for (std::size_t i = chord; i-- > 0 && quarter(i) >= quarter(chord) - before;)
    if (!std::isnan(onsets_[i])) first = i;
  for (std::size_t i = chord + 1; i < onsets_.size() && quarter(i) <= quarter(chord) + after; ++i)
    if (!std::isnan(onsets_[i])) last = i;
  const double period = (onsets_[last] - onsets_[first]) / (quarter(last) - quarter(first));
  return last > first && period > 0 ? period : kMissing;
}

}  // namespace toccata

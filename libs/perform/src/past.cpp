// SPDX-License-Identifier: MIT
#include <toccata/perform/past.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>

#include "features_history.hpp"
#include "same_music.hpp"

namespace toccata {
namespace {

constexpr std::size_t kLags = 8;
constexpr std::array<std::size_t, 3> kMeans{4, 12, 32};
/// Of those just before an element, what it stands over or under.
constexpr std::size_t kNotesBefore = 8, kChordsBefore = 4;

void name_same(std::vector<std::string>& names, const char* prefix, Elements elements) {
  for (const char* kind : kinds_of_sameness(elements))
    for (const char* what : {"", "_mean", "_over"})
      names.push_back(fmt::format("{}_same_{}{}", prefix, kind, what));
}

std::vector<std::string> make_note_names() {
  auto names = history_names();
  name_same(names, "history", Elements::Notes);
  return names;
}

std::vector<std::string> make_series_names() {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= kLags; ++i) names.push_back(fmt::format("series-{}", i));
  for (const std::size_t reach : kMeans) names.push_back(fmt::format("series_mean_{}", reach));
  name_same(names, "series", Elements::Chords);
  return names;
}

}  // namespace

const std::vector<std::string>& past_names(Target target) {
  static const std::vector<std::string> kNotes = make_note_names(), kSeries = make_series_names();
  return elements_of(target) == Elements::Notes ? kNotes : kSeries;
}

Past::Past(const PlayingOrder& order, Target target, std::span<const std::size_t> places)
    : order_(&order),
      of_notes_(elements_of(target) == Elements::Notes),
      count_(places.size()),
      group_of_(std::make_shared<const Groups>(same_music(order, elements_of(target), places))) {
  TOCCATA_ASSERT(!of_notes_ || count_ == order.notes().size());
  for (const auto& group_of : *group_of_) {
    const auto last = std::ranges::max_element(group_of);
    alike_.emplace_back(group_of.empty() ? 0 : *last + std::size_t{1});
  }
}

void Past::tell(std::span<float> out) const {
  TOCCATA_ASSERT(size() < count_);
  std::size_t at = of_notes_ ? history_names().size() : kLags + kMeans.size();
  if (of_notes_) history_features(*order_, values_, mean_.value(), out.first(at));
  else tell_series(out.first(at));
  for (std::size_t kind = 0; kind < alike_.size(); ++kind) {
    const Alike& alike = alike_[kind][(*group_of_)[kind][size()]];
    for (const double value :
         {static_cast<double>(alike.last), alike.mean.value(), alike.over.value()})
      out[at++] = static_cast<float>(value);
  }
}

void Past::tell_series(std::span<float> out) const {
  std::size_t at = 0;
  for (std::size_t i = 1; i <= kLags; ++i)
    out[at++] = size() < i ? std::numeric_limits<float>::quiet_NaN() : values_[size() - i];
  for (const std::size_t reach : kMeans) out[at++] = static_cast<float>(mean_of_last(reach));
}

double Past::mean_of_last(std::size_t reach) const {
  RunningMean mean;
  for (std::size_t i = size() - std::min(size(), reach); i < size(); ++i) mean.add(values_[i]);
  return mean.value();
}

void Past::add(float value) {
  TOCCATA_ASSERT(size() < count_);
  if (values_.empty()) values_.reserve(count_);  // a copy has no room of its own
  if (!std::isnan(value)) remember(value);
  mean_.add(value);
  values_.push_back(value);
}

void Past::remember(float value) {
  const double over = value - mean_of_last(of_notes_ ? kNotesBefore : kChordsBefore);
  for (std::size_t kind = 0; kind < alike_.size(); ++kind) {
    Alike& alike = alike_[kind][(*group_of_)[kind][size()]];
    alike.last = value;
    alike.mean.add(value);
    alike.over.add(over);
  }
}

}  // namespace toccata

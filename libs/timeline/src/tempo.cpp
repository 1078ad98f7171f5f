// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include <toccata/timeline/tempo.hpp>

namespace toccata {
namespace {

/// Real time of a stretch at one tempo.
double stretch(Duration length, Tempo tempo, Ppq ppq) {
  return static_cast<double>(length.ticks()) * tempo.micros_per_quarter() / (1e6 * ppq.ticks());
}

}  // namespace

Result<Tempo, RangeError> Tempo::from_bpm(double bpm) {
  const double micros = bpm > 0 ? std::floor(60e6 / bpm + 0.5) : 0;
  if (!(micros >= kFastest && micros <= kSlowest)) {
    const double shown = micros > 0 && micros < 9e18 ? micros : 0;
    return Unexpected{RangeError{static_cast<std::int64_t>(shown), kFastest, kSlowest}};
  }
  return from_micros_per_quarter(static_cast<std::int32_t>(micros));
}

TempoMap::TempoMap(Ppq ppq, std::vector<TempoChange> changes) : ppq_(ppq) {
  std::stable_sort(changes.begin(), changes.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  for (const auto& change : changes) {
    TOCCATA_ASSERT(change.at >= Tick(0));
    if (!changes_.empty() && changes_.back().at == change.at) changes_.pop_back();
    changes_.push_back(change);
  }
  Tick before;
  Tempo tempo = kDefaultTempo;
  double seconds = 0;
  for (const auto& change : changes_) {
    seconds += stretch(change.at - before, tempo, ppq_);
    seconds_.push_back(seconds);
    before = change.at;
    tempo = change.tempo;
  }
}

std::ptrdiff_t TempoMap::index_at(Tick at) const {
  const auto after = std::upper_bound(changes_.begin(), changes_.end(), at,
                                      [](Tick t, const auto& change) { return t < change.at; });
  return after - changes_.begin() - 1;
}

Tempo TempoMap::tempo_at(Tick at) const {
  const auto index = index_at(at);
  return index < 0 ? kDefaultTempo : changes_[static_cast<std::size_t>(index)].tempo;
}

Seconds TempoMap::seconds_at(Tick at) const {
  const auto index = index_at(at);
  if (index < 0) return Seconds(stretch(at - Tick(0), kDefaultTempo, ppq_));
  const auto& change = changes_[static_cast<std::size_t>(index)];
  return Seconds(seconds_[static_cast<std::size_t>(index)] +
                 stretch(at - change.at, change.tempo, ppq_));
}

Tick TempoMap::tick_at(Seconds at) const {
  const auto after = std::upper_bound(seconds_.begin(), seconds_.end(), at.value());
  const auto index = after - seconds_.begin() - 1;
  const bool in_first = index < 0;
  const auto i = static_cast<std::size_t>(in_first ? 0 : index);
  const Tempo tempo = in_first ? kDefaultTempo : changes_[i].tempo;
  const Tick origin = in_first ? Tick(0) : changes_[i].at;
  const double since = at.value() - (in_first ? 0 : seconds_[i]);
  const double ticks = since * 1e6 * ppq_.ticks() / tempo.micros_per_quarter();
  return origin + Duration(static_cast<std::int64_t>(std::floor(ticks + 0.5)));
}

}  // namespace toccata

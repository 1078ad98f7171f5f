// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/analysis/bars.hpp>

namespace toccata {
namespace {

/// Where a bar is cut, apart from its own onset.
std::vector<Duration> cuts_of(const Meter& meter, Ppq ppq, Slice slice) {
  const std::vector<Duration> beats = meter.beat_onsets(ppq);
  if (slice == Slice::Bar || beats.size() < 2) return {};
  if (slice == Slice::Beat) return {beats.begin() + 1, beats.end()};
  const Duration bar = meter.bar(ppq);
  Duration best = beats[1];
  const auto off_middle = [&](Duration cut) {
    const Duration twice = 2 * cut - bar;
    return std::max(twice, -twice);
  };
  for (Duration beat : beats)
    if (off_middle(beat) <= off_middle(best)) best = beat;
  return {best};
}

}  // namespace

BarRange bars_of(const Score& score) {
  return clipped({score.meter.first_bar(), Bar(score.bar_count())}, score.meter);
}

BarRange clipped(BarRange bars, const MeterMap& meter) {
  const Bar lowest = meter.first_bar();
  const Bar highest = lowest + kMostAnalysedBars;
  const Bar first = std::clamp(bars.first, lowest, highest);
  return {first, std::clamp(bars.end, first, highest)};
}

Span span_of(BarRange bars, const MeterMap& meter) {
  return {meter.onset_of(bars.first), meter.onset_of(bars.end)};
}

std::vector<Span> slices_of(BarRange bars, const MeterMap& meter, Slice slice) {
  bars = clipped(bars, meter);
  std::vector<Span> slices;
  for (Bar bar = bars.first; bar < bars.end && slices.size() < kMostSlices; bar = bar + 1) {
    const Tick end = meter.end_of(bar);
    Tick from = meter.onset_of(bar);
    const Tick bar_line = from;
    for (Duration cut : cuts_of(meter.meter_at(bar_line), meter.ppq(), slice)) {
      const Tick at = bar_line + cut;
      if (at <= from || at >= end) continue;  // a bar cut short, or a beat under one tick
      slices.push_back({from, at});
      from = at;
    }
    slices.push_back({from, end});
  }
  return slices;
}

std::span<const Note> notes_within(std::span<const Note> notes, Span span) {
  const auto first = std::ranges::lower_bound(notes, span.onset, {}, &Note::onset);
  const auto last = std::ranges::lower_bound(first, notes.end(), span.end, {}, &Note::onset);
  return {first, last};
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <charconv>

#include <toccata/timeline/meter.hpp>

#include "beats.hpp"

namespace toccata {
namespace {

std::optional<int> parse_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Result<Meter, RangeError> Meter::make(int pulses, int unit) {
  if (pulses < 1 || pulses > kMostPulses) return Unexpected{RangeError{pulses, 1, kMostPulses}};
  if (!is_unit(unit)) return Unexpected{RangeError{unit, 1, kShortestPulse}};
  return Meter(static_cast<std::uint8_t>(pulses), static_cast<std::uint8_t>(unit));
}

Result<Meter, RangeError> Meter::make_additive(std::span<const int> groups, int unit) {
  constexpr int kMostGroups = 16, kLargestGroup = 15;
  if (groups.empty() || groups.size() > kMostGroups)
    return Unexpected{RangeError{static_cast<std::int64_t>(groups.size()), 1, kMostGroups}};
  int pulses = 0;
  std::uint64_t packed = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] < 1 || groups[i] > kLargestGroup)
      return Unexpected{RangeError{groups[i], 1, kLargestGroup}};
    pulses += groups[i];
    packed |= static_cast<std::uint64_t>(groups[i]) << (4 * i);
  }
  TOCCATA_TRY(Meter meter, make(pulses, unit));
  if (std::ranges::equal(meter.beats(), groups)) return meter;
  meter.groups_ = packed;
  return meter;
}

int Meter::beat_count() const {
  if (groups_ != 0) return (67 - std::countl_zero(groups_)) / 4;
  if (pulses_ <= 3 || unit_ < 8) return pulses_;
  return pulses_ % 3 == 0 ? pulses_ / 3 : pulses_ / 2;
}

int Meter::pulses_of_beat(int beat) const {
  if (groups_ != 0) return static_cast<int>(groups_ >> (4 * beat) & 0xF);
  if (pulses_ <= 3 || unit_ < 8) return 1;
  if (pulses_ % 3 == 0) return 3;
  // Twos with one three at the end where the number is odd: 4/8 = 2+2, 5/8 = 2+3, 7/8 = 2+2+3.
  return pulses_ % 2 != 0 && beat + 1 == pulses_ / 2 ? 3 : 2;
}

std::vector<int> Meter::beats() const {
  std::vector<int> beats;
  for (int beat = 0; beat < beat_count(); ++beat) beats.push_back(pulses_of_beat(beat));
  return beats;
}

std::vector<Duration> Meter::beat_onsets(Ppq ppq) const {
  std::vector<Duration> onsets;
  int pulses = 0;
  for (int beat = 0; beat < beat_count(); ++beat) {
    onsets.push_back(pulse_onset(pulses, ppq));
    pulses += pulses_of_beat(beat);
  }
  return onsets;
}

double Meter::weight_at(Duration from_bar_line, Ppq ppq) const {
  if (from_bar_line == Duration(0)) return 1.0;
  const int count = beat_count();
  int pulses = 0;
  for (int beat = 0; beat < count; ++beat) {
    if (pulse_onset(pulses, ppq) == from_bar_line)
      return count % 2 == 0 && beat == count / 2 ? 0.75 : 0.5;
    pulses += pulses_of_beat(beat);
  }
  Duration grid = pulse(ppq);
  for (double weight = 0.25; weight > 0.03 && grid > Duration(0); weight /= 2, grid = grid / 2)
    if (from_bar_line % grid == Duration(0)) return weight;
  return 0.03125;
}

std::string to_string(const Meter& meter) {
  return std::to_string(meter.pulses()) + "/" + std::to_string(meter.unit());
}

Result<Meter, std::string> parse_meter(std::string_view text) {
  const auto refuse = [&] {
    return Unexpected{"\"" + std::string(text) +
                      "\" is not a meter: allowed are 1..255 pulses (or groups such as 2+2+3) over "
                      "1, 2, 4, 8, 16, 32, 64 or 128, as in 6/8"};
  };
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return refuse();
  const auto unit = parse_number(text.substr(slash + 1));
  std::vector<int> groups;
  std::string_view upper = text.substr(0, slash);
  for (;;) {
    const auto plus = upper.find('+');
    const auto group = parse_number(upper.substr(0, plus));
    if (!group) return refuse();
    groups.push_back(*group);
    if (plus == std::string_view::npos) break;
    upper.remove_prefix(plus + 1);
  }
  if (!unit) return refuse();
  const auto meter =
      groups.size() == 1 ? Meter::make(groups[0], *unit) : Meter::make_additive(groups, *unit);
  if (!meter) return refuse();
  return *meter;
}

MeterMap::MeterMap(Ppq ppq, std::vector<MeterChange> changes, Pickup pickup)
    : ppq_(ppq), pickup_(pickup) {
  std::stable_sort(changes.begin(), changes.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  for (const auto& change : changes) {
    TOCCATA_ASSERT(change.at >= Tick(0));
    if (!changes_.empty() && changes_.back().at == change.at) changes_.pop_back();
    changes_.push_back(change);
  }
  index_bars();
}

void MeterMap::index_bars() {
  spans_ = {make_span(Tick(0), first_bar(), kCommonTime)};
  for (const auto& change : changes_) {
    const Span& last = spans_.back();
    if (change.at == last.onset) {
      spans_.back() = make_span(last.onset, last.first, change.meter);
      continue;
    }
    const Duration stretch = change.at - last.onset;
    const Duration begun = last.bar - Duration(1);  // a bar cut short counts as one
    const Bar first = bars_after(last, stretch + begun);
    if (first == Bar(Bar::kLast)) break;  // the last that can be counted has no bars after it
    spans_.push_back(make_span(change.at, first, change.meter));
  }
}

MeterMap::Span MeterMap::make_span(Tick onset, Bar first, const Meter& meter) const {
  return {onset, first, meter, bar_length(meter, ppq_), even_beat(meter, ppq_)};
}

Bar MeterMap::bars_after(const Span& span, Duration stretch) {
  const std::int64_t left = Bar::kLast - span.first.index();
  return span.first + static_cast<int>(std::min(stretch / span.bar, left));
}

const MeterMap::Span& MeterMap::span_at(Tick at) const {
  const auto after = std::upper_bound(spans_.begin() + 1, spans_.end(), at,
                                      [](Tick t, const Span& span) { return t < span.onset; });
  return *(after - 1);
}

MeterMap::Place MeterMap::place_of(Tick at) const {
  const Span& span = span_at(at);
  const Duration into_span = at - span.onset;
  const Bar bar = bars_after(span, std::max(into_span, Duration(0)));
  return {span, bar, into_span - span.bar * (bar - span.first)};
}

Bar MeterMap::bar_at(Tick at) const { return place_of(at).bar; }

Tick MeterMap::onset_of(Bar bar) const {
  const auto after = std::upper_bound(spans_.begin() + 1, spans_.end(), bar,
                                      [](Bar b, const Span& span) { return b < span.first; });
  const Span& span = *(after - 1);
  return span.onset + span.bar * (bar - span.first);
}

BarBeat MeterMap::bar_beat_at(Tick at) const {
  const Place place = place_of(at);
  return beat_at(place.span.meter, ppq_, place.span.even_beat, place.bar, place.into_bar);
}

Tick MeterMap::tick_at(const BarBeat& position) const {
  const Tick bar_line = onset_of(position.bar);
  const auto onsets = meter_at(bar_line).beat_onsets(ppq_);
  TOCCATA_ASSERT(position.beat >= 0 && position.beat < static_cast<int>(onsets.size()));
  return bar_line + onsets[static_cast<std::size_t>(position.beat)] + position.into_beat;
}

double MeterMap::weight_at(Tick at) const {
  const Place place = place_of(at);
  return place.span.meter.weight_at(place.into_bar, ppq_);
}

Duration Swing::swung(Duration into_beat, Duration beat) const {
  // In whole numbers, as this is asked for every note; halves of a tick go up.
  const std::int64_t first = ratio_.numerator(), whole = ratio_.denominator();
  const Duration half = beat / 2;
  const std::int64_t scaled =
      into_beat <= half ? 2 * into_beat.ticks() * first
                        : beat.ticks() * first + 2 * (into_beat - half).ticks() * (whole - first);
  return Duration((2 * scaled + whole) / (2 * whole));
}

}  // namespace toccata

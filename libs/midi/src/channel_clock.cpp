// SPDX-License-Identifier: MIT
#include "channel_clock.hpp"

#include <algorithm>
#include <cmath>

namespace toccata::midi {
namespace {

constexpr double kSameCents = 0.75;  ///< tunings nearer than this are one

bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

void Busy::add(Span span) {
  is_sorted_ = is_sorted_ && (spans_.empty() || spans_.back().begin <= span.begin);
  if (is_sorted_)
    latest_end_.push_back(latest_end_.empty() ? span.end : std::max(latest_end_.back(), span.end));
  spans_.push_back(span);
}

void Busy::sort() const {
  std::ranges::stable_sort(spans_, {}, &Span::begin);
  latest_end_.clear();
  for (const Span& span : spans_)
    latest_end_.push_back(latest_end_.empty() ? span.end : std::max(latest_end_.back(), span.end));
  is_sorted_ = true;
}

bool Busy::overlaps(Span span) const {
  if (!is_sorted_) sort();
  const auto after = std::ranges::lower_bound(spans_, span.end, {}, &Span::begin);
  return after != spans_.begin() &&
         latest_end_[static_cast<std::size_t>(after - spans_.begin()) - 1] > span.begin;
}

void ChannelClock::add_kept(Span note, std::uint8_t pitch) {
  kept_.add(note);
  if (kept_by_pitch_.empty()) kept_by_pitch_.resize(128);
  kept_by_pitch_[pitch].push_back(note);
}

const BendPoint& ChannelClock::point_at(Tick at) const {
  const auto after = std::ranges::upper_bound(points_, at, {}, &BendPoint::at);
  return after == points_.begin() ? points_.front() : *(after - 1);
}

bool ChannelClock::stands_at(Cents detune, Span note) const {
  const BendPoint* last = &point_at(note.end - Duration(1));
  for (const BendPoint* point = &point_at(note.begin); point <= last; ++point)
    if (std::fabs(point->cents() - detune.value()) >= kSameCents) return false;
  return !bent_.overlaps(note);
}

bool ChannelClock::is_idle(Span span) const {
  return &point_at(span.begin) == &point_at(span.end - Duration(1)) && !kept_.overlaps(span) &&
         !added_.overlaps(span) && !bent_.overlaps(span);
}

bool ChannelClock::is_taken(Tick at, std::uint8_t pitch) const {
  return points_.size() > 1 && fitting_end({at, at + Duration(1)}, pitch) > at + Duration(1);
}

Tick ChannelClock::fitting_end(Span note, std::uint8_t pitch) const {
  Tick end = note.end;
  if (kept_by_pitch_.empty()) return end;
  const auto& kept = kept_by_pitch_[pitch];
  const auto later = std::ranges::upper_bound(kept, note.begin, {}, &Span::begin);
  if (later != kept.begin() && overlap(*(later - 1), note)) end = std::max(end, (later - 1)->end);
  return later != kept.end() ? std::min(end, later->begin) : end;
}

}  // namespace toccata::midi

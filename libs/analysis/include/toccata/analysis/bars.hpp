// SPDX-License-Identifier: MIT
// Ranges of bars, and the stretches of score time that they and parts of them cover.
#pragma once

#include <span>
#include <vector>

#include <toccata/score/score.hpp>

namespace toccata {

/// The bars [first, end) of a score.
struct BarRange {
  Bar first;
  Bar end;  ///< exclusive

  constexpr int size() const { return end > first ? end - first : 0; }
  constexpr bool contains(Bar bar) const { return first <= bar && bar < end; }
  friend constexpr bool operator==(const BarRange&, const BarRange&) = default;
};

/// More bars than this are not looked at: a file of a few bytes may claim a thousand million.
inline constexpr int kMostAnalysedBars = 100'000;

/// All bars of a score, a pick-up included, at most kMostAnalysedBars from its start.
BarRange bars_of(const Score& score);
/// The same range, without what lies before the first bar or beyond kMostAnalysedBars.
BarRange clipped(BarRange bars, const MeterMap& meter);

/// The stretch [onset, end) of score time.
struct Span {
  Tick onset;
  Tick end;
  constexpr Duration duration() const { return end - onset; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};
/// From the first bar's onset to the last one's end.
Span span_of(BarRange bars, const MeterMap& meter);

/// What one chord or one window of an analysis covers.
enum class Slice : std::uint8_t { Bar, HalfBar, Beat };
inline constexpr std::size_t kMostSlices = 400'000;
/// Cuts bars into slices, in order and without gaps, up to kMostSlices. A half bar begins on the
/// beat nearest the middle (the later of two), so 3/4 is cut 2+1; a bar of one beat stays whole.
std::vector<Span> slices_of(BarRange bars, const MeterMap& meter, Slice slice);

/// The notes of one part that begin within the bars; a view, valid as long as `notes`.
std::span<const Note> notes_within(std::span<const Note> notes, Span span);

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The form, harmony and jobs of a piece, made from settings before any note is written.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/plan/settings.hpp>

namespace toccata {

enum class Cadence : std::uint8_t { Open, Half, Authentic, Final };

/// A stretch of the form.
struct SectionPlan {
  std::string label;     ///< as asked, and as the marker will say
  std::string material;  ///< sections of equal material share themes and chords: "A" for A and A'
  bool varied = false;   ///< A' and the like: returns with changes one can hear
  Bar first;
  int bars;
  double energy;  ///< [0, 1]; what its last bar has, where it grows
  Cadence cadence;
  bool has_melody = true;
  bool is_layered = false;             ///< parts enter as its energy reaches them
  bool is_buildup = false;             ///< leads to a drop
  std::optional<double> grows_from{};  ///< the energy of its first bar

  double energy_at(Bar bar) const;
  /// Whether all strike its first beat together.
  bool lands() const { return energy > 0.8 && !grows_from; }
  /// Whether what plays from some energy on plays in a bar.
  bool reaches(double from, Bar bar) const { return !is_layered || energy_at(bar) >= from; }
};

/// One chord and how long it lasts.
struct ChordSpan {
  Tick at;
  Duration duration;
  Chord chord;
};

/// A stretch in which a maqam has another jins on one of its degrees.
struct Modulation {
  Tick from, until;
  JinsPlace jins;
  Maqam scale;  ///< the maqam's degrees as they are then
};

/// A piece before its notes.
struct Plan {
  MeterMap meter{kComposedPpq};
  std::vector<SectionPlan> sections;
  std::vector<ChordSpan> chords;        ///< gapless from the first bar to the end
  std::vector<Modulation> modulations;  ///< in order
  Tick end;

  const ChordSpan& chord_at(Tick at) const;
  /// The chords that begin in [from, until). Cost: O(log chords).
  std::span<const ChordSpan> chords_in(Tick from, Tick until) const;
  const SectionPlan& section_of(Bar bar) const;
  /// Until when bass and kick carry a section: before a drop they fall silent for its last bar, or
  /// for half of it where the build-up is short.
  Tick carried_until(const SectionPlan& section) const;
  const Modulation* modulation_at(Tick at) const;  ///< null where the maqam is its usual self
};

/// Lays out the sections and the harmony. The same settings give the same plan.
/// Errors: fewer bars than sections.
Result<Plan, std::string> make_plan(const Settings& settings);

/// The sections alone: bars shared out by weight, in fours where they allow it.
Result<std::vector<SectionPlan>, std::string> lay_out_form(const FormAsk& form, int bars,
                                                           const Genre& genre);
/// The harmony of laid-out sections, each ending in its cadence.
std::vector<ChordSpan> harmonise_form(const Settings& settings,
                                      const std::vector<SectionPlan>& sections,
                                      const MeterMap& meter);

/// Where the i-th of a bar's chords begins: on a beat, or where there are more chords than beats on
/// a pulse; the earlier ones last longer. "C F G" in 4/4 are two beats, one and one, "C F" in 7/8
/// two groups and the last one. Range: i under count; `bar` is the bar's length.
Duration chord_onset(const Meter& meter, Duration bar, std::size_t i, std::size_t count);

/// Errors: more quarters than kMostQuarters.
Result<void, std::string> check_length(int bars, const Meter& meter);

/// Bars in a length of real time at a tempo, at least one.
int bars_for_seconds(double seconds, Tempo tempo, const Meter& meter);

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The line of a wind, a string or a voice that neither leads nor plays the bass.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/plan/plan.hpp>

#include "grid.hpp"

namespace toccata {

/// One note at a time: tones of the chords, led from each to the next under the lines above it,
/// with passing notes between (two-part rules: no parallel fifths and octaves, no crossing, few
/// unisons).
class InnerVoice {
 public:
  /// `order` counts the inner voices from the highest, 0-based: the later ones lie lower.
  InnerVoice(const Settings& settings, const Plan& plan, const Seat& seat, int order,
             const Rng& rng);
  /// The notes of one section. `lines` are those that are written already, the melody first; each
  /// sorted by onset.
  std::vector<Note> write(const SectionPlan& section, std::span<const std::vector<Note>> lines);

 private:
  /// What the other lines do while one note begins.
  struct Around {
    std::vector<int> sounding;               ///< MIDI numbers
    std::vector<std::optional<int>> before;  ///< of the same lines where this voice's last began
  };
  std::vector<Tick> onsets_in(const SectionPlan& section, std::span<const Note> melody,
                              Rng& rng) const;
  Around around(Tick onset, std::span<const std::vector<Note>> lines) const;
  std::optional<int> choose(const Chord& chord, const Around& around, Rng& rng) const;
  double cost_of(int number, const Chord& chord, const Around& around) const;
  /// A step on the way to the next note, where there is time for one and nothing rubs.
  void pass(std::vector<Note>& notes, std::span<const std::vector<Note>> lines, Rng& rng) const;

  const Settings& settings_;
  const Plan& plan_;
  const InstrumentInfo& instrument_;
  BarGrid grid_;
  Rng rng_;
  double middle_;            ///< MIDI number around which it lies
  std::optional<int> last_;  ///< its last note
  Tick last_onset_;
};

}  // namespace toccata

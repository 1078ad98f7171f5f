// SPDX-License-Identifier: MIT
// The line of a wind, a string or a voice that neither leads nor plays the bass.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/plan/plan.hpp>

#include "grid.hpp"

namespace toccata {

/// The lines of a piece as far as they are written; each sorted by onset.
struct Lines {
  std::vector<Note> melody, bass;
  std::vector<std::vector<Note>> inner;  ///< from the highest voice down
};

/// One note at a time: tones of the chords, led from each to the next under the lines above it and
/// over the bass, with passing notes between (two-part rules with each of them: no parallel fifths
/// and octaves, no crossing, few unisons).
class InnerVoice {
 public:
  /// `order` counts the inner voices from the highest, 0-based: the later ones lie lower.
  InnerVoice(const Settings& settings, const Plan& plan, const Seat& seat, int order,
             const Rng& rng);
  /// The notes of one section.
  std::vector<Note> write(const SectionPlan& section, const Lines& lines);

 private:
  /// What another line does while one note begins.
  struct Other {
    int sounding;               ///< MIDI number
    std::optional<int> before;  ///< what sounded last until then
    bool is_bass;
  };
  std::vector<Tick> onsets_in(const SectionPlan& section, std::span<const Note> melody,
                              Rng& rng) const;
  static std::vector<Other> others_at(Tick onset, const Lines& lines);
  std::optional<int> choose(const Chord& chord, std::span<const Other> others, Rng& rng) const;
  double cost_of(int number, const Chord& chord, std::span<const Other> others) const;
  /// A step on the way to the next note, where there is time for one and nothing rubs.
  void pass(std::vector<Note>& notes, const Lines& lines, Rng& rng) const;
  /// Whether a step between two notes is in range and in key, and goes well with the other lines.
  bool can_pass(int step, Tick at, const Note& from, const Note& to, const Lines& lines) const;

  const Settings& settings_;
  const Plan& plan_;
  const InstrumentInfo& instrument_;
  BarGrid grid_;
  Rng rng_;
  double middle_;            ///< MIDI number around which it lies
  std::optional<int> last_;  ///< its last note
};

}  // namespace toccata

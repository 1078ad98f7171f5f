// SPDX-License-Identifier: MIT
// Kits and hand drums: patterns drawn from a genre's chances, named cycles, fills, build-ups.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/plan/plan.hpp>

#include "grid.hpp"
#include "hand.hpp"

namespace toccata {

class DrumWriter {
 public:
  /// `seat`: who strikes; null for what any kit may play. Players of one band share its cycle, and
  /// are each their own beside it.
  DrumWriter(const Settings& settings, const Plan& plan, const Seat* seat, const Rng& band,
             std::size_t player = 0);
  std::vector<Note> write(const SectionPlan& section);

 private:
  /// A place where something may be struck.
  struct Cell {
    Duration at;
    int key;
    bool ghost;
    double chance;
    double from = 0;  ///< the energy from which it is struck
  };
  /// What a section is made of: its cells, and which of them its groove strikes.
  struct Pattern {
    std::string material;
    double energy;
    std::vector<int> keys;  ///< by voice, what it is played on
    std::vector<Cell> cells;
    std::vector<char> is_struck;
  };

  Pattern draw_pattern(const SectionPlan& section, Rng& rng) const;
  /// A key for each voice; what is much stronger than sections before it has a fuller one.
  std::vector<int> draw_keys(const SectionPlan& section, Rng& rng) const;
  std::vector<Cell> voice_cells(const SectionPlan& section, std::span<const int> keys,
                                Rng& rng) const;
  std::vector<Cell> cycle_cells(const RhythmCycle& cycle) const;
  std::vector<Cell> plain_cells() const;
  const RhythmCycle* choose_cycle(const Rng& band) const;
  /// The groove as a player plays it again: cells that are open are drawn anew here and there.
  void write_bar(const SectionPlan& section, Bar bar, const Pattern& pattern, double variation,
                 std::vector<Note>& notes, Rng& rng) const;
  void write_fill(Bar bar, std::vector<Note>& notes, Rng& rng) const;
  void write_buildup(const SectionPlan& section, std::vector<Note>& notes) const;
  void write_last_bar(Bar bar, const Pattern& pattern, std::vector<Note>& notes) const;
  /// Strokes of a kit or a cycle as the hand drum that plays them has them.
  void take_in_hand(std::vector<Note>& notes) const;
  void add(Tick onset, int key, Marks marks, std::vector<Note>& notes) const;

  const Settings& settings_;
  const Plan& plan_;
  const Seat* seat_;
  BarGrid grid_;
  Rng rng_;
  const RhythmCycle* cycle_;
  bool has_kit_;
  double opens_;                   ///< chance that a light stroke is on another of its keys
  std::vector<DrumVoice> voices_;  ///< the genre's, as this player takes them
  std::vector<Pattern> patterns_;
};

}  // namespace toccata

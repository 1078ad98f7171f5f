// SPDX-License-Identifier: MIT
// Kits and hand drums: patterns drawn from a genre's chances, named cycles, fills, build-ups.
#pragma once

#include <string>
#include <vector>

#include <toccata/plan/plan.hpp>

#include "grid.hpp"

namespace toccata {

class DrumWriter {
 public:
  DrumWriter(const Settings& settings, const Plan& plan, const Rng& rng);
  std::vector<Note> write(const SectionPlan& section);

 private:
  struct Hit {
    Duration at;
    int key;
    bool ghost;
  };
  using Pattern = std::vector<Hit>;

  Pattern draw_pattern(const SectionPlan& section, Rng& rng) const;
  Pattern draw_voices(const SectionPlan& section, Rng& rng) const;
  Pattern draw_cycle(const RhythmCycle& cycle, Rng& rng) const;
  const RhythmCycle* choose_cycle() const;
  void write_bar(Bar bar, const Pattern& pattern, std::vector<Note>& notes) const;
  void write_fill(Bar bar, std::vector<Note>& notes, Rng& rng) const;
  void write_buildup(const SectionPlan& section, std::vector<Note>& notes) const;
  void write_last_bar(Bar bar, std::vector<Note>& notes) const;
  void add(Tick onset, int key, Marks marks, std::vector<Note>& notes) const;

  const Settings& settings_;
  const Plan& plan_;
  BarGrid grid_;
  Rng rng_;
  const RhythmCycle* cycle_;
  bool has_kit_;
  std::vector<std::pair<std::string, Pattern>> patterns_;
};

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The plainest generator of the field: a random walk snapped to the scale, block chords, roots.
#include <algorithm>
#include <array>
#include <memory>

#include <toccata/theory/scale.hpp>

#include "engines.hpp"

namespace toccata {
namespace {

constexpr Abilities kAbilities{"walk", false, false};

class WalkTake final : public Take {
 public:
  WalkTake(const Task& task, const Rng& rng) : task_(task), rng_(rng) {}

  Result<std::optional<Draft>, ComposeError> next() override {
    if (done_) return std::optional<Draft>();
    done_ = true;
    Draft draft;
    for (std::size_t i = 0; i < task_.settings.seats.size(); ++i) {
      const PartId part = task_.score.parts[i].id;
      switch (task_.settings.seats[i].role) {
        case Role::Melody: draft.parts.push_back({part, melody()}); break;
        case Role::Bass: draft.parts.push_back({part, harmony(true)}); break;
        default: draft.parts.push_back({part, harmony(false)}); break;
      }
    }
    return std::optional(std::move(draft));
  }

 private:
  std::vector<Note> melody() {
    const WalkOptions& walk = task_.settings.walk;
    Rng rng = rng_.fork("melody");
    std::vector<Note> notes;
    int number =
        std::clamp(60 + task_.settings.key.tonic.pitch_class().number(), walk.lowest, walk.highest);
    Tick onset;
    for (int i = 0; i < walk.notes.value_or(Rational(task_.plan.end.ticks(), 480).floor()); ++i) {
      if (i > 0) number += walk.steps[rng.weighted(walk.probabilities)];
      number = std::clamp(number, walk.lowest, walk.highest);
      if (onset >= task_.plan.end) break;
      const Duration length = std::min(kComposedPpq.quarter(), task_.plan.end - onset);
      notes.push_back(note(onset, length,
                           nearest_in_key(Pitch::folded_into_range(number), task_.settings.key)));
      onset += kComposedPpq.quarter();
    }
    return notes;
  }

  std::vector<Note> harmony(bool roots_only) {
    std::vector<Note> notes;
    const WalkOptions& walk = task_.settings.walk;
    for (const ChordSpan& span : task_.plan.chords) {
      const int root = (roots_only ? 36 : 48) + span.chord.root_class().number();
      notes.push_back(note(span.at, span.duration, Pitch::folded_into_range(root)));
      if (roots_only) continue;
      const bool seventh = walk.sevenths || span.chord.semitones_of(7).has_value();
      for (const int above : {4, 7, 11})
        if (above != 11 || seventh) {
          // The third is the chord's own; the seventh is always major, as in the generator this
          // stands for.
          const int size = above == 4 ? span.chord.semitones_of(3).value_or(4) : above;
          notes.push_back(note(span.at, span.duration, Pitch::folded_into_range(root + size)));
        }
    }
    return notes;
  }

  static Note note(Tick onset, Duration duration, Pitch pitch) {
    Note written;
    written.onset = onset;
    written.duration = duration;
    written.pitch = pitch;
    return written;
  }

  Task task_;
  Rng rng_;
  bool done_ = false;
};

class WalkComposer final : public Composer {
 public:
  const Abilities& abilities() const override { return kAbilities; }
  Result<std::unique_ptr<Take>, ComposeError> begin(const Task& task,
                                                    const Rng& rng) const override {
    for (const Part& part : task.score.parts)
      if (!part.notes.empty())
        return Unexpected{
            ComposeError{ComposeError::Fault::Unable,
                         "the walk engine composes new pieces only, it fills no gaps"}};
    return std::unique_ptr<Take>(std::make_unique<WalkTake>(task, rng));
  }
};

}  // namespace

const Composer& walk_composer() {
  static const WalkComposer composer;
  return composer;
}

}  // namespace toccata

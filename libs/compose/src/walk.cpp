// SPDX-License-Identifier: MIT
// The plainest generator of the field: a random walk snapped to the scale, block chords, roots.
#include <algorithm>
#include <memory>

#include <toccata/theory/scale.hpp>

#include "engines.hpp"

namespace toccata {
namespace {

constexpr Abilities kAbilities{"walk", false, false};
constexpr int kBassOctave = 36, kChordsOctave = 48, kMelodyOctave = 60;

Note note_of(Tick onset, Duration duration, int number) {
  Note written;
  written.onset = onset;
  written.duration = duration;
  written.pitch = Pitch::folded_into_range(number);
  return written;
}

class WalkTake final : public Take {
 public:
  WalkTake(const Task& task, const Rng& rng) : task_(task), rng_(rng) {}

  Result<std::optional<Draft>, ComposeError> next() override {
    if (done_) return std::optional<Draft>();
    done_ = true;
    Draft draft;
    for (std::size_t i = 0; i < task_.settings.seats.size(); ++i) {
      const PartId part = task_.score.parts[i].id;
      const PitchRange range = task_.settings.seats[i].instrument->range;
      switch (task_.settings.seats[i].role) {
        case Role::Melody: draft.parts.push_back({part, melody()}); break;
        case Role::Bass: draft.parts.push_back({part, within(range, bass())}); break;
        default: draft.parts.push_back({part, within(range, chords())}); break;
      }
    }
    return std::optional(std::move(draft));
  }

 private:
  /// Every note by octaves into what its player can reach.
  static std::vector<Note> within(const PitchRange& range, std::vector<Note> notes) {
    for (Note& note : notes) {
      int number = note.pitch.number();
      while (number < range.lowest.number()) number += 12;
      while (number > range.highest.number() && number - 12 >= range.lowest.number()) number -= 12;
      note.pitch = Pitch::folded_into_range(number);
    }
    return notes;
  }

  std::vector<Note> melody() const {
    const WalkOptions& walk = task_.settings.walk;
    const Duration quarter = kComposedPpq.quarter();
    Rng rng = rng_.fork("melody");
    const std::int64_t to_the_end =
        (task_.plan.end.ticks() + quarter.ticks() - 1) / quarter.ticks();
    const int count = walk.notes.value_or(static_cast<int>(to_the_end));
    int number = kMelodyOctave + task_.settings.key.tonic.pitch_class().number();
    std::vector<Note> notes;
    Tick onset;
    for (int i = 0; i < count && onset < task_.plan.end; ++i) {
      if (i > 0) number += walk.steps[rng.weighted(walk.probabilities)];
      number = std::clamp(number, walk.lowest, walk.highest);
      const Duration length = std::min(quarter, task_.plan.end - onset);
      notes.push_back(note_of(onset, length, nearest(number, scale())));
      onset += quarter;
    }
    if (!notes.empty() && ends_on_tonic() && !is_of_triad(notes.back()))
      notes.back().pitch = Pitch::folded_into_range(nearest(notes.back().pitch.number(), triad()));
    return notes;
  }

  std::vector<Note> bass() const {
    std::vector<Note> notes;
    for (const ChordSpan& span : task_.plan.chords)
      notes.push_back(
          note_of(span.at, span.duration, kBassOctave + span.chord.bass_class().number()));
    const int tonic = kBassOctave + task_.settings.key.tonic.pitch_class().number();
    if (!notes.empty() && ends_on_tonic() && !is_of_triad(notes.back()))
      notes.back().pitch = Pitch::folded_into_range(tonic);
    return notes;
  }

  std::vector<Note> chords() const {
    std::vector<Note> notes;
    for (const ChordSpan& span : task_.plan.chords)
      for (const ChordTone& tone : span.chord.tones)
        notes.push_back(note_of(span.at, span.duration,
                                kChordsOctave + span.chord.root_class().number() + tone.semitones));
    return notes;
  }

  using PitchClasses = std::vector<PitchClass>;

  PitchClasses scale() const {
    PitchClasses classes;
    for (int i = 0; i < 12; ++i)
      if (const auto each = PitchClass::folded(i); task_.settings.key.contains(each))
        classes.push_back(each);
    return classes;
  }
  PitchClasses triad() const {
    const PitchClass tonic = task_.settings.key.tonic.pitch_class();
    return {tonic, tonic + (task_.settings.key.scale.is_minor() ? 3 : 4), tonic + 7};
  }

  bool ends_on_tonic() const { return task_.settings.walk.ending == WalkEnding::Tonic; }
  bool is_of_triad(const Note& note) const {
    const PitchClasses tones = triad();
    return std::ranges::find(tones, note.pitch.pitch_class()) != tones.end();
  }

  /// The nearest tone of those, within the walk's range where that holds one; of two the lower.
  int nearest(int number, const PitchClasses& tones) const {
    const WalkOptions& walk = task_.settings.walk;
    const auto is_tone = [&](int candidate) {
      return candidate >= Pitch::kLowest && candidate <= Pitch::kHighest &&
             std::ranges::find(tones, PitchClass::folded(candidate)) != tones.end();
    };
    const auto in_range = [&](int candidate) {
      return candidate >= walk.lowest && candidate <= walk.highest;
    };
    std::optional<int> outside;
    for (int away = 0; away < 12; ++away)
      for (const int candidate : {number - away, number + away}) {
        if (!is_tone(candidate)) continue;
        if (in_range(candidate)) return candidate;
        if (!outside) outside = candidate;
      }
    return outside.value_or(number);
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
    return std::unique_ptr<Take>(std::make_unique<WalkTake>(task, rng));
  }
};

}  // namespace

const Composer& walk_composer() {
  static const WalkComposer kComposer;
  return kComposer;
}

}  // namespace toccata

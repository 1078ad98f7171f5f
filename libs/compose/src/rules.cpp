// SPDX-License-Identifier: MIT
// The rule engine: section by section, melody first, then what carries it.
#include <algorithm>
#include <memory>

#include "bass.hpp"
#include "chords.hpp"
#include "drums.hpp"
#include "engines.hpp"
#include "melody.hpp"
#include "ornaments.hpp"
#include "recall.hpp"

namespace toccata {
namespace {

constexpr Abilities kAbilities{"rules", true, true};

ChordsIdiom idiom_of(const Settings& settings, Role role) {
  if (role == Role::Pad) return ChordsIdiom::Pad;
  if (role == Role::Counter && settings.genre.builds) return ChordsIdiom::Broken;
  if (role == Role::Counter || role == Role::Other) return ChordsIdiom::Pad;
  // A part that follows the melody needs one.
  const bool follows = settings.genre.chords.idiom == ChordsIdiom::Heterophony;
  if (follows && settings.maqam == nullptr) return ChordsIdiom::Block;
  return settings.genre.chords.idiom;
}

/// Where a melody lies: around a middle that each piece chooses, as wide as the genre's melodies
/// are, and where the instrument sounds well.
PitchRange melody_range(const InstrumentInfo& instrument, int span, Rng rng) {
  const int lowest = instrument.comfortable.lowest.number(),
            highest = instrument.comfortable.highest.number();
  const int half = std::min(span, highest - lowest) / 2;
  const int wish = std::clamp((lowest + highest) / 2, 60, 74) + rng.between(-4, 4);
  const int middle = std::clamp(wish, lowest + half, highest - half);
  const int low = std::max(instrument.range.lowest.number(), middle - span / 2);
  const int high = std::min(instrument.range.highest.number(), middle + (span + 1) / 2);
  return {Pitch::folded_into_range(low), Pitch::folded_into_range(high)};
}

PitchRange bass_range(const InstrumentInfo& instrument) {
  const int low = std::max(instrument.range.lowest.number(), 28);
  return {Pitch::folded_into_range(low),
          Pitch::folded_into_range(std::min(low + 24, instrument.range.highest.number()))};
}

class RulesTake final : public Take {
 public:
  RulesTake(const Task& task, const Rng& rng)
      : task_(task),
        rng_(rng),
        decorations_(rng.fork("ornaments")),
        bass_(task.settings, task.plan, bass_range_of(task.settings), rng.fork("bass")),
        drums_(task.settings, task.plan, rng.fork("drums")) {
    const Settings& settings = task.settings;
    if (const Seat* seat = settings.seat(Role::Melody)) {
      const PitchRange range =
          melody_range(*seat->instrument, settings.genre.melody.span, rng.fork("register"));
      melody_ = std::make_unique<MelodyWriter>(settings, task.plan, range, rng.fork("melody"));
      lattice_ = std::make_unique<Lattice>(settings, melody_key(settings), range, LineManner{});
    }
    for (const Seat& seat : settings.seats)
      chords_.push_back(is_harmony(seat.role)
                            ? std::make_unique<ChordsWriter>(settings, task.plan, seat,
                                                             idiom_of(settings, seat.role),
                                                             rng.fork(seat.name))
                            : nullptr);
  }

  Result<std::optional<Draft>, ComposeError> next() override {
    if (at_ == task_.plan.sections.size()) return std::optional<Draft>();
    const SectionPlan& section = task_.plan.sections[at_++];
    const Settings& settings = task_.settings;
    std::vector<Note> melody;
    if (melody_) melody = melody_->write(section);
    Draft draft;
    for (std::size_t i = 0; i < settings.seats.size(); ++i) {
      const PartId part = task_.score.parts[i].id;
      switch (settings.seats[i].role) {
        case Role::Melody: draft.parts.push_back({part, melody}); break;
        case Role::Bass: draft.parts.push_back({part, bass_.write(section)}); break;
        case Role::Drums: draft.parts.push_back({part, drums_.write(section)}); break;
        default: draft.parts.push_back({part, chords_[i]->write(section, melody)}); break;
      }
      if (settings.seats[i].role == Role::Melody && lattice_) {
        // What returns wears the same ornaments.
        decorate(draft.parts.back().notes, settings, task_.plan, *lattice_,
                 task_.plan.meter.onset_of(section.first), decorations_.fork(section.material));
      }
    }
    keep_to_end(draft);
    return std::optional(std::move(draft));
  }

 private:
  static bool is_harmony(Role role) {
    return role != Role::Melody && role != Role::Bass && role != Role::Drums;
  }
  static PitchRange bass_range_of(const Settings& settings) {
    const Seat* seat = settings.seat(Role::Bass);
    return seat != nullptr ? bass_range(*seat->instrument)
                           : PitchRange{Pitch::literal(28), Pitch::literal(52)};
  }
  /// Nothing rings on past the end of the piece.
  void keep_to_end(Draft& draft) const {
    for (PartDraft& part : draft.parts) {
      for (Note& note : part.notes)
        note.duration = std::min(note.duration, task_.plan.end - note.onset);
      std::erase_if(part.notes, [](const Note& note) { return note.duration <= Duration(0); });
    }
  }

  Task task_;
  Rng rng_, decorations_;
  std::unique_ptr<MelodyWriter> melody_;
  std::unique_ptr<Lattice> lattice_;
  BassWriter bass_;
  DrumWriter drums_;
  std::vector<std::unique_ptr<ChordsWriter>> chords_;
  std::size_t at_ = 0;
};

class RulesComposer final : public Composer {
 public:
  const Abilities& abilities() const override { return kAbilities; }
  Result<std::unique_ptr<Take>, ComposeError> begin(const Task& task,
                                                    const Rng& rng) const override {
    const bool empty =
        std::ranges::all_of(task.score.parts, [](const Part& p) { return p.notes.empty(); });
    if (!empty) return begin_recall(task, rng);
    return std::unique_ptr<Take>(std::make_unique<RulesTake>(task, rng));
  }
};

}  // namespace

const Composer& rules_composer() {
  static const RulesComposer composer;
  return composer;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The rule engine: section by section, melody and bass first, then what lies between.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>

#include "bass.hpp"
#include "chords.hpp"
#include "drums.hpp"
#include "engines.hpp"
#include "given_chords.hpp"
#include "inner_voice.hpp"
#include "maqam_forms.hpp"
#include "melody.hpp"
#include "ornaments.hpp"
#include "recall.hpp"

namespace toccata {
namespace {

constexpr Abilities kAbilities{"rules", true, true};

/// Who plays one note at a time has the melody in heterophony in a maqam, breaks the chords where
/// they are its part, and else plays a line of its own.
bool plays_line(const Settings& settings, const Seat& seat) {
  const bool has_chords =
      seat.role == Role::Chords || (seat.role == Role::Counter && settings.genre.counter);
  return !seat.instrument->is_polyphonic && settings.maqam == nullptr && !has_chords;
}

ChordsIdiom idiom_of(const Settings& settings, const Seat& seat) {
  const Role role = seat.role;
  const auto own =
      role == Role::Counter ? settings.genre.counter : std::optional(settings.genre.chords.idiom);
  if (!seat.instrument->is_polyphonic && settings.maqam != nullptr) return ChordsIdiom::Heterophony;
  if (!seat.instrument->is_polyphonic)
    return own == ChordsIdiom::Arpeggio ? ChordsIdiom::Arpeggio : ChordsIdiom::Broken;
  if (role == Role::Pad) return ChordsIdiom::Pad;
  if (role == Role::Counter && own) return *own;
  if (role == Role::Counter || role == Role::Other) return ChordsIdiom::Pad;
  // A part that follows the melody needs one.
  const bool follows = settings.genre.chords.idiom == ChordsIdiom::Heterophony;
  if (follows && settings.maqam == nullptr) return ChordsIdiom::Block;
  return settings.genre.chords.idiom;
}

/// The middle of a range that has a maqam's path above its tonic, nearest to a wish.
int above_tonic(int wish, int span, const Settings& settings) {
  constexpr int kUnderTonic = 5;  // semitones: the fourth under it is where some paths begin
  const int middle = settings.key.tonic.pitch_class().number() - kUnderTonic + span / 2;
  return middle + 12 * static_cast<int>(std::floor((wish - middle) / 12.0 + 0.5));
}

/// Where a melody lies: around a middle that each piece chooses, as wide as the genre's melodies
/// are, and where the instrument sounds well. Sad music lies lower than usual, joyful music higher
/// (Gabrielsson and Lindstrom 2010).
PitchRange melody_range(const InstrumentInfo& instrument, const Settings& settings, Rng rng) {
  constexpr double kLift = 3;  // semitones
  const int span = settings.genre.melody.span;
  const double brighter = settings.valence - settings.genre.valence;
  const int lift = static_cast<int>(std::floor(kLift * brighter + 0.5));
  // The path of a maqam goes before comfort.
  const bool has_path = settings.maqam != nullptr;
  const PitchRange& limits = has_path ? instrument.range : instrument.comfortable;
  const int lowest = limits.lowest.number(), highest = limits.highest.number();
  const int half = std::min(span, highest - lowest) / 2;
  const int wish = std::clamp((lowest + highest) / 2, 60, 74) + rng.between(-4, 4);
  const auto within = [&](int height, const PitchRange& range) {
    return std::clamp(height, range.lowest.number() + half, range.highest.number() - half);
  };
  // A mood may go beyond comfort.
  const int middle = has_path ? within(above_tonic(wish + lift, span, settings), limits)
                              : within(within(wish, limits) + lift, instrument.range);
  const int low = std::max(instrument.range.lowest.number(), middle - span / 2);
  const int high = std::min(instrument.range.highest.number(), middle + (span + 1) / 2);
  return {Pitch::folded_into_range(low), Pitch::folded_into_range(high)};
}

/// Where a bass lies: two octaves from the bottom of its instrument, and no higher than its ceiling
/// where that leaves it one.
PitchRange bass_range(const InstrumentInfo& instrument, int ceiling) {
  const int low = std::max(instrument.range.lowest.number(), 28);
  const int high = std::min(low + 24, instrument.range.highest.number());
  return {Pitch::folded_into_range(low),
          Pitch::folded_into_range(std::min(high, std::max(low + 12, ceiling)))};
}

class RulesTake final : public Take {
 public:
  RulesTake(const Task& task, const Rng& rng)
      : task_(task),
        rng_(rng),
        decorations_(rng.fork("ornaments")),
        bass_(task.settings, task.plan, bass_range_of(task.settings, rng), rng.fork("bass")) {
    const Settings& settings = task.settings;
    if (const Seat* seat = settings.seat(Role::Melody)) {
      const PitchRange range = melody_range_of(*seat, settings, rng);
      melody_ = std::make_unique<MelodyWriter>(settings, task.plan, range, rng.fork("melody"));
      lattice_ = std::make_unique<Lattice>(settings, melody_key(settings), range, LineManner{});
    }
    int voices = 0;
    for (std::size_t i = 0; i < settings.seats.size(); ++i) {
      const Seat& seat = settings.seats[i];
      if (seat.role == Role::Drums)
        drums_.try_emplace(i, settings, task.plan, &seat, rng.fork("drums"), drums_.size());
      if (!is_harmony(seat.role)) continue;
      const Rng own = rng.fork(seat.name);
      if (plays_line(settings, seat))
        voices_.try_emplace(i, settings, task.plan, seat, voices++, own);
      else chords_.try_emplace(i, settings, task.plan, seat, idiom_of(settings, seat), own);
    }
    lines_.inner.resize(voices_.size());
  }

  Result<std::optional<Draft>, ComposeError> next() override {
    if (at_ == task_.plan.sections.size()) return std::optional<Draft>();
    const SectionPlan& section = task_.plan.sections[at_++];
    const Settings& settings = task_.settings;
    const std::vector<Note> melody = melody_ ? melody_->write(section) : std::vector<Note>();
    std::vector<Note> bass =
        settings.seat(Role::Bass) != nullptr ? bass_.write(section) : std::vector<Note>();
    if (is_given() && !bass.empty())
      sound_basses(bass, chords_of(section), bass_range_of(settings, rng_));
    append(lines_.melody, melody);
    append(lines_.bass, bass);
    Draft draft;
    for (std::size_t i = 0; i < settings.seats.size(); ++i) {
      const PartId part = task_.score.parts[i].id;
      draft.parts.push_back({part, write_part(i, section, melody, bass)});
      if (settings.seats[i].role == Role::Melody && lattice_) {
        // What returns wears the same ornaments.
        decorate(draft.parts.back().notes, settings, task_.plan, *lattice_,
                 task_.plan.meter.onset_of(section.first), decorations_.fork(section.material));
        sound_descending(draft.parts.back().notes, Falling::Ornaments, settings, task_.plan);
      }
      if (settings.seats[i].role != Role::Drums)
        follow_modulations(draft.parts.back().notes, settings, task_.plan);
    }
    rest_below_energy(draft, section);
    keep_to_end(draft);
    strike_once(draft);
    return std::optional(std::move(draft));
  }

 private:
  std::vector<Note> write_part(std::size_t seat, const SectionPlan& section,
                               const std::vector<Note>& melody, const std::vector<Note>& bass) {
    switch (task_.settings.seats[seat].role) {
      case Role::Melody: return melody;
      case Role::Bass: return bass;
      case Role::Drums: return drums_.at(seat).write(section);
      default: break;
    }
    const auto voice = voices_.find(seat);
    if (voice == voices_.end()) return write_chords(seat, section, melody);
    auto notes = voice->second.write(section, lines_);
    append(lines_.inner[static_cast<std::size_t>(std::distance(voices_.begin(), voice))], notes);
    return notes;
  }
  std::vector<Note> write_chords(std::size_t at, const SectionPlan& section,
                                 const std::vector<Note>& melody) {
    const Seat& seat = task_.settings.seats[at];
    auto notes = chords_.at(at).write(section, melody);
    const bool has_thirds = seat.role == Role::Chords && seat.instrument->is_polyphonic &&
                            idiom_of(task_.settings, seat) != ChordsIdiom::Power;
    if (is_given() && has_thirds)
      sound_thirds(notes, chords_of(section), seat.instrument->comfortable);
    return notes;
  }
  /// Whether the chords are the user's own; a maqam's degrees are not theirs.
  bool is_given() const {
    return !task_.settings.chords.empty() && task_.settings.maqam == nullptr;
  }
  std::span<const ChordSpan> chords_of(const SectionPlan& section) const {
    const MeterMap& meter = task_.plan.meter;
    return task_.plan.chords_in(meter.onset_of(section.first),
                                meter.onset_of(section.first + section.bars));
  }
  static void append(std::vector<Note>& line, const std::vector<Note>& notes) {
    line.insert(line.end(), notes.begin(), notes.end());
  }
  static bool is_harmony(Role role) {
    return role != Role::Melody && role != Role::Bass && role != Role::Drums;
  }
  static PitchRange melody_range_of(const Seat& seat, const Settings& settings, const Rng& rng) {
    return melody_range(*seat.instrument, settings, rng.fork("register"));
  }
  /// The bass keeps below what the melody may reach.
  static PitchRange bass_range_of(const Settings& settings, const Rng& rng) {
    const Seat *bass = settings.seat(Role::Bass), *melody = settings.seat(Role::Melody);
    if (bass == nullptr) return {Pitch::literal(28), Pitch::literal(52)};
    if (melody == nullptr) return bass_range(*bass->instrument, Pitch::kHighest);
    return bass_range(*bass->instrument,
                      melody_range_of(*melody, settings, rng).lowest.number() - 1);
  }
  /// Parts that the energy of a bar does not reach rest there, and the bass before a drop.
  void rest_below_energy(Draft& draft, const SectionPlan& section) const {
    const Settings& settings = task_.settings;
    const Tick carried_until = task_.plan.carried_until(section);
    for (std::size_t i = 0; i < settings.seats.size(); ++i) {
      const Role role = settings.seats[i].role;
      const auto layer = std::ranges::find(settings.genre.layers, role, &Layer::role);
      const double from = layer == settings.genre.layers.end() ? 0 : layer->from;
      std::erase_if(draft.parts[i].notes, [&](const Note& note) {
        const bool is_hushed = role == Role::Bass && note.onset >= carried_until;
        return is_hushed || !section.reaches(from, task_.plan.meter.bar_at(note.onset));
      });
      if (role != Role::Bass) continue;
      for (Note& note : draft.parts[i].notes)
        note.duration = std::min(note.duration, carried_until - note.onset);
    }
  }
  /// Drummers share a channel: of two that strike one key at once the first does.
  void strike_once(Draft& draft) const {
    std::set<std::pair<Tick, Pitch>> struck;
    for (const auto& [seat, drummer] : drums_) {
      std::vector<Note>& notes = draft.parts[seat].notes;
      if (!struck.empty())
        std::erase_if(notes, [&](const Note& note) {
          return struck.contains({note.onset, note.pitch});
        });
      if (drums_.size() > 1)
        for (const Note& note : notes) struck.emplace(note.onset, note.pitch);
    }
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
  std::map<std::size_t, DrumWriter> drums_;  ///< by seat
  std::map<std::size_t, ChordsWriter> chords_;
  std::map<std::size_t, InnerVoice> voices_;
  Lines lines_;
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
  static const RulesComposer kComposer;
  return kComposer;
}

}  // namespace toccata

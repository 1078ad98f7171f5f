// SPDX-License-Identifier: MIT
#include "recall.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

#include "bar_memory.hpp"
#include "free_pitches.hpp"
#include "fresh_part.hpp"
#include "piece_tuning.hpp"

namespace toccata {
namespace {

/// Moves pitches from one chord to another: chord tones go to chord tones, the rest stays in the
/// key.
class Reharmonised {
 public:
  Reharmonised(const Key& key, const Chord& from, const Chord& to)
      : key_(key), from_(from), to_(to) {
    shift_ = semitones_up(from.root_class(), to.root_class());
    if (shift_ > 6) shift_ -= 12;
    same_ = shift_ == 0 && from.pitch_classes() == to.pitch_classes();
  }
  int operator()(int number) const {
    if (same_) return number;
    const bool tone = from_.contains(PitchClass::folded(number));
    const int moved = number + shift_;
    for (const int away : {0, 1, -1, 2, -2, 3, -3}) {
      const PitchClass pc = PitchClass::folded(moved + away);
      if (tone ? to_.contains(pc) : key_.contains(pc) || to_.contains(pc)) return moved + away;
    }
    return moved;
  }

 private:
  const Key& key_;
  const Chord &from_, &to_;
  int shift_ = 0;
  bool same_ = false;
};

/// From the lowest to the highest pitch that a part plays or its instrument can.
PitchRange range_of(const Part& part) {
  if (part.notes.empty())
    return {*Pitch::from_number(Pitch::kLowest), *Pitch::from_number(Pitch::kHighest)};
  const auto [lowest, highest] = std::ranges::minmax(part.notes, {}, &Note::pitch);
  const InstrumentInfo* info = InstrumentInfo::find(part.instrument);
  if (info == nullptr) return {lowest.pitch, highest.pitch};
  return {std::min(lowest.pitch, info->range.lowest), std::max(highest.pitch, info->range.highest)};
}

class RecallTake final : public Take {
 public:
  RecallTake(const Task& task, const Rng& rng)
      : task_(task),
        rng_(rng),
        memory_(task.score, task.region),
        tuning_(task.score, task.region),
        all_together_(is_continuation(task)) {}

  Result<std::optional<Draft>, ComposeError> next() override {
    if (at_ == task_.region.cells.size()) return std::optional<Draft>();
    const Cell& cell = task_.region.cells[at_++];
    return std::optional(Draft{{{cell.part, write(cell)}}, {}});
  }

 private:
  /// Nothing at all sounds in the bars to be written: all parts go on together.
  static bool is_continuation(const Task& task) {
    return std::ranges::all_of(task.score.parts, [&](const Part& part) {
      return std::ranges::any_of(task.region.cells,
                                 [&](const Cell& cell) { return cell.part == part.id; });
    });
  }

  /// What the writing of one cell needs at every bar.
  struct Writing {
    const Cell& cell;
    const Part& part;
    std::size_t index;  ///< of the part
    PitchRange range;
    bool line;
    FreePitches pitches;
    Rng rng;
  };

  std::vector<Note> write(const Cell& cell) {
    const auto part = std::ranges::find(task_.score.parts, cell.part, &Part::id);
    Writing writing{
        cell,
        *part,
        static_cast<std::size_t>(part - task_.score.parts.begin()),
        range_of(*part),
        is_line(*part),
        FreePitches(task_, cell),
        rng_.fork(cell.part.number()).fork(static_cast<std::uint64_t>(cell.first.index() + 1))};
    if (!memory_.knows(writing.index)) return write_fresh(writing);
    const auto sources = recalled(writing);
    std::vector<Note> notes;
    for (Bar bar = cell.first; bar < cell.end; bar = bar + 1)
      copy_bar(writing, sources[static_cast<std::size_t>(bar - cell.first)], bar, notes);
    writing.pitches.settle(notes);
    sound_silent_bars(writing, notes);
    return notes;
  }

  /// The part is empty everywhere else: by rule, and again where too little came of it.
  std::vector<Note> write_fresh(Writing& writing) const {
    constexpr int kTries = 8;
    std::vector<Note> best;
    for (int tried = 0; tried < kTries; ++tried) {
      std::vector<Note> notes = write_fresh_part(task_, writing.cell, writing.rng);
      if (!writing.part.instrument.is_drums && task_.settings.maqam == nullptr)
        for (Note& note : notes) note.detune = tuning_.at(note.pitch);
      writing.pitches.settle(notes);
      const bool sounds = too_silent(writing, notes).empty();
      if (best.empty() || sounds) best = std::move(notes);
      if (sounds) break;
    }
    return best;
  }

  /// Parts that go on together recall the same bars.
  std::vector<std::optional<int>> recalled(Writing& writing) const {
    const int first = writing.cell.first.index(), end = writing.cell.end.index();
    if (!all_together_) return memory_.recall(writing.index, first, end, writing.rng);
    Rng shared = rng_.fork("together").fork(static_cast<std::uint64_t>(first + 1));
    return memory_.recall(std::nullopt, first, end, shared);
  }

  /// The bars that have to sound yet: all in which the part sounded before, and so many more that
  /// it rests in one bar of four at most. None where it was silent throughout.
  std::vector<Bar> too_silent(const Writing& writing, const std::vector<Note>& notes) const {
    const Cell& cell = writing.cell;
    const std::vector<bool> before = sounding(cell, writing.part.notes);
    const std::vector<bool> now = sounding(cell, notes);
    if (std::ranges::find(before, true) == before.end()) return {};
    std::vector<Bar> silent;
    std::size_t rests = 0;
    for (std::size_t i = 0; i < now.size(); ++i)
      if (!now[i] && (before[i] || ++rests > now.size() / 4))
        silent.push_back(cell.first + static_cast<int>(i));
    return silent;
  }

  /// In which of a cell's bars notes begin.
  std::vector<bool> sounding(const Cell& cell, const std::vector<Note>& notes) const {
    std::vector<bool> sounds(static_cast<std::size_t>(cell.end - cell.first));
    for (const Note& note : notes) {
      const Bar bar = task_.score.meter.bar_at(note.onset);
      if (cell.first <= bar && bar < cell.end)
        sounds[static_cast<std::size_t>(bar - cell.first)] = true;
    }
    return sounds;
  }

  /// Where what was recalled is silent, the part remembers bars of its own.
  void sound_silent_bars(Writing& writing, std::vector<Note>& notes) const {
    const std::vector<Bar> silent = too_silent(writing, notes);
    if (silent.empty()) return;
    const Cell& cell = writing.cell;
    const auto own =
        memory_.recall(writing.index, cell.first.index(), cell.end.index(), writing.rng);
    for (const Bar bar : silent) {
      auto source = own[static_cast<std::size_t>(bar - cell.first)];
      std::vector<Note> written;
      constexpr int kTries = 8;  // a bar may have nothing but pitches that are held
      for (int tried = 0; tried < kTries && written.empty(); ++tried) {
        copy_bar(writing, source, bar, written);
        writing.pitches.settle(written);
        source = memory_.recall(writing.index, bar.index(), bar.index() + 1, writing.rng).front();
      }
      notes.insert(notes.end(), written.begin(), written.end());
    }
    writing.pitches.settle(notes);
  }

  void copy_bar(Writing& writing, std::optional<int> recalled_bar, Bar target,
                std::vector<Note>& notes) const {
    if (!recalled_bar) return;
    const Bar source(*recalled_bar);
    const Part& part = writing.part;
    const MeterMap& meter = task_.score.meter;
    const Tick from = meter.onset_of(source), to = meter.onset_of(target);
    if (task_.region.contains(part.id, source)) return;
    const auto first = std::ranges::lower_bound(part.notes, from, {}, &Note::onset);
    const auto end = std::ranges::lower_bound(part.notes, meter.end_of(source), {}, &Note::onset);
    for (const Note& known : std::span(first, end)) {
      Note note = known;
      note.id = NoteId();
      note.onset = to + (known.onset - from);
      if (note.onset >= meter.end_of(target)) continue;  // recalled from a longer bar
      // In a maqam a pitch moved by semitones would leave its degrees: it stays as it was.
      if (!part.instrument.is_drums && task_.settings.maqam == nullptr)
        reharmonise(note, known.onset, writing);
      notes.push_back(note);
    }
  }

  /// Moves a note that was recalled from another place to the harmony of its own.
  void reharmonise(Note& note, Tick from, Writing& writing) const {
    const Reharmonised moved(task_.settings.key, task_.plan.chord_at(from).chord,
                             task_.plan.chord_at(note.onset).chord);
    int number = moved(note.pitch.number());
    const bool weak = task_.score.meter.weight_at(note.onset) < 0.5;
    if (writing.line && weak && note.detune == Cents() && writing.rng.chance(0.12))
      number = neighbour(number, writing.rng);
    const Pitch pitch = writing.range.folded(number);
    if (pitch == note.pitch || !tuning_.allows(pitch)) return;
    note.spelling.reset();
    note.pitch = pitch;
    note.detune = tuning_.at(note.pitch);
  }

  int neighbour(int number, Rng& rng) const {
    const int direction = rng.chance(0.5) ? 1 : -1;
    for (int away = 1; away <= 2; ++away)
      if (task_.settings.key.contains(PitchClass::folded(number + direction * away)))
        return number + direction * away;
    return number;
  }

  /// A part that rarely sounds two notes at once.
  static bool is_line(const Part& part) {
    std::size_t together = 0;
    for (std::size_t i = 1; i < part.notes.size(); ++i)
      together += part.notes[i].onset == part.notes[i - 1].onset;
    return !part.instrument.is_drums && together * 10 < part.notes.size();
  }

  Task task_;
  Rng rng_;
  BarMemory memory_;
  PieceTuning tuning_;
  bool all_together_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<Take> begin_recall(const Task& task, const Rng& rng) {
  return std::make_unique<RecallTake>(task, rng);
}

}  // namespace toccata

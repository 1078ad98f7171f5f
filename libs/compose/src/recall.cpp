// SPDX-License-Identifier: MIT
#include "recall.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <span>

#include "bar_memory.hpp"
#include "fresh_part.hpp"

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

class RecallTake final : public Take {
 public:
  RecallTake(const Task& task, const Rng& rng)
      : task_(task),
        rng_(rng),
        memory_(task.score, task.region),
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

  std::vector<Note> write(const Cell& cell) {
    const auto index = static_cast<std::size_t>(
        std::ranges::find(task_.score.parts, cell.part, &Part::id) - task_.score.parts.begin());
    const Part& part = task_.score.parts[index];
    Rng rng =
        rng_.fork(cell.part.number()).fork(static_cast<std::uint64_t>(cell.first.index() + 1));
    const int first = cell.first.index(), end = cell.end.index();
    if (!memory_.knows(index)) return write_fresh_part(task_, cell, rng);
    const auto sources = recalled(index, first, end, rng);
    const bool line = is_line(part);
    std::vector<Note> notes;
    for (int bar = first; bar < end; ++bar)
      if (const auto source = sources[static_cast<std::size_t>(bar - first)])
        copy_bar(part, line, Bar(*source), Bar(bar), notes, rng);
    sort_notes(notes);
    finish(cell, notes);
    return notes;
  }

  /// Parts that go on together recall the same bars; each remembers its own where that one is
  /// silent.
  std::vector<std::optional<int>> recalled(std::size_t part, int first, int end, Rng& rng) {
    if (!all_together_) return memory_.recall(part, first, end, rng);
    Rng shared = rng_.fork("together").fork(static_cast<std::uint64_t>(first + 1));
    return memory_.recall(std::nullopt, first, end, shared);
  }

  void copy_bar(const Part& part, bool line, Bar source, Bar target, std::vector<Note>& notes,
                Rng& rng) const {
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
      if (!part.instrument.is_drums && task_.settings.maqam == nullptr) {
        const Reharmonised moved(task_.settings.key, task_.plan.chord_at(known.onset).chord,
                                 task_.plan.chord_at(note.onset).chord);
        int number = moved(note.pitch.number());
        const bool weak = meter.weight_at(note.onset) < 0.5;
        if (line && weak && note.detune == Cents() && rng.chance(0.12))
          number = neighbour(number, rng);
        if (number != note.pitch.number()) note.spelling.reset();
        note.pitch = Pitch::folded_into_range(number);
      }
      notes.push_back(note);
    }
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

  /// No note of the draft outlasts its cell, or runs into a note of its own pitch.
  void finish(const Cell& cell, std::vector<Note>& notes) const {
    const Tick limit = task_.score.meter.onset_of(cell.end);
    std::map<int, std::size_t> last;  // by key: the latest note of each pitch
    for (std::size_t i = 0; i < notes.size(); ++i) {
      notes[i].duration = std::min(notes[i].duration, limit - notes[i].onset);
      const auto [before, fresh] = last.try_emplace(notes[i].pitch.number(), i);
      if (fresh) continue;
      Note& earlier = notes[before->second];
      if (earlier.onset < notes[i].onset)
        earlier.duration = std::min(earlier.duration, notes[i].onset - earlier.onset);
      before->second = i;
    }
    std::erase_if(notes, [](const Note& note) { return note.duration <= Duration(0); });
  }

  Task task_;
  Rng rng_;
  BarMemory memory_;
  bool all_together_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<Take> begin_recall(const Task& task, const Rng& rng) {
  return std::make_unique<RecallTake>(task, rng);
}

}  // namespace toccata

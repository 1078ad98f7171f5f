// SPDX-License-Identifier: MIT
#include "articulation.hpp"

#include "breath.hpp"
#include "controls.hpp"
#include "feel.hpp"
#include "in_order.hpp"
#include "swung.hpp"
#include "timing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <toccata/perform/playing_family.hpp>

namespace toccata {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// The share of its written length that a note sounds.
double share_of(const PerformTask& task, const Feel& feel, const Part& part, const Note& note) {
  if (part.instrument.is_drums) return 1;
  if (note.marks.has(Mark::Staccato)) return 0.5;
  if (note.marks.has(Mark::Tenuto) || note.marks.has(Mark::Fermata)) return 1;
  const auto lengths = task.settings != nullptr ? task.settings->note_lengths : NoteLengths::Mixed;
  if (lengths == NoteLengths::Short && part.role != Role::Pad) return 0.7;
  if (lengths == NoteLengths::Long) return 1;
  switch (part.role) {
    case Role::Melody:
    case Role::Counter: return feel.melody_held;
    case Role::Bass: return feel.bass_held;
    case Role::Chords: return 0.96;
    default: return 1;
  }
}

/// The first note that begins after each note does; kNone behind the last.
std::vector<std::size_t> next_moments(const std::vector<Note>& notes) {
  std::vector<std::size_t> next(notes.size(), kNone);
  for (std::size_t i = notes.size(); i-- > 1;)
    next[i - 1] = notes[i].onset > notes[i - 1].onset ? i : next[i];
  return next;
}

/// Which notes are tied to the next one: slurred, or a step away, next to it, and nothing said.
std::vector<bool> find_ties(const PerformTask& task, const Part& part,
                            const std::vector<std::size_t>& next) {
  constexpr int kStep = 2;
  const auto& notes = part.notes;
  const bool is_short =
      task.settings != nullptr && task.settings->note_lengths == NoteLengths::Short;
  const bool ties_steps = playing_family(part.instrument).overlap_ms > 0 && !is_short;
  const Duration near = task.score.ppq().quarter() / 16;
  std::vector<bool> ties(notes.size());
  bool in_slur = false;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    if (notes[i].marks.has(Mark::SlurBegin)) in_slur = true;
    if (notes[i].marks.has(Mark::SlurEnd)) in_slur = false;
    if (next[i] == kNone) continue;
    const Note& after = notes[next[i]];
    const bool plain = !notes[i].marks.has(Mark::Staccato) && !after.marks.has(Mark::Accent);
    const int step = std::abs(after.pitch.number() - notes[i].pitch.number());
    const bool is_step = step > 0 && step <= kStep && after.onset - notes[i].end() <= near;
    ties[i] = in_slur || (ties_steps && plain && is_step);
  }
  return ties;
}

Duration rounded_down(double ticks) {
  return Duration(static_cast<std::int64_t>(std::floor(ticks)));
}

/// Lengths as the family of a part's instrument makes them.
class Touch {
 public:
  Touch(const PerformTask& task, const Part& part, const std::vector<Phrase>& phrases,
        const std::vector<Tick>& onsets)
      : task_(task),
        part_(part),
        onsets_(onsets),
        family_(playing_family(part.instrument)),
        next_(next_moments(part.notes)),
        ties_(find_ties(task, part, next_)),
        breaths_(find_breaths(task, part, phrases)),
        phrases_(phrases) {}

  std::vector<Duration> lengths() && {
    by_shares();
    if (family_.overlap_ms > 0) tie();
    if (family_.rings) ring();
    if (family_.breathes) breathe();
    free_keys();
    return std::move(lengths_);
  }

 private:
  const Note& note(std::size_t i) const { return part_.notes[i]; }

  void by_shares() {
    SwungTime swung(task_.score.meter, swing_of(task_), part_.notes);
    const Feel feel = feel_of(task_);
    PhraseCursor phrase(phrases_);
    Duration played;
    for (std::size_t i = 0; i < part_.notes.size(); ++i) {
      // Notes of a chord last alike.
      const bool is_alike =
          i > 0 && note(i).onset == note(i - 1).onset && note(i).duration == note(i - 1).duration;
      if (!is_alike) {
        const Tick from = swung.of(note(i).onset);
        played = swung.of(note(i).end()) - from;
      }
      double share = share_of(task_, feel, part_, note(i));
      if (ties_[i]) share = std::max(share, 1.0);
      // A breath before the next phrase.
      if (part_.role == Role::Melody && note(i).end() < task_.score.end &&
          phrases_[phrase.at(note(i).onset)].end == note(i).end())
        share *= 0.92;
      const auto ticks = std::floor(share * static_cast<double>(played.ticks()) + 0.5);
      lengths_.push_back(std::max(Duration(static_cast<std::int64_t>(ticks)), Duration(1)));
    }
  }

  void tie() {
    for (std::size_t i = 0; i < part_.notes.size(); ++i) {
      if (!ties_[i]) continue;
      const Duration over =
          rounded_down(ticks_of_ms(family_.overlap_ms, task_.score.tempo, note(i).onset));
      lengths_[i] = std::max(onsets_[next_[i]] - onsets_[i] + over, Duration(1));
    }
  }

  /// Strings of a broken chord sound until one is stopped for a note near by or the hand leaves.
  void ring() {
    constexpr double kDiesMs = 2000;
    const bool is_broken_part = part_.role == Role::Chords || part_.role == Role::Other;
    const bool is_short =
        task_.settings != nullptr && task_.settings->note_lengths == NoteLengths::Short;
    if (!is_broken_part || is_short) return;
    const auto changes = harmony_changes(task_.score);
    for (std::size_t i = 0; i < part_.notes.size(); ++i) {
      if (!is_broken(i)) continue;
      const auto change = std::ranges::upper_bound(changes, note(i).onset);
      Tick until = std::min(
          onsets_[i] + rounded_down(ticks_of_ms(kDiesMs, task_.score.tempo, note(i).onset)),
          change == changes.end() ? task_.score.end : *change);
      until = std::min(until, let_go(i));
      lengths_[i] = std::max(lengths_[i], until - onsets_[i]);
    }
  }
  /// One note of several that follow each other closely.
  bool is_broken(std::size_t i) const {
    const Duration near = task_.score.ppq().quarter();
    const bool is_alone = (i == 0 || note(i - 1).onset != note(i).onset) && next_[i] == i + 1;
    return is_alone && !note(i).marks.has(Mark::Staccato) &&
           note(i + 1).onset - note(i).onset < near;
  }
  /// When a string or the hand is needed elsewhere: neighbours are a fourth apart, and a hand holds
  /// two octaves.
  Tick let_go(std::size_t i) const {
    constexpr int kSameString = 4, kReach = 24;
    for (std::size_t later = i + 1; later < part_.notes.size(); ++later) {
      const int away = std::abs(note(later).pitch.number() - note(i).pitch.number());
      if (away <= kSameString || away > kReach) return onsets_[later];
    }
    return task_.score.end;
  }

  void breathe() {
    constexpr double kMostOfNote = 0.4;
    for (std::size_t i = 0; i < part_.notes.size(); ++i) {
      if (!breaths_[i] || next_[i] == kNone) continue;
      const Duration room = onsets_[next_[i]] - onsets_[i];
      const double breath = std::min(ticks_of_ms(kBreathTakesMs, task_.score.tempo, note(i).onset),
                                     kMostOfNote * static_cast<double>(room.ticks()));
      const Duration until = room - Duration(static_cast<std::int64_t>(std::ceil(breath)));
      lengths_[i] = std::max(std::min(lengths_[i], until), Duration(1));
    }
  }

  /// A key that is struck again has been let go before.
  void free_keys() {
    std::array<std::ptrdiff_t, Pitch::kHighest + 1> last_of{};
    last_of.fill(-1);
    for (std::size_t i = 0; i < part_.notes.size(); ++i) {
      auto& last = last_of[static_cast<std::size_t>(note(i).pitch.number())];
      if (last >= 0) {
        const auto before = static_cast<std::size_t>(last);
        const Duration until = onsets_[i] - onsets_[before];
        if (until > Duration(0)) lengths_[before] = std::min(lengths_[before], until);
      }
      last = static_cast<std::ptrdiff_t>(i);
    }
  }

  const PerformTask& task_;
  const Part& part_;
  const std::vector<Tick>& onsets_;
  const PlayingFamily& family_;
  std::vector<std::size_t> next_;
  std::vector<bool> ties_, breaths_;
  const std::vector<Phrase>& phrases_;
  std::vector<Duration> lengths_;
};

void keep_line(const Part& part, const TempoMap& tempo, std::vector<PlayedNote>& notes) {
  const double overlap_ms = playing_family(part.instrument).overlap_ms;
  const auto next = next_moments(part.notes);
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    PlayedNote* played = find_played(notes, part.notes[i].id);
    if (played == nullptr || next[i] == kNone) continue;
    const Tick begins = part.notes[i].onset + played->shift;
    Tick ends = begins + played->sounding;
    for (std::size_t j = next[i]; j < part.notes.size(); ++j) {
      if (part.notes[j].onset != part.notes[next[i]].onset) break;
      const PlayedNote* after = find_played(notes, part.notes[j].id);
      if (after == nullptr) continue;
      const Duration over = rounded_down(ticks_of_ms(overlap_ms, tempo, part.notes[j].onset));
      ends = std::min(ends, part.notes[j].onset + after->shift + over);
    }
    played->sounding = std::max(ends - begins, Duration(1));
  }
}

}  // namespace

std::vector<Duration> shape_lengths(const PerformTask& task, const Part& part,
                                    const std::vector<Phrase>& phrases,
                                    const std::vector<Tick>& onsets) {
  return Touch(task, part, phrases, onsets).lengths();
}

void keep_lines(const Score& score, Performance& performance) {
  for (const Part& part : score.parts)
    if (is_single_line(score, part)) keep_line(part, performance.tempo, performance.notes);
}

}  // namespace toccata

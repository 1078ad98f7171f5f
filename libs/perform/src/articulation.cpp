// SPDX-License-Identifier: MIT
#include "articulation.hpp"

#include "feel.hpp"
#include "swung.hpp"
#include "timing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace toccata {
namespace {

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

/// A slurred note is held a little into the next one.
bool is_slurred(const std::vector<Note>& notes, std::size_t index, bool& in_slur) {
  if (notes[index].marks.has(Mark::SlurBegin)) in_slur = true;
  if (notes[index].marks.has(Mark::SlurEnd)) in_slur = false;
  return in_slur && index + 1 < notes.size();
}

}  // namespace

std::vector<Duration> shape_lengths(const PerformTask& task, const Part& part,
                                    const std::vector<Phrase>& phrases,
                                    const std::vector<Tick>& onsets) {
  const Swing swing = swing_of(task);
  const Feel feel = feel_of(task);
  const MeterMap& meter = task.score.meter;
  std::vector<Duration> lengths;
  bool in_slur = false;
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    const Note& note = part.notes[i];
    const Duration played = swung(note.end(), meter, swing) - swung(note.onset, meter, swing);
    double share = share_of(task, feel, part, note);
    if (is_slurred(part.notes, i, in_slur)) share = std::max(share, 1.0);
    // A breath before the next phrase.
    if (phrase_at(phrases, note.onset).end == note.end() && part.role == Role::Melody &&
        note.end() < task.score.end)
      share *= 0.92;
    const auto ticks = std::floor(share * static_cast<double>(played.ticks()) + 0.5);
    lengths.push_back(std::max(Duration(static_cast<std::int64_t>(ticks)), Duration(1)));
  }
  std::array<std::ptrdiff_t, Pitch::kHighest + 1> last_of{};
  last_of.fill(-1);
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    auto& last = last_of[static_cast<std::size_t>(part.notes[i].pitch.number())];
    if (last >= 0) {
      const auto before = static_cast<std::size_t>(last);
      const Duration until = onsets[i] - onsets[before];
      if (until > Duration(0)) lengths[before] = std::min(lengths[before], until);
    }
    last = static_cast<std::ptrdiff_t>(i);
  }
  return lengths;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Sections that return: what makes them known stays, some bars are varied, the ending is new.
#include "melody.hpp"

#include <algorithm>

namespace toccata {

MelodyWriter::Theme MelodyWriter::returned(const Known& known, const SectionPlan& section,
                                           Rng& rng) {
  Theme theme;
  const Duration length = grid_.bar() * section.bars;
  const Duration known_length = grid_.bar() * known.bars;
  for (Duration round; round < length; round += known_length)
    for (ThemeNote note : known.theme) {
      note.at += round;
      if (note.at >= length) break;
      note.duration = std::min(note.duration, length - note.at);
      theme.push_back(note);
    }
  vary(theme, section, rng);
  if (section.cadence == known.cadence && section.bars == known.bars) return theme;
  // The same words, another full stop: what stands over other chords than before is drawn anew
  // towards its old heights, and the last bar closes as this section does.
  const Duration cadence_at = length - grid_.bar();
  Theme kept, over_others;
  for (const ThemeNote& note : theme) {
    if (note.at >= cadence_at) break;
    (has_same_chord(known, section, note.at) && over_others.empty() ? kept : over_others)
        .push_back(note);
  }
  redraw(known, over_others, kept, section, rng);
  if (!kept.empty())
    kept.back().duration = std::min(kept.back().duration, cadence_at - kept.back().at);
  write_cadence(make_phrase(section, section.bars - 1, 1, section.cadence, rng), 0, 1, {}, kept,
                rng);
  return kept;
}

bool MelodyWriter::has_same_chord(const Known& known, const SectionPlan& section,
                                  Duration at) const {
  const Duration then = at % (grid_.bar() * known.bars);
  return plan_.chord_at(begin_of(section) + at).chord ==
         plan_.chord_at(plan_.meter.onset_of(known.first) + then).chord;
}

void MelodyWriter::redraw(const Known& known, const Theme& notes, Theme& theme,
                          const SectionPlan& section, Rng& rng) {
  if (notes.empty()) return;
  Rhythm rhythm;
  Targets targets;
  const int bar = static_cast<int>(notes.front().at / grid_.bar());
  for (const ThemeNote& note : notes) {
    rhythm.push_back({note.at - grid_.bar() * bar, note.duration});
    const bool stays = has_same_chord(known, section, note.at) ||
                       fits(begin_of(section) + note.at, rhythm.back(), note.height);
    targets.push_back({note.height, stays});
  }
  const Phrase phrase = make_phrase(section, bar, section.bars - bar, section.cadence, rng);
  draw_into(phrase, 0, rhythm, targets, LineNote::End::None, theme, rng);
}

void MelodyWriter::vary(Theme& theme, const SectionPlan& section, Rng& rng) {
  // Whole bars are varied and the others left alone, so that a return is known by what stays: a
  // theme with a changed note here and there is another theme. Its first bar always stays.
  std::vector<char> is_varied(static_cast<std::size_t>(section.bars), 0);
  const int count = section.varied                         ? (section.bars + 2) / 4
                    : section.bars >= 6 && rng.chance(0.4) ? 1
                                                           : 0;
  for (int i = 0; i < count && section.bars > 1; ++i)
    is_varied[static_cast<std::size_t>(rng.between(1, section.bars - 1))] = 1;
  Theme varied;
  for (const ThemeNote& note : theme) {
    const bool on_bar = note.at % grid_.bar() == Duration(0);
    const auto bar = static_cast<std::size_t>(std::max<std::int64_t>(note.at / grid_.bar(), 0));
    if (on_bar || note.ends_phrase || bar >= is_varied.size() || !is_varied[bar] ||
        !rng.chance(0.6)) {
      varied.push_back(note);
      continue;
    }
    const double neighbour = lattice_.moved_by_steps(note.height, rng.chance(0.5) ? 1 : -1);
    if (note.duration >= kComposedPpq.quarter() && note.duration % Duration(240) == Duration(0)) {
      const Duration half = note.duration / 2;
      varied.push_back({note.at, half, note.height});
      varied.push_back({note.at + half, note.duration - half, neighbour});
    } else {
      varied.push_back({note.at, note.duration, neighbour});
    }
  }
  theme = std::move(varied);
}

}  // namespace toccata

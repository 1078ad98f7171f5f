// SPDX-License-Identifier: MIT
// What the energy of a bar makes of its chords: pads that are held, arpeggios, strokes that land.
#include <algorithm>

#include "chords.hpp"

namespace toccata {
namespace {

/// The energy from which a pad moves, where the genre layers its sections.
constexpr double kMovesFrom = 0.3;

}  // namespace

ChordsWriter::Figure ChordsWriter::figure_in(const SectionPlan& section, Bar bar,
                                             const Figure& known, Rng& rng) const {
  Figure figure = played_again(known, section.energy, rng);
  // Compers play around the beat where the others land on it.
  const bool begins = !figure.strokes.empty() && figure.strokes.front().at == Duration(0);
  if (bar == section.first && section.lands() && !begins && idiom_ != ChordsIdiom::Comp)
    figure.strokes.insert(figure.strokes.begin(), {Duration(0), rng.next()});
  if (idiom_ != ChordsIdiom::Pad || section.reaches(kMovesFrom, bar)) return figure;
  // A pad is held where little else plays: from each chord on, and from one place of its figure.
  const Tick line = plan_.meter.onset_of(bar);
  Figure held{{}, figure.order};
  for (const ChordSpan& span : plan_.chords_in(line + Duration(1), plan_.meter.end_of(bar)))
    held.strokes.push_back({span.at - line, rng.next()});
  const auto again = std::ranges::find_if(
      figure.strokes, [&](const Stroke& stroke) { return stroke.at >= kComposedPpq.quarter(); });
  if (again != figure.strokes.end() && held.strokes.empty()) held.strokes.push_back(*again);
  held.strokes.insert(held.strokes.begin(), {Duration(0), rng.next()});
  return held;
}

void ChordsWriter::write_arpeggio(Bar bar, double energy, std::vector<Note>& notes) const {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  const Duration step = arpeggio_.step_at(settings_, energy);
  for (const ChordSpan& span : plan_.chords) {
    const Tick begin = std::max(span.at, line), until = std::min(span.at + span.duration, end);
    if (begin >= until) continue;
    const auto ladder = arpeggio_.ladder(span.chord, energy, range_);
    if (ladder.empty()) continue;
    // A bar and a chord begin the pattern anew.
    for (Tick at = begin; at < until; at += step) {
      const auto place = static_cast<std::size_t>((at - begin) / step);
      const auto rung = arpeggio_.rungs[place % arpeggio_.rungs.size()];
      if (!rung) continue;
      const int key = Arpeggio::key_at(*rung, ladder);
      add(at, {std::min(step, until - at), arpeggio_.is_short}, key, Cents(), notes);
    }
  }
}

}  // namespace toccata

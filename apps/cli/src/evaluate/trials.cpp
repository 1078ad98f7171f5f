// SPDX-License-Identifier: MIT
#include "trials.hpp"

#include <algorithm>

#include <toccata/analysis/rhythm.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/compose/verbs.hpp>

#include "cuts.hpp"
#include "edit.hpp"

namespace toccata::cli {
namespace {

constexpr int kRegionBars = 4, kLeastQuarters = 12;
constexpr std::size_t kFewestNotes = 4;  ///< hidden, and three times as many elsewhere

std::vector<Note> notes_in(std::span<const Note> notes, Span span) {
  const auto within = notes_within(notes, span);
  return {within.begin(), within.end()};
}

Stretch stretch_of(std::span<const Note> notes, Span span, Ppq ppq, bool is_drums) {
  const auto within = notes_in(notes, span);
  Stretch stretch{pitch_class_histogram(within), onset_positions(within, span, ppq), within.size()};
  if (!is_drums || within.empty()) return stretch;
  stretch.pitches.assign(128, 0);
  for (const Note& note : within)
    stretch.pitches[static_cast<std::size_t>(note.pitch.number())] +=
        1 / static_cast<double>(within.size());
  return stretch;
}

/// The notes of the bar before a span, moved into each of its bars.
std::vector<Note> repeated_bar(std::span<const Note> notes, const MeterMap& meters, Span span) {
  std::vector<Note> made;
  const Bar first = meters.bar_at(span.onset);
  const Bar before = first + -1;
  if (before < meters.first_bar()) return made;
  const Tick from = meters.onset_of(before);
  const auto bar = notes_in(notes, {from, span.onset});
  for (Bar to = first; meters.onset_of(to) < span.end; to = to + 1)
    for (Note note : bar) {
      note.onset = meters.onset_of(to) + (note.onset - from);
      if (note.onset < std::min(meters.end_of(to), span.end)) made.push_back(note);
    }
  return made;
}

/// All notes of pitched parts, as one.
std::vector<Note> pitched_notes(const Score& score) {
  std::vector<Note> notes;
  for (const Part& part : score.parts)
    if (!part.instrument.is_drums) notes.insert(notes.end(), part.notes.begin(), part.notes.end());
  sort_notes(notes);
  return notes;
}

Music music_of(const Music& music, midi::File file) {
  Music made{music.name, "midi", midi::to_score(file), {}, {}};
  made.file = std::move(file);
  return made;
}

/// What is to be cut out.
struct Place {
  const Part* part;
  Bar first;
  Span span;
};
std::optional<Place> drawn_place(const Score& score, Rng& rng) {
  constexpr int kTries = 60;
  const int bars = score.bar_count();
  for (int i = 0; i < kTries && !score.parts.empty() && bars >= 2 * kRegionBars; ++i) {
    const Part& part = rng.pick(score.parts);
    const Bar first(rng.between(bars / 4, std::max(bars / 4, 3 * bars / 4 - kRegionBars)));
    const int count = region_bars(score, first);
    const Span span{score.meter.onset_of(first), score.meter.onset_of(first + count)};
    const auto inside = notes_within(part.notes, span).size();
    const bool is_enough = inside >= kFewestNotes && part.notes.size() - inside >= 3 * kFewestNotes;
    if (is_enough && first.index() >= count && span.end < score.end && part.place)
      return Place{&part, first, span};
  }
  return std::nullopt;
}

/// The notes of a part of the same place in the file.
std::span<const Note> notes_at(const Score& score, const std::optional<FilePlace>& place) {
  for (const Part& part : score.parts)
    if (part.place == place) return part.notes;
  return {};
}

std::optional<PartId> part_at(const Score& score, const std::optional<FilePlace>& place) {
  for (const Part& part : score.parts)
    if (part.place == place) return part.id;
  return std::nullopt;
}

/// Lets the verb's own path write the file; tells what came of it. `parts` of the region.
template <class Written>
void write(Trial& trial, const Music& cut, Result<Score, ComposeError> score, std::uint64_t seed,
           Span span, std::optional<FilePlace> place, const Written& written_notes) {
  if (!score) {
    trial.refusal = describe(score.error());
    return;
  }
  auto piece = edited(cut, *std::move(score), span.end, seed);
  if (!piece) {
    trial.refusal = piece.error().what;
    return;
  }
  const midi::Import after = midi::to_score(*piece->midi);
  trial.is_rest_same = is_same_outside(*cut.file, *piece->midi, span, place);
  trial.written = stretch_of(written_notes(after.score), span, after.score.ppq(), trial.is_drums);
}

}  // namespace

double pitch_likeness(const Stretch& a, const Stretch& b) {
  return overlapped_area(a.pitches, b.pitches);
}
double rhythm_likeness(const Stretch& a, const Stretch& b) {
  return onset_likeness(a.onsets, b.onsets);
}

int region_bars(const Score& score, Bar first) {
  int bars = kRegionBars;
  const Tick onset = score.meter.onset_of(first);
  while (score.meter.onset_of(first + bars) < onset + score.ppq().quarter() * kLeastQuarters)
    ++bars;
  return bars;
}

std::optional<Trial> try_fill(const Music& music, std::uint64_t seed) {
  if (!music.file) return std::nullopt;
  const Score& score = music.content.score;
  Rng rng = Rng(seed).fork("fill");
  const auto place = drawn_place(score, rng);
  if (!place) return std::nullopt;
  const auto hidden = notes_in(place->part->notes, place->span);
  const Music cut = music_of(music, without_notes(*music.file, music.content, hidden));
  const auto where = place->part->place;
  const auto id = part_at(cut.content.score, where);
  if (!id) return std::nullopt;
  Trial trial{music.name, place->part->instrument.is_drums, {}, {}, {}, {}, false};
  trial.hidden = stretch_of(hidden, place->span, score.ppq(), trial.is_drums);
  trial.repeated = stretch_of(repeated_bar(place->part->notes, score.meter, place->span),
                              place->span, score.ppq(), trial.is_drums);
  const FillAsk ask{place->first, score.meter.bar_at(place->span.end), {*id}, seed};
  write(trial, cut, fill_bars(cut.content.score, ask), seed, place->span, where,
        [&](const Score& after) { return notes_at(after, where); });
  return trial;
}

std::optional<Trial> try_continue(const Music& music, std::uint64_t seed) {
  if (!music.file) return std::nullopt;
  const Score& score = music.content.score;
  const int bars = score.bar_count();
  int count = region_bars(score, Bar(std::max(bars - kRegionBars, 0)));
  if (seed % 2 == 1 && bars >= 6 * count) count *= 2;
  if (bars < 3 * count) return std::nullopt;
  const Tick hidden_at = score.meter.onset_of(Bar(bars - count));
  const Music cut = music_of(music, hidden_from(*music.file, hidden_at));
  // Where it is silent before the end, the piece that is seen ends earlier.
  const MeterMap& meters = cut.content.score.meter;
  const Bar first(cut.content.score.bar_count());
  const Span span{meters.onset_of(first), meters.onset_of(first + count)};
  const auto all = pitched_notes(score);
  Trial trial{music.name, false, {}, {}, {}, {}, false};
  trial.hidden = stretch_of(all, span, score.ppq(), false);
  if (trial.hidden.notes < kFewestNotes || count_notes(*cut.file) < 3 * kFewestNotes)
    return std::nullopt;
  trial.repeated = stretch_of(repeated_bar(all, score.meter, span), span, score.ppq(), false);
  write(trial, cut, continue_score(cut.content.score, count, seed), seed, span, std::nullopt,
        pitched_notes);
  return trial;
}

}  // namespace toccata::cli

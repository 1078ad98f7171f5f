// SPDX-License-Identifier: MIT
#include "chords.hpp"

#include <algorithm>
#include <numeric>

#include "lattice.hpp"
#include "maqam_pitch.hpp"
#include "melody.hpp"

namespace toccata {
namespace {

/// Every piece has a hand of its own: how high it lies, how wide it spreads, how many tones it
/// takes.
VoicingOptions options_for(const Settings& settings, const Seat& seat, ChordsIdiom idiom, Rng rng) {
  VoicingOptions options;
  const PitchRange range = seat.instrument->range;
  const bool low = idiom == ChordsIdiom::Power || idiom == ChordsIdiom::Shuffle;
  const int lowest = std::clamp((low ? 40 : 49) + rng.between(-3, 3), range.lowest.number(),
                                range.highest.number());
  const int highest = std::clamp((low ? 64 : 70) + rng.between(-2, 3), range.lowest.number(),
                                 range.highest.number());
  options.range = {Pitch::folded_into_range(std::min(lowest, highest - 18)),
                   Pitch::folded_into_range(std::max(highest, lowest + 18))};
  options.kind = idiom == ChordsIdiom::Power ? VoicingKind::Power
                 : idiom == ChordsIdiom::Comp && settings.seat(Role::Bass) != nullptr
                     ? VoicingKind::Rootless
                 : rng.chance(0.3) ? VoicingKind::Open
                                   : VoicingKind::Close;
  options.most_tones = idiom == ChordsIdiom::Broken ? 3 : rng.between(3, 4);
  return options;
}

}  // namespace

ChordsWriter::ChordsWriter(const Settings& settings, const Plan& plan, const Seat& seat,
                           ChordsIdiom idiom, const Rng& rng)
    : settings_(settings),
      plan_(plan),
      idiom_(idiom),
      grid_(settings.meter),
      rng_(rng),
      options_(options_for(settings, seat, idiom, rng.fork("hand"))) {}

std::vector<Note> ChordsWriter::write(const SectionPlan& section, std::span<const Note> melody) {
  std::vector<Note> notes;
  Rng rng = rng_.fork(section.material);
  auto known = std::ranges::find(figures_, section.material, [](const auto& f) { return f.first; });
  if (known == figures_.end()) {
    figures_.emplace_back(section.material, draw_figure(section.energy, rng));
    known = figures_.end() - 1;
  }
  const Figure figure = known->second;
  // Fifths alone where the music is loud; where it is quieter the guitar says major or minor.
  if (idiom_ == ChordsIdiom::Power) {
    options_.kind = section.energy > 0.6 ? VoicingKind::Power : VoicingKind::Close;
    voiced_ = nullptr;
  }
  Rng bars = rng.fork(section.varied ? static_cast<std::uint64_t>(section.first.index()) : 0);
  for (int i = 0; i < section.bars; ++i) {
    const Bar bar = section.first + i;
    const bool fresh = bars.chance(idiom_ == ChordsIdiom::Comp ? 0.75 : 0.25);
    const Figure own = fresh ? draw_figure(section.energy, bars) : figure;
    if (bar.index() + 1 == settings_.bars) write_held(bar, notes);
    else if (idiom_ == ChordsIdiom::Heterophony) follow_melody(bar, melody, notes, bars);
    else
      write_bar(bar,
                idiom_ == ChordsIdiom::Broken && fresh ? Figure{own.strokes, figure.order} : own,
                notes);
  }
  if (settings_.genre.melody.call_response > 0) answer(section, melody, notes, bars);
  sort_notes(notes);
  return notes;
}

ChordsWriter::Figure ChordsWriter::draw_figure(double energy, Rng& rng) const {
  const double odds = (0.6 + 0.8 * energy) * density_odds(0.25 + settings_.density / 2);
  Figure figure{draw_onsets(grid_, settings_.genre.chords.onsets, odds, rng), {}};
  // The first tone of a broken chord is its lowest; the rest follow in any order, none twice
  // running.
  figure.order.push_back(0);
  const std::size_t length = static_cast<std::size_t>(rng.between(3, 6));
  while (figure.order.size() < length) {
    const std::size_t next = rng.below(4);
    if (next != figure.order.back()) figure.order.push_back(next);
  }
  return figure;
}

void ChordsWriter::write_bar(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  switch (idiom_) {
    case ChordsIdiom::Broken: return write_broken(bar, figure, notes);
    case ChordsIdiom::Shuffle: return write_shuffle(bar, figure, notes);
    default: return write_struck(bar, figure, notes);
  }
}

const Voicing& ChordsWriter::voicing_at(Tick at) {
  const ChordSpan& span = plan_.chord_at(at);
  if (voiced_ != &span) {
    const Chord chord = coloured(span.chord);
    VoicingOptions options = options_;
    // A major seventh without its root is another chord, unless fifth and ninth surround it.
    const bool needs_root = !chord.is_minor() && !chord.is_dominant() &&
                            (options.most_tones < 4 || !chord.semitones_of(9));
    if (options.kind == VoicingKind::Rootless && needs_root) options.kind = VoicingKind::Shell;
    voicing_ = lead_voicing(chord, options, voicing_);
    voiced_ = &span;
  }
  return voicing_;
}

Chord ChordsWriter::coloured(const Chord& chord) const {
  // Chords that the user gave are played as they were given.
  if (!settings_.genre.chords.ninths || !settings_.chords.empty()) return chord;
  constexpr ChordTone kNinth{9, 14};
  const bool has_ninth = chord.semitones_of(9).has_value() || chord.semitones_of(6).has_value();
  if (!chord.semitones_of(7) || has_ninth) return chord;
  if (!settings_.key.contains(chord.root_class() + kNinth.semitones)) return chord;
  Chord rich = chord;
  rich.tones.push_back(kNinth);
  return rich;
}

void ChordsWriter::write_struck(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  for (std::size_t i = 0; i < figure.strokes.size(); ++i) {
    const Tick onset = line + figure.strokes[i];
    const Tick next = i + 1 < figure.strokes.size() ? line + figure.strokes[i + 1] : end;
    const Duration full = next - onset;
    const Duration kept(static_cast<std::int64_t>(static_cast<double>(full.ticks()) *
                                                  settings_.genre.chords.length));
    strike(onset, onset + std::max(kept, Duration(60)), voicing_at(onset), notes);
  }
}

void ChordsWriter::write_broken(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  const ChordSpan* spoken = nullptr;
  std::size_t at = 0;
  for (std::size_t i = 0; i < figure.strokes.size(); ++i) {
    const Tick onset = line + figure.strokes[i];
    const Tick next = i + 1 < figure.strokes.size() ? line + figure.strokes[i + 1] : end;
    const Voicing& voicing = voicing_at(onset);
    if (voiced_ != spoken) at = 0;  // a new chord begins with its lowest tone
    spoken = voiced_;
    if (voicing.empty()) continue;
    const std::size_t tone = figure.order[at++ % figure.order.size()] % voicing.size();
    add(onset, next, voicing[tone].number(), Cents(), notes);
  }
}

void ChordsWriter::write_held(Bar bar, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  for (const ChordSpan& span : plan_.chords) {
    const Tick onset = std::max(span.at, line), until = std::min(span.at + span.duration, end);
    if (onset < until) strike(onset, until, voicing_at(onset), notes);
  }
}

void ChordsWriter::write_shuffle(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  for (std::size_t i = 0; i < figure.strokes.size(); ++i) {
    const Place& place = grid_.nearest(figure.strokes[i]);
    const Tick onset = line + figure.strokes[i];
    const Tick next = i + 1 < figure.strokes.size() ? line + figure.strokes[i + 1] : end;
    const Chord& chord = plan_.chord_at(onset).chord;
    // Root and fifth, on the second half of each pair of beats root and sixth: the boogie hand.
    const int root = Pitch::folded_into_range(
                         options_.range.lowest.number() +
                         semitones_up(options_.range.lowest.pitch_class(), chord.root_class()))
                         .number();
    const int fifth = chord.semitones_of(5).value_or(7);
    add(onset, next, root, Cents(), notes);
    const bool sixth = place.backbeat && !chord.is_minor();
    add(onset, next, root + (sixth ? fifth + 2 : fifth), Cents(), notes);
    // The other hand says what chord it is: third and seventh, on the strokes that answer.
    if (place.kind == PlaceKind::Bar || place.kind == PlaceKind::Middle) continue;
    for (const int degree : {3, 7})
      if (const auto tone = chord.semitones_of(degree))
        add(onset, next, root + 12 + *tone, Cents(), notes);
  }
}

void ChordsWriter::follow_melody(Bar bar, std::span<const Note> melody, std::vector<Note>& notes,
                                 Rng& rng) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  Tick free = line;
  for (const Note& note : melody) {
    if (note.onset < line || note.onset >= end || note.marks.has(Mark::Ornament)) continue;
    const PlaceKind kind = grid_.nearest(note.onset - line).kind;
    const bool skeleton =
        kind != PlaceKind::Fine && (kind != PlaceKind::Offbeat || rng.chance(0.4));
    if (!skeleton) continue;
    const Tick until = std::min(note.end(), end);
    // A plucked string re-strikes what the wind holds.
    const Duration half = kComposedPpq.quarter() / 2;
    const bool repeats = until - note.onset >= half * 2 && rng.chance(0.5);
    const Tick first_end = repeats ? note.onset + half : until;
    add(note.onset, first_end, note.pitch.number() - 12, note.detune, notes);
    if (repeats) add(first_end, until, note.pitch.number() - 12, note.detune, notes);
    free = until;
  }
  if (free + kComposedPpq.quarter() > end) return;
  for (const Duration at : draw_onsets(grid_, settings_.genre.chords.onsets, 0.6, rng)) {
    if (line + at < free) continue;
    const Voicing& voicing = voicing_at(line + at);
    if (voicing.empty()) continue;
    add(line + at, line + at + kComposedPpq.quarter() / 2,
        voicing[rng.below(voicing.size())].number(), Cents(), notes);
  }
}

void ChordsWriter::answer(const SectionPlan& section, std::span<const Note> melody,
                          std::vector<Note>& notes, Rng& rng) {
  const Tick begin = plan_.meter.onset_of(section.first),
             end = plan_.meter.onset_of(section.first + section.bars);
  const PitchRange range{Pitch::literal(64), Pitch::literal(86)};
  const Lattice lattice(settings_, melody_key(settings_), range, {});
  for (std::size_t i = 0; i < melody.size(); ++i) {
    const Tick from = melody[i].end();
    const Tick until = i + 1 < melody.size() ? melody[i + 1].onset : end;
    if (from < begin || until > end || until - from < grid_.bar()) continue;
    if (until == end && section.cadence == Cadence::Final) continue;
    std::vector<LineNote> line;
    for (Tick bar = plan_.meter.onset_of(plan_.meter.bar_at(from)); bar < until; bar += grid_.bar())
      for (const Duration at : draw_onsets(grid_, settings_.genre.melody.onsets, 0.8, rng))
        if (bar + at >= from + kComposedPpq.quarter() / 2 &&
            bar + at + kComposedPpq.quarter() < until)
          line.push_back({bar + at, kComposedPpq.quarter() / 2, at == Duration(0), 74});
    if (line.empty()) continue;
    line.back().end = LineNote::End::Chord;
    const auto drawn = lattice.draw(line, plan_, std::nullopt, std::nullopt, rng);
    for (std::size_t n = 0; n < drawn.size(); ++n)
      add(line[n].onset, line[n].onset + line[n].duration, lattice.pitches()[drawn[n]].number,
          Cents(), notes);
  }
}

void ChordsWriter::strike(Tick onset, Tick end, const Voicing& voicing,
                          std::vector<Note>& notes) const {
  for (const Pitch pitch : voicing) add(onset, end, pitch.number(), Cents(), notes);
}

void ChordsWriter::add(Tick onset, Tick end, int number, Cents detune,
                       std::vector<Note>& notes) const {
  Note note;
  note.onset = onset;
  note.duration = end - onset;
  if (settings_.note_lengths == NoteLengths::Short)
    note.duration = std::max(note.duration / 2, Duration(60));
  note.pitch = Pitch::folded_into_range(number);
  note.detune = detune == Cents() ? detune_in_maqam(settings_, number) : detune;
  notes.push_back(note);
}

}  // namespace toccata

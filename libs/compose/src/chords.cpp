// SPDX-License-Identifier: MIT
#include "chords.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "lattice.hpp"
#include "maqam_pitch.hpp"
#include "melody.hpp"

namespace toccata {
namespace {

constexpr double kMostDetached = 0.5;
/// How often a stroke differs when its figure comes again.
constexpr double kOtherStroke = 0.18, kOtherTouch = 0.25, kOtherOrder = 0.35;
/// How often a stroke of a broken chord takes another tone than its turn, or two at once.
constexpr double kOtherTone = 0.2, kTwoTones = 0.15;
/// How often one tone of a held chord is suspended, and how often its tones enter one by one.
constexpr double kSuspends = 0.4, kEntersSlowly = 0.6;
/// How often a chord is taken from another position than the nearest, and how far from it.
constexpr double kOtherPosition = 0.3;
constexpr int kFarthestPosition = 5;

/// Every piece has a hand of its own: how high it lies, how wide it spreads, how many tones it
/// takes.
VoicingOptions options_for(const Settings& settings, const Seat& seat, ChordsIdiom idiom, Rng rng) {
  VoicingOptions options;
  const PitchRange range = seat.instrument->range;
  const bool low = idiom == ChordsIdiom::Power || idiom == ChordsIdiom::Shuffle;
  const int lift = rng.between(-3, 4);
  const int lowest = std::clamp((low ? 40 : 49) + lift + rng.between(-2, 2), range.lowest.number(),
                                range.highest.number());
  const int highest = std::clamp((low ? 64 : 70) + lift + rng.between(-2, 2), range.lowest.number(),
                                 range.highest.number());
  // An octave and a half at least, where the instrument has it.
  options.range = {
      Pitch::folded_into_range(std::max(range.lowest.number(), std::min(lowest, highest - 18))),
      Pitch::folded_into_range(std::min(range.highest.number(), std::max(highest, lowest + 18)))};
  options.kind = idiom == ChordsIdiom::Power ? VoicingKind::Power
                 : idiom == ChordsIdiom::Comp && settings.seat(Role::Bass) != nullptr
                     ? VoicingKind::Rootless
                 : rng.chance(0.3) ? VoicingKind::Open
                                   : VoicingKind::Close;
  options.most_tones = rng.between(3, 4);
  return options;
}

/// A key that is struck again is let go before; of two strokes at once the longer stays.
void release_repeated(std::vector<Note>& notes) {
  std::array<std::ptrdiff_t, Pitch::kHighest + 1> last_of{};
  last_of.fill(-1);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    auto& last = last_of[static_cast<std::size_t>(notes[i].pitch.number())];
    if (last >= 0) {
      Note& before = notes[static_cast<std::size_t>(last)];
      if (before.onset == notes[i].onset)
        notes[i].duration = std::max(notes[i].duration, before.duration);
      before.duration = std::min(before.duration, notes[i].onset - before.onset);
    }
    last = static_cast<std::ptrdiff_t>(i);
  }
  std::erase_if(notes, [](const Note& note) { return note.duration <= Duration(0); });
}

}  // namespace

ChordsWriter::ChordsWriter(const Settings& settings, const Plan& plan, const Seat& seat,
                           ChordsIdiom idiom, const Rng& rng)
    : settings_(settings),
      plan_(plan),
      idiom_(idiom),
      grid_(settings.meter),
      rng_(rng),
      range_(seat.instrument->range),
      options_(options_for(settings, seat, idiom, rng.fork("hand"))),
      onsets_(leaned(settings.genre.chords.onsets, rng)),
      touch_(Touch::draw(idiom == ChordsIdiom::Pad ? 0.0 : kMostDetached, rng)) {}

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
    const bool improvised = idiom_ == ChordsIdiom::Comp && bars.chance(0.75);
    const Figure own =
        improvised ? draw_figure(section.energy, bars) : played_again(figure, section.energy, bars);
    if (bar.index() + 1 == settings_.bars) write_last_bar(bar, notes);
    else if (idiom_ == ChordsIdiom::Heterophony) follow_melody(bar, melody, notes, bars);
    else write_bar(bar, own, notes);
  }
  if (settings_.genre.melody.call_response > 0) answer(section, melody, notes, bars);
  sort_notes(notes);
  release_repeated(notes);
  return notes;
}

double ChordsWriter::odds_at(double energy) const {
  return (0.6 + 0.8 * energy) * density_odds(0.25 + settings_.density / 2);
}

ChordsWriter::Figure ChordsWriter::draw_figure(double energy, Rng& rng) const {
  Figure figure;
  for (const Duration at : draw_onsets(grid_, onsets_, odds_at(energy), rng))
    figure.strokes.push_back({at, rng.next()});
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

ChordsWriter::Figure ChordsWriter::played_again(const Figure& figure, double energy,
                                                Rng& rng) const {
  Figure again{{}, figure.order};
  if (again.order.size() > 2 && rng.chance(kOtherOrder)) {
    const std::size_t i = 1 + rng.below(again.order.size() - 2);
    std::swap(again.order[i], again.order[i + 1]);
  }
  const double odds = odds_at(energy);
  for (const Place& place : grid_.places()) {
    const auto known = std::ranges::find(figure.strokes, place.at, &Stroke::at);
    if (rng.chance(kOtherStroke)) {
      if (rng.chance(onset_chance(onsets_, place.kind, odds)))
        again.strokes.push_back({place.at, rng.next()});
    } else if (known != figure.strokes.end()) {
      again.strokes.push_back({place.at, rng.chance(kOtherTouch) ? rng.next() : known->touch});
    }
  }
  return again.strokes.empty() ? figure : again;
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
    // A major seventh without its root is another chord; the others are known by what is left.
    if (options.kind == VoicingKind::Rootless && !chord.is_minor() && !chord.is_dominant()) {
      options.kind = VoicingKind::Open;
      options.most_tones = 4;
    }
    // Now and then the hand moves to another position, so that a chord has more than one face.
    Rng position = rng_.fork("position").fork(static_cast<std::uint64_t>(span.at.ticks()));
    if (voicing_.empty() || position.chance(kOtherPosition)) {
      const int away = position.between(-kFarthestPosition, kFarthestPosition);
      if (voicing_.empty()) voicing_ = lead_voicing(chord, options, {});
      for (Pitch& pitch : voicing_) pitch = Pitch::folded_into_range(pitch.number() + away);
    }
    voicing_ = lead_voicing(chord, options, voicing_);
    voiced_ = &span;
  }
  return voicing_;
}

Chord ChordsWriter::coloured(const Chord& chord) const {
  // Chords that the user gave are played as they were given.
  if (!settings_.genre.chords.ninths || !settings_.chords.empty()) return chord;
  const bool has_room = options_.most_tones > 3;
  if (!has_room || (!chord.is_minor() && !chord.is_dominant())) return chord;
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
    const Tick onset = line + figure.strokes[i].at;
    const Tick next = i + 1 < figure.strokes.size() ? line + figure.strokes[i + 1].at : end;
    Rng touch(figure.strokes[i].touch);
    const Held held = touch_.held(next - onset, touch);
    const Duration kept = std::max(
        Duration(60), Duration(static_cast<std::int64_t>(static_cast<double>(held.written.ticks()) *
                                                         settings_.genre.chords.length)));
    const Voicing& voicing = voicing_at(onset);
    if (idiom_ == ChordsIdiom::Pad) unfold(onset, onset + kept, voicing, touch, notes);
    else strike(onset, {kept, held.staccato}, thinned(voicing, touch), notes);
  }
}

Voicing ChordsWriter::thinned(const Voicing& voicing, Rng& touch) const {
  if (idiom_ == ChordsIdiom::Power) {
    // Between full chords the low string alone, or root and fifth.
    static constexpr std::array<double, 3> kTones{2, 2, 3};
    const std::size_t tones = std::min(voicing.size(), 1 + touch.weighted(kTones));
    return {voicing.begin(), voicing.begin() + static_cast<std::ptrdiff_t>(tones)};
  }
  // A comping hand leaves out a voice now and then.
  if (idiom_ != ChordsIdiom::Comp || voicing.size() < 3 || !touch.chance(0.4)) return voicing;
  Voicing thin = voicing;
  thin.erase(thin.begin() + static_cast<std::ptrdiff_t>(touch.below(thin.size())));
  return thin;
}

void ChordsWriter::write_broken(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  const ChordSpan* spoken = nullptr;
  std::size_t at = 0;
  std::optional<std::size_t> last_tone;
  for (std::size_t i = 0; i < figure.strokes.size(); ++i) {
    const Tick onset = line + figure.strokes[i].at;
    const Tick next = i + 1 < figure.strokes.size() ? line + figure.strokes[i + 1].at : end;
    const Voicing& voicing = voicing_at(onset);
    if (voiced_ != spoken) at = 0;  // a new chord begins with its lowest tone
    spoken = voiced_;
    if (voicing.empty()) continue;
    std::size_t tone = figure.order[at++ % figure.order.size()] % voicing.size();
    if (tone == last_tone && voicing.size() > 1) tone = (tone + 1) % voicing.size();
    Rng touch(figure.strokes[i].touch);
    const Held held = touch_.held(next - onset, touch);
    if (touch.chance(kOtherTone)) tone = touch.below(voicing.size());
    if (touch.chance(kTwoTones) && tone + 1 < voicing.size())
      add(onset, held, voicing.back().number(), Cents(), notes);
    last_tone = tone;
    add(onset, held, voicing[tone].number(), Cents(), notes);
  }
}

void ChordsWriter::write_last_bar(Bar bar, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  Rng rng = rng_.fork("ending");
  // Held to the end, or let go some beats before it; sometimes the tones enter one by one.
  const int beats = rng.between((grid_.beats() + 1) / 2, grid_.beats());
  const Tick let_go = beats == grid_.beats() ? end : line + grid_.beat_onset(beats);
  for (const ChordSpan& span : plan_.chords) {
    const Tick onset = std::max(span.at, line), until = std::min(span.at + span.duration, end);
    if (onset >= until) continue;
    const Tick held = onset < let_go ? std::min(until, let_go) : until;
    unfold(onset, held, voicing_at(onset), rng.fork("unfold"), notes);
  }
}

void ChordsWriter::write_shuffle(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  for (std::size_t i = 0; i < figure.strokes.size(); ++i) {
    const Duration at = figure.strokes[i].at;
    const Place& place = grid_.nearest(at);
    const Tick onset = line + at;
    const Tick next = i + 1 < figure.strokes.size() ? line + figure.strokes[i + 1].at : end;
    Rng touch(figure.strokes[i].touch);
    const Held held = touch_.held(next - onset, touch);
    const Chord& chord = plan_.chord_at(onset).chord;
    // Root and fifth, on the second half of each pair of beats root and sixth or seventh: the
    // boogie hand.
    const int root = Pitch::folded_into_range(
                         options_.range.lowest.number() +
                         semitones_up(options_.range.lowest.pitch_class(), chord.root_class()))
                         .number();
    const int fifth = chord.semitones_of(5).value_or(7);
    // Chords that the user gave are played without it.
    const bool may_rise = place.backbeat && !chord.is_minor() && settings_.chords.empty();
    const bool rises = may_rise && touch.chance(0.75);
    const int above = !rises ? fifth : touch.chance(0.15) ? fifth + 3 : fifth + 2;
    add(onset, held, root, Cents(), notes);
    add(onset, held, root + above, Cents(), notes);
    // The other hand says what chord it is: third and seventh, on strokes that answer.
    if (place.kind == PlaceKind::Bar || place.kind == PlaceKind::Middle || touch.chance(0.4))
      continue;
    for (const int degree : {3, 7})
      if (const auto tone = chord.semitones_of(degree))
        add(onset, held, root + 12 + *tone, Cents(), notes);
  }
}

void ChordsWriter::follow_melody(Bar bar, std::span<const Note> melody, std::vector<Note>& notes,
                                 Rng& rng) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  Tick free = line;
  const auto first = std::ranges::lower_bound(melody, line, {}, &Note::onset);
  const auto last = std::ranges::lower_bound(first, melody.end(), end, {}, &Note::onset);
  for (const Note& note : std::span(first, last)) {
    if (note.marks.has(Mark::Ornament)) continue;
    const PlaceKind kind = grid_.nearest(note.onset - line).kind;
    const bool skeleton =
        kind != PlaceKind::Fine && (kind != PlaceKind::Offbeat || rng.chance(0.4));
    if (!skeleton) continue;
    const Tick until = std::min(note.end(), end);
    // A plucked string re-strikes what the wind holds.
    const Duration half = kComposedPpq.quarter() / 2;
    const bool repeats = until - note.onset >= half * 2 && rng.chance(0.5);
    const Tick first_end = repeats ? note.onset + half : until;
    add(note.onset, {first_end - note.onset}, note.pitch.number() - 12, note.detune, notes);
    if (repeats) add(first_end, {until - first_end}, note.pitch.number() - 12, note.detune, notes);
    free = until;
  }
  if (free + kComposedPpq.quarter() > end) return;
  for (const Duration at : draw_onsets(grid_, onsets_, 0.6, rng)) {
    if (line + at < free) continue;
    const Voicing& voicing = voicing_at(line + at);
    if (voicing.empty()) continue;
    add(line + at, {kComposedPpq.quarter() / 2}, voicing[rng.below(voicing.size())].number(),
        Cents(), notes);
  }
}

void ChordsWriter::answer(const SectionPlan& section, std::span<const Note> melody,
                          std::vector<Note>& notes, Rng& rng) {
  const Tick begin = plan_.meter.onset_of(section.first),
             end = plan_.meter.onset_of(section.first + section.bars);
  const PitchRange range{std::max(range_.lowest, Pitch::literal(64)),
                         std::min(range_.highest, Pitch::literal(86))};
  if (range.highest.number() - range.lowest.number() < 12) return;  // no room for an answer
  const Lattice lattice(settings_, melody_key(settings_), range, {});
  const Vocabulary vocabulary(settings_.genre.melody.commonplace, rng_);
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
    const auto drawn = lattice.draw(line, plan_, {}, vocabulary, rng);
    for (std::size_t n = 0; n < drawn.size(); ++n)
      add(line[n].onset, {line[n].duration}, lattice.pitches()[drawn[n]].number, Cents(), notes);
  }
}

void ChordsWriter::strike(Tick onset, Held held, const Voicing& voicing,
                          std::vector<Note>& notes) const {
  for (const Pitch pitch : voicing) add(onset, held, pitch.number(), Cents(), notes);
}

std::optional<std::size_t> ChordsWriter::suspended_voice(const Voicing& voicing, Rng& touch) const {
  // A whole tone above, in the key, beside no other voice: it resolves by falling.
  std::vector<std::size_t> candidates;
  for (std::size_t i = 1; i < voicing.size(); ++i) {
    const int number = voicing[i].number() + 2;
    const auto is_near = [&](Pitch pitch) { return std::abs(pitch.number() - number) <= 1; };
    if (number > range_.highest.number()) continue;
    if (!settings_.key.contains(PitchClass::folded(number))) continue;
    if (std::ranges::none_of(voicing, is_near)) candidates.push_back(i);
  }
  if (candidates.empty()) return std::nullopt;
  return touch.pick(candidates);
}

void ChordsWriter::unfold(Tick onset, Tick end, const Voicing& voicing, Rng touch,
                          std::vector<Note>& notes) const {
  const Duration beat = kComposedPpq.quarter();
  const bool has_room = end - onset >= beat * 2 && settings_.maqam == nullptr;
  if (has_room && settings_.chords.empty() && touch.chance(kSuspends)) {
    if (const auto voice = suspended_voice(voicing, touch)) {
      const Tick falls = onset + beat * (end - onset >= beat * 3 ? touch.between(1, 2) : 1);
      for (std::size_t i = 0; i < voicing.size(); ++i) {
        if (i == *voice) add(onset, {falls - onset}, voicing[i].number() + 2, Cents(), notes);
        const Tick enters = i == *voice ? falls : onset;
        add(enters, {end - enters}, voicing[i].number(), Cents(), notes);
      }
      return;
    }
  }
  const bool enters_slowly = has_room && touch.chance(kEntersSlowly);
  const Duration step = beat / touch.between(1, 2);
  Tick enters = onset;
  for (const Pitch pitch : voicing) {
    add(enters, {end - enters}, pitch.number(), Cents(), notes);
    if (enters_slowly && enters + step + beat <= end && touch.chance(0.7)) enters += step;
  }
}

void ChordsWriter::add(Tick onset, Held held, int number, Cents detune,
                       std::vector<Note>& notes) const {
  Note note;
  note.onset = onset;
  note.duration = held.written;
  if (held.staccato) note.marks.add(Mark::Staccato);
  if (settings_.note_lengths == NoteLengths::Short)
    note.duration = std::max(note.duration / 2, Duration(60));
  note.pitch = Pitch::folded_into_range(number);
  note.detune = detune == Cents() ? detune_in_maqam(settings_, number) : detune;
  notes.push_back(note);
}

}  // namespace toccata

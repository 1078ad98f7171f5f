// SPDX-License-Identifier: MIT
#include "chords.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "broken_order.hpp"
#include "maqam_pitch.hpp"
#include "riff.hpp"

namespace toccata {
namespace {

constexpr double kMostDetached = 0.5;
/// From which energy on power chords grow fuller, and how fast.
constexpr double kFullFrom = 0.5, kFuller = 2.5;
/// How often a stroke differs in a bar that does not keep its figure.
constexpr double kOtherStroke = 0.12, kOtherTouch = 0.2;
/// Below this thirds growl.
constexpr int kLowestClose = 48;
/// How many figures a comping hand has in one material, the fewer the more it loops; others keep to
/// one.
constexpr double kCompFigures = 5;
/// How often the last chord is in another inversion.
constexpr double kTurnsLast = 0.5;
/// How often the last stroke of a bar takes the next one's chord before its time, at most.
constexpr double kMostAnticipates = 0.5;
/// How often a stroke of a broken chord takes two tones at once, at most.
constexpr double kMostTwoTones = 0.3;
/// How often a chord is taken from another position than the nearest, and how far from it.
constexpr double kOtherPosition = 0.5;
constexpr int kFarthestPosition = 7;

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
  options.most_tones = rng.between(3, settings.genre.chords.ninths ? 5 : 4);
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

/// Of notes at once the lowest stays, and each ends where the next one begins.
void keep_to_one_voice(std::vector<Note>& notes) {
  const auto ends = std::unique(notes.begin(), notes.end(),
                                [](const Note& a, const Note& b) { return a.onset == b.onset; });
  notes.erase(ends, notes.end());
  for (std::size_t i = 0; i + 1 < notes.size(); ++i)
    notes[i].duration = std::min(notes[i].duration, notes[i + 1].onset - notes[i].onset);
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
      one_at_a_time_(!seat.instrument->is_polyphonic),
      is_distorted_(seat.instrument->is_distorted),
      options_(options_for(settings, seat, idiom, rng.fork("hand"))),
      onsets_(leaned(settings.genre.chords.onsets, rng)),
      touch_(Touch::draw(idiom == ChordsIdiom::Pad ? 0.0 : kMostDetached, rng)),
      leans_(draw_figure_leans(rng.fork("figures"))),
      ways_(draw_way_leans(settings.genre.chords.own, rng.fork("ways"))),
      arpeggio_(idiom == ChordsIdiom::Arpeggio ? Arpeggio::draw(range_, rng) : Arpeggio()),
      anticipates_(kMostAnticipates * rng.fork("anticipates").uniform()),
      two_tones_(kMostTwoTones * rng.fork("two tones").uniform()),
      boogie_(0.5 * rng.fork("boogie").uniform()),
      singles_(0.15 + 0.35 * rng.fork("singles").uniform()),
      other_hand_(std::clamp(rng.fork("other hand").between(52, 64), range_.lowest.number(),
                             std::max(range_.lowest.number(), range_.highest.number() - 12))) {}

std::vector<Note> ChordsWriter::write(const SectionPlan& section, std::span<const Note> melody) {
  std::vector<Note> notes;
  Rng rng = rng_.fork(section.material);
  auto known = std::ranges::find(figures_, section.material, [](const auto& f) { return f.first; });
  if (known == figures_.end()) {
    const double loops = settings_.genre.loops;
    const double more = idiom_ == ChordsIdiom::Comp ? (kCompFigures - 1) * (1 - loops) : 0;
    std::vector<Figure> own(1 + static_cast<std::size_t>(std::lround(more)));
    for (Figure& figure : own) figure = draw_figure(section, rng);
    figures_.emplace_back(section.material, std::move(own));
    known = figures_.end() - 1;
  }
  const std::vector<Figure>& figures = known->second;
  melody_ = melody;
  // Fifths alone where the music is loud; where it is quieter a clean guitar says major or minor.
  if (idiom_ == ChordsIdiom::Power && !is_distorted_) {
    options_.kind = section.energy > 0.6 ? VoicingKind::Power : VoicingKind::Close;
    voiced_ = nullptr;
    voicings_.clear();
  }
  Rng bars = rng.fork(section.varied ? static_cast<std::uint64_t>(section.first.index()) : 0);
  for (int i = 0; i < section.bars; ++i) {
    const Bar bar = section.first + i;
    Rng own = draws_of_bar(bars, i, settings_.genre.loops);
    if (bar.index() + 1 == settings_.bars) write_last_bar(bar, notes);
    else if (idiom_ == ChordsIdiom::Heterophony) follow_melody(bar, melody, notes, own);
    else {
      const Figure figure = figure_in(section, bar, own.pick(figures), own);
      write_bar(bar, figure, section.energy_at(bar), notes);
    }
  }
  if (settings_.genre.melody.call_response > 0) answer(section, melody, notes, bars);
  sort_notes(notes);
  release_repeated(notes);
  if (one_at_a_time_) keep_to_one_voice(notes);
  // What follows may strike the same key.
  const Tick end = plan_.meter.onset_of(section.first + section.bars);
  for (Note& note : notes) note.duration = std::min(note.duration, end - note.onset);
  return notes;
}

RhythmManner ChordsWriter::manner_at(double energy) const {
  RhythmManner manner;
  manner.onsets = onsets_;
  manner.odds = accompaniment_odds(settings_, energy);
  manner.figures = settings_.genre.chords.figures;
  manner.swings = settings_.genre.swing_percent > 50;
  manner.leans = leans_;
  return manner;
}

ChordsWriter::Figure ChordsWriter::draw_figure(const SectionPlan& section, Rng& rng) const {
  Figure figure;
  const auto draw = [&] {
    return draw_own_strokes(grid_, manner_at(section.energy), tries_for(settings_.genre.chords.own),
                            rng);
  };
  auto strokes = idiom_ == ChordsIdiom::Power ? draw_riff(grid_, settings_, section) : draw();
  // One stroke alone is nobody's figure.
  if (idiom_ == ChordsIdiom::Comp && strokes.size() < 2) strokes = draw();
  for (const Duration at : strokes) figure.strokes.push_back({at, rng.next()});
  // Bars of three beats and beats of three pulses are broken in three.
  const bool in_three = grid_.beats() % 2 == 1 || grid_.beat_length(0) / broken_step() % 3 == 0;
  const int groups = broken_step() < kComposedPpq.quarter() / 2 ? 4 : 2;  // of a bar of 4/4
  figure.order = in_three ? draw_broken_order(1, 6, rng) : draw_broken_order(groups, 4, rng);
  return figure;
}

ChordsWriter::Figure ChordsWriter::played_again(const Figure& figure, double energy,
                                                Rng& rng) const {
  if (rng.chance(settings_.genre.loops)) return figure;
  Figure again{{}, figure.order};
  const double odds = manner_at(energy).odds;
  for (const Place& place : grid_.places()) {
    const auto known = std::ranges::find(figure.strokes, place.at, &Stroke::at);
    if (rng.chance(kOtherStroke)) {
      if (rng.chance(onset_chance(onsets_, place.kind, odds)))
        again.strokes.push_back({place.at, rng.next()});
    } else if (known != figure.strokes.end()) {
      again.strokes.push_back({place.at, rng.chance(kOtherTouch) ? rng.next() : known->touch});
    }
  }
  // Strokes between the places of the grid (triplets) are played or left out.
  for (const Stroke& stroke : figure.strokes)
    if (grid_.nearest(stroke.at).at != stroke.at && !rng.chance(kOtherStroke))
      again.strokes.push_back(stroke);
  std::ranges::stable_sort(again.strokes, {}, &Stroke::at);
  return again.strokes.empty() ? figure : again;
}

void ChordsWriter::write_bar(Bar bar, const Figure& figure, double energy,
                             std::vector<Note>& notes) {
  fullness_ = std::clamp(kFuller * (energy - kFullFrom), 0.0, 1.0);
  switch (idiom_) {
    case ChordsIdiom::Arpeggio: return write_arpeggio(bar, energy, notes);
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
    options.range = room(span);
    top_ = options.range.highest.number();
    // A major seventh without its root is another chord; the others are known by what is left.
    if (options.kind == VoicingKind::Rootless && !chord.is_minor() && !chord.is_dominant()) {
      options.kind = VoicingKind::Open;
      options.most_tones = 4;
    }
    voiced_ = &span;
    // A chord that comes round is played as it was. Else the hand moves to another position now and
    // then, so that a chord has more than one face.
    Rng position = rng_.fork("position").fork(static_cast<std::uint64_t>(span.at.ticks()));
    const auto known = std::ranges::find(voicings_, chord, [](const auto& v) { return v.first; });
    const bool fits = known != voicings_.end() && !known->second.empty() &&
                      known->second.back() <= options.range.highest;
    if (fits && position.chance(settings_.genre.loops)) return voicing_ = known->second;
    if (voicing_.empty() || position.chance(kOtherPosition)) {
      const int away = position.between(-kFarthestPosition, kFarthestPosition);
      if (voicing_.empty()) voicing_ = lead_voicing(chord, options, {});
      for (Pitch& pitch : voicing_) pitch = Pitch::folded_into_range(pitch.number() + away);
    }
    voicing_ = spread(lead_voicing(chord, options, voicing_), chord);
    if (known == voicings_.end()) voicings_.emplace_back(chord, voicing_);
  }
  return voicing_;
}

int ChordsWriter::melody_floor(const ChordSpan& span) const {
  int lowest = Pitch::kHighest + 1;
  auto note = std::ranges::upper_bound(melody_, span.at, {}, &Note::onset);
  if (note != melody_.begin() && std::prev(note)->end() > span.at) --note;
  for (; note != melody_.end() && note->onset < span.at + span.duration; ++note)
    lowest = std::min(lowest, note->pitch.number());
  return lowest;
}

PitchRange ChordsWriter::room(const ChordSpan& span) const {
  const bool is_power = options_.kind == VoicingKind::Power;
  const int least = is_power ? 23 : 12;  // an octave holds a close chord, two a fifth's octave
  int low = options_.range.lowest.number();
  if (!is_power) {
    const int clear = std::min(kLowestClose, range_.highest.number() - least);
    low = std::max({low, clear, range_.lowest.number()});
    // Where the melody comes down, the hand makes way.
    low = std::max({std::min(low, melody_floor(span) - 1 - least), clear, range_.lowest.number()});
  }
  const int top = std::min(options_.range.highest.number(), melody_floor(span) - 1);
  return {Pitch::folded_into_range(low),
          Pitch::folded_into_range(std::min(range_.highest.number(), std::max(top, low + least)))};
}

Voicing ChordsWriter::spread(Voicing voicing, const Chord& chord) const {
  // Of two neighbours a semitone apart the one that says less goes an octave down, or is left out
  // where three others stay.
  const auto says_much = [&](Pitch pitch) {
    const int above = semitones_up(chord.root_class(), pitch.pitch_class());
    return chord.semitones_of(3) == above || chord.semitones_of(7) == above;
  };
  for (std::size_t i = 1; i < voicing.size(); ++i) {
    if (voicing[i] - voicing[i - 1] != 1) continue;
    const std::size_t less = says_much(voicing[i]) ? i - 1 : i;
    const int lower = voicing[less].number() - 12;
    const bool is_clear = std::ranges::none_of(
        voicing, [&](Pitch pitch) { return std::abs(pitch.number() - lower) <= 1; });
    if (is_clear && lower >= std::max(kLowestClose, range_.lowest.number()))
      voicing[less] = Pitch::folded_into_range(lower);
    else if (voicing.size() > 3) voicing.erase(voicing.begin() + static_cast<std::ptrdiff_t>(less));
  }
  std::ranges::sort(voicing);
  return voicing;
}

std::vector<ChordsWriter::Stroke> ChordsWriter::with_changes(const Figure& figure, Tick line,
                                                             Tick end) const {
  std::vector<Stroke> strokes = figure.strokes;
  if (settings_.chords.empty()) return strokes;
  for (const ChordSpan& span : plan_.chords_in(line, end)) {
    const Duration from = span.at - line, until = from + span.duration;
    const auto later =
        std::ranges::find_if(strokes, [&](const Stroke& stroke) { return stroke.at >= from; });
    if (later != strokes.end() && later->at < until) continue;
    const std::uint64_t before = later == strokes.begin() ? 0 : std::prev(later)->touch;
    strokes.insert(later, {from, Rng(before).fork("change").next()});
  }
  return strokes;
}

void ChordsWriter::write_struck(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  const auto strokes = with_changes(figure, line, end);
  const ChordSpan* struck = nullptr;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const Tick onset = line + strokes[i].at;
    const ChordSpan& span = plan_.chord_at(onset);
    const Tick change = std::min(end, span.at + span.duration);
    const Tick next = std::min(change, i + 1 < strokes.size() ? line + strokes[i + 1].at : end);
    Rng touch(strokes[i].touch);
    const Held held = touch_.held(next - onset, touch);
    const Duration kept = std::max(
        Duration(60), Duration(static_cast<std::int64_t>(static_cast<double>(held.written.ticks()) *
                                                         settings_.genre.chords.length)));
    // The hand arrives at the next chord half a beat early, as compers do; where the user gave the
    // chords, once this one was heard.
    const bool is_late = i + 1 == strokes.size() && end - onset <= kComposedPpq.quarter();
    const bool early = idiom_ == ChordsIdiom::Comp && is_late && end < plan_.end &&
                       strokes[i].at > Duration(0) &&
                       (settings_.chords.empty() || struck == &span) && touch.chance(anticipates_);
    struck = &span;
    const Voicing& voicing = voicing_at(early ? end : onset);
    const bool is_held = idiom_ == ChordsIdiom::Pad && kept >= kComposedPpq.quarter() * 2;
    if (is_held) unfold(onset, onset + kept, voicing, touch, notes);
    else if (strokes.size() == 1) play_alone(onset, {kept}, voicing, touch, notes);
    else play(onset, {kept, held.staccato}, voicing, touch, notes);
  }
}

void ChordsWriter::write_last_bar(Bar bar, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  Rng rng = rng_.fork("ending");
  fullness_ = 0;  // until the last chord, which has all its strings
  // Held to the end, or let go some beats before it; sometimes the tones enter one by one.
  const int beats = rng.between((grid_.beats() + 1) / 2, grid_.beats());
  const Tick let_go = beats == grid_.beats() ? end : line + grid_.beat_onset(beats);
  for (const ChordSpan& span : plan_.chords) {
    const Tick onset = std::max(span.at, line), until = std::min(span.at + span.duration, end);
    if (onset >= until) continue;
    const Tick held = onset < let_go ? std::min(until, let_go) : until;
    const Voicing& voicing = voicing_at(onset);
    const Tick rest = until == end ? break_into(onset, until, voicing, rng, notes) : onset;
    const bool turns = idiom_ != ChordsIdiom::Power && rng.chance(kTurnsLast);
    const Tick last = std::min(until, std::max(held, rest + kComposedPpq.quarter() * 2));
    unfold(rest, last, turns ? turned(voicing, rng) : voicing, rng.fork("unfold"), notes);
  }
}

Tick ChordsWriter::break_into(Tick onset, Tick end, const Voicing& voicing, Rng& rng,
                              std::vector<Note>& notes) const {
  // Endings are led to: single tones or strokes for a beat or two, then the chord that stays.
  const Duration beat = grid_.beat_length(0);
  const int most = static_cast<int>((end - onset) / beat) - 1;
  const bool is_long = settings_.note_lengths == NoteLengths::Long;
  if (most < 1 || voicing.empty() || is_long) return onset;
  const int latest = std::min(most, 3);
  const Tick rest = onset + beat * std::max(rng.between(1, latest), rng.between(1, latest));
  RhythmManner manner;
  manner.swings = settings_.genre.swing_percent > 50;
  manner.leans = leans_;
  auto strokes = draw_figures(grid_, 0, rest - onset, manner, Rng(rng.next()));
  if (strokes.size() < 2) strokes = draw_figures(grid_, 0, rest - onset, manner, Rng(rng.next()));
  const bool is_broken = rng.chance(0.6);
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const Duration until = i + 1 < strokes.size() ? strokes[i + 1] : rest - onset;
    const Held held = touch_.held(until - strokes[i], rng);
    if (is_broken)
      add(onset + strokes[i], held, voicing[rng.below(voicing.size())].number(), Cents(), notes);
    else play(onset + strokes[i], held, voicing, rng, notes);
  }
  return rest;
}

void ChordsWriter::strike(Tick onset, Held held, const Voicing& voicing,
                          std::vector<Note>& notes) const {
  for (const Pitch pitch : voicing) add(onset, held, pitch.number(), Cents(), notes);
}

void ChordsWriter::add(Tick onset, Held held, int number, Cents detune,
                       std::vector<Note>& notes) const {
  Note note;
  note.onset = onset;
  note.duration = held.written;
  if (held.staccato) note.marks.add(Mark::Staccato);
  if (settings_.note_lengths == NoteLengths::Short) note.duration = shortened(note.duration);
  note.pitch = range_.folded(number);
  note.detune = detune == Cents() ? detune_in_maqam(settings_, number) : detune;
  // Two hands may meet on a key.
  for (auto other = notes.rbegin(); other != notes.rend() && other->onset == onset; ++other)
    if (other->pitch == note.pitch) return;
  notes.push_back(note);
}

}  // namespace toccata

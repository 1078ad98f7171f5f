// SPDX-License-Identifier: MIT
// What hands do with a chord: breaking it, the boogie hand, following the melody, answering it.
#include "broken_order.hpp"
#include "chords.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "lattice.hpp"
#include "maqam_pitch.hpp"
#include "melody.hpp"

namespace toccata {
namespace {

/// From where on the hand that answers a boogie lies at the lowest.
constexpr int kLowestAnswer = 49;
/// How often a plucked string strikes again what the melody holds, and how often an octave lower;
/// and how it answers where the melody rests.
constexpr double kPlucksAgain = 0.95, kLowerString = 0.5, kDoubles = 0.35;
constexpr double kAnsweringEnergy = 0.4, kAnswersInFigures = 0.5;
/// How often one tone of a held chord is suspended, and how often its tones enter one by one.
constexpr double kSuspends = 0.35, kEntersSlowly = 0.6;
/// How often a tone of a held chord is struck again, and how often it moves to a neighbour between.
constexpr double kStruckAgain = 0.3, kNeighbours = 0.5;

}  // namespace

Duration ChordsWriter::broken_step() const {
  return kComposedPpq.quarter() / (onsets_.fine > 0.5 ? 4 : 2);
}

void ChordsWriter::write_broken(Bar bar, const Figure& figure, std::vector<Note>& notes) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  // Each tone of the figure has its place in the bar: where a stroke is left out, the rest stay.
  const Duration step = broken_step();
  for (std::size_t i = 0; i < figure.strokes.size(); ++i) {
    const Tick onset = line + figure.strokes[i].at;
    const Tick next = i + 1 < figure.strokes.size() ? line + figure.strokes[i + 1].at : end;
    const Voicing& voicing = voicing_at(onset);
    if (voicing.empty()) continue;
    // A new chord begins with its lowest tone.
    const Duration into = onset - std::max(line, voiced_->at);
    const auto place = static_cast<std::size_t>(into / step);
    const std::size_t tone = broken_tone(figure.order[place % figure.order.size()], voicing.size());
    Rng touch(figure.strokes[i].touch);
    const Held held = touch_.held(next - onset, touch);
    if (touch.chance(two_tones_) && tone + 1 < voicing.size())
      add(onset, held, voicing.back().number(), Cents(), notes);
    add(onset, held, voicing[tone].number(), Cents(), notes);
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
    const ChordSpan& span = plan_.chord_at(onset);
    const Chord& chord = span.chord;
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
    const int above = !rises ? fifth : touch.chance(boogie_) ? fifth + 3 : fifth + 2;
    // Now and then one string alone, or a tone on the way up.
    const double alone = touch.uniform();
    if (alone > singles_) add(onset, held, root, Cents(), notes);
    const bool climbs = place.kind == PlaceKind::Offbeat && alone < singles_ * 0.6;
    const int third = chord.semitones_of(3).value_or(4);
    if (alone > singles_ || !climbs) add(onset, held, root + above, Cents(), notes);
    else add(onset, held, root + third, Cents(), notes);
    // The other hand says what chord it is: third and seventh, on strokes that answer.
    if (place.kind == PlaceKind::Bar || place.kind == PlaceKind::Middle || touch.chance(0.35))
      continue;
    answer_with(span, onset, held, touch, notes);
  }
}

void ChordsWriter::answer_with(const ChordSpan& span, Tick onset, Held held, Rng& touch,
                               std::vector<Note>& notes) const {
  // Third and seventh where this hand lies, now and then one of them alone or with the fifth.
  static constexpr std::array<int, 3> kDegrees{3, 7, 5};
  static constexpr std::array<double, 4> kTaken{4, 1, 1, 2};  // both, one, the other, all three
  const std::size_t taken = touch.weighted(kTaken);
  const Chord& chord = span.chord;
  // Below the melody, but no lower than where a hand beside the other one lies.
  const int from = std::min(other_hand_, std::max(kLowestAnswer, melody_floor(span) - 12));
  for (std::size_t i = 0; i < kDegrees.size(); ++i) {
    const bool is_taken = taken == 3 || (taken == 0 ? i < 2 : i + 1 == taken);
    const auto tone = chord.semitones_of(kDegrees[i]);
    if (!is_taken || !tone) continue;
    const PitchClass wanted = chord.root_class() + *tone;
    add(onset, held, from + semitones_up(PitchClass::folded(from), wanted), Cents(), notes);
  }
}

void ChordsWriter::follow_melody(Bar bar, std::span<const Note> melody, std::vector<Note>& notes,
                                 Rng& rng) {
  const Tick line = plan_.meter.onset_of(bar), end = plan_.meter.end_of(bar);
  std::vector<std::pair<Tick, Tick>> rests;
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
    pluck(note.onset, until, below_melody(note.pitch.number()), note.detune, rng, notes);
    rests.emplace_back(free, note.onset);
    free = until;
  }
  rests.emplace_back(free, end);
  RhythmManner manner = manner_at(kAnsweringEnergy);
  manner.figures = kAnswersInFigures;
  for (const Duration at : draw_strokes(grid_, manner, rng)) {
    const Tick onset = line + at;
    const bool in_rest = std::ranges::any_of(rests, [&](const auto& rest) {
      return rest.first <= onset && onset < rest.second &&
             rest.second - rest.first >= kComposedPpq.quarter();
    });
    if (in_rest) fill_in(onset, rng, notes);
  }
}

int ChordsWriter::below_melody(int number) const {
  // An octave below, or as high as the instrument has it.
  int below = number - 12;
  while (below < range_.lowest.number()) below += 12;
  return below <= range_.highest.number() ? below : number;
}

void ChordsWriter::fill_in(Tick onset, Rng& rng, std::vector<Note>& notes) {
  const Voicing& voicing = voicing_at(onset);
  if (voicing.empty()) return;
  const int number = voicing[rng.below(voicing.size())].number();
  const int other = number + 12 * rng.between(-1, 1);
  const bool reaches = other >= range_.lowest.number() && other <= range_.highest.number();
  add(onset, {kComposedPpq.quarter() / 2}, reaches ? other : number, Cents(), notes);
}

void ChordsWriter::pluck(Tick onset, Tick until, int number, Cents detune, Rng& rng,
                         std::vector<Note>& notes) const {
  // A plucked string re-strikes what the wind holds, in figures of its player, now and then on the
  // string an octave lower.
  const Duration eighth = kComposedPpq.quarter() / 2;
  if (until - onset == eighth && rng.chance(kDoubles)) {
    add(onset, {eighth / 2}, number, detune, notes);
    return add(onset + eighth / 2, {eighth / 2}, number, detune, notes);
  }
  if (until - onset < kComposedPpq.quarter() || !rng.chance(kPlucksAgain))
    return add(onset, {until - onset}, number, detune, notes);
  const RhythmManner manner = manner_at(kAnsweringEnergy);
  auto strokes = draw_figures(grid_, 0, until - onset, manner, Rng(rng.next()));
  if (strokes.size() < 2) strokes = draw_figures(grid_, 0, until - onset, manner, Rng(rng.next()));
  if (strokes.empty() || strokes.front() > Duration(0))
    strokes.insert(strokes.begin(), Duration(0));
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const Duration next = i + 1 < strokes.size() ? strokes[i + 1] : until - onset;
    const bool is_low = i > 0 && number - 12 >= range_.lowest.number() && rng.chance(kLowerString);
    add(onset + strokes[i], {next - strokes[i]}, is_low ? number - 12 : number, detune, notes);
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
  const Vocabulary vocabulary(settings_.genre.melody.commonplace, 0, rng_);
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

bool ChordsWriter::may_leave_chords() const {
  return settings_.chords.empty() && settings_.maqam == nullptr;
}

std::optional<std::size_t> ChordsWriter::suspended_voice(const Voicing& voicing, Rng& touch) const {
  // A whole tone above, in the key, beside no other voice: it resolves by falling.
  std::vector<std::size_t> candidates;
  for (std::size_t i = 1; i < voicing.size(); ++i) {
    const int number = voicing[i].number() + 2;
    const auto is_near = [&](Pitch pitch) { return std::abs(pitch.number() - number) <= 1; };
    if (number > top_) continue;
    if (!settings_.key.contains(PitchClass::folded(number))) continue;
    if (std::ranges::none_of(voicing, is_near)) candidates.push_back(i);
  }
  if (candidates.empty()) return std::nullopt;
  return touch.pick(candidates);
}

void ChordsWriter::unfold(Tick onset, Tick end, const Voicing& voicing, Rng touch,
                          std::vector<Note>& notes) const {
  const Duration beat = kComposedPpq.quarter();
  const bool has_room = end - onset >= beat * 2;
  if (has_room && may_leave_chords() && touch.chance(kSuspends)) {
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
  // The tones enter from below, from above or from within.
  Voicing order = voicing;
  if (touch.chance(0.4)) std::ranges::reverse(order);
  if (order.size() > 2 && touch.chance(0.3)) std::swap(order[0], order[1]);
  Tick enters = onset;
  for (const Pitch pitch : order) {
    if (has_room) hold(enters, end, pitch.number(), touch, notes);
    else add(enters, {end - enters}, pitch.number(), Cents(), notes);
    if (enters_slowly && enters + step + beat <= end && touch.chance(0.7)) enters += step;
  }
}

void ChordsWriter::hold(Tick onset, Tick end, int number, Rng& touch,
                        std::vector<Note>& notes) const {
  const Duration beat = kComposedPpq.quarter();
  const auto beats = static_cast<int>((end - onset) / beat);
  if (beats < 2 || !touch.chance(kStruckAgain))
    return add(onset, {end - onset}, number, Cents(), notes);
  const Tick again = onset + beat * touch.between(1, beats - 1);
  if (may_leave_chords() && touch.chance(kNeighbours) && again - onset >= beat) {
    // A neighbour in the key, for half a beat or a beat, before the tone comes back.
    const int neighbour = number + (touch.chance(0.5) ? 2 : -2);
    const Duration away = beat / touch.between(1, 2);
    const bool is_there = neighbour >= range_.lowest.number() && neighbour <= top_;
    if (is_there && settings_.key.contains(PitchClass::folded(neighbour)) && again - away > onset) {
      add(onset, {again - away - onset}, number, Cents(), notes);
      add(again - away, {away}, neighbour, Cents(), notes);
      return add(again, {end - again}, number, Cents(), notes);
    }
  }
  add(onset, {again - onset}, number, Cents(), notes);
  add(again, {end - again}, number, Cents(), notes);
}

}  // namespace toccata

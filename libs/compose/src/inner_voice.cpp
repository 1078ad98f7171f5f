// SPDX-License-Identifier: MIT
#include "inner_voice.hpp"
#include "hand.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace toccata {
namespace {

/// Where inner voices begin something: with the bar and the chords, seldom between beats.
constexpr OnsetProfile kOnsets{1, 0.55, 0.3, 0.08, 0};
/// The middle of the highest inner voice, and how far below it the next ones lie.
constexpr double kHighestMiddle = 66, kBetweenVoices = 4;
/// How often there is a step between two notes, and how often one that comes back.
constexpr double kPasses = 0.6, kTurnsBack = 0.2;
/// How often a beat is struck where the melody is silent or holds on.
constexpr double kAnswers = 0.5;

/// What the costs of a tone are made of; a leap of a fifth costs 2.1 (cost_of_motion).
constexpr double kUnison = 2.5, kRubs = 5, kCrosses = 3, kParallel = 10, kDoubles = 0.4,
                 kRepeats = 0.7, kChance = 0.8;

/// The note of a line that begins last until a time; null before its first.
const Note* last_until(std::span<const Note> line, Tick at) {
  const auto after = std::ranges::upper_bound(line, at, {}, &Note::onset);
  return after == line.begin() ? nullptr : &*std::prev(after);
}

/// The note of a line that sounds at a time; null in a rest.
const Note* note_at(std::span<const Note> line, Tick at) {
  const Note* note = last_until(line, at);
  return note != nullptr && note->end() > at ? note : nullptr;
}

double cost_of_motion(int semitones) {
  const int size = std::abs(semitones);
  if (size == 0) return kRepeats;
  if (size <= 2) return 0;
  if (size <= 4) return 0.6;
  return size <= 5 ? 1.2 : 0.3 * size;
}

/// Both voices move from a fifth to a fifth, or from an octave to an octave.
bool is_parallel(int from, int to, int other_from, int other_to) {
  const int size = std::abs(to - other_to) % 12;
  return from != to && other_from != other_to && (size == 0 || size == 7) &&
         std::abs(from - other_from) % 12 == size;
}

}  // namespace

InnerVoice::InnerVoice(const Settings& settings, const Plan& plan, const Seat& seat, int order,
                       const Rng& rng)
    : settings_(settings),
      plan_(plan),
      instrument_(*seat.instrument),
      grid_(settings.meter),
      rng_(rng) {
  const double low = instrument_.comfortable.lowest.number(),
               high = instrument_.comfortable.highest.number(), room = (high - low) / 3;
  middle_ = std::clamp(kHighestMiddle - kBetweenVoices * order, low + room, high - room);
}

std::vector<Tick> InnerVoice::onsets_in(const SectionPlan& section, std::span<const Note> melody,
                                        Rng& rng) const {
  const bool is_calm = settings_.note_lengths == NoteLengths::Long;
  const double odds = accompaniment_odds(settings_, section.energy);
  std::vector<Tick> onsets;
  for (int i = 0; i < section.bars; ++i) {
    const Bar bar = section.first + i;
    const Tick line = plan_.meter.onset_of(bar);
    onsets.push_back(line);
    if (is_calm || bar.index() + 1 == settings_.bars) continue;
    for (const Duration at : draw_onsets(grid_, kOnsets, odds, rng)) onsets.push_back(line + at);
    for (int beat = 1; beat < grid_.beats(); ++beat) {
      const Tick at = line + grid_.beat_onset(beat);
      const Note* led = note_at(melody, at);
      const bool is_free = led == nullptr || led->onset < at;
      if (is_free && rng.chance(kAnswers)) onsets.push_back(at);
    }
  }
  const Tick begin = plan_.meter.onset_of(section.first),
             end = plan_.meter.onset_of(section.first + section.bars);
  for (const ChordSpan& span : plan_.chords)
    if (begin <= span.at && span.at < end) onsets.push_back(span.at);
  std::ranges::sort(onsets);
  onsets.erase(std::unique(onsets.begin(), onsets.end()), onsets.end());
  return onsets;
}

std::vector<InnerVoice::Other> InnerVoice::others_at(Tick onset, const Lines& lines) {
  std::vector<Other> others;
  const auto add = [&](std::span<const Note> line, bool is_bass) {
    const Note* now = note_at(line, onset);
    if (now == nullptr) return;
    const Note* then = now->onset < onset ? now : last_until(line, onset - Duration(1));
    others.push_back(
        {now->pitch.number(),
         then != nullptr ? std::optional(static_cast<int>(then->pitch.number())) : std::nullopt,
         is_bass});
  };
  add(lines.melody, false);
  for (const auto& line : lines.inner) add(line, false);
  add(lines.bass, true);
  return others;
}

double InnerVoice::cost_of(int number, const Chord& chord, std::span<const Other> others) const {
  const double away = (number - middle_) / 7;
  double cost = away * away;
  if (last_) cost += cost_of_motion(number - *last_);
  // What makes the chord is said before it is said twice; the fifth last of all.
  const PitchClass own = PitchClass::folded(number);
  if (own == chord.root_class() + chord.semitones_of(5).value_or(7)) cost += kDoubles;
  for (const Other& other : others) {
    const int apart = std::abs(number - other.sounding);
    if (apart == 0) cost += kUnison;
    else if (apart % 12 == 0) cost += kDoubles;
    else if (apart == 1 || apart == 13) cost += kRubs;
    else if (apart == 2) cost += kRubs / 4;
    if (other.is_bass ? number < other.sounding : number > other.sounding) cost += kCrosses;
    if (last_ && other.before && is_parallel(*last_, number, *other.before, other.sounding))
      cost += kParallel;
  }
  return cost;
}

std::optional<int> InnerVoice::choose(const Chord& chord, std::span<const Other> others,
                                      Rng& rng) const {
  std::optional<int> best;
  double least = 0;
  const PitchRange range = instrument_.comfortable;
  for (int number = range.lowest.number(); number <= range.highest.number(); ++number) {
    if (!chord.contains(PitchClass::folded(number))) continue;
    const double cost = cost_of(number, chord, others) + kChance * rng.uniform();
    if (best && cost >= least) continue;
    best = number;
    least = cost;
  }
  return best;
}

bool InnerVoice::can_pass(int step, Tick at, const Note& from, const Note& to,
                          const Lines& lines) const {
  if (!settings_.key.contains(PitchClass::folded(step)) || step == from.pitch.number() ||
      step < instrument_.range.lowest.number() || step > instrument_.range.highest.number())
    return false;
  const auto is_free = [](int before, int after, std::span<const Other> others) {
    return std::ranges::none_of(others, [&](const Other& other) {
      return other.before && is_parallel(before, after, *other.before, other.sounding);
    });
  };
  const auto others = others_at(at, lines);
  const bool rubs = std::ranges::any_of(
      others, [&](const Other& other) { return std::abs(other.sounding - step) <= 1; });
  return !rubs && is_free(from.pitch.number(), step, others) &&
         is_free(step, to.pitch.number(), others_at(to.onset, lines));
}

void InnerVoice::pass(std::vector<Note>& notes, const Lines& lines, Rng& rng) const {
  // Chords that the user gave keep their tones.
  if (!settings_.chords.empty() || settings_.note_lengths == NoteLengths::Long) return;
  const Duration beat = grid_.beat_length(0);
  std::vector<Note> moving;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    moving.push_back(notes[i]);
    if (i + 1 == notes.size() || notes[i + 1].onset != notes[i].end()) continue;
    const int from = notes[i].pitch.number(), to = notes[i + 1].pitch.number();
    const Duration length = notes[i].duration >= beat * 2 ? beat : beat / 2;
    if (notes[i].duration < beat || !rng.chance(from == to ? kTurnsBack : kPasses)) continue;
    const int direction = from == to ? (rng.chance(0.5) ? 1 : -1) : (to < from ? 1 : -1);
    int step = to + direction;  // the neighbour of where it goes, on the side it comes from
    if (!settings_.key.contains(PitchClass::folded(step))) step += direction;
    const Tick at = notes[i].end() - length;
    if (!can_pass(step, at, notes[i], notes[i + 1], lines)) continue;
    moving.back().duration -= length;
    Note passing = notes[i];
    passing.onset = at;
    passing.duration = length;
    passing.pitch = Pitch::folded_into_range(step);
    moving.push_back(passing);
  }
  notes = std::move(moving);
}

std::vector<Note> InnerVoice::write(const SectionPlan& section, const Lines& lines) {
  Rng rng = rng_.fork(section.material);
  const auto onsets = onsets_in(section, lines.melody, rng);
  const Tick end = plan_.meter.onset_of(section.first + section.bars);
  std::vector<Note> notes;
  for (std::size_t i = 0; i < onsets.size(); ++i) {
    const auto others = others_at(onsets[i], lines);
    const auto number = choose(plan_.chord_at(onsets[i]).chord, others, rng);
    if (!number) continue;
    Note note;
    note.onset = onsets[i];
    note.duration = (i + 1 < onsets.size() ? onsets[i + 1] : end) - onsets[i];
    note.pitch = Pitch::folded_into_range(*number);
    last_ = *number;
    notes.push_back(note);
  }
  pass(notes, lines, rng);
  const Duration breath = grid_.beat_length(0) / 2;
  const bool breathes = instrument_.breathes && section.cadence != Cadence::Final;
  if (breathes && !notes.empty() && notes.back().duration > breath * 2)
    notes.back().duration -= breath;
  if (settings_.note_lengths == NoteLengths::Short)
    for (Note& note : notes) {
      note.duration = shortened(note.duration);
      note.marks.add(Mark::Staccato);
    }
  return notes;
}

}  // namespace toccata

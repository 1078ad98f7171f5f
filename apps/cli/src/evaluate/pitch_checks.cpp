// SPDX-License-Identifier: MIT
// Key, maqam, chords and ending, as a file has them.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <toccata/plan/plan.hpp>
#include <toccata/theory/maqam.hpp>

#include "checks.hpp"

namespace toccata::cli {
namespace {

constexpr double kInScale = 0.6, kInMaqam = 0.85, kOnChord = 0.8;
constexpr double kNearCents = 15;
/// In fewer bars a melody need not come to every degree.
constexpr int kWholeScaleBars = 8;

/// A share of sounding time.
struct Share {
  double inside = 0, all = 0;
  double value() const { return all > 0 ? inside / all : 1; }
  void add(Duration time, double weight) {
    all += static_cast<double>(time.ticks());
    inside += weight * static_cast<double>(time.ticks());
  }
};

template <class Visit>
void for_each_pitched(const Heard& heard, const Visit& visit) {
  for (const Part& part : heard.score.parts)
    if (!part.instrument.is_drums)
      for (const Note& note : part.notes) visit(note);
}

/// The distance of two pitches, octaves apart or not. Units: cents.
double cents_between(double a, double b) {
  const double around = std::fmod(std::fmod(a - b, 1200) + 1200, 1200);
  return std::min(around, 1200 - around);
}

/// The degrees of a maqam as cents above C, in both directions.
struct MaqamCents {
  std::vector<double> all, neutral;
};
MaqamCents cents_of(const Maqam& maqam, NoteName tonic) {
  MaqamCents cents;
  for (const auto direction : {Direction::Ascending, Direction::Descending})
    for (int degree = 0; degree < maqam.size(); ++degree) {
      const auto tuned = tuned_degree(maqam, Intonation::QuarterTone, degree,
                                      tonic.pitch_class().number() + 60, direction);
      cents.all.push_back(tuned.number * 100 + tuned.detune.value());
      // A degree that only one direction has may stay away.
      if (direction == Direction::Ascending && is_neutral(maqam, degree))
        cents.neutral.push_back(cents.all.back());
    }
  return cents;
}

bool is_near_one(double cents, const std::vector<double>& places) {
  return std::ranges::any_of(
      places, [&](double place) { return cents_between(cents, place) <= kNearCents; });
}

double sounding_cents(const Note& note) { return note.pitch.number() * 100 + note.detune.value(); }

/// The chords asked for and when each begins.
std::vector<ChordMark> asked_chords(const Brief& brief, const Heard& heard) {
  const auto bars = parse_chord_bars(brief.chords);
  std::vector<ChordMark> marks;
  const MeterMap& meter = heard.score.meter;
  for (int bar = 0; bars && bar < heard.score.bar_count(); ++bar) {
    const auto& chords = (*bars)[static_cast<std::size_t>(bar) % bars->size()];
    const Tick line = meter.onset_of(Bar(bar));
    const Duration length = meter.end_of(Bar(bar)) - line;
    // A file does not say how a meter is grouped.
    const Meter asked = brief.meter.value_or(meter.meter_of(Bar(bar)));
    for (std::size_t i = 0; i < chords.size(); ++i)
      marks.push_back({line + chord_onset(asked, length, i, chords.size()), chords[i]});
  }
  return marks;
}

bool is_tone(const Chord& chord, PitchClass pitch_class) {
  return chord.contains(pitch_class) || chord.bass_class() == pitch_class;
}

/// How much of the chords' sounding time lies on the tones of the chord of its moment.
Share on_chords(const Part& part, const std::vector<ChordMark>& marks, Tick end) {
  Share share;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Tick until = i + 1 < marks.size() ? marks[i + 1].at : end;
    for (const Note& note : part.notes) {
      const Duration overlap = std::min(note.end(), until) - std::max(note.onset, marks[i].at);
      if (overlap > Duration())
        share.add(overlap, is_tone(marks[i].chord, note.pitch.pitch_class()) ? 1 : 0);
    }
  }
  return share;
}

/// A mode's own tonic stands in the key text beside the signature.
PitchClass heard_tonic(const Heard& heard, const Signature& signature) {
  return heard.score.keys.empty() ? signature.tonic() : heard.score.keys[0].key.tonic.pitch_class();
}

/// Pitch classes on which a piece may end. A scale without a third of its own allows both.
std::vector<PitchClass> closing_classes(const Brief& brief, const Heard& heard,
                                        const Signature& signature) {
  const TonalityAsk ask = brief.tonality.value_or(TonalityAsk{});
  const PitchClass tonic = ask.tonic ? ask.tonic->pitch_class() : heard_tonic(heard, signature);
  if (const auto* maqam = Maqam::find(ask.maqam)) {
    std::vector<PitchClass> classes;
    for (const int degree : {0, 2, 4})
      classes.push_back(PitchClass::folded(
          tuned_degree(*maqam, Intonation::QuarterTone, degree, tonic.number() + 60).number));
    return classes;
  }
  const auto scale = Scale::find(ask.scale);
  const bool is_minor = scale ? scale->is_minor() : signature.is_minor;
  return {tonic, tonic + (is_minor ? 3 : 4), tonic + 7};
}

}  // namespace

Fault check_key(const Brief& brief, const Heard& heard) {
  const auto signature = heard_signature(heard);
  if (!signature) return "no key signature";
  const TonalityAsk& ask = *brief.tonality;
  const auto& marks = heard.score.keys;
  if (ask.tonic && (marks.empty() || marks[0].key.tonic.pitch_class() != ask.tonic->pitch_class()))
    return "tonic " + (marks.empty() ? "unknown" : to_string(marks[0].key.tonic));
  if (ask.scale.empty()) return std::nullopt;
  const Key key{ask.tonic.value_or(marks[0].key.tonic), *Scale::find(ask.scale)};
  if (signature->fifths != key.fifths() || signature->is_minor != key.scale.is_minor())
    return fmt::format("signature of {} fifths, {}", signature->fifths,
                       signature->is_minor ? "minor" : "major");
  if (key.scale.size() != 7 || !brief.chords.empty()) return std::nullopt;
  Share share;
  for_each_pitched(heard, [&](const Note& note) {
    share.add(note.duration, key.contains(note.pitch.pitch_class()) ? 1 : 0);
  });
  if (share.value() < kInScale)
    return fmt::format("{:.0f} % of the sounding time within the scale", 100 * share.value());
  return std::nullopt;
}

Fault check_maqam(const Brief& brief, const Heard& heard) {
  const Maqam& maqam = *Maqam::find(brief.tonality->maqam);
  const auto cents = cents_of(maqam, brief.tonality->tonic.value_or(maqam.usual_tonic));
  Share share;
  std::vector<double> sounded;
  for_each_pitched(heard, [&](const Note& note) {
    share.add(note.duration, is_near_one(sounding_cents(note), cents.all) ? 1 : 0);
    sounded.push_back(sounding_cents(note));
  });
  if (share.value() < kInMaqam)
    return fmt::format("{:.0f} % of the sounding time on its degrees", 100 * share.value());
  // Accompaniments may keep to a drone; a melody goes through the whole scale.
  if (heard_part(heard, Role::Melody) == nullptr || heard.score.bar_count() < kWholeScaleBars)
    return std::nullopt;
  for (const double neutral : cents.neutral)
    if (!is_near_one(neutral, sounded))
      return fmt::format("the degree {:.0f} cents above C is never heard", neutral - 6000);
  return std::nullopt;
}

Fault check_chords(const Brief& brief, const Heard& heard) {
  const auto asked = asked_chords(brief, heard);
  for (const ChordMark& mark : asked)
    if (std::ranges::find(heard.score.chords, mark) == heard.score.chords.end())
      return fmt::format("no {} at tick {}", to_string(mark.chord), mark.at.ticks());
  const Part* chords = heard_part(heard, Role::Chords);
  if (chords == nullptr) return std::nullopt;
  const double share = on_chords(*chords, asked, heard.score.end).value();
  if (share < kOnChord) return fmt::format("{:.0f} % of the chords' time on them", 100 * share);
  return std::nullopt;
}

Fault check_ending(const Brief& brief, const Heard& heard) {
  const auto signature = heard_signature(heard);
  if (!signature) return "no key signature";
  const auto closing = closing_classes(brief, heard, *signature);
  for (const Role role : {Role::Melody, Role::Bass}) {
    const Part* part = heard_part(heard, role);
    if (part == nullptr) continue;
    const PitchClass last = part->notes.back().pitch.pitch_class();
    if (std::ranges::find(closing, last) == closing.end())
      return fmt::format("the {} ends on pitch class {}, {} semitones above the tonic",
                         name_of(role), last.number(), semitones_up(closing[0], last));
  }
  return std::nullopt;
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
#include "settle_walk.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <toccata/theory/chord.hpp>

namespace toccata::plan_detail {
namespace {

using Check = Result<void, std::string>;

bool is_walked(Role role) {
  return role == Role::Melody || role == Role::Chords || role == Role::Bass;
}

Unexpected<std::string> unable(std::string_view what) {
  return Unexpected{fmt::format("the walk engine {}", what)};
}

/// A numeral's chord as that generator builds it: every seventh is major.
Result<Chord, std::string> chord_of(const std::string& numeral, const Settings& settings) {
  TOCCATA_TRY(Chord chord, parse_roman(numeral, settings.key));
  constexpr ChordTone kMajorSeventh{7, 11};
  if (!settings.walk.sevenths && !chord.semitones_of(7)) return chord;
  erase_if(chord.tones, [](const ChordTone& tone) {
    return tone.degree == 7 || tone.semitones == kMajorSeventh.semitones;
  });
  const auto after =
      std::ranges::upper_bound(chord.tones, kMajorSeventh.semitones, {}, &ChordTone::semitones);
  chord.tones.insert(after, kMajorSeventh);
  return chord;
}

/// The progression a bar each, round and round, on the tonic in the end.
Check settle_progression(Settings& settings) {
  const WalkOptions& walk = settings.walk;
  std::vector<std::vector<Chord>> round;
  for (const std::string& numeral : walk.chords) {
    TOCCATA_TRY(Chord chord, chord_of(numeral, settings));
    round.push_back({std::move(chord)});
  }
  for (int bar = 0; bar < settings.bars; ++bar)
    settings.chords.push_back(round[static_cast<std::size_t>(bar) % round.size()]);
  if (walk.ending == WalkEnding::Free) return {};
  const int third = settings.key.scale.is_minor() ? 3 : 4;
  const Chord& last = settings.chords.back()[0];
  const bool is_tonic =
      last.root == settings.key.tonic && last.contains(settings.key.tonic.pitch_class() + third);
  if (is_tonic) return {};
  TOCCATA_TRY(Chord tonic, chord_of(settings.key.scale.is_minor() ? "i" : "I", settings));
  settings.chords.back() = {std::move(tonic)};
  return {};
}

/// Every asked instrument and part must have a seat.
Check keep_walked_seats(const Brief& brief, Settings& settings) {
  std::erase_if(settings.seats, [](const Seat& seat) { return !is_walked(seat.role); });
  for (const std::string& id : brief.instruments)
    if (std::ranges::none_of(settings.seats,
                             [&](const Seat& seat) { return seat.instrument->id == id; }))
      return unable(fmt::format(
          "writes melody, chords and bass: none of them is left for the instrument {}", id));
  if (settings.seats.empty()) return unable("writes melody, chords and bass: all were refused");
  return {};
}

/// An option that nothing of what is written would show.
Check check_effects(const WalkAsk& ask, const Settings& settings) {
  const bool melody = settings.seat(Role::Melody) != nullptr;
  const bool harmony =
      settings.seat(Role::Chords) != nullptr || settings.seat(Role::Bass) != nullptr;
  const std::string_view of_melody = ask.notes                    ? "walk notes"
                                     : !ask.steps.empty()         ? "walk steps"
                                     : !ask.probabilities.empty() ? "walk probabilities"
                                     : ask.lowest || ask.highest  ? "walk range"
                                                                  : "";
  if (!melody && !of_melody.empty())
    return Unexpected{fmt::format("{}: allowed where a melody is written", of_melody)};
  if (!harmony && !ask.chords.empty())
    return Unexpected{std::string("walk chords: allowed where chords or a bass are written")};
  if (settings.seat(Role::Chords) == nullptr && ask.sevenths == true)
    return Unexpected{std::string("walk sevenths: allowed where chords are written")};
  return {};
}

Check settle_notes(const Brief& brief, Settings& settings) {
  const bool open = !brief.bars && !brief.seconds && settings.chords.empty();
  settings.walk.notes = brief.walk.notes;
  if (!brief.walk.notes && open) settings.walk.notes = WalkOptions::kUsualNotes;
  if (!brief.walk.notes) return {};
  const int notes = *brief.walk.notes, needed = bars_for_quarters(notes, settings.meter);
  if (needed > settings.bars)
    return Unexpected{fmt::format("walk notes: {} quarters need {} bars of {}, the piece has {}",
                                  notes, needed, to_string(settings.meter), settings.bars)};
  if (needed < settings.bars && settings.seats.size() == 1)
    return Unexpected{
        fmt::format("walk notes: {} quarters end in bar {} of {}, and no other part is written",
                    notes, needed, settings.bars)};
  return {};
}

/// As far as the melody's instrument goes, where nothing else is asked.
void settle_range(const WalkAsk& ask, Settings& settings) {
  WalkOptions& walk = settings.walk;
  constexpr int kRoom = 12;
  if (const Seat* seat = settings.seat(Role::Melody)) {
    const int lowest = seat->instrument->range.lowest.number(),
              highest = seat->instrument->range.highest.number();
    const int usual_span = walk.highest - walk.lowest;
    walk.lowest = std::max(walk.lowest, lowest);
    walk.highest = std::min(walk.highest, highest);
    // An instrument that lies elsewhere is walked from its own lowest note.
    if (walk.highest - walk.lowest < kRoom) {
      walk.lowest = lowest;
      walk.highest = std::min(highest, lowest + usual_span);
    }
  }
  if (ask.lowest) walk.lowest = *ask.lowest;
  if (ask.highest) walk.highest = *ask.highest;
  // Where one end was asked beyond the usual other one, an octave is left.
  if (walk.lowest <= walk.highest) return;
  if (ask.highest) walk.lowest = std::max(0, walk.highest - kRoom);
  else walk.highest = std::min(127, walk.lowest + kRoom);
}

}  // namespace

int bars_for_quarters(int quarters, const Meter& meter) {
  const Rational bars = Rational(quarters) / meter.bar_quarters();
  return static_cast<int>(-(-bars).floor());
}

Result<void, std::string> check_walk(const Brief& brief, const std::string& engine) {
  if (engine != "walk") {
    if (brief.walk == WalkAsk{}) return {};
    return Unexpected{std::string("options of the walk: allowed with the engine walk only")};
  }
  TOCCATA_CHECK(check(brief.walk));
  if (brief.drums == true) return unable("writes no drums");
  if (!brief.rhythm.empty()) return unable("writes no drums, and so no rhythm of theirs");
  for (const Role role : brief.parts)
    if (!is_walked(role))
      return unable(
          fmt::format("writes no {}: allowed are melody, chords and bass", name_of(role)));
  if (brief.tonality && !brief.tonality->maqam.empty())
    return unable("knows no maqam, only keys of the twelve semitones");
  if (brief.form && *brief.form != FormAsk{"free", {"A"}})
    return unable("has no form: allowed is none, or the one section A");
  if (brief.density) return unable("has no density: its melody is one note a quarter");
  if (brief.note_lengths && *brief.note_lengths != NoteLengths::Mixed)
    return unable("has no note lengths: its melody is one note a quarter");
  if (!brief.chords.empty() && !brief.walk.chords.empty())
    return Unexpected{std::string("walk chords and chords: allowed is one of them")};
  if (!brief.chords.empty() && brief.walk.sevenths == true)
    return Unexpected{
        std::string("walk sevenths and chords: name the sevenths among the chords themselves")};
  return {};
}

Result<void, std::string> settle_walk(const Brief& brief, Settings& settings) {
  TOCCATA_CHECK(keep_walked_seats(brief, settings));
  TOCCATA_CHECK(check_effects(brief.walk, settings));
  const WalkAsk& ask = brief.walk;
  WalkOptions& walk = settings.walk;
  if (!ask.steps.empty()) walk.steps = ask.steps;
  if (!ask.probabilities.empty()) walk.probabilities = ask.probabilities;
  if (!ask.chords.empty()) walk.chords = ask.chords;
  else if (settings.key.scale.is_minor()) walk.chords = WalkOptions::minor_chords();
  walk.sevenths = ask.sevenths.value_or(walk.sevenths);
  walk.ending = ask.ending.value_or(walk.ending);
  settle_range(ask, settings);
  TOCCATA_CHECK(settle_notes(brief, settings));
  return settings.chords.empty() ? settle_progression(settings) : Check{};
}

WalkAsk to_ask(const Settings& settings) {
  const WalkOptions& walk = settings.walk;
  WalkAsk ask;
  if (settings.seat(Role::Melody) != nullptr) {
    ask.notes = walk.notes;
    ask.steps = walk.steps;
    ask.probabilities = walk.probabilities;
    ask.lowest = walk.lowest;
    ask.highest = walk.highest;
  }
  const bool chords = settings.seat(Role::Chords) != nullptr;
  if (settings.asked.chords.empty()) {
    if (chords || settings.seat(Role::Bass) != nullptr) ask.chords = walk.chords;
    if (chords) ask.sevenths = walk.sevenths;
  }
  ask.ending = walk.ending;
  return ask;
}

}  // namespace toccata::plan_detail

// SPDX-License-Identifier: MIT
#include "random_score.hpp"

#include <algorithm>
#include <array>

namespace toccata::property {
namespace {

/// Names with what formats have to quote: other alphabets, quotes, markup, control characters.
std::string random_text(Rng& rng) {
  static constexpr std::array<std::string_view, 10> kPieces = {
      "Melody", "Basse continue", "قانون", "é", "\"", "\\", "<&>", "\n\t\x01", " ", "#7"};
  std::string text;
  for (int i = rng.between(0, 3); i > 0; --i) text += rng.pick(kPieces);
  return text;
}

Tick random_tick(Rng& rng, Tick end) {
  return Tick(static_cast<std::int64_t>(rng.below(static_cast<std::size_t>(end.ticks()) + 1)));
}

Ppq random_ppq(Rng& rng) {
  static constexpr std::array kUsual = {480, 96, 220, 1, 384, 960, 25, 32767};
  return *Ppq::from_number(rng.pick(kUsual));
}

Meter random_meter(Rng& rng) {
  if (rng.chance(0.2)) {
    static constexpr std::array<std::array<int, 3>, 3> kGroups = {
        {{3, 2, 2}, {2, 3, 3}, {4, 3, 1}}};
    return *Meter::make_additive(rng.pick(kGroups), rng.chance(0.5) ? 8 : 16);
  }
  static constexpr std::array<std::array<int, 2>, 8> kMeters = {
      {{4, 4}, {3, 4}, {6, 8}, {7, 8}, {5, 4}, {2, 2}, {12, 8}, {15, 16}}};
  const auto& meter = rng.pick(kMeters);
  return *Meter::make(meter[0], meter[1]);
}

MeterMap random_meters(Rng& rng, Ppq ppq) {
  std::vector<MeterChange> changes;
  Tick at;
  for (int i = rng.between(0, 4); i > 0; --i) {
    const Meter meter = random_meter(rng);
    changes.push_back({at, meter});
    const Duration cut = rng.chance(0.2) ? meter.pulse(ppq) : Duration(0);  // a bar cut short
    at += meter.bar(ppq) * rng.between(1, 4) + cut + Duration(1);
    if (rng.chance(0.8)) at += Duration(-1);
  }
  return {ppq, changes, rng.chance(0.3) ? MeterMap::Pickup::FirstBar : MeterMap::Pickup::None};
}

TempoMap random_tempo(Rng& rng, Ppq ppq, Tick end) {
  std::vector<TempoChange> changes;
  for (int i = rng.between(0, 5); i > 0; --i)
    changes.push_back(
        {random_tick(rng, end), *Tempo::from_micros_per_quarter(rng.between(100'000, 2'000'000))});
  return {ppq, changes};
}

Key random_key(Rng& rng) {
  static constexpr std::array<std::string_view, 6> kKeys = {"C major", "F# minor",  "Bb dorian",
                                                            "A blues", "Eb lydian", "D minor"};
  return *parse_key(rng.pick(kKeys));
}

Chord random_chord(Rng& rng) {
  static constexpr std::array<std::string_view, 9> kChords = {
      "C", "F#m7b5", "Bb7#9", "Dsus4", "Am/G", "Ebmaj7", "G13", "Baug", "C#dim7"};
  return *parse_chord(rng.pick(kChords));
}

template <class MarkAtTick>
void sort_marks(std::vector<MarkAtTick>& marks) {
  std::ranges::stable_sort(marks, {}, &MarkAtTick::at);
}

void add_marks(Score& score, Rng& rng) {
  for (int i = rng.between(0, 3); i > 0; --i)
    score.keys.push_back(
        {random_tick(rng, score.end), random_key(rng), rng.chance(0.3) ? "bayati" : ""});
  for (int i = rng.between(0, 4); i > 0; --i)
    score.sections.push_back({random_tick(rng, score.end), random_text(rng)});
  for (int i = rng.between(0, 6); i > 0; --i)
    score.chords.push_back({random_tick(rng, score.end), random_chord(rng)});
  sort_marks(score.keys);
  sort_marks(score.sections);
  sort_marks(score.chords);
}

SpelledPitch random_spelling(Pitch pitch, Rng& rng) { return spell(pitch, random_key(rng)); }

Note random_note(const Score& score, Rng& rng, double microtones) {
  Note note;
  const std::int64_t length = std::max<std::int64_t>(score.end.ticks(), 2);
  note.onset = Tick(static_cast<std::int64_t>(rng.below(static_cast<std::size_t>(length))));
  note.duration = Duration(rng.between(1, score.ppq().ticks() * 3));
  note.pitch = *Pitch::from_number(rng.between(0, 127));
  if (rng.chance(0.3)) note.spelling = random_spelling(note.pitch, rng);
  if (rng.chance(microtones)) note.detune = Cents(rng.chance(0.5) ? -50 : rng.uniform() * 100 - 50);
  if (rng.chance(microtones / 2))
    note.glide = Glide{Cents(rng.between(-200, 200)),
                       Duration(rng.between(1, static_cast<int>(note.duration.ticks())))};
  if (rng.chance(0.3))
    note.marks = Marks::from_bits(static_cast<std::uint32_t>(rng.below(1 << 18)));
  if (rng.chance(0.3)) note.voice = static_cast<std::uint8_t>(rng.below(256));
  if (rng.chance(0.3)) note.staff = static_cast<std::uint8_t>(rng.below(256));
  return note;
}

Marking random_marking(const Score& score, Rng& rng) {
  const auto kind = static_cast<Marking::Kind>(rng.below(9));
  const Tick at = random_tick(rng, score.end);
  const Tick end = is_stretch(kind) ? at + Duration(rng.between(1, 5000)) : at;
  Marking marking{kind, at, end, {}, random_text(rng), 0};
  if (is_level(kind)) marking.loudness = Velocity::clamped(rng.between(1, 127));
  if (rng.chance(0.3)) marking.staff = static_cast<std::uint8_t>(rng.below(256));
  return marking;
}

Part random_part(const Score& score, Rng& rng, const RandomScoreOptions& options) {
  Part part;
  part.name = random_text(rng);
  part.role = static_cast<Role>(rng.below(7));
  part.instrument.program = *Program::from_number(rng.between(0, 127));
  part.instrument.is_drums = rng.chance(0.15);
  const int notes = rng.chance(0.15) ? 0 : rng.between(1, options.most_notes);
  const double microtones = part.instrument.is_drums ? 0 : options.microtones;
  for (int i = 0; i < notes; ++i) part.notes.push_back(random_note(score, rng, microtones));
  for (int i = rng.chance(0.5) ? 0 : rng.between(1, 8); i > 0; --i)
    part.markings.push_back(random_marking(score, rng));
  sort_marks(part.markings);
  if (options.carried_events && rng.chance(0.5))
    part.place = FilePlace{rng.between(0, 20), *Channel::from_number(rng.between(0, 15))};
  return part;
}

/// Ids in an order of their own, with gaps, as edits leave them.
void number_notes(Score& score, Rng& rng) {
  std::uint32_t id = 0;
  for (Part& part : score.parts) {
    for (Note& note : part.notes) {
      id += static_cast<std::uint32_t>(rng.between(1, 3));
      note.id = NoteId(id);
    }
    sort_notes(part.notes);
  }
}

void add_file_data(Score& score, Rng& rng) {
  for (int i = rng.between(0, 4); i > 0; --i) {
    Bytes bytes{0xFF, 0x01, 0x02, static_cast<std::uint8_t>(rng.below(256)), 0};
    score.carried.push_back({rng.between(0, 5), random_tick(rng, score.end), bytes});
  }
  if (rng.chance(0.5))
    score.provenance.push_back({"0.1.0",
                                "compose",
                                random_text(rng),
                                rng.next(),
                                "{\"genre\":\"jazz\"}",
                                {random_text(rng)}});
}

}  // namespace

Score random_score(Rng& rng, const RandomScoreOptions& options) {
  const Ppq ppq = random_ppq(rng);
  Score score;
  score.meter = random_meters(rng, ppq);
  const Bar last = score.meter.first_bar() + rng.between(0, options.most_bars);
  score.end = score.meter.onset_of(last);
  if (rng.chance(0.1)) score.end += Duration(1);
  score.tempo = random_tempo(rng, ppq, score.end);
  score.title = random_text(rng);
  add_marks(score, rng);
  std::uint16_t id = 0;
  for (int i = rng.between(0, options.most_parts); i > 0; --i) {
    Part part = random_part(score, rng, options);
    id = static_cast<std::uint16_t>(id + rng.between(1, 2));
    part.id = PartId(id);
    score.parts.push_back(std::move(part));
  }
  number_notes(score, rng);
  if (options.carried_events) add_file_data(score, rng);
  return score;
}

Performance random_performance(const Score& score, Rng& rng) {
  Performance performance{{}, {}, score.tempo};
  if (rng.chance(0.5)) performance.tempo = random_tempo(rng, score.ppq(), score.end);
  for (const Part& part : score.parts) {
    for (const Note& note : part.notes) {
      if (rng.chance(0.2)) continue;  // played as written
      PlayedNote played{note.id,
                        Duration(rng.between(-20, 20)),
                        Duration(rng.between(1, 2000)),
                        Velocity::clamped(rng.between(1, 127)),
                        {}};
      if (rng.chance(0.3)) played.release = ControlValue::clamped(rng.between(0, 127));
      performance.notes.push_back(played);
    }
    for (int i = rng.between(0, 3); i > 0; --i)
      performance.controls.push_back({part.id, random_tick(rng, score.end),
                                      *Controller::from_number(rng.between(0, 127)),
                                      *ControlValue::from_number(rng.between(0, 127))});
  }
  std::ranges::sort(performance.notes, {}, &PlayedNote::note);
  std::ranges::stable_sort(performance.controls, {}, &ControlEvent::at);
  return performance;
}

}  // namespace toccata::property

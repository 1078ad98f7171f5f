// SPDX-License-Identifier: MIT
#include "draws.hpp"

#include <algorithm>

#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/plan/mood.hpp>
#include <toccata/theory/maqam.hpp>

namespace toccata::cli {
namespace {

/// The most sections that a form of draw_form() has.
constexpr int kMostSections = 8;

std::string text_of(std::string_view view) { return std::string(view); }

/// Major keys of the circle of fifths; each is a tonic for the other scales too.
NoteName random_tonic(Rng& rng) {
  static constexpr NoteName kTonics[] = {{Step::C, 0},  {Step::G, 0},  {Step::D, 0}, {Step::A, 0},
                                         {Step::E, 0},  {Step::B, 0},  {Step::F, 1}, {Step::F, 0},
                                         {Step::B, -1}, {Step::E, -1}, {Step::A, -1}};
  return rng.pick(std::span(kTonics));
}

std::vector<std::string> random_instruments(Rng& rng, int count) {
  std::vector<std::string> ids;
  while (static_cast<int>(ids.size()) < count) {
    const auto& info = rng.pick(InstrumentInfo::all());
    if (!info.instrument.is_drums && std::ranges::find(ids, info.id) == ids.end())
      ids.push_back(info.id);
  }
  return ids;
}

bool has_role(const std::vector<Role>& roles, Role role) {
  return std::ranges::find(roles, role) != roles.end();
}

}  // namespace

void draw_genre(Brief& brief, Rng& rng) {
  const auto names = Genre::names();
  brief.genres = {{text_of(rng.pick(names)), 1}};
  if (!rng.chance(0.15)) return;
  const std::string other = text_of(rng.pick(names));
  if (other != brief.genres[0].genre) brief.genres.push_back({other, 1});
}

void draw_mood(Brief& brief, Rng& rng) { brief.mood = text_of(rng.pick(Mood::all()).id); }

void draw_tempo(Brief& brief, Rng& rng) {
  brief.tempo_bpm = rng.between(40, 220) + (rng.chance(0.2) ? 0.5 : 0.0);
}

void draw_meter(Brief& brief, Rng& rng) {
  static constexpr std::string_view kMeters[] = {"2/4", "3/4", "4/4",  "5/4",    "6/8",
                                                 "7/8", "9/8", "12/8", "3+2+2/8"};
  brief.meter = *parse_meter(rng.pick(std::span(kMeters)));
}

void draw_form(Brief& brief, Rng& rng) {
  static constexpr std::string_view kForms[] = {
      "aaba",
      "aba",
      "rondo",
      "verse-chorus",
      "12-bar",
      "A B",
      "A B A' C A",
      "Intro Verse Chorus Verse Chorus Bridge Chorus Outro",
      "A A' B B'",
      "A B C",
      "Intro A A B A Coda"};
  brief.form = *parse_form(rng.pick(std::span(kForms)));
}

void draw_bars(Brief& brief, Rng& rng) {
  brief.bars = rng.between(brief.form ? 2 * kMostSections : 1, 40);
}

void draw_seconds(Brief& brief, Rng& rng) {
  // At 40 quarters a minute a bar of 12/8 lasts nine seconds; every section needs one.
  if (!brief.bars) brief.seconds = rng.between(brief.form ? 9 * kMostSections : 15, 200);
}

void draw_key(Brief& brief, Rng& rng) {
  static constexpr std::string_view kScales[] = {"harmonic minor", "melodic minor", "dorian",
                                                 "phrygian",       "lydian",        "mixolydian"};
  TonalityAsk ask{random_tonic(rng), "", ""};
  if (rng.chance(0.7)) ask.scale = rng.chance(0.5) ? "major" : "minor";
  else if (rng.chance(0.6)) ask.scale = text_of(rng.pick(std::span(kScales)));
  brief.tonality = ask;
}

void draw_maqam(Brief& brief, Rng& rng) {
  if (brief.tonality) return;
  const Maqam& maqam = rng.pick(Maqam::all());
  brief.tonality = TonalityAsk{maqam.usual_tonic, "", maqam.id};
  if (rng.chance(0.6)) brief.genres = {{"arabic", 1}};
}

void draw_chords(Brief& brief, Rng& rng) {
  static constexpr std::string_view kChords[] = {
      "Dm7 G7 | Cmaj7 | %", "Am | F | C | G",         "C | Am | F | G7",
      "Em7 A7 | Dmaj7",     "F#m | D | A | E",        "Bb | Gm | Eb | F7 | Bb",
      "Cm | Fm7 | G7 | Cm", "A7 | D7 | A7 | E7 | A7", "Fmaj7 | Em7b5 A7 | Dm9 | Gsus4 G"};
  constexpr int kMostChordBars = 5;  // in fewer bars they would be refused
  if (!brief.tonality && brief.bars.value_or(kMostChordBars) >= kMostChordBars)
    brief.chords = text_of(rng.pick(std::span(kChords)));
}

void draw_parts(Brief& brief, Rng& rng) {
  do {
    brief.parts.clear();
    for (const Role role : {Role::Melody, Role::Chords, Role::Bass, Role::Drums})
      if (rng.chance(0.6)) brief.parts.push_back(role);
  } while (brief.parts.size() < 2);
}

void draw_one_part(Brief& brief, Rng& rng) {
  static constexpr Role kRoles[] = {Role::Melody, Role::Melody, Role::Chords, Role::Bass};
  if (brief.parts.empty()) brief.parts = {rng.pick(std::span(kRoles))};
}

void draw_refused_part(Brief& brief, Rng& rng) {
  if (brief.parts.empty()) brief.without_parts = {rng.chance(0.5) ? Role::Bass : Role::Chords};
}

/// As many as there are parts for: with parts named, one for a melody alone.
void draw_instruments(Brief& brief, Rng& rng) {
  const bool is_solo = brief.parts == std::vector{Role::Melody};
  if (is_solo || (brief.parts.empty() && brief.without_parts.empty()))
    brief.instruments = random_instruments(rng, is_solo ? 1 : rng.between(1, 4));
}

void draw_alone(Brief& brief, Rng& /*rng*/) { brief.alone = !brief.instruments.empty(); }

void draw_refused_instruments(Brief& brief, Rng& rng) {
  // Each has its General MIDI program to itself: a file could not tell a nylon guitar from an oud.
  static constexpr std::string_view kUsual[] = {"piano", "violin",        "electric guitar",
                                                "flute", "electric bass", "double bass"};
  const auto* info = InstrumentInfo::find(rng.pick(std::span(kUsual)));
  if (info == nullptr) return;
  const auto shares_program = [&](const std::string& id) {
    return InstrumentInfo::find(id)->instrument == info->instrument;
  };
  if (std::ranges::none_of(brief.instruments, shares_program))
    brief.without_instruments = {info->id};
}

void draw_no_drums(Brief& brief, Rng& /*rng*/) {
  if (!has_role(brief.parts, Role::Drums)) brief.drums = false;
}

void draw_drums(Brief& brief, Rng& /*rng*/) {
  if (!brief.drums && brief.parts.empty()) brief.drums = true;
}

}  // namespace toccata::cli

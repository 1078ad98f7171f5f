// SPDX-License-Identifier: MIT
#include "random_brief.hpp"

#include <algorithm>

#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/plan/mood.hpp>
#include <toccata/theory/maqam.hpp>

namespace toccata {
namespace {

constexpr double kOften = 0.6, kSeldom = 0.25;

std::vector<GenreShare> random_genres(Rng& rng) {
  std::vector<GenreShare> shares{{std::string(rng.pick(Genre::names())), 1}};
  if (!rng.chance(kSeldom)) return shares;
  const std::string other(rng.pick(Genre::names()));
  if (other == shares.front().genre) return shares;
  shares.push_back({other, 1});
  if (rng.chance(0.5)) {
    shares[0].weight = 0.05 * rng.between(1, 19);
    shares[1].weight = rng.chance(0.5) ? 1 - shares[0].weight : rng.uniform() + 0.01;
  }
  return shares;
}

TonalityAsk random_tonality(Rng& rng) {
  TonalityAsk ask;
  if (rng.chance(0.8))
    ask.tonic = NoteName{static_cast<Step>(rng.between(0, 6)), rng.between(-1, 1)};
  if (rng.chance(kSeldom)) {
    ask.maqam = rng.pick(Maqam::all()).id;
  } else if (rng.chance(kOften) || !ask.tonic) {
    ask.scale = rng.chance(0.5) ? (rng.chance(0.5) ? "major" : "minor")
                                : std::string(rng.pick(Scale::all()).id());
  }
  return ask;
}

FormAsk random_form(Rng& rng) {
  constexpr std::string_view kForms[] = {"aaba",
                                         "aba",
                                         "rondo",
                                         "verse-chorus",
                                         "12-bar",
                                         "A B A' C A",
                                         "Intro Verse Chorus Verse Chorus Bridge Chorus Outro",
                                         "A B",
                                         "Intro A A B A Coda",
                                         "A A' B B'"};
  return *parse_form(rng.pick(std::span(kForms)));
}

Meter random_meter(Rng& rng) {
  constexpr std::string_view kMeters[] = {"3/4", "4/4",  "6/8", "5/4",
                                          "7/8", "12/8", "2/2", "3+2+2/8"};
  return *parse_meter(rng.pick(std::span(kMeters)));
}

std::vector<std::string> random_instruments(Rng& rng, int most) {
  std::vector<std::string> ids;
  for (int n = rng.between(1, most); n > 0; --n) {
    const auto& info = rng.pick(InstrumentInfo::all());
    if (info.id != "drums" && std::ranges::find(ids, info.id) == ids.end()) ids.push_back(info.id);
  }
  return ids;
}

void add_music(Brief& brief, Rng& rng) {
  if (rng.chance(kOften)) brief.genres = random_genres(rng);
  if (rng.chance(kOften)) brief.tonality = random_tonality(rng);
  if (rng.chance(kOften))
    brief.tempo_bpm = rng.chance(0.8) ? rng.between(20, 400) : 20 + rng.between(0, 3799) / 10.0;
  if (rng.chance(kSeldom)) brief.meter = random_meter(rng);
  if (rng.chance(kSeldom)) {
    const auto rhythms = rhythm_names();
    brief.rhythm = rng.pick(std::span(rhythms));
  }
  if (rng.chance(kSeldom)) brief.bars = rng.between(1, 10'000);
  if (rng.chance(kSeldom)) brief.seconds = rng.chance(0.8) ? rng.between(1, 4000) : 90.5;
  if (rng.chance(kSeldom)) brief.form = random_form(rng);
  if (rng.chance(kOften)) brief.mood = rng.pick(Mood::all()).id;
  if (rng.chance(kSeldom)) brief.valence = rng.between(-100, 100) / 100.0;
  if (rng.chance(kSeldom)) brief.arousal = rng.between(-100, 100) / 100.0;
  if (rng.chance(kSeldom)) brief.chords = rng.chance(0.5) ? "Dm7 G7 | Cmaj7 | %" : "Am | F | C | G";
  if (rng.chance(kSeldom)) brief.seed = rng.next();
}

void add_manner(Brief& brief, Rng& rng) {
  if (rng.chance(kSeldom)) brief.density = rng.between(0, 100) / 100.0;
  if (rng.chance(kSeldom)) brief.dynamics = static_cast<Dynamics>(rng.between(0, 5));
  if (rng.chance(kSeldom)) brief.note_lengths = static_cast<NoteLengths>(rng.between(0, 2));
}

void add_ensemble(Brief& brief, Rng& rng) {
  if (rng.chance(kOften)) brief.instruments = random_instruments(rng, 4);
  brief.alone = !brief.instruments.empty() && rng.chance(kSeldom);
  if (rng.chance(kSeldom)) {
    brief.without_instruments = random_instruments(rng, 3);
    for (const auto& id : brief.instruments) std::erase(brief.without_instruments, id);
  }
  if (rng.chance(kSeldom)) brief.drums = rng.chance(0.5);
  if (rng.chance(kSeldom)) {
    for (const Role role : {Role::Melody, Role::Chords, Role::Bass, Role::Drums})
      if (rng.chance(0.5) && !(role == Role::Drums && brief.drums == false))
        brief.parts.push_back(role);
  } else if (rng.chance(kSeldom)) {
    brief.without_parts = {rng.chance(0.5) ? Role::Bass : Role::Chords};
  }
}

}  // namespace

Brief random_brief(Rng& rng) {
  Brief brief;
  add_music(brief, rng);
  add_manner(brief, rng);
  add_ensemble(brief, rng);
  return brief;
}

}  // namespace toccata

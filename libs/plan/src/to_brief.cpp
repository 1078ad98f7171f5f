// SPDX-License-Identifier: MIT
#include "settle_walk.hpp"

#include <algorithm>

#include <toccata/plan/settings.hpp>

namespace toccata {

Brief to_brief(const Settings& settings) {
  Brief brief;
  brief.genres = settings.genres;
  brief.tonality =
      TonalityAsk{settings.key.tonic, settings.maqam ? "" : std::string(settings.key.scale.id()),
                  settings.maqam ? settings.maqam->id : ""};
  brief.tempo_bpm = std::clamp(settings.tempo.bpm(), kSlowestBpm, kFastestBpm);
  brief.meter = settings.meter;
  if (settings.rhythm != nullptr) brief.rhythm = settings.rhythm->id;
  brief.bars = settings.bars;
  brief.pickup = settings.pickup > 0;
  brief.form = settings.form;
  brief.mood = settings.mood;
  brief.valence = settings.valence;
  brief.arousal = settings.arousal;
  if (settings.engine == "walk") brief.walk = plan_detail::to_ask(settings);
  else brief.density = settings.density;
  brief.dynamics = settings.dynamics;
  brief.note_lengths = settings.note_lengths;
  for (const Seat& seat : settings.seats) {
    brief.seats.push_back({seat.role, seat.instrument->id});
    if (std::ranges::find(brief.instruments, seat.instrument->id) == brief.instruments.end())
      brief.instruments.push_back(seat.instrument->id);
    if (std::ranges::find(brief.parts, seat.role) == brief.parts.end())
      brief.parts.push_back(seat.role);
  }
  brief.alone = settings.asked.alone;
  brief.drums = settings.seat(Role::Drums) != nullptr;
  brief.without_instruments = settings.asked.without_instruments;
  brief.without_parts = settings.asked.without_parts;
  const bool asks_chords = !settings.asked.chords.empty();
  for (const auto& bar : asks_chords ? settings.chords : decltype(settings.chords){}) {
    if (!brief.chords.empty()) brief.chords += " | ";
    for (std::size_t i = 0; i < bar.size(); ++i)
      brief.chords += (i > 0 ? " " : "") + to_string(bar[i]);
  }
  brief.seed = settings.seed;
  brief.engine = settings.engine;
  brief.performance = settings.performance;
  return brief;
}

}  // namespace toccata

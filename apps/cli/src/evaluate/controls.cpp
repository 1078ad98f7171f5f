// SPDX-License-Identifier: MIT
#include "controls.hpp"

#include <algorithm>

#include "checks.hpp"
#include "draws.hpp"

namespace toccata::cli {
namespace {

bool has_tonality(const Brief& brief) { return brief.tonality.has_value(); }
bool has_scale(const Brief& brief) { return has_tonality(brief) && brief.tonality->maqam.empty(); }
bool has_maqam(const Brief& brief) { return has_tonality(brief) && !brief.tonality->maqam.empty(); }
bool has_seconds(const Brief& brief) { return brief.seconds && !brief.bars; }
bool has_melody(const Brief& brief) {
  const auto has = [](const std::vector<Role>& roles, Role role) {
    return std::ranges::find(roles, role) != roles.end();
  };
  return brief.parts.empty() ? !has(brief.without_parts, Role::Melody)
                             : has(brief.parts, Role::Melody);
}
/// The user's own chords end as they end.
bool has_own_ending(const Brief& brief) { return brief.chords.empty(); }

constexpr Control kControls[] = {
    {"genre", "(drawn, and left to the music's own measures)", 0.9, draw_genre, nullptr, nullptr},
    {"mood", "(drawn, and left to --controls)", 0.25, draw_mood, nullptr, nullptr},
    {"tempo", "the tempo at tick 0 within 0.01 %, the mean of its curve within 7 %", 0.6,
     draw_tempo, [](const Brief& b) { return b.tempo_bpm.has_value(); }, check_tempo},
    {"meter", "the meter throughout, a pick-up apart", 0.5, draw_meter,
     [](const Brief& b) { return b.meter.has_value(); }, check_meter},
    {"form", "the markers asked for, in order, each on a bar line", 0.4, draw_form,
     [](const Brief& b) { return b.form.has_value(); }, check_form},
    {"bars", "notes sound in the last bar, none begins after it, the tail is under a bar", 0.6,
     draw_bars, [](const Brief& b) { return b.bars.has_value(); }, check_bars},
    {"seconds", "the last bar ends within half a bar or 1 % of the time", 0.6, draw_seconds,
     has_seconds, check_seconds},
    {"key", "key signature and mode; 60 % of the sounding time within a seven-note scale", 0.6,
     draw_key, has_scale, check_key},
    {"maqam",
     "85 % of the sounding time within 15 cents of its degrees, a melody has each neutral one",
     0.25, draw_maqam, has_maqam, check_maqam},
    {"chords", "each symbol at its place; 80 % of the chords' sounding time on its tones", 0.4,
     draw_chords, [](const Brief& b) { return !b.chords.empty(); }, check_chords},
    {"parts", "those parts have notes and no other", 0.2, draw_parts,
     [](const Brief& b) { return b.parts.size() > 1; }, check_parts},
    {"one part only", "that part alone has notes", 0.15, draw_one_part,
     [](const Brief& b) { return b.parts.size() == 1; }, check_parts},
    {"part refused", "it has no notes", 0.15, draw_refused_part,
     [](const Brief& b) { return !b.without_parts.empty(); }, check_refused_parts},
    {"instruments", "each one's program sounds", 0.5, draw_instruments,
     [](const Brief& b) { return !b.instruments.empty(); }, check_instruments},
    {"instruments alone", "no other program sounds", 0.3, draw_alone,
     [](const Brief& b) { return b.alone; }, check_alone},
    {"instrument refused", "its program does not sound", 0.2, draw_refused_instruments,
     [](const Brief& b) { return !b.without_instruments.empty(); }, check_refused_instruments},
    {"drums refused", "nothing on channel 10", 0.25, draw_no_drums,
     [](const Brief& b) { return b.drums == false; }, check_no_drums},
    {"drums asked", "notes on channel 10", 0.25, draw_drums,
     [](const Brief& b) { return b.drums == true; }, check_drums},
    {"melody's range", "every note of the melody can be played on its instrument", 0, nullptr,
     has_melody, check_range},
    {"ending", "the last notes of melody and bass belong to the tonic triad", 0, nullptr,
     has_own_ending, check_ending},
};

}  // namespace

std::span<const Control> controls() { return kControls; }

Brief draw_brief(const Rng& rng) {
  Brief brief;
  for (const Control& control : kControls) {
    Rng own = rng.fork(control.name);
    if (own.chance(control.share)) control.draw(brief, own);
  }
  return brief;
}

}  // namespace toccata::cli

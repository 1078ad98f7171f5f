// SPDX-License-Identifier: MIT
// How the wishes of an evaluation are drawn: each fits what was drawn before it, or stays out.
#pragma once

#include <toccata/base/rng.hpp>
#include <toccata/plan/brief.hpp>

namespace toccata::cli {

void draw_genre(Brief& brief, Rng& rng);
void draw_mood(Brief& brief, Rng& rng);
void draw_tempo(Brief& brief, Rng& rng);
void draw_meter(Brief& brief, Rng& rng);
void draw_form(Brief& brief, Rng& rng);
void draw_bars(Brief& brief, Rng& rng);
void draw_seconds(Brief& brief, Rng& rng);
void draw_key(Brief& brief, Rng& rng);
void draw_maqam(Brief& brief, Rng& rng);
void draw_chords(Brief& brief, Rng& rng);
void draw_parts(Brief& brief, Rng& rng);
void draw_one_part(Brief& brief, Rng& rng);
void draw_refused_part(Brief& brief, Rng& rng);
void draw_instruments(Brief& brief, Rng& rng);
void draw_alone(Brief& brief, Rng& rng);
void draw_refused_instruments(Brief& brief, Rng& rng);
void draw_no_drums(Brief& brief, Rng& rng);
void draw_drums(Brief& brief, Rng& rng);

}  // namespace toccata::cli

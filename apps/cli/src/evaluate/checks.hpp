// SPDX-License-Identifier: MIT
// What a file must hold to have obeyed, control by control; controls.cpp says it in words.
#pragma once

#include "controls.hpp"

namespace toccata::cli {

Fault check_tempo(const Brief& brief, const Heard& heard);
Fault check_meter(const Brief& brief, const Heard& heard);
Fault check_form(const Brief& brief, const Heard& heard);
Fault check_bars(const Brief& brief, const Heard& heard);
Fault check_seconds(const Brief& brief, const Heard& heard);

Fault check_key(const Brief& brief, const Heard& heard);
Fault check_maqam(const Brief& brief, const Heard& heard);
Fault check_chords(const Brief& brief, const Heard& heard);
Fault check_ending(const Brief& brief, const Heard& heard);

Fault check_parts(const Brief& brief, const Heard& heard);
Fault check_refused_parts(const Brief& brief, const Heard& heard);
Fault check_instruments(const Brief& brief, const Heard& heard);
Fault check_alone(const Brief& brief, const Heard& heard);
Fault check_refused_instruments(const Brief& brief, const Heard& heard);
Fault check_no_drums(const Brief& brief, const Heard& heard);
Fault check_drums(const Brief& brief, const Heard& heard);
Fault check_range(const Brief& brief, const Heard& heard);

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
// How loud each note of a part is: phrase, meter, melodic line, section, balance, groove.
#pragma once

#include <toccata/perform/phrases.hpp>

#include <vector>

#include <toccata/perform/performer.hpp>
#include <toccata/timeline/meter_cursor.hpp>

namespace toccata {

/// The mean velocity that a piece is played at: pp 38, p 51, mp 64, mf 77, f 90, ff 103, a little
/// more in excited moods.
double mean_velocity(const PerformTask& task);

/// How loud a bar of the piece is beside a usual one of a moderate piece: 1.
double loudness_of_bar(const PerformTask& task, Bar bar);

/// What is very loud comes ever less louder, so that shape is left at fortissimo.
int rounded_velocity(double velocity);

/// Velocities of a part's notes, in their order.
std::vector<double> shape_loudness(const PerformTask& task, const Part& part,
                                   const std::vector<Phrase>& phrases, Rng rng);

/// Whether it is the second of each two beats, on which the snare strikes.
bool is_backbeat(const MeterCursor& place);

/// General MIDI percussion keys by what they do in a groove.
enum class DrumKind : std::uint8_t { Kick, Snare, Hat, Crash, Other };
DrumKind drum_kind(Pitch key);

}  // namespace toccata

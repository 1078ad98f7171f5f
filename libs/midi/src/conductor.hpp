// SPDX-License-Identifier: MIT
// The first track of a fresh file: what the conductor knows.
#pragma once

#include "track_builder.hpp"

#include <toccata/score/performance.hpp>

namespace toccata::midi {

Bytes tempo_payload(Tempo tempo);
Bytes meter_payload(const Meter& meter);
Bytes key_payload(const Key& key);
/// "key: D minor; maqam bayati" where the two numbers of a key event do not say all; else empty.
std::string key_text(const KeyMark& mark);

/// Tempo (as played) and meter always have an event at tick 0.
void add_conductor(TrackBuilder& track, const Score& score, const Performance& performance);

}  // namespace toccata::midi

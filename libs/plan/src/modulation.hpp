// SPDX-License-Identifier: MIT
// Where a long piece in a maqam takes up another jins on one of its degrees.
#pragma once

#include <toccata/plan/plan.hpp>

namespace toccata {

/// None in tonal music, in pieces shorter than the genre asks for, over chords that the user gave,
/// and where no section contrasts with the first and the last.
std::vector<Modulation> modulations_of(const Settings& settings,
                                       const std::vector<SectionPlan>& sections,
                                       const MeterMap& meter);

/// Puts the drone of the new jins in place of the chords that its degrees may not have.
void put_drones(const Settings& settings, const std::vector<Modulation>& modulations,
                std::vector<ChordSpan>& chords);

}  // namespace toccata

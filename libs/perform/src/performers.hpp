// SPDX-License-Identifier: MIT
// The performers of this library, one file each.
#pragma once

#include <toccata/perform/performer.hpp>

namespace toccata {

const Performer& sine();
const Performer& curve();

/// The curve's notes, controllers and tempo at once.
Performance perform_by_curve(const PerformTask& task, const Rng& rng);

}  // namespace toccata

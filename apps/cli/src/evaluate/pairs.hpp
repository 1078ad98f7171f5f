// SPDX-License-Identifier: MIT
// Soft controls one at a time: what moves in the file when nothing else is asked differently.
#pragma once

#include "report.hpp"

namespace toccata::cli {

/// For `count` seeds and each soft control two pieces from one brief and one seed, asked for with
/// little and with much of it. Counted are the pairs in which a measure of the file moves as asked,
/// and those in which tempo, meter, bars, key and instruments stay. `by_chance` is how often
/// another seed alone moves the measure so.
Outcome<Report> evaluate_pairs(std::size_t count, std::uint64_t seed);

}  // namespace toccata::cli

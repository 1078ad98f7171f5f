// SPDX-License-Identifier: MIT
// What was understood, what the genre filled in, and why.
#pragma once

#include <string>

#include "brief_options.hpp"

#include <toccata/plan/settings.hpp>

namespace toccata::cli {

/// A line for each field with its value and its reason, then the words that were not understood.
std::string explain(const Wish& wish, const Settled& settled);
/// The same as one JSON value: toccata.brief/1 with `reasons` and `not_understood`.
Json explain_json(const Wish& wish, const Settled& settled);

}  // namespace toccata::cli

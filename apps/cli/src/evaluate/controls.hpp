// SPDX-License-Identifier: MIT
// The controls whose obedience is measured: how each is drawn, and what its file must hold.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "piece.hpp"

namespace toccata::cli {

/// What was found in place of what was asked; nothing where it was obeyed.
using Fault = std::optional<std::string>;

/// One thing that can be asked of a piece.
struct Control {
  const char* name;
  const char* about;  ///< what a file must hold to have obeyed
  /// How often it is drawn, [0, 1]; 0: it is never drawn, as it holds for every piece.
  double share;
  /// Adds the wish to a brief; leaves it where it would contradict what was drawn before.
  void (*draw)(Brief& brief, Rng& rng);
  bool (*is_asked)(const Brief& brief);  ///< for a brief as sayable gives it
  Fault (*check)(const Brief& brief, const Heard& heard);
};

/// All controls, in the order in which they are drawn and told.
std::span<const Control> controls();

/// A brief that can be fulfilled: every control drawn by its share.
Brief draw_brief(const Rng& rng);

}  // namespace toccata::cli

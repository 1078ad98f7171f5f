// SPDX-License-Identifier: MIT
// Keys as roman numerals and stacked thirds see them: with seven degrees.
#pragma once

#include <toccata/theory/scale.hpp>

namespace toccata::detail {

/// The key itself if its scale has seven notes, else its parent: minor when is_minor(), or major.
Key seven_note_key(const Key& key);

/// The key whose degrees numerals count: a church mode itself; for others natural minor or major.
Key numeral_key(const Key& key);

}  // namespace toccata::detail

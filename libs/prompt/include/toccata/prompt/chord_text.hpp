// SPDX-License-Identifier: MIT
// Chords as people write them by themselves: French note names and roman numerals become symbols.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/plan/brief.hpp>

namespace toccata {

/// "Lam Fa Do7 | Sib" as "Am F C7 | Bb", where all of the text is chords with French names: "Do7"
/// is a seventh chord on C then, and "Ddim7" and "D°7" remain what they are.
std::optional<std::string> chords_from_french(std::string_view text);

struct NumeralChords {
  std::string symbols;  ///< "Dm | G | C"
  TonalityAsk key;      ///< in which they were read
};
/// "ii-V-I" as symbols, where all of the text is roman numerals: a bar each where there are no bar
/// lines, in the key, or on the usual tonic of the genres where it has no tonic.
std::optional<NumeralChords> chords_from_numerals(std::string_view text, const TonalityAsk& asked,
                                                  const std::vector<GenreShare>& genres);

}  // namespace toccata

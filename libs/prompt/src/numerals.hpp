// SPDX-License-Identifier: MIT
// Roman numerals in a row: where they end, and what chords they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/plan/brief.hpp>

namespace toccata::prompt {

struct NumeralRun {
  std::vector<std::string> bars;  ///< "ii7 V7"
  std::size_t end = 0;            ///< byte after the last numeral
  int count = 0;
  bool has_bars = false;
  bool is_plain = false;  ///< one of them can be no other word
};
NumeralRun numerals_from(std::string_view text, std::size_t at);

/// The numerals as chord symbols, in minor where the key says so or a lower-case "i" does. Nothing
/// in a maqam, or without a tonic.
std::optional<std::string> symbols_of(const NumeralRun& run, const TonalityAsk& tonality);

/// The key, with the genres' usual tonic where it has none.
TonalityAsk with_tonic(TonalityAsk key, const std::vector<GenreShare>& genres);

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Roman numerals in a row: where they end, and what chords they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/plan/brief.hpp>

namespace toccata::prompt {

/// Numerals that follow each other.
struct NumeralRun {
  std::vector<std::string> bars;  ///< "ii7 V7"
  std::size_t end = 0;            ///< byte after the last numeral
  int count = 0;
  bool has_bars = false;
  bool is_plain = false;  ///< one of them can be no other word
};
/// Those that begin at a byte of the text.
NumeralRun numerals_from(std::string_view text, std::size_t at);

/// The key in which numerals stand: as it is asked, with the genres' usual tonic where it has none,
/// and in minor where a lower-case "i" says so and no scale is asked.
TonalityAsk key_of(const NumeralRun& run, TonalityAsk asked, const std::vector<GenreShare>& genres);

/// The numerals as chord symbols in a key that has a tonic and a scale. Nothing in a maqam.
std::optional<std::string> symbols_of(const NumeralRun& run, const TonalityAsk& key);

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// What a sentence in French or English asks for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/result.hpp>
#include <toccata/plan/brief.hpp>

namespace toccata {

/// A sentence, read.
struct Understood {
  Brief brief;
  std::vector<Reason> reasons;  ///< one a wish, quoting the words it comes from
  /// Content words that changed nothing, as they were typed, each once, in their order.
  std::vector<std::string> not_understood;
};

enum class PromptFault : std::uint8_t {
  Empty,          ///< nothing but spaces and punctuation
  TooLong,        ///< over kLongestSentence bytes
  Contradiction,  ///< two tempos, two keys, drums asked for and refused ...
  OutOfRange,     ///< tempo 0, a billion bars, meter 4/5 ...
};

/// Why a sentence is refused.
struct PromptError {
  PromptFault fault;
  std::string field;  ///< "tempo"; empty for a fault of the whole sentence
  std::string what;   ///< one line with the words and what was allowed
};
/// "two tempos are asked for: \"110 bpm\" and \"120 bpm\"".
std::string describe(const PromptError& error);

inline constexpr std::size_t kLongestSentence = 1'000'000;

/// Reads a sentence: French, English or both, accents and capitals or none, any order of words.
///
/// docs/prompt.md says what is understood and which rule wins. What isn't understood is listed,
/// never an error: only wishes that exclude each other or that nothing can fulfil are.
/// `key_elsewhere`, a flag's or a brief's, is the one in which its roman numerals stand, whatever
/// key the sentence names. Errors: see PromptFault. Cost: O(length).
Result<Understood, PromptError> understand(std::string_view sentence,
                                           const TonalityAsk& key_elsewhere = {});

}  // namespace toccata

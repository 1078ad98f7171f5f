// SPDX-License-Identifier: MIT
// Tokens put together to phrases of the vocabulary: what the rules read.
#pragma once

#include "token.hpp"
#include "vocabulary.hpp"

#include <vector>

namespace toccata::prompt {

/// One or more tokens with one meaning.
struct Item {
  Kind kind = Kind::Unknown;
  std::string_view id;      ///< the row's, or an instrument's
  std::string_view text;    ///< of the first token, slips corrected
  double value = 0;         ///< a number's, or the row's
  int first = 0, last = 0;  ///< tokens, both included
  bool is_used = false;     ///< a rule has taken it
};

/// The longest phrases from left to right, with slips corrected, then number words put together.
/// Items borrow the tokens' text. Cost: O(tokens).
std::vector<Item> make_items(const std::vector<Token>& tokens);

}  // namespace toccata::prompt

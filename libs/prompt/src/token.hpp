// SPDX-License-Identifier: MIT
// A sentence cut into words, numbers and signs, with where each stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace toccata::prompt {

enum class TokenKind : std::uint8_t { Word, Number, Sign, Stray };

struct Token {
  TokenKind kind;
  std::string text;   ///< a word folded, a number's digits, a sign in ASCII ("#", "-", "flat")
  double value = 0;   ///< of a number
  std::size_t begin;  ///< bytes from the start of the sentence
  std::size_t end;    ///< exclusive
  bool is_capital = false;  ///< begins with a capital, in a sentence where capitals mean something
  bool has_accent = false;
};

/// Words are runs of letters, numbers runs of digits: "110bpm" is two tokens. Bytes that are not
/// UTF-8 and characters that are no text become Stray tokens, across which nothing is read.
/// Cost: O(length).
std::vector<Token> tokenise(std::string_view sentence);

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Small helpers of the text readers: a cursor over text and quoting of what was found.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace toccata::detail {

/// What was found, in quotes, for an error: control characters shown as '?', long text cut.
std::string quoted(std::string_view text);

/// Letters in lower case, without spaces, '-', '_' and apostrophes: how names are compared.
/// Bytes beyond ASCII stay as they are.
std::string folded_name(std::string_view text);

/// Text that is being read, from the front.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool sees(std::string_view token) const { return rest_.starts_with(token); }
  /// Takes the token if the rest begins with it.
  bool take(std::string_view token);
  /// Takes the first of the tokens that fits.
  bool take_any(std::initializer_list<std::string_view> tokens);
  /// A number of one or two digits, without sign.
  std::optional<int> take_number();
  /// One sign: -1 for b or a Unicode flat, 1 for # or a sharp, 2 and -2 for the double ones (x).
  std::optional<int> take_accidental();
  /// As many signs of one direction as stay within [-2, 2]; 0 when there is none.
  int take_accidentals();

 private:
  std::string_view rest_;
};

/// "b" or "#" as often as needed.
std::string accidental_text(int alteration);

}  // namespace toccata::detail

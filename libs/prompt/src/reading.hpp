// SPDX-License-Identifier: MIT
// A sentence while it is read: its items, what was taken from them, and what went wrong.
#pragma once

#include "item.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/prompt/understand.hpp>

namespace toccata::prompt {

/// Items from..to of a reading, both included.
struct Extent {
  int first, last;
};

class Reading {
 public:
  explicit Reading(std::string_view sentence);

  Brief brief;
  std::vector<Reason> reasons;
  std::optional<PromptError> error;  ///< the first one
  TonalityAsk key_elsewhere;         ///< wins over the one that the sentence names

  int size() const { return static_cast<int>(items_.size()); }
  /// Before the first and after the last item stand items of Kind::End.
  const Item& item(int i) const;
  /// Of Kind::End a sign without text.
  const Token& first_token(int i) const { return token_of(i, item(i).first); }
  const Token& last_token(int i) const { return token_of(i, item(i).last); }

  bool is(int i, Kind kind) const { return item(i).kind == kind; }
  bool is(int i, Kind kind, std::string_view id) const { return is(i, kind) && item(i).id == id; }
  bool is_sign(int i, std::string_view text) const {
    return is(i, Kind::Sign) && item(i).text == text;
  }
  bool is_word(int i, std::string_view text) const {
    return !is(i, Kind::Sign) && item(i).text == text;
  }
  bool is_free(int i, Kind kind) const { return is(i, kind) && !item(i).is_used; }
  /// Nothing stands between an item and the one after it.
  bool touches_next(int i) const;
  /// A sentence's or list's end or a mark of one: no word goes on from here.
  bool is_pause(int i) const;
  /// A word with a meaning of its own: what an article or adjective could belong to.
  bool is_content(int i) const;
  /// "8-bar": over a dash that ties i to the word after it.
  int over_dash(int i) const { return is_sign(i, "-") ? i + 1 : i; }

  void use(Extent extent);
  void use(int i) { use({i, i}); }
  /// Takes a wish that was understood and that no brief can say: it is listed as not understood.
  void leave_unmet(Extent extent);
  /// The unmet wish that begins at an item.
  std::optional<Extent> unmet_at(int i) const;
  /// An item belongs to an unmet wish.
  bool is_unmet(int i) const;
  /// The words as they were typed, on one line, in quotes, cut when long.
  std::string quote(Extent extent) const;
  void explain(std::string_view field, std::string value, Extent extent);
  void explain_because(std::string_view field, std::string value, std::string because);
  void fail(PromptFault fault, std::string_view field, std::string what);
  /// "two tempos are asked for: ...".
  void contradict(std::string_view field, std::string_view plural, Extent one, Extent other);

  std::string_view sentence() const { return sentence_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  /// The item that holds a token.
  int item_of_token(int token) const;

 private:
  const Token& token_of(int i, int token) const;

  std::string_view sentence_;
  std::vector<Token> tokens_;
  std::vector<Item> items_;
  std::map<int, int> unmet_;  ///< first and last items
};

template <std::size_t Count>
bool is_one_of(std::string_view text, const std::string_view (&words)[Count]) {
  return std::ranges::find(words, text) != std::end(words);
}

/// Text on one line, without bytes that are no UTF-8, cut after `longest` bytes.
std::string one_line(std::string_view text, std::size_t longest);

/// One wish for a field that can have one value only.
template <class T>
struct Claim {
  T value;
  Extent extent;
};

/// The value that all claims share, or nothing and a contradiction.
template <class T>
std::optional<T> agreed(Reading& reading, const std::vector<Claim<T>>& claims,
                        std::string_view field, std::string_view plural) {
  for (const auto& claim : claims)
    if (claim.value != claims.front().value) {
      reading.contradict(field, plural, claims.front().extent, claim.extent);
      return std::nullopt;
    }
  if (claims.empty()) return std::nullopt;
  return claims.front().value;
}

// The rules, in the order in which they are tried; each takes its items.
void read_senses(Reading& reading);    ///< what only looks like a wish
void read_sections(Reading& reading);  ///< wishes for a section alone
void read_chords(Reading& reading);
void read_refusals(Reading& reading);  ///< takes what need not be, and words like "off"
void read_figures(Reading& reading);   ///< seed, valence, arousal, density as numbers
void read_meter(Reading& reading);
void read_pickup(Reading& reading);
void read_length(Reading& reading);
void read_tempo(Reading& reading);
void read_form(Reading& reading);
void read_key(Reading& reading);
void read_numerals(Reading& reading);  ///< after the key, which they need
void read_parts(Reading& reading);
void read_genre(Reading& reading);
void read_rhythm(Reading& reading);
void read_mood(Reading& reading);
void read_manner(Reading& reading);  ///< tempo words, loudness, density, note lengths
void read_drums(Reading& reading);   ///< before the ensembles, which may have a kit
void read_instruments(Reading& reading);
std::vector<std::string> leftovers(const Reading& reading);

}  // namespace toccata::prompt

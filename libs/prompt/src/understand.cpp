// SPDX-License-Identifier: MIT
#include "polarity.hpp"
#include "reading.hpp"

#include <set>

namespace toccata {
namespace prompt {
namespace {

using Rule = void (*)(Reading&);
constexpr Rule kRules[] = {read_senses, read_sections, read_chords, read_figures,    read_refusals,
                           read_meter,  read_pickup,   read_length, read_tempo,      read_form,
                           read_key,    read_parts,    read_genre,  read_numerals,   read_rhythm,
                           read_mood,   read_manner,   read_drums,  read_instruments};

/// Kinds that a reader can do without: their words carried no wish.
bool is_left_silently(Kind kind) {
  switch (kind) {
    case Kind::End:
    case Kind::Sign:
    case Kind::Article:
    case Kind::Function:
    case Kind::Place:
    case Kind::Noun:
    case Kind::But:
    case Kind::And:
    case Kind::Or:
    case Kind::Negator:
    case Kind::Hedge:
    case Kind::Degree:
    case Kind::Only:
    case Kind::Share:
    case Kind::Cue: return true;
    default: return false;
  }
}

/// "it's": what stands behind an apostrophe is no word by itself; nor is a small letter.
bool is_scrap(const Reading& reading, int i) {
  const auto& token = reading.first_token(i);
  if (reading.is_sign(i - 1, "'") && reading.touches_next(i - 1) && token.text.size() <= 2)
    return true;
  return token.kind == TokenKind::Word && token.text.size() == 1 && !token.is_capital;
}

/// A capital that no rule took: "from D to A".
bool is_lost_note(const Reading& reading, int i) {
  const auto& token = reading.first_token(i);
  const bool is_note = token.text.size() == 1 && token.text[0] >= 'a' && token.text[0] <= 'g';
  return is_note && token.is_capital && i > 0 && !reading.is_sign(i - 1, ".") &&
         !reading.is_sign(i - 1, "!") && !reading.is_sign(i + 1, "'");
}

/// The last item of words that dashes tie together.
int end_of_compound(const Reading& reading, int i) {
  while (reading.is_sign(i + 1, "-") && reading.touches_next(i) && reading.touches_next(i + 1) &&
         reading.is_free(i + 2, Kind::Unknown))
    i += 2;
  return i;
}

/// With the dashes' words, the unit at a number ("80s"), and the "not" that refused it.
Extent extent_of_leftover(const Reading& reading, int i) {
  if (reading.is(i, Kind::Unknown) && !is_refused(reading, i))
    return {i, end_of_compound(reading, i)};
  if (reading.is(i, Kind::Number) && reading.touches_next(i) && reading.is_free(i + 1, Kind::Unit))
    return {i, i + 1};
  return with_degree(reading, i);
}

}  // namespace

std::vector<std::string> leftovers(const Reading& reading) {
  constexpr std::size_t kLongest = 60;
  std::vector<std::string> words;
  std::set<std::string, std::less<>> seen;
  const auto add = [&](Extent extent) {
    const auto begin = reading.first_token(extent.first).begin;
    const auto end = reading.last_token(extent.last).end;
    auto word = one_line(reading.sentence().substr(begin, end - begin), kLongest);
    if (seen.insert(word).second) words.push_back(std::move(word));
  };
  for (int i = 0; i < reading.size(); ++i) {
    const auto& item = reading.item(i);
    if (const auto unmet = reading.unmet_at(i)) {
      add(*unmet);
      i = unmet->last;
      continue;
    }
    if (item.is_used) continue;
    if (is_left_silently(item.kind) ? !is_lost_note(reading, i) : is_scrap(reading, i)) continue;
    const auto extent = extent_of_leftover(reading, i);
    add(extent);
    i = extent.last;
  }
  return words;
}

}  // namespace prompt

std::string describe(const PromptError& error) { return error.what; }

Result<Understood, PromptError> understand(std::string_view sentence,
                                           const TonalityAsk& key_elsewhere) {
  if (sentence.size() > kLongestSentence)
    return Unexpected{PromptError{PromptFault::TooLong, "",
                                  "the sentence has " + std::to_string(sentence.size()) +
                                      " bytes: at most " + std::to_string(kLongestSentence) +
                                      " are allowed"}};
  prompt::Reading reading(sentence);
  reading.key_elsewhere = key_elsewhere;
  bool has_words = false;
  for (const auto& token : reading.tokens())
    has_words = has_words || token.kind == prompt::TokenKind::Word ||
                token.kind == prompt::TokenKind::Number;
  if (!has_words)
    return Unexpected{PromptError{PromptFault::Empty, "",
                                  "the sentence is empty: say what you want, as in \"a joyful "
                                  "waltz in D minor\""}};
  for (const auto rule : prompt::kRules) {
    rule(reading);
    if (reading.error) return Unexpected{*std::move(reading.error)};
  }
  return Understood{std::move(reading.brief), std::move(reading.reasons),
                    prompt::leftovers(reading)};
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Keys as far as they were said: a tonic, a scale or maqam, or both.
#include "names.hpp"

#include <algorithm>
#include <vector>

#include <toccata/plan/brief.hpp>
#include <toccata/plan/fold.hpp>
#include <toccata/theory/maqam.hpp>

namespace toccata {
namespace {

using plan_detail::quoted;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : folded(text) + " ") {
    if (c != ' ' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

struct Syllable {
  std::string_view name;
  Step step;
};
constexpr Syllable kSyllables[] = {{"do", Step::C}, {"ut", Step::C}, {"re", Step::D},
                                   {"mi", Step::E}, {"fa", Step::F}, {"sol", Step::G},
                                   {"la", Step::A}, {"si", Step::B}};

/// "b" of "bb", "#" of "f#": the part after the letter or syllable.
std::optional<NoteName> with_accidental(Step step, std::string_view rest) {
  const std::string letter(1, "CDEFGAB"[static_cast<int>(step)]);
  const auto name = parse_note_name(letter + std::string(rest));
  if (!name) return std::nullopt;
  return *name;
}

std::optional<NoteName> parse_tonic_word(std::string_view word) {
  for (const auto& [syllable, step] : kSyllables)
    if (word.starts_with(syllable))
      if (const auto name = with_accidental(step, word.substr(syllable.size()))) return name;
  const auto letter = std::string_view("cdefgab").find(word.front());
  if (letter == std::string_view::npos) return std::nullopt;
  return with_accidental(static_cast<Step>(letter), word.substr(1));
}

std::optional<int> alteration_of(std::string_view word) {
  if (word == "flat" || word == "bemol") return -1;
  if (word == "sharp" || word == "diese") return 1;
  return std::nullopt;
}

/// Takes the tonic off the front of the words. "dm" leaves "m".
std::optional<NoteName> take_tonic(std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  auto& first = words.front();
  std::optional<NoteName> tonic = parse_tonic_word(first);
  if (tonic) {
    words.erase(words.begin());
  } else if (first.size() > 1 && first.back() == 'm') {
    tonic = parse_tonic_word(std::string_view(first).substr(0, first.size() - 1));
    if (tonic) first = "minor";
  }
  if (tonic && tonic->alteration == 0 && !words.empty())
    if (const auto alteration = alteration_of(words.front())) {
      tonic->alteration = *alteration;
      words.erase(words.begin());
    }
  return tonic;
}

/// The name of a scale or maqam in English, as theory knows it.
std::string mode_name(const std::vector<std::string>& words) {
  std::string name;
  for (const auto& word : words) {
    if (!name.empty()) name += ' ';
    if (word == "majeur" || word == "majeure") {
      name += "major";
    } else if (word == "mineur" || word == "mineure") {
      name += "minor";
    } else {
      name += word;
    }
  }
  return name;
}

std::string allowed_maqamat() {
  std::string names;
  for (const auto& maqam : Maqam::all()) names += (names.empty() ? "" : ", ") + maqam.id;
  return names;
}

}  // namespace

Result<TonalityAsk, std::string> parse_tonality(std::string_view text) {
  TonalityAsk ask;
  auto words = words_of(text);
  ask.tonic = take_tonic(words);
  if (words.empty()) {
    if (ask.tonic) return ask;
    return Unexpected{std::string("the key is empty: allowed are \"D minor\", \"Bb\", \"rast\"")};
  }
  const std::string mode = mode_name(words);
  if (const auto scale = Scale::find(mode)) {
    ask.scale = scale->id();
  } else if (const auto* maqam = Maqam::find(mode)) {
    ask.maqam = maqam->id;
  } else if (!ask.tonic) {
    return Unexpected{quoted(text) +
                      " is not a key: allowed are a tonic (C, Bb, F# ...), a scale (major, minor, "
                      "dorian ...), a maqam (" +
                      allowed_maqamat() + "), or a tonic with one of these"};
  } else {
    return Unexpected{quoted(mode) +
                      " is no scale or maqam: allowed are major, minor, dorian and " +
                      "the other scales, and the maqamat " + allowed_maqamat()};
  }
  return ask;
}

std::string to_string(const TonalityAsk& tonality) {
  std::string out = tonality.tonic ? to_string(*tonality.tonic) : std::string();
  const auto& mode = tonality.maqam.empty() ? tonality.scale : tonality.maqam;
  if (!out.empty() && !mode.empty()) out += ' ';
  return out + mode;
}

}  // namespace toccata

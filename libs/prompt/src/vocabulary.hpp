// SPDX-License-Identifier: MIT
// The words that are understood: phrases of both languages, what each means, and typing slips.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace toccata::prompt {

/// What a phrase is, for the rules. A new word of a language is a new entry of a row of the tables
/// in words_*.cpp.
enum class Kind : std::uint8_t {
  Unknown,
  End,       ///< before the first and after the last item
  Sign,      ///< punctuation
  Number,    ///< digits, or number words put together
  Digits,    ///< a number word by itself: "twenty"
  Article,   ///< "a", "une": also the number one before a unit
  Function,  ///< carries no wish and hides none: "please", "the", "je veux"
  Place,     ///< a preposition; what was refused before it stays behind it
  Noun,      ///< "melody", "morceau": known, and no wish by itself
  But,
  And,
  Or,
  Negator,  ///< "no", "sans"
  Denial,   ///< refuses what stands before it: "off", "interdit"
  Hedge,    ///< "not too", "pas trop"
  Degree,   ///< "very", "un peu"
  Only,
  Solo,
  Genre,
  Share,  ///< "a touch of", "mostly"
  Mood,
  Instrument,
  Generic,  ///< an instrument whose kind the genre decides: "guitar", "bass"
  Ensemble,
  Group,  ///< so many players: "duo"
  Drums,
  Tempo,
  Dynamics,
  Density,
  NoteLength,
  Scale,
  Maqam,
  Accidental,
  Form,
  Section,
  Meter,
  Rhythm,
  Pickup,
  Parts,
  Role,
  Unit,
  NoteValue,
  Cue,    ///< names a field whose value follows: "tempo", "key"
  Idiom,  ///< words that must not be read one by one; listed as not understood
};

/// Phrases of one meaning.
struct Row {
  Kind kind;
  std::string_view id;
  double value;
  std::string_view phrases;  ///< folded, apart by commas; dashes and apostrophes as spaces
};
std::span<const Row> feeling_rows();
std::span<const Row> music_rows();
std::span<const Row> key_rows();
std::span<const Row> number_rows();
std::span<const Row> function_rows();
/// Ordinary words that lie one letter from one of ours, and are not to be taken for it.
std::span<const std::string_view> lookalikes();

struct Meaning {
  Kind kind = Kind::Unknown;
  std::string_view id;
  double value = 0;
};

/// All phrases, made when first asked for.
class Vocabulary {
 public:
  static const Vocabulary& get();

  /// Null where the phrase (words apart by single spaces) isn't known.
  const Meaning* find(std::string_view phrase) const;
  /// How many words the longest phrase that begins with this word has; 0 for none.
  int longest_from(std::string_view word) const;
  /// The one word of the vocabulary that was meant, if `word` is none itself and lies one wrong,
  /// missing, added or swapped letter from it. Words of five letters and more, genres of four.
  /// `Behind::Note`: of words that are as near a scale is meant ("ré minuer").
  enum class Behind : std::uint8_t { Any, Note };
  std::optional<std::string_view> corrected(std::string_view word,
                                            Behind behind = Behind::Any) const;

  /// Every word that slips are forgiven for, and every phrase: for tests.
  std::vector<std::string_view> forgiving_words() const;
  std::vector<std::string_view> phrases() const;
  bool is_lookalike(std::string_view word) const;

 private:
  Vocabulary();
  void add(std::string_view phrase, const Meaning& meaning);
  void add_words(std::string_view phrase, Kind kind);

  struct Word {
    std::string_view text;
    std::uint32_t letters;   ///< one bit a letter
    const Meaning* meaning;  ///< of the word by itself, or null
  };
  static bool means_the_same(const Word& a, const Word& b);
  /// The word that is meant by one with "f" for "ph" ("saxofone"), or null.
  const Word* with_ph(std::string_view word) const;

  std::unordered_map<std::string, Meaning> phrases_;
  std::unordered_map<std::string, int> longest_;
  std::unordered_set<std::string_view> words_;  ///< of all phrases; borrows the keys' text
  std::vector<Word> forgiving_;
};

/// True where one letter wrong, missing, too many or swapped with its neighbour parts the words.
/// Source: Damerau 1964.
bool is_one_slip(std::string_view a, std::string_view b);

}  // namespace toccata::prompt

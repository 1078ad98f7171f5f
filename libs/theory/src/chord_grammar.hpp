// SPDX-License-Identifier: MIT
// What stands behind the root of a chord symbol or a roman numeral: quality, figure, modifiers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/theory/chord.hpp>

namespace toccata::detail {

/// The third a suffix begins from: a numeral in lower case is minor before anything else is read.
enum class Third : std::uint8_t { Major, Minor };

/// Longest symbol or numeral that is read; real ones stay under 20 characters. A chord of so many
/// tones is never written longer than that, so that what was read can be read again.
inline constexpr std::size_t kLongestSymbol = 128;

/// Tones of a chord while they are put together.
class ToneSet {
 public:
  /// Adds a tone, if it is not there yet.
  void put(int degree, int semitones);
  void drop(int degree);
  /// Adds an altered tone in place of the natural one, if that is there.
  void alter(int degree, int semitones);
  bool has(int degree, int semitones) const;
  std::size_t size() const { return tones_.size(); }
  /// Low to high, as Chord wants them. Range: kMostTonesRead at most.
  ChordTones sorted() const;

 private:
  std::vector<ChordTone> tones_;
};

bool holds(std::span<const ChordTone> tones, ChordTone wanted);

/// Semitones of a degree without sign: the major scale's, but a minor seventh.
int natural_tone(int degree);

/// The tones of a suffix. Errors: the part that was not understood, quoted.
Result<ChordTones, std::string> parse_suffix(std::string_view suffix, Third third);

enum class Notation : std::uint8_t { Symbol, Numeral };
/// The suffix of these tones, which parse_suffix reads back to them.
std::string suffix_text(const ChordTones& tones, Notation notation);

/// Where the '/' of a slash bass stands (before a letter from A to G); npos when there is none.
std::size_t slash_bass_at(std::string_view text);

/// What is allowed behind a root, for errors.
inline constexpr std::string_view kAllowedSuffixes =
    "allowed are m, dim, aug, maj7, 5, 6, 69, 7, 9, 11, 13, sus2, sus4, alt, addN, noN and altered "
    "tones such as b9 or #11, then a bass such as /G";

}  // namespace toccata::detail

// SPDX-License-Identifier: MIT
// Voicings of chords and the rules of voice leading between them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/theory/chord.hpp>

namespace toccata {

/// Sounding pitches of one chord, low to high.
using Voicing = std::vector<Pitch>;

struct PitchRange {
  Pitch lowest, highest;
  constexpr bool contains(Pitch pitch) const { return lowest <= pitch && pitch <= highest; }
  /// A MIDI number, or the same pitch class in the octave nearest to it within the range, where
  /// the range has it.
  constexpr Pitch folded(int number) const {
    while (number < lowest.number()) number += 12;
    while (number > highest.number() && number - 12 >= lowest.number()) number -= 12;
    return Pitch::folded_into_range(number);
  }
};

enum class VoicingKind : std::uint8_t {
  Close,     ///< all tones within an octave
  Open,      ///< drop two: the second tone from above an octave lower
  Shell,     ///< root, third and seventh (or fifth)
  Rootless,  ///< all but the root, for a pianist with a bass player; a triad keeps it
  Power,     ///< root, fifth, octave
};

struct VoicingOptions {
  VoicingKind kind = VoicingKind::Close;
  PitchRange range{Pitch::literal(48), Pitch::literal(76)};
  int most_tones =
      4;  ///< [1, 8]; an eleventh over a major third and a perfect fifth go first, then the root
};

/// Every way of placing the chord in the range by the options, inversions included, low to high by
/// its lowest pitch. Never empty when the range spans an octave: shapes too wide for it are placed
/// close. Pitch classes are always the chord's; a slash bass belongs to the bass player.
std::vector<Voicing> voicings_of(const Chord& chord, const VoicingOptions& options);

/// The voicing that moves least from the one before (sum of semitones, best matching of voices),
/// with penalties for parallel perfect intervals and for neighbours a semitone apart; without one
/// before, that nearest the middle of the range. Empty only where voicings_of is. Cost: O(voicings
/// * tones^2).
Voicing lead_voicing(const Chord& chord, const VoicingOptions& options,
                     std::span<const Pitch> before);

enum class VoiceLeadingFault : std::uint8_t {
  ParallelFifths,
  ParallelOctaves,
  HiddenFifths,  ///< outer voices reach a fifth in similar motion, the upper by leap
  HiddenOctaves,
  Crossing,  ///< a voice lies under the one below it
  Overlap,   ///< a voice moves past where its neighbour was
  Spacing,   ///< more than an octave between neighbouring upper voices
  OutOfRange,
  LeadingToneUnresolved,  ///< found only where the key is given
};
struct VoiceLeadingProblem {
  VoiceLeadingFault fault;
  std::size_t chord;                     ///< index of the later chord
  std::size_t lower_voice, upper_voice;  ///< 0 is the lowest
};
std::string describe(const VoiceLeadingProblem& problem);

/// Checks a passage of chords with the same number of voices, voice by voice, low to high as given.
/// `ranges` has one entry a voice or is empty. Source: Aldwell and Schachter, Harmony and Voice
/// Leading.
std::vector<VoiceLeadingProblem> check_voice_leading(std::span<const Voicing> passage,
                                                     std::span<const PitchRange> ranges);
/// The same, and whether the leading tone of the key rises to the tonic when a dominant resolves
/// (an inner voice may fall a third instead).
std::vector<VoiceLeadingProblem> check_voice_leading(std::span<const Voicing> passage,
                                                     std::span<const PitchRange> ranges,
                                                     const Key& key);

/// Ranges of soprano, alto, tenor and bass, lowest voice first. Source: as above.
std::span<const PitchRange> choir_ranges();

}  // namespace toccata

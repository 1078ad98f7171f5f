// SPDX-License-Identifier: MIT
// Estimates the key of a passage from the pitch classes that sound, and how the key moves.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/analysis/pitch_classes.hpp>

namespace toccata {

/// Which table says how much each degree weighs in a major or minor key (key_profiles.cpp has the
/// numbers and their sources). docs/analysis.md compares them on labelled corpora.
enum class KeyProfile : std::uint8_t {
  KrumhanslKessler,  ///< listeners' ratings
  TemperleyCbms,     ///< set by hand, flat
  TemperleyKostka,   ///< counted in a textbook's examples
  AardenEssen,       ///< counted in folk melodies
  BellmanBudge,      ///< counted in chords of the common practice
  AlbrechtShanahan,  ///< counted in 490 pieces of the common practice
};
std::string_view name_of(KeyProfile profile);  ///< "krumhansl-kessler" ...
std::span<const KeyProfile> all_key_profiles();

/// Those that measured best on labelled corpora, for pieces and for tracks (docs/analysis.md).
inline constexpr KeyProfile kDefaultKeyProfile = KeyProfile::AlbrechtShanahan;
inline constexpr KeyProfile kDefaultTrackProfile = KeyProfile::TemperleyKostka;

/// A major or minor key, and how sure that is.
struct KeyEstimate {
  Key key;          ///< its scale is "major" or "minor"; spelled with the fewest accidentals
  double strength;  ///< correlation with the profile, [-1, 1]; under 0.5 read the key as unclear
  double margin;    ///< over the next best key, [0, 2]; under 0.02 the two are hardly told apart
};

/// Nothing pitched sounds in the passage, or all twelve pitch classes weigh the same.
struct NoKey {
  friend constexpr bool operator==(NoKey, NoKey) = default;
};
std::string describe(NoKey);

/// The key whose profile correlates best with the weights.
///
/// Errors: NoKey.
/// Cost:   constant; allocates nothing.
/// Source: Krumhansl 1990, Cognitive Foundations of Musical Pitch (method); for the tables see
///         KeyProfile.
Result<KeyEstimate, NoKey> estimate_key(const PitchClassWeights& weights,
                                        KeyProfile profile = kDefaultKeyProfile);
/// The same of notes, each weighted by its duration.
Result<KeyEstimate, NoKey> estimate_key(std::span<const Note> notes,
                                        KeyProfile profile = kDefaultKeyProfile);
/// The same of all that sounds in the pitched parts within the bars.
Result<KeyEstimate, NoKey> estimate_key(const Score& score, BarRange bars,
                                        KeyProfile profile = kDefaultKeyProfile);

/// A stretch of bars in one key.
struct KeySpan {
  BarRange bars;
  KeyEstimate estimate;  ///< of the bars' own notes against the key that was chosen
};
struct KeyTrackOptions {
  int window_bars = 2;       ///< [1, 64]: bars looked at around each bar
  double change_cost = 1.5;  ///< [0, 10]: in units of correlation; higher keeps a key longer
  KeyProfile profile = kDefaultTrackProfile;
};
/// The keys a passage moves through: the path over the bars with the highest sum of correlations,
/// less a cost for each change. Neighbouring spans differ in key; silence keeps the key before it.
/// Empty where nothing pitched sounds.
///
/// Cost:   O(bars).
/// Source: Temperley 1999, What's Key for Key? (penalty for changes).
std::vector<KeySpan> estimate_key_track(const Score& score, BarRange bars,
                                        const KeyTrackOptions& options = {});

}  // namespace toccata

// SPDX-License-Identifier: MIT
// A Score and how it is played, written as a new file.
#pragma once

#include <string>
#include <string_view>

#include <toccata/midi/file.hpp>
#include <toccata/score/performance.hpp>

namespace toccata::midi {

/// How notes off the twelve keys are tuned. docs/midi.md tells what each writes.
enum class Microtones : std::uint8_t {
  ChannelRotation,  ///< pitch bends, each on a channel where no other note is touched by it
  Mts,              ///< MIDI Tuning Standard: single-note tuning changes; glides are left out
  Mpe,              ///< every sounding note on a member channel of its own; two parts at most
};

struct WriteOptions {
  Microtones microtones = Microtones::ChannelRotation;
};

struct WriteError {
  enum class Fault : std::uint8_t {
    TooManyChannels,  ///< `needed` of at most 15 (or fewer, where a file uses some)
    TooManyVoices,    ///< sounding at once in one part, for the channels MPE leaves
    TooManyParts,     ///< for MPE, which has two zones
    BendTooWide,      ///< over 48 semitones
    TuningConflict,   ///< one key sounds in two tunings at once, which MTS cannot say
    NewSequence,      ///< a part for a file of format 2, where a track is a piece of its own
  } fault;
  std::string part;  ///< its name; empty where all are meant
  int needed = 0;
};
/// "19 channels are needed, 15 can be had: ...".
std::string describe(const WriteError& error);

/// Text events of the first track that hold what MIDI has no event for.
inline constexpr std::string_view kChordPrefix = "chord: ";  ///< a chord symbol: "chord: Dm7/G"
inline constexpr std::string_view kKeyPrefix = "key: ";      ///< "key: D minor; maqam bayati"

/// A file of format 1 at the score's ppq. The first track holds tempo, meter, keys, section
/// markers, chord symbols and provenance and no notes; then comes a track for each part, with its
/// name and, on each channel it uses, its program at tick 0. Drum parts are on channel 10 and
/// nothing else is. At one tick note-offs come first and note-ons last. A note that would sound
/// before 0 sounds at 0; a note struck again on its channel ends there.
///
/// Errors: see WriteError.
/// Cost:   O(n log n) of notes and events.
Result<File, WriteError> from_score(const Score& score, const Performance& performance,
                                    const WriteOptions& options = {});

}  // namespace toccata::midi

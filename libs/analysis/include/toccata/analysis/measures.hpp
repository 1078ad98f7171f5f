// SPDX-License-Identifier: MIT
// Figures that describe generated music, for tests and evaluations. None is "the higher the
// better": compare them with those of a reference corpus.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include <toccata/analysis/rhythm.hpp>
#include <toccata/theory/voicing.hpp>

namespace toccata {

/// Share of notes whose pitch class belongs to the key's scale; detuned notes count by the key
/// they are written on. Nothing without notes.
///
/// Source: MusPy's pitch_in_scale_rate (Dong et al. 2020).
std::optional<double> in_key_share(std::span<const Note> notes, const Key& key);
/// The same of all pitched parts, each note against the key mark in force where it begins; notes
/// before the first mark don't count. Nothing where none counts.
std::optional<double> in_key_share(const Score& score);

/// Share of notes on strong positions (Meter::weight_at of at least `strong`: by default on felt
/// beats) that belong to the chord marked there. Notes before the first mark don't count.
std::optional<double> chord_tone_share(std::span<const Note> notes, const Score& score,
                                       double strong = 0.5);

/// Notes to a bar, empty bars counted. Nothing without bars.
std::optional<double> notes_per_bar(std::span<const Note> notes, const MeterMap& meters,
                                    BarRange bars);
/// Lowest and highest note. Nothing without notes.
std::optional<PitchRange> pitch_range(std::span<const Note> notes);

/// Entropy of the pitch classes, each counted by its notes. Units: bits, [0, 3.585]. Nothing
/// without notes.
///
/// Source: Wu and Yang 2020, The Jazz Transformer on the Front Line (H).
std::optional<double> pitch_class_entropy(std::span<const Note> notes);

/// How like in rhythm neighbouring bars are: 1 less the share of sixteenths in which only one of
/// the two bars has an onset, mean over neighbours of one meter. Nothing without such neighbours.
///
/// Source: Wu and Yang 2020 (grooving similarity), over neighbours as in MusPy.
std::optional<double> groove_consistency(std::span<const Note> notes, const MeterMap& meters,
                                         BarRange bars);

/// Share of the line's onsets that are syncopated: none follows until after a stronger position of
/// the meter has passed (or at it nothing begins). The last one never counts. Nothing without two
/// onsets.
///
/// Source: Longuet-Higgins and Lee 1984, The Rhythmic Interpretation of Monophonic Music (what a
///         syncopation is); here each counts once, however strong.
std::optional<double> syncopation_share(std::span<const Note> line, const MeterMap& meters);

/// Share of the bars' time in which none of the notes sounds. Nothing without bars.
std::optional<double> silence_share(std::span<const Note> notes, const MeterMap& meters,
                                    BarRange bars);

/// Shares that sum to 1, or are all 0.
using Histogram = std::vector<double>;
/// How often each pitch class begins: 12 entries from C.
Histogram pitch_class_histogram(std::span<const Note> notes);
/// Durations by note value: 1/32 or less, 1/16, 1/8, 1/4, 1/2, whole or more; each goes to the
/// nearest by ratio, so a dotted quarter counts as a half note. 6 entries.
Histogram note_value_histogram(std::span<const Note> notes, Ppq ppq);
/// Times from one onset to the next by note value, as note_value_histogram has durations.
Histogram step_value_histogram(std::span<const Note> line, Ppq ppq);
/// Steps of the line in semitones: 25 entries, an octave down or more to an octave up or more.
Histogram interval_histogram(std::span<const Note> line);
/// Onsets by sixteenth of the bar, in this meter.
Histogram onset_histogram(std::span<const Note> notes, const MeterMap& meters, const Meter& meter);

/// The area that two histograms share: the sum of the lesser of each pair of entries, [0, 1].
/// Range: equally long (else 0). 1 when they are the same.
///
/// Source: Swain and Ballard 1991 (histogram intersection). Yang and Lerch 2020 compare such
/// histograms of generated and real music.
double overlapped_area(const Histogram& a, const Histogram& b);

}  // namespace toccata

// SPDX-License-Identifier: MIT
// What is wanted of a piece, as far as the user said it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/json.hpp>
#include <toccata/plan/walk.hpp>
#include <toccata/score/score.hpp>

namespace toccata {

/// One genre of a mix.
struct GenreShare {
  std::string genre;    ///< "jazz"
  double weight = 1.0;  ///< over 0
  friend bool operator==(const GenreShare&, const GenreShare&) = default;
};
/// "jazz" or "jazz:0.6+arabic:0.4". Errors: an unknown genre, a weight that is not in (0, 1000].
Result<std::vector<GenreShare>, std::string> parse_genres(std::string_view text);
std::string to_string(const std::vector<GenreShare>& genres);

/// A key as far as it was said: "in D", "minor", "in D minor", "D bayati".
struct TonalityAsk {
  std::optional<NoteName> tonic;
  std::string scale;  ///< id of a Scale, or empty
  std::string maqam;  ///< id of a Maqam, or empty; at most one of both
  friend bool operator==(const TonalityAsk&, const TonalityAsk&) = default;
};
/// "D minor", "Bb major", "D bayati", "rast". Errors: an unknown tonic, scale or maqam.
Result<TonalityAsk, std::string> parse_tonality(std::string_view text);
std::string to_string(const TonalityAsk& tonality);

/// The sections of a piece by label: "A", "B", "A'", "Verse", "Chorus" ...; equal letters share
/// material.
struct FormAsk {
  std::string name;                 ///< "aaba", "aba", "rondo", "verse-chorus", "12-bar", or "free"
  std::vector<std::string> labels;  ///< of a free form, at least one; else empty
  friend bool operator==(const FormAsk&, const FormAsk&) = default;
};
/// A name, or labels apart by spaces, commas or dashes ("A B A' C A", "Intro Verse Chorus",
/// "AABA"). Errors: an unknown label, more than 64 sections.
Result<FormAsk, std::string> parse_form(std::string_view text);
std::string to_string(const FormAsk& form);

enum class Dynamics : std::uint8_t { Pianissimo, Piano, MezzoPiano, MezzoForte, Forte, Fortissimo };
std::string_view name_of(Dynamics dynamics);  ///< "pp" ... "ff"
std::optional<Dynamics> find_dynamics(std::string_view name);

enum class NoteLengths : std::uint8_t { Short, Mixed, Long };
std::string_view name_of(NoteLengths lengths);  ///< "short", "mixed", "long"
std::optional<NoteLengths> find_note_lengths(std::string_view name);

/// Who has a part: "melody: flute".
struct SeatAsk {
  Role role;
  std::string instrument;  ///< id of the catalogue
  friend bool operator==(const SeatAsk&, const SeatAsk&) = default;
};
/// Errors: a part or an instrument that is not known.
Result<SeatAsk, std::string> parse_seat(std::string_view text);
std::string to_string(const SeatAsk& seat);

/// What is wanted. Every field may be absent; the genre fills the rest (see settle in genre.hpp).
struct Brief {
  std::vector<GenreShare> genres;
  std::optional<TonalityAsk> tonality;
  std::optional<double> tempo_bpm;  ///< quarters per minute, [20, 400]
  std::optional<Meter> meter;
  std::optional<bool> pickup;     ///< a short bar before the first: asked for, or refused
  std::string rhythm;             ///< id of a RhythmCycle ("maqsum"), or empty
  std::optional<int> bars;        ///< [1, 10000]
  std::optional<double> seconds;  ///< [1, 36000]; bars win where both are said and agree
  std::optional<FormAsk> form;
  std::string mood;                      ///< a known word ("joyful"), or empty
  std::optional<double> valence;         ///< [-1, 1]: sad ... joyful
  std::optional<double> arousal;         ///< [-1, 1]: calm ... excited
  std::vector<std::string> instruments;  ///< ids of the catalogue (instruments.hpp)
  std::vector<SeatAsk> seats;            ///< the whole ensemble, where somebody says who plays what
  bool alone = false;                    ///< nobody plays but the instruments asked for
  std::optional<double> density;         ///< [0, 1]; 0.5 is usual for the genre
  std::optional<Dynamics> dynamics;
  std::optional<NoteLengths> note_lengths;
  std::optional<bool> drums;                     ///< false: refused, true: asked for
  std::vector<Role> parts;                       ///< those to write; empty: what the genre has
  std::vector<std::string> without_instruments;  ///< ids that are refused ("no piano")
  std::vector<Role> without_parts;  ///< those that are refused, never Drums (see `drums`)
  std::string chords;               ///< as parse_chord_bars reads them, or empty
  std::optional<std::uint64_t> seed;
  std::string engine;       ///< "rules", "walk", or empty
  WalkAsk walk;             ///< for the engine "walk"
  std::string performance;  ///< a performer's name ("curve"), or empty
  friend bool operator==(const Brief&, const Brief&) = default;
};

inline constexpr double kSlowestBpm = 20, kFastestBpm = 400;
inline constexpr int kMostBars = 10'000;
/// Of a whole piece: bars are as long as their meter makes them, up to 255 quarters and more.
inline constexpr double kMostQuarters = 120'000;
inline constexpr double kShortestSeconds = 1, kLongestSeconds = 36'000;

/// Fields of `over` win; where `over` says nothing, those of `under` stay. What `over` contradicts
/// is replaced whole (a tonality, an ensemble), so "--key A" over "in D minor" is A of the genre's
/// scale.
Brief overlaid(const Brief& under, const Brief& over);

/// `toccata.brief/1` (docs/formats/brief.md).
Json to_json(const Brief& brief);
/// Errors: the member and what was allowed; unknown members are errors too.
Result<Brief, std::string> brief_from_json(const Json& json);

/// Where a field's value comes from, and why: what --explain prints.
struct Reason {
  std::string field;    ///< "tempo"
  std::string value;    ///< "110"
  std::string because;  ///< "\"110 bpm\"", "--tempo", "usual for jazz"
};

}  // namespace toccata

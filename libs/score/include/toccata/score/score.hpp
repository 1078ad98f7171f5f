// SPDX-License-Identifier: MIT
// Written music: notes with ids, parts, and what the conductor knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/score/marking.hpp>
#include <toccata/score/units.hpp>
#include <toccata/theory/chord.hpp>
#include <toccata/theory/pitch.hpp>
#include <toccata/theory/scale.hpp>
#include <toccata/timeline/meter.hpp>
#include <toccata/timeline/tempo.hpp>

namespace toccata {

/// Written marks of a note, as a set.
enum class Mark : std::uint32_t {
  Staccato = 1,
  Tenuto = 2,
  Accent = 4,
  Fermata = 8,
  SlurBegin = 16,
  SlurEnd = 32,
  Ghost = 64,      ///< barely played: drums, bass, guitar
  Ornament = 128,  ///< belongs to the ornament of the note that follows it
  Staccatissimo = 1 << 8,
  Marcato = 1 << 9,  ///< a strong accent
  Trill = 1 << 10,
  Mordent = 1 << 11,  ///< with the note below
  InvertedMordent = 1 << 12,
  Turn = 1 << 13,
  InvertedTurn = 1 << 14,
  Tremolo = 1 << 15,
  Arpeggio = 1 << 16,  ///< its chord is broken
  Breath = 1 << 17,    ///< a breath, or a short stop, after it
};
class Marks {
 public:
  constexpr Marks() = default;
  constexpr bool has(Mark mark) const { return (bits_ & static_cast<std::uint32_t>(mark)) != 0; }
  constexpr void add(Mark mark) { bits_ |= static_cast<std::uint32_t>(mark); }
  constexpr std::uint32_t bits() const { return bits_; }
  static constexpr Marks from_bits(std::uint32_t bits) {
    Marks marks;
    marks.bits_ = bits;
    return marks;
  }
  friend constexpr bool operator==(Marks, Marks) = default;

 private:
  std::uint32_t bits_ = 0;
};

/// A bend into a note: it sounds this far from its pitch at first and arrives after a while.
struct Glide {
  Cents from;
  Duration over;  ///< more than 0, at most the note's duration
  friend constexpr bool operator==(const Glide&, const Glide&) = default;
};

/// One written note of a part, held over the half-open span [onset, end). How loud and how late it
/// is played stands in a Performance.
struct Note {
  NoteId id;  ///< stable within its score: performances and pinned notes refer to it
  Tick onset;
  Duration duration;  ///< more than 0
  Pitch pitch =
      Pitch::literal(60);  ///< the sounding key number; in a drum part the instrument's key
  Cents detune;            ///< from that key's equal-tempered pitch: quarter-tones, blue notes
  std::optional<SpelledPitch> spelling;
  std::optional<Glide> glide;
  Marks marks;
  std::uint8_t voice = 0;  ///< of the page it was read from, from 1; 0 where none is known
  std::uint8_t staff = 0;  ///< likewise, 1 the upper one

  constexpr Tick end() const { return onset + duration; }
  friend constexpr bool operator==(const Note&, const Note&) = default;
};

/// What a part does in the music.
enum class Role : std::uint8_t { Melody, Chords, Bass, Drums, Pad, Counter, Other };
std::string_view name_of(Role role);  ///< "melody" ...
std::optional<Role> find_role(std::string_view name);

/// What sounds a part.
struct Instrument {
  Program program = Program::literal(0);  ///< of a drum part: the kit
  bool is_drums = false;
  friend constexpr bool operator==(const Instrument&, const Instrument&) = default;
};

/// Where a part stands in the file it was read from.
struct FilePlace {
  int track;  ///< 0-based
  Channel channel;
  friend constexpr bool operator==(const FilePlace&, const FilePlace&) = default;
};

/// One player's music.
struct Part {
  PartId id;
  std::string name;
  Role role = Role::Other;
  Instrument instrument;
  std::vector<Note> notes;  ///< sorted by onset, then pitch, then id
  std::optional<FilePlace> place;
  std::vector<Marking> markings = {};  ///< sorted by tick
  friend bool operator==(const Part&, const Part&) = default;
};

/// A named stretch of the form, up to the next one.
struct Section {
  Tick at;
  std::string label;
  friend bool operator==(const Section&, const Section&) = default;
};
struct ChordMark {
  Tick at;
  Chord chord;
  friend bool operator==(const ChordMark&, const ChordMark&) = default;
};
/// A key from here on. In a maqam the scale is the nearest one of the staff.
struct KeyMark {
  Tick at;
  Key key;
  std::string maqam;  ///< id of a Maqam, or empty
  friend bool operator==(const KeyMark&, const KeyMark&) = default;
};

/// An event of a file that no field of Score or Performance holds, kept where it was.
struct CarriedEvent {
  int track;  ///< of the file it came from, 0-based
  Tick at;
  Bytes bytes;  ///< as in a Standard MIDI File, without delta time, status byte first
  friend bool operator==(const CarriedEvent&, const CarriedEvent&) = default;
};

/// Who made what: written into every file, and shown by `toccata info`.
struct Provenance {
  std::string version;  ///< of Toccata
  std::string verb;     ///< "compose", "fill" ...
  std::string engine;
  std::uint64_t seed = 0;
  std::string brief;                 ///< toccata.brief/1, compact
  std::vector<std::string> weights;  ///< "name sha256 licence" of each model used
  friend bool operator==(const Provenance&, const Provenance&) = default;
};
/// One line of JSON behind "toccata ", as it stands in files; parse_provenance reads it back.
std::string to_text(const Provenance& provenance);
std::optional<Provenance> parse_provenance(std::string_view text);

/// Written music.
///
/// Invariants (checked by validate): ids are unique; notes are sorted, last over 0 ticks and begin
/// at or after 0; marks are sorted by tick.
struct Score {
  TempoMap tempo{kComposedPpq};
  MeterMap meter{kComposedPpq};
  Tick end;  ///< where the last bar ends
  std::string title;
  std::vector<KeyMark> keys;
  std::vector<Section> sections;
  std::vector<ChordMark> chords;
  std::vector<Part> parts;
  std::vector<CarriedEvent> carried;
  std::vector<Provenance> provenance;  ///< oldest first

  Ppq ppq() const { return tempo.ppq(); }
  /// Bars from the first to the one that ends at or after `end`, a pick-up not counted.
  int bar_count() const;
  friend bool operator==(const Score&, const Score&) = default;
};

/// Why a score is too long to be edited or performed, in words; nothing where it is not. Both keep
/// something of each bar, and a file of a few bytes can have 2^28 bars. Allowed: 100,000.
std::optional<std::string> find_excess_of_bars(const Score& score);

/// Null where there is none.
const Part* find_part(const Score& score, PartId id);
Part* find_part(Score& score, PartId id);
/// By name, letters' case and spaces around it not regarded; several parts may share a name.
std::vector<PartId> find_parts(const Score& score, std::string_view name);
/// The part a listener follows: named melody, lead, solo, theme or voice, else of that role, else
/// the one that sounds highest on average among those that are no drums. None in a score without
/// pitched notes.
std::optional<PartId> find_melody(const Score& score);
/// The marks in force at a tick; null before the first.
const KeyMark* key_at(const Score& score, Tick at);
const ChordMark* chord_at(const Score& score, Tick at);

/// Sorts notes as a Part holds them.
void sort_notes(std::vector<Note>& notes);
/// The highest id in use.
NoteId last_note_id(const Score& score);

/// The first broken invariant in words, or nothing. Cost: O(n log n).
std::optional<std::string> validate(const Score& score);

}  // namespace toccata

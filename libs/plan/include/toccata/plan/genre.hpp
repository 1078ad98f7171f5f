// SPDX-License-Identifier: MIT
// What a genre is made of: numbers and names read from data/genres/, one file a genre.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/plan/brief.hpp>
#include <toccata/theory/chord.hpp>

namespace toccata {

/// How likely an onset is at each kind of place of a bar; it fits any meter. Range: each [0, 1].
struct OnsetProfile {
  double bar = 0;      ///< the bar line
  double middle = 0;   ///< the middle of an even bar, else the beat before the last
  double beat = 0;     ///< other beats
  double offbeat = 0;  ///< halfway through a beat (in compound beats: the later pulses)
  double fine = 0;     ///< sixteenths between
};

/// How the genre's melodies move.
struct MelodyStyle {
  OnsetProfile onsets;
  double anticipation = 0;          ///< chance that an onset on a beat comes half a beat early
  double triplets = 0;              ///< chance that a beat is filled with a triplet
  double figures = 0;               ///< chance that a beat is divided in a way the piece favours
  double uneven = 0.5;              ///< chance that the middle of five even notes gives way
  double syncopation = 1;           ///< chance that a note held over a stronger place stays so
  double recurs = 0;                ///< chance that a bar has the rhythm of one before
  double downbeat_close = 0.05;     ///< chance that a phrase rests on the bar line
  double breath = 1;                ///< chance that a phrase lets go of its last note early
  double commonplace = 0;           ///< bits under which a run of four intervals is anybody's
  double common_rhythm = 0;         ///< the same of their rhythm alone
  double alike = 0;                 ///< share of such runs that 95 % of pairs of real tunes keep to
  double rest = 0;                  ///< chance that a note away from the bar line is left out
  double leap = 0.3;                ///< weight of leaps beside steps
  double repeat = 0.15;             ///< weight of repeated pitches beside steps
  double strong_chord_tones = 0.8;  ///< how much strong places prefer chord tones
  double chromatic = 0;             ///< chance of a chromatic approach before a chord tone
  double ornament = 0;              ///< chance of a grace note, mordent or turn on a long note
  double bend = 0;                  ///< chance of a bend into a blue or long note
  double blue = 0;                  ///< chance that the third or seventh is played as a blue note
  double pickup = 0;                ///< chance that a phrase begins before its bar line
  double lift = 3;  ///< how much higher the strongest bars lie than the weakest, in semitones
  int span = 21;    ///< how far apart its highest and lowest notes may lie, in semitones
  int phrase_bars = 4;
  int motif_bars = 1;
  double call_response = 0;  ///< chance that a phrase leaves its second half to the other parts
};

/// Chords in a row, "ii7 V7", and how often they come beside others.
struct WeightedChords {
  std::vector<RomanNumeral> chords;
  double weight = 1;
};
/// Chords that lead on to each other in one mode.
struct HarmonyMode {
  std::vector<RomanNumeral> states;  ///< the tonic first
  std::vector<double> moves;         ///< how often one leads to another: states x states
  /// Ways to close. Of three chords the first two share a bar, of four the last two do so too.
  std::vector<WeightedChords> authentic, half;  ///< half: on a chord that leaves one waiting
  /// What leads into a chord of this mode as if it were a tonic, one chord or two: "V7", "ii7 V7".
  std::vector<WeightedChords> approaches;
};
/// A fixed chorus of chords that the genre is known for. Source: named in the data file.
struct ChordScheme {
  std::string id;
  int bars;
  std::string mode;                               ///< "major" or "minor"
  std::vector<std::vector<RomanNumeral>> chords;  ///< bar by bar
};
struct HarmonyStyle {
  HarmonyMode major, minor;
  std::vector<ChordScheme> schemes;
  double loop = 0;          ///< chance that a section repeats one short progression
  double vamp = 0;          ///< chance that what is repeated has two bars, not four
  double two_per_bar = 0;   ///< chance that a bar has two chords
  double two_bars = 0;      ///< chance that a chord lasts two bars
  double secondary = 0;     ///< chance that a chord is approached as if it were a tonic
  int modulation_bars = 0;  ///< from this length on a maqam goes over to another jins; 0 for never
};

enum class ChordsIdiom : std::uint8_t {
  Comp,
  Broken,
  Arpeggio,
  Block,
  Power,
  Pad,
  Shuffle,
  Heterophony
};
struct ChordsStyle {
  ChordsIdiom idiom = ChordsIdiom::Block;
  OnsetProfile onsets;
  double length = 0.9;    ///< share of the time to the next onset
  double figures = 0.06;  ///< chance that a beat is divided in a way the player favours
  bool ninths = false;    ///< sevenths are voiced with their ninths
  double own = 1;         ///< how far hands leave what the genre mostly does: 0 for oom-pah-pah
};

enum class BassIdiom : std::uint8_t { Pattern, Walking };
struct BassStyle {
  BassIdiom idiom = BassIdiom::Pattern;
  OnsetProfile onsets;
  double fifth = 0.2, octave = 0.1, third = 0.1;  ///< chances of these tones in place of the root
  double passing = 0.1;                           ///< chance that it walks on instead
  double approach = 0.3;                          ///< chance of a step into the next chord's root
  double figures = 0.08;  ///< chance that a beat is divided in a way the player favours
  double lead = 0.25;     ///< chance that the end of a bar leads on to the next one's root
  double figure = 0;      ///< chance that a walking bar keeps its section's figure; 0: none has one
  double own = 1;         ///< how far players leave what the genre mostly does
};

/// The energy of a bar from which a part plays.
struct Layer {
  Role role;
  double from;
};

/// One instrument of the kit and when it is struck.
struct DrumVoice {
  int key = 36;  ///< General MIDI percussion key
  /// Other keys that a section may play it on, from light to full: a ride for the hat.
  std::vector<int> also;
  OnsetProfile onsets;
  double backbeat = 0;  ///< chance on beats 2 and 4 (the second of every two beats)
  double skip = 0;      ///< chance on the last part of a backbeat: the ride's skip note
  double from = 0;      ///< the energy from which it plays, where the genre layers its sections
  int velocity = 90;    ///< before the performer's shaping
};
/// A named rhythm cycle, written out where the genre is made of such cycles (iqa'at ...).
struct RhythmCycle {
  std::string id;
  std::string words;  ///< what sentences call it, apart by commas, folded
  Meter meter = kCommonTime;
  std::string strokes;  ///< a letter a pulse: D dum, T tak, k light tak, . rest
  std::string source;
};
struct DrumStyle {
  std::vector<DrumVoice> voices;
  std::vector<RhythmCycle> cycles;
  /// Which drummers play it most alike, by the names of the Groove data; empty: machines or hands.
  std::string style;
  double fill = 0.7;       ///< chance of a fill at a section's end
  double variation = 0.1;  ///< chance that a place of a bar departs from the section's pattern
};

/// A part of the genre's ensemble.
struct EnsembleSeat {
  Role role;
  std::string instrument;  ///< id of the catalogue
  double gain_db = 0;
  double pan = 0;       ///< [-1, 1]
  double reverb = 0.3;  ///< [0, 1]
};

/// How players of the genre treat time and touch. Units: milliseconds, and shares of the full
/// effect in [0, 1].
struct Feel {
  double rubato = 0;            ///< how freely the tempo bends where no kit keeps it
  double unsteady_ms = 4;       ///< deviation of single onsets
  double laid_back_ms = 0;      ///< how far the melody lies behind the beat
  double late_backbeat_ms = 0;  ///< the same of the snare on 2 and 4
  double spread_ms = 5;         ///< between the notes of a chord, low to high
  double melody_held = 0.98;    ///< share of its written length that a melody's note sounds
  double bass_held = 0.94;      ///< the same of the bass
  bool pedals = false;          ///< pianists hold broken chords with the pedal
  bool ducks = false;           ///< pads make room for the kick
};

/// What a player of the genre means by "the guitar", "the bass".
struct GenericInstrument {
  std::string name, instrument;  ///< "guitar" and an id of the catalogue
};

struct FormChoice {
  std::string form;  ///< as parse_form reads it
  double weight = 1;
};

/// One genre.
struct Genre {
  std::string id;
  std::string words;                            ///< what sentences call it, apart by commas
  std::string said_in_english, said_in_french;  ///< how sentences about it say it, apart by '/'
  std::vector<GenericInstrument> generic;
  double tempo_bpm = 120, slowest_bpm = 60, fastest_bpm = 180;
  Meter meter = kCommonTime;
  int bars = 32;
  double pickup_bar = 0;  ///< chance that a piece begins before its first bar line
  NoteName tonic;
  std::string bright, dark;                ///< scales for a joyful and a sad piece; ids of Scale
  bool usually_dark = false;               ///< the scale where neither key nor mood decides
  std::string maqam, dark_maqam;           ///< where the genre is modal; else empty
  std::string bright_melody, dark_melody;  ///< scale of the melody where narrower; else empty
  int swing_percent = 50;
  std::vector<FormChoice> forms;
  std::string rig;  ///< its way of being mixed, by name (data/rigs)
  std::vector<EnsembleSeat> ensemble;
  MelodyStyle melody;
  HarmonyStyle harmony;
  ChordsStyle chords;
  BassStyle bass;
  DrumStyle drums;
  Feel feel;
  double loops = 0.5;  ///< how much of a figure is kept when it comes again, in [0, 1]
  double lift = 0;     ///< how much busier the band is in its strongest bars, in octaves of odds
  std::optional<ChordsIdiom> counter;   ///< what a counter part does beside leading a line
  std::vector<Layer> layers;            ///< parts that wait for energy; the others always play
  double valence = 0.2, arousal = 0.2;  ///< its usual mood

  /// Whether sections are layered: build-up and drop.
  bool builds() const { return !layers.empty(); }

  static const Genre* find(std::string_view id);
  static std::vector<std::string_view> names();  ///< all that there are, sorted
};

/// A rhythm cycle by its id or one of its words; case, accents, dashes and apostrophes are not
/// regarded. Null where there is none.
struct NamedRhythm {
  std::string_view genre;  ///< whose file names it
  const RhythmCycle* cycle = nullptr;
};
NamedRhythm find_rhythm(std::string_view name);
std::vector<std::string_view> rhythm_names();

/// A mix: numbers are averaged by weight; harmony, form, bass and drums are the heaviest genre's,
/// the melody's manner and instrument the second's where it weighs a quarter or more. One genre is
/// itself. Range: not empty, all known.
Genre blend(std::span<const GenreShare> shares);

}  // namespace toccata

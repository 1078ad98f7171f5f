// SPDX-License-Identifier: MIT
// MusicXML, plain or compressed, as written music.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/score/score.hpp>

namespace toccata::musicxml {

/// What can be wrong with a file. docs/musicxml.md tells for each what a lenient reading does.
enum class Fault : std::uint8_t {
  NotMusicXml,       ///< neither XML with a score's root nor a zip archive; never repaired
  BadArchive,        ///< a damaged or foreign .mxl; never repaired
  NoRootFile,        ///< META-INF/container.xml is missing or names no file of the archive
  TooLarge,          ///< more text than kLargestText; never repaired
  BadXml,            ///< not well-formed
  NoParts,           ///< never repaired
  UnknownPart,       ///< of no entry of the part-list
  MissingPart,       ///< the part-list has it, the file doesn't
  UnequalParts,      ///< another number of measures than the first part has
  BadDivisions,      ///< not a number over 0, or a duration stands before any
  BadDuration,       ///< missing, not over 0, or out of proportion
  BadPitch,          ///< no step, or a sounding pitch outside 0..127
  ChordWithoutNote,  ///< chord, with no note before it
  BeforeMeasure,     ///< something stands there, after a backup
  BadTime,           ///< a time signature that does not exist
  BadKey,            ///< of more than eleven sharps or flats
  BadTranspose,
  BadTempo,   ///< none that can be stored: see Tempo
  BadRepeat,  ///< a repeat's times or an ending's numbers are no numbers
  NoTarget,   ///< a dal segno without segno, or a to-coda without coda
  TooFine,    ///< no grid of at most 32767 ticks a quarter holds every onset and end
  TooLong,    ///< more bars, notes or time than are read; never repaired
};

/// What was wrong, and where.
struct ReadError {
  Fault fault;
  std::string part;     ///< its id; empty where none is meant
  std::string measure;  ///< its number as written, likewise
  int line = 0;         ///< of the XML text, from 1; 0 where none is known
  std::string found;    ///< what stands there, at most 60 bytes
  friend bool operator==(const ReadError&, const ReadError&) = default;
};
/// "part P1, measure 12, line 1840: a duration of \"-4\", allowed are numbers over 0".
std::string describe(const ReadError& error);
/// The same, with what was done about it.
std::string describe_repair(const ReadError& repaired);

enum class Repair : std::uint8_t { None, Lenient };
enum class Repeats : std::uint8_t {
  Expand,   ///< as it is played
  Written,  ///< each bar once
};
enum class Cues : std::uint8_t {
  ByProgram,  ///< Silent, but Sounding in files of MuseScore, which writes all small notes as cues
  Silent,
  Sounding,
};

struct ReadOptions {
  Repair repair = Repair::None;
  Repeats repeats = Repeats::Expand;
  Cues cues = Cues::ByProgram;
};

/// Where a note of the score stands in the file. A note that was tied has a row for each of the
/// notes it is made of, in order.
struct SourceNote {
  NoteId note;
  std::string xml_id;   ///< the attribute id; empty where there is none
  int pass;             ///< how often its measure has been played, with this time: from 1
  std::uint32_t index;  ///< which <note> of the file it is, from 0, rests counted
  friend bool operator==(const SourceNote&, const SourceNote&) = default;
};

struct ReadScore {
  Score score;
  std::vector<SourceNote> sources;  ///< sorted by NoteId
  std::vector<ReadError> repairs;   ///< every fault that was put right, in file order
};

/// At most so much XML text is read, and of each a few times as much memory taken.
inline constexpr std::size_t kLargestText = std::size_t{128} << 20;
/// At most so many bars are played, and parts times bars, notes and directions together.
inline constexpr int kMostBars = 100'000;
inline constexpr std::size_t kMostEvents = 2'000'000;

/// The music of a .musicxml, .xml or .mxl file, told apart by content: score-partwise and
/// score-timewise, in any version. Note ids count from 1, part by part in the order of the score.
/// docs/musicxml.md tells what is read and how, and what is not. Nothing outside the bytes is
/// opened, and entities stay unexpanded.
///
/// Errors: see Fault; with Repair::Lenient only those that are never repaired.
/// Cost:   O(bytes + events as played, times their logarithm); a compressed file takes no memory
///         before its sizes are found to be possible.
Result<ReadScore, ReadError> read_musicxml(ByteView bytes, const ReadOptions& options = {});

/// Whether bytes look like MusicXML: a zip archive, or a text whose first bytes are XML's.
bool looks_like_musicxml(ByteView bytes);

}  // namespace toccata::musicxml

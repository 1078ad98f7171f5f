// SPDX-License-Identifier: MIT
// Bytes to a midi::File: a sound file is never refused, a damaged one with its fault and its place.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/midi/file.hpp>

namespace toccata::midi {

/// What can be wrong with a file. docs/midi.md tells for each what a lenient reading does.
enum class Fault : std::uint8_t {
  NotMidi,               ///< no header chunk; never repaired
  TruncatedHeader,       ///< never repaired
  LeadingBytes,          ///< something stands before the header
  UnknownFormat,         ///< not 0, 1 or 2
  BadDivision,           ///< 0 ticks, or frames other than 24, 25, 29, 30
  TooFewTracks,          ///< than the header says
  TooManyTracks,         ///< than the header says
  TrackTooLong,          ///< its length passes the end of the file
  TrackTooShort,         ///< its length cuts an event or its end off
  BytesAfterEndOfTrack,  ///< but before the chunk's end
  MissingEndOfTrack,
  TruncatedEvent,
  LongNumber,           ///< a variable-length quantity over four bytes
  OrphanRunningStatus,  ///< a data byte with no status in force
  StatusNotAllowed,     ///< a system message that files may not hold
  DataByteTooLarge,     ///< over 127
  BadMetaType,          ///< over 127
  BadMetaLength,        ///< of an event whose length is laid down
  BadMetaValue,         ///< a key or film time that does not exist
};

/// What was wrong, and where. Cheap to copy; text is made only on demand.
struct ReadError {
  Fault fault;
  std::size_t byte_offset;   ///< from the start of the file
  std::optional<int> track;  ///< 0-based; none while in the header
  std::uint32_t found = 0;   ///< the value in question, where there is one
  friend bool operator==(const ReadError&, const ReadError&) = default;
};
/// "track 4, byte 423 (0x1a7): a data byte with no status in force ...". Tracks print 1-based.
std::string describe(const ReadError& error);
/// The same, with what was done about it.
std::string describe_repair(const ReadError& repaired);

enum class Repair : std::uint8_t { None, Lenient };

struct ReadFile {
  File file;
  std::vector<ReadError> repairs;  ///< every fault that was put right, in file order
};

/// The file as it stands. A RIFF wrapper (.rmi) is taken off; it is no fault.
///
/// Errors: see Fault; with Repair::Lenient only NotMidi and TruncatedHeader are left. What was read
///         leniently and written is read strictly.
/// Cost:   O(bytes) time and memory, whatever the bytes say.
Result<ReadFile, ReadError> read_midi(ByteView bytes, Repair repair = Repair::None);

}  // namespace toccata::midi

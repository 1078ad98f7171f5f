// SPDX-License-Identifier: MIT
// The words for faults and repairs.
#include <array>
#include <cstdio>

#include <toccata/midi/read.hpp>

namespace toccata::midi {
namespace {

struct Words {
  Fault fault;
  const char* found;   ///< with "{}" where the value goes
  const char* repair;  ///< what a lenient reading does
};
constexpr std::array kWords{
    Words{Fault::NotMidi, "no MIDI file: it does not begin with \"MThd\"", ""},
    Words{Fault::TruncatedHeader, "the header is cut off (it has at least 14 bytes)", ""},
    Words{Fault::LeadingBytes, "{} bytes stand before the header", "left out"},
    Words{Fault::UnknownFormat, "format {} is not 0, 1 or 2", "read as format 1"},
    Words{Fault::BadDivision,
          "division {} is no length of a tick (1 to 32767 a quarter, or frames at 24, 25, 29, 30)",
          "read as 480 ticks a quarter"},
    Words{Fault::TooFewTracks, "the file holds {} tracks, fewer than its header says",
          "the header put right"},
    Words{Fault::TooManyTracks, "the file holds {} tracks, more than its header allows",
          "all tracks kept"},
    Words{Fault::TrackTooLong, "the track's length passes the end of the file",
          "read to the end of the file"},
    Words{Fault::TrackTooShort, "the track's length ends before its last event does",
          "read on behind it"},
    Words{Fault::BytesAfterEndOfTrack, "bytes follow the track's End of Track", "left out"},
    Words{Fault::MissingEndOfTrack, "the track has no End of Track", "added"},
    Words{Fault::TruncatedEvent, "the last event is cut off", "left out"},
    Words{Fault::LongNumber, "a variable-length number of more than four bytes",
          "cut at four bytes"},
    Words{Fault::OrphanRunningStatus, "data byte {} with no status in force",
          "left out up to the next status"},
    Words{Fault::StatusNotAllowed, "status {} is a system message that no file may hold",
          "left out"},
    Words{Fault::DataByteTooLarge, "data byte {} is over 127", "made 127"},
    Words{Fault::BadMetaType, "meta event type {} is over 127", "left out"},
    Words{Fault::BadMetaLength, "meta event of type {} has not the length laid down for it",
          "left out"},
    Words{Fault::BadMetaValue, "meta event of type {} holds a key or film time that does not exist",
          "left out"},
};

const Words& words_of(Fault fault) {
  for (const Words& words : kWords)
    if (words.fault == fault) return words;
  return kWords.front();
}

}  // namespace

std::string describe(const ReadError& error) {
  std::string text;
  if (error.track) text = "track " + std::to_string(*error.track + 1) + ", ";
  std::array<char, 24> hex{};
  std::snprintf(hex.data(), hex.size(), " (0x%zx): ", error.byte_offset);
  text += "byte " + std::to_string(error.byte_offset) + hex.data();
  std::string found = words_of(error.fault).found;
  if (const auto at = found.find("{}"); at != std::string::npos)
    found.replace(at, 2, std::to_string(error.found));
  return text + found;
}

std::string describe_repair(const ReadError& repaired) {
  return describe(repaired) + ": " + words_of(repaired.fault).repair;
}

}  // namespace toccata::midi

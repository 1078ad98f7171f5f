// SPDX-License-Identifier: MIT
// Reads the events of one track chunk, in one pass.
#pragma once

#include <toccata/midi/read.hpp>

namespace toccata::midi {

/// Whether a fault is put right (and noted) or ends the reading: shared by all tracks of a file.
class FaultLog {
 public:
  FaultLog(Repair repair, std::vector<ReadError>& repairs) : repair_(repair), repairs_(repairs) {}
  /// True when reading may go on; else the fault stands in error().
  bool tolerate(const ReadError& fault) {
    if (repair_ == Repair::None) {
      error_ = fault;
      return false;
    }
    repairs_.push_back(fault);
    return true;
  }
  bool is_lenient() const { return repair_ == Repair::Lenient; }
  const std::optional<ReadError>& error() const { return error_; }

 private:
  Repair repair_;
  std::vector<ReadError>& repairs_;
  std::optional<ReadError> error_;
};

/// Where a chunk's content lies: [begin, claimed_end) of the file, cut at the file's end.
struct TrackSpan {
  std::size_t begin;
  std::size_t claimed_end;
  int track;
};

/// Whether a chunk seems to begin at an offset, or the file ends there.
bool is_chunk_border(ByteView file, std::size_t offset);

class TrackReader {
 public:
  TrackReader(ByteView file, TrackSpan span, FaultLog& log)
      : file_(file), span_(span), at_(span.begin), limit_(span.claimed_end), log_(log) {}

  /// Reads up to End of Track. False when a fault ended it: see the log.
  bool read();
  Track take() { return std::move(track_); }
  /// The offset behind the last byte that belongs to this track.
  std::size_t offset() const { return at_; }

 private:
  enum class Step : std::uint8_t { Next, End, Failed };

  /// Reads channel messages for as long as nothing is unusual: the bulk of every file.
  void read_plain_messages();
  Step read_event();
  Step read_channel_message(std::uint8_t status);
  Step read_payload_event(std::uint8_t status);
  Step read_meta(std::size_t event_at, std::uint8_t type, ByteView payload);
  Step read_orphan(std::size_t event_at);
  Step skip_illegal(std::size_t event_at, std::uint8_t status);
  /// A variable-length quantity; none when a fault ends the track, which `stop_` then tells.
  std::optional<std::uint32_t> read_number();
  std::optional<std::uint8_t> read_data_byte();
  /// The chunk is used up: goes on behind its claimed end, or tells why not.
  bool has_more(Fault fault, std::size_t fault_at);
  bool extend();
  bool finish();
  bool tolerate(Fault fault, std::size_t offset, std::uint32_t found = 0) {
    return log_.tolerate({fault, offset, span_.track, found});
  }

  ByteView file_;
  TrackSpan span_;
  std::size_t at_;
  std::size_t limit_;
  FaultLog& log_;
  Track track_;
  Tick now_;
  std::uint8_t running_ = 0;  ///< the last channel status, or 0
  Step stop_ = Step::Next;    ///< why a read of a part of an event gave nothing
};

}  // namespace toccata::midi

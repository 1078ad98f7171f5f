// SPDX-License-Identifier: MIT
// Collects the events of a track in any order and lays them out by tick.
#pragma once

#include "bends.hpp"

#include <string_view>
#include <vector>

#include <toccata/midi/file.hpp>
#include <toccata/score/performance.hpp>

namespace toccata::midi {

/// What comes first at one tick. Within one rank, events keep the order in which they were added.
enum class Rank : std::uint8_t { Name, NoteOff, Text, Bank, Program, Control, NoteOn };

ControlMessage message_of(const ControlEvent& control);

class TrackBuilder {
 public:
  void reserve(std::size_t events) {
    releases_.reserve(events / 2);
    others_.reserve(events / 2);
    loose_.reserve(events);
  }
  void message(Tick at, Rank rank, std::uint8_t status, std::uint8_t data1,
               std::uint8_t data2 = 0) {
    place(at, rank);
    loose_.add(Tick(0), status, data1, data2);
  }
  void meta(Tick at, Rank rank, std::uint8_t type, ByteView bytes) {
    place(at, rank);
    loose_.add_meta(Tick(0), type, bytes);
  }
  void text(Tick at, Rank rank, std::uint8_t type, std::string_view words) {
    meta(at, rank, type, as_bytes(words));
  }
  void sysex(Tick at, ByteView bytes) {
    place(at, Rank::Control);
    loose_.add_sysex(Tick(0), status::kSysEx, bytes);
  }
  void control(Tick at, int channel, ControlMessage says);
  void rpn(Tick at, int channel, std::uint8_t number, std::uint8_t value);
  void program(Tick at, int channel, int program);
  /// Ranks behind note-offs, before everything else.
  void bend_back(Tick at, int channel, int bend) { bend_at(at, Rank::NoteOff, channel, bend); }
  void bend(Tick at, int channel, int bend) { bend_at(at, Rank::Control, channel, bend); }
  /// All that another one holds.
  void append(const TrackBuilder& other);
  /// An event as a file has it, without delta time. Nothing is added for bytes that are no event.
  void raw(Tick at, ByteView bytes);

  bool is_empty() const { return loose_.events().empty(); }
  /// The track, which ends at `end` or at its last event.
  Track build(Tick end) const;
  /// The events laid out, for merging into a track that there is.
  struct Placed {
    Tick at;
    Rank rank;
    std::uint32_t index;  ///< into loose()
  };
  std::vector<Placed> placed() const;
  const Track& loose() const { return loose_; }

 private:
  void bend_at(Tick at, Rank rank, int channel, int bend);
  /// What is added to `loose_` next.
  void place(Tick at, Rank rank) {
    auto& placed = rank == Rank::NoteOff ? releases_ : others_;
    placed.push_back({at, rank, static_cast<std::uint32_t>(loose_.events().size())});
  }

  // Notes come by onset, so that the others are in order already or nearly so.
  std::vector<Placed> releases_, others_;
  Track loose_;  ///< all at tick 0
};

}  // namespace toccata::midi

// SPDX-License-Identifier: MIT
#include "track_builder.hpp"

#include <algorithm>
#include <tuple>

#include <toccata/midi/read.hpp>

namespace toccata::midi {
namespace {

Rank rank_of_controller(std::uint8_t number) {
  return number == controller::kBank || number == controller::kBankFine ? Rank::Bank
                                                                        : Rank::Control;
}

Rank rank_of(const Event& event) {
  if (!event.is_channel_message()) return Rank::Text;
  if (event.is_note_off()) return Rank::NoteOff;
  if (event.is_note_on()) return Rank::NoteOn;
  if (event.kind() == status::kProgram) return Rank::Program;
  if (event.kind() == status::kControl) return rank_of_controller(event.data1);
  return Rank::Control;
}

}  // namespace

ControlMessage message_of(const ControlEvent& control) {
  return {static_cast<std::uint8_t>(control.controller.number()),
          static_cast<std::uint8_t>(control.value.number())};
}

void TrackBuilder::control(Tick at, int channel, ControlMessage says) {
  message(at, rank_of_controller(says.controller),
          static_cast<std::uint8_t>(status::kControl | channel), says.controller, says.value);
}

void TrackBuilder::rpn(Tick at, int channel, std::uint8_t number, std::uint8_t value) {
  for (const ControlMessage& step : set_rpn(number, value)) control(at, channel, step);
}

void TrackBuilder::program(Tick at, int channel, int program) {
  message(at, Rank::Program, static_cast<std::uint8_t>(status::kProgram | channel),
          static_cast<std::uint8_t>(program));
}

void TrackBuilder::bend_at(Tick at, Rank rank, int channel, int bend) {
  const int word = bend - kLowestBend;
  message(at, rank, static_cast<std::uint8_t>(status::kPitchBend | channel),
          static_cast<std::uint8_t>(word & 0x7F), static_cast<std::uint8_t>(word >> 7));
}

void TrackBuilder::append(const TrackBuilder& other) {
  for (const Placed& p : other.placed()) {
    order_.push_back({p.at, p.rank, static_cast<std::uint32_t>(order_.size())});
    loose_.add_copy(other.loose_.events()[p.index], other.loose_, Tick(0));
  }
}

void TrackBuilder::raw(Tick at, ByteView bytes) {
  Bytes chunk;  // read as the track of a file, so that only what is sound gets in
  append_text(chunk, "MThd");
  append_u32(chunk, 6);
  for (int word : {0, 1, 480}) append_u16(chunk, static_cast<std::uint16_t>(word));
  append_text(chunk, "MTrk");
  append_u32(chunk, static_cast<std::uint32_t>(bytes.size() + 5));
  chunk.push_back(0);
  chunk.insert(chunk.end(), bytes.begin(), bytes.end());
  chunk.insert(chunk.end(), {0, status::kMeta, meta::kEndOfTrack, 0});
  const auto read = read_midi(chunk);
  if (!read) return;
  for (const Event& event : read->file.tracks[0].events()) {
    order_.push_back({at, rank_of(event), static_cast<std::uint32_t>(order_.size())});
    loose_.add_copy(event, read->file.tracks[0], Tick(0));
  }
}

std::vector<TrackBuilder::Placed> TrackBuilder::placed() const {
  std::vector<Placed> sorted = order_;
  std::ranges::stable_sort(sorted, {}, [](const Placed& p) { return std::pair(p.at, p.rank); });
  return sorted;
}

Track TrackBuilder::build(Tick end) const {
  Track track;
  track.reserve(order_.size());
  for (const Placed& p : placed()) track.add_copy(loose_.events()[p.index], loose_, p.at);
  track.set_end(std::max(end, track.end()));
  return track;
}

}  // namespace toccata::midi

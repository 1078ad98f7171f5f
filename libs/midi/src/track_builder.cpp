// SPDX-License-Identifier: MIT
#include "track_builder.hpp"

#include <algorithm>
#include <iterator>

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
    place(p.at, p.rank);
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
    place(at, rank_of(event));
    loose_.add_copy(event, read->file.tracks[0], Tick(0));
  }
}

std::vector<TrackBuilder::Placed> TrackBuilder::placed() const {
  const auto before = [](const Placed& a, const Placed& b) {
    return a.at != b.at ? a.at < b.at : a.rank < b.rank;
  };
  const auto sorted = [&](std::vector<Placed> events) {
    if (!std::ranges::is_sorted(events, before)) std::ranges::stable_sort(events, before);
    return events;
  };
  const auto releases = sorted(releases_), others = sorted(others_);
  std::vector<Placed> all;
  all.reserve(releases.size() + others.size());
  std::ranges::merge(releases, others, std::back_inserter(all), before);
  return all;
}

Track TrackBuilder::build(Tick end) const {
  Track track;
  track.reserve(loose_.events().size());
  for (const Placed& p : placed()) track.add_copy(loose_.events()[p.index], loose_, p.at);
  track.set_end(std::max(end, track.end()));
  return track;
}

}  // namespace toccata::midi

// SPDX-License-Identifier: MIT
#include "sources.hpp"

#include <algorithm>
#include <array>

#include <toccata/render/part_files.hpp>
#include <toccata/render/room_send.hpp>

namespace toccata::render {
namespace {

using midi::Event;
using midi::Track;

bool is_conductors(const Event& event) {
  using namespace midi::meta;
  return event.is_meta(kTempo) || event.is_meta(kMeter) || event.is_meta(kKey) ||
         event.is_meta(kSmpteOffset);
}

bool is_room_send(const Event& event) {
  return event.is_channel_message() && event.kind() == midi::status::kControl &&
         event.data1 == kRoomController;
}

/// Tempo and meter as they are where nothing has been said: a stretch does not take them over from
/// the one before.
void add_usual(Track& conductor, Tick at) {
  constexpr std::array<std::uint8_t, 3> kTempo = {0x07, 0xA1, 0x20};
  constexpr std::array<std::uint8_t, 4> kMeter = {4, 2, 24, 8};
  conductor.add_meta(at, midi::meta::kTempo, kTempo);
  conductor.add_meta(at, midi::meta::kMeter, kMeter);
}

void add_conductors(std::span<const Track> tracks, Duration by, Track& conductor) {
  std::vector<Gathered> gathered;
  for (const Track& track : tracks)
    for (const Event& event : track.events())
      if (is_conductors(event)) gathered.push_back({&event, &track});
  std::stable_sort(gathered.begin(), gathered.end(),
                   [](const Gathered& a, const Gathered& b) { return a.event->at < b.event->at; });
  for (const Gathered& one : gathered)
    conductor.add_copy(*one.event, *one.track, one.event->at + by);
}

Track track_of(const Source& source, Duration by) {
  Track track;
  track.add_meta(Tick(0), midi::meta::kTrackName, as_bytes(source.name));
  for (const Gathered& one : gather_all(source))
    if (!is_room_send(*one.event)) track.add_copy(*one.event, *one.track, one.event->at + by);
  return track;
}

}  // namespace

std::vector<PartFile> split_parts(const midi::File& file) {
  std::vector<PartFile> parts;
  Track conductor;
  Sources sources;
  Duration by(0);
  for (const auto tracks : stretches_of(file)) {
    if (by > Duration(0) && !file.division.is_smpte()) add_usual(conductor, Tick(0) + by);
    add_conductors(tracks, by, conductor);
    for (const Source& source : sources.find(tracks)) {
      midi::File part;
      part.format = midi::Format::Simultaneous;
      part.division = file.division;
      part.tracks.push_back(track_of(source, by));
      parts.push_back({source.name, std::move(part)});
    }
    Tick end(0);
    for (const Track& track : tracks) end = std::max(end, track.end());
    by = by + (end - Tick(0));
  }
  conductor.set_end(Tick(0) + by);
  for (PartFile& part : parts) part.file.tracks.insert(part.file.tracks.begin(), conductor);
  return parts;
}

}  // namespace toccata::render

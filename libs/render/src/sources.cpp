// SPDX-License-Identifier: MIT
#include "sources.hpp"

#include <algorithm>

#include <toccata/base/utf8.hpp>
#include <toccata/sound/mix.hpp>

namespace toccata::render {
namespace {

using midi::Event;
using midi::Track;
using Channels = std::bitset<16>;

int port_of(const Track& track) {
  for (const Event& event : track.events())
    if (event.is_meta(midi::meta::kPort) && !track.payload(event).empty())
      return track.payload(event)[0];
  return 0;
}

Channels channels_with_notes(const Track& track) {
  Channels channels;
  for (const Event& event : track.events())
    if (event.is_channel_message() && event.is_note_on())
      channels.set(static_cast<std::size_t>(event.channel()));
  return channels;
}

std::string name_of(const Track& track) {
  for (const Event& event : track.events())
    if (event.is_meta(midi::meta::kTrackName)) return as_utf8(as_text(track.payload(event)));
  return {};
}

bool is_for_one_note(const Event& event) { return event.kind() <= midi::status::kKeyPressure; }

void gather(const Track& track, const Source& source, std::vector<Gathered>& into) {
  for (const Event& event : track.events()) {
    if (event.status == midi::status::kSysEx) into.push_back({&event, &track});
    if (!event.is_channel_message()) continue;
    if (!source.channels.test(static_cast<std::size_t>(event.channel()))) continue;
    if (&track == source.track || !is_for_one_note(event)) into.push_back({&event, &track});
  }
}

}  // namespace

std::vector<Gathered> gather_all(const Source& source) {
  std::vector<Gathered> gathered;
  for (const Track& track : source.tracks)
    if (&track != source.track && port_of(track) == source.port) gather(track, source, gathered);
  gather(*source.track, source, gathered);
  std::stable_sort(gathered.begin(), gathered.end(),
                   [](const Gathered& a, const Gathered& b) { return a.event->at < b.event->at; });
  return gathered;
}

std::vector<Source> Sources::find(std::span<const Track> tracks) {
  std::vector<Source> sources;
  const auto add = [&](const Track& track, const Channels& channels) {
    sources.push_back({unique_name(name_of(track)), tracks, &track, port_of(track), channels});
  };
  const bool is_alone = tracks.size() == 1;
  for (const Track& track : tracks) {
    const Channels channels = channels_with_notes(track);
    if (channels.any() && !is_alone) add(track, channels);
    for (std::size_t channel = 0; is_alone && channel < 16; ++channel)
      if (channels.test(channel)) add(track, Channels(1ULL << channel));
  }
  return sources;
}

std::string Sources::unique_name(std::string name) {
  if (name.empty()) name = "Part " + std::to_string(names_.size() + 1);
  std::string unique = name;
  const auto is_used = [&](const std::string& other) { return sound::same_name(unique, other); };
  for (int number = 2; std::any_of(names_.begin(), names_.end(), is_used); ++number)
    unique = name + " " + std::to_string(number);
  names_.push_back(unique);
  return unique;
}

std::vector<std::span<const Track>> stretches_of(const midi::File& file) {
  if (file.format != midi::Format::Sequential) return {std::span(file.tracks)};
  std::vector<std::span<const Track>> stretches;
  for (const Track& track : file.tracks) stretches.emplace_back(&track, 1);
  return stretches;
}

}  // namespace toccata::render

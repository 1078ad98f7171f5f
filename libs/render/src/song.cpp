// SPDX-License-Identifier: MIT
#include "clock.hpp"

#include <algorithm>
#include <bitset>
#include <set>

#include <toccata/render/song.hpp>

namespace toccata::render {
namespace {

using midi::Event;
using midi::Track;

using Channels = std::bitset<16>;

/// What a part takes from its file.
struct Source {
  const Track* track;
  int port;
  Channels channels;
};

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
    if (event.is_meta(midi::meta::kTrackName)) return std::string(as_text(track.payload(event)));
  return {};
}

bool is_for_one_note(const Event& event) { return event.kind() <= midi::status::kKeyPressure; }

/// One event on its way into a part: others' come before the part's own at a tick.
struct Gathered {
  const Event* event;
  const Track* track;
};

void gather(const Track& track, const Source& source, std::vector<Gathered>& into) {
  for (const Event& event : track.events()) {
    if (event.status == midi::status::kSysEx) into.push_back({&event, &track});
    if (!event.is_channel_message()) continue;
    if (!source.channels.test(static_cast<std::size_t>(event.channel()))) continue;
    if (&track == source.track || !is_for_one_note(event)) into.push_back({&event, &track});
  }
}

std::vector<Gathered> gather_all(std::span<const Track> tracks, const Source& source) {
  std::vector<Gathered> gathered;
  for (const Track& track : tracks)
    if (&track != source.track && port_of(track) == source.port) gather(track, source, gathered);
  gather(*source.track, source, gathered);
  std::stable_sort(gathered.begin(), gathered.end(),
                   [](const Gathered& a, const Gathered& b) { return a.event->at < b.event->at; });
  return gathered;
}

/// Adds the parts of tracks that sound together, from `first_seconds` on.
class Builder {
 public:
  explicit Builder(Song& song) : song_(song) {}

  void add(const midi::File& file, std::span<const Track> tracks) {
    const Clock clock(file, tracks);
    double end = first_seconds_;
    for (const Track& track : tracks) {
      end = std::max(end, first_seconds_ + clock.seconds_at(track.end()));
      const Channels channels = channels_with_notes(track);
      const bool is_alone = tracks.size() == 1;
      if (channels.any() && !is_alone) add_part(clock, tracks, {&track, port_of(track), channels});
      for (std::size_t channel = 0; is_alone && channel < 16; ++channel)
        if (channels.test(channel))
          add_part(clock, tracks, {&track, port_of(track), Channels(1ULL << channel)});
    }
    first_seconds_ = end;
  }
  double end_seconds() const { return first_seconds_; }

 private:
  void add_part(const Clock& clock, std::span<const Track> tracks, const Source& source) {
    if (song_.parts.size() > kMostParts) return;
    SongPart part{unique_name(name_of(*source.track)), {}};
    for (const Gathered& one : gather_all(tracks, source))
      part.messages.push_back(message_of(one, clock));
    song_.parts.push_back(std::move(part));
  }

  Message message_of(const Gathered& one, const Clock& clock) {
    const double seconds = std::min(first_seconds_ + clock.seconds_at(one.event->at),
                                    2 * kLongestSeconds);  // what is later is refused anyway
    return render::message_of(*one.event, *one.track, song_.rate.frames(seconds), song_.sysex);
  }

  std::string unique_name(std::string name) {
    if (name.empty()) name = "Part " + std::to_string(song_.parts.size() + 1);
    std::string unique = name;
    for (int number = 2; !names_.insert(unique).second; ++number)
      unique = name + " " + std::to_string(number);
    return unique;
  }

  Song& song_;
  std::set<std::string> names_;
  double first_seconds_ = 0;
};

}  // namespace

Result<Song, sound::Error> make_song(const midi::File& file, audio::SampleRate rate) {
  Song song{rate, {}, {}, 0};
  Builder builder(song);
  if (file.format == midi::Format::Sequential)
    for (const Track& track : file.tracks) builder.add(file, std::span(&track, 1));
  else builder.add(file, file.tracks);
  using sound::Fault;
  if (song.parts.empty()) return Unexpected{sound::Error{Fault::Silent, "the music holds no note"}};
  if (song.parts.size() > kMostParts)
    return Unexpected{sound::Error{Fault::BadMidi, "the music has more than " +
                                                       std::to_string(kMostParts) + " parts"}};
  if (builder.end_seconds() > kLongestSeconds)
    return Unexpected{
        sound::Error{Fault::TooLong, "the music lasts over an hour, the most that is rendered"}};
  song.end_frame = rate.frames(builder.end_seconds());
  return song;
}

}  // namespace toccata::render

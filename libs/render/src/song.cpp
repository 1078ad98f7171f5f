// SPDX-License-Identifier: MIT
#include "clock.hpp"
#include "sources.hpp"

#include <algorithm>

#include <toccata/render/song.hpp>

namespace toccata::render {
namespace {

using midi::Track;

/// Adds the parts of tracks that sound together, from `first_seconds` on.
class Builder {
 public:
  explicit Builder(Song& song) : song_(song) {}

  void add(const midi::File& file, std::span<const Track> tracks) {
    const Clock clock(file, tracks);
    for (const Source& source : sources_.find(tracks)) add_part(clock, source);
    double end = first_seconds_;
    for (const Track& track : tracks)
      end = std::max(end, first_seconds_ + clock.seconds_at(track.end()));
    first_seconds_ = end;
  }
  double end_seconds() const { return first_seconds_; }

 private:
  void add_part(const Clock& clock, const Source& source) {
    if (song_.parts.size() > kMostParts) return;
    SongPart part{source.name, {}};
    for (const Gathered& one : gather_all(source)) part.messages.push_back(message_of(one, clock));
    song_.parts.push_back(std::move(part));
  }

  Message message_of(const Gathered& one, const Clock& clock) {
    const double seconds = std::min(first_seconds_ + clock.seconds_at(one.event->at),
                                    2 * kLongestSeconds);  // what is later is refused anyway
    return render::message_of(*one.event, *one.track, song_.rate.frames(seconds), song_.sysex);
  }

  Song& song_;
  Sources sources_;
  double first_seconds_ = 0;
};

}  // namespace

Result<Song, sound::Error> make_song(const midi::File& file, audio::SampleRate rate) {
  Song song{rate, {}, {}, 0};
  Builder builder(song);
  for (const auto tracks : stretches_of(file)) builder.add(file, tracks);
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

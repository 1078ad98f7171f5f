// SPDX-License-Identifier: MIT
// Real time of a MIDI file's ticks.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include <toccata/midi/file.hpp>
#include <toccata/render/song.hpp>

namespace toccata::render {

/// Real time of a file's ticks.
class Clock {
 public:
  Clock(const midi::File& file, std::span<const midi::Track> tracks) : tempo_(kComposedPpq) {
    if (file.division.is_smpte()) {
      const int frames = file.division.frames();
      const double rate = frames == 29 ? 30000.0 / 1001 : frames;
      tick_seconds_ = 1 / (rate * file.division.ticks_per_frame());
      return;
    }
    std::vector<TempoChange> changes;
    for (const midi::Track& track : tracks)
      for (const midi::Event& event : track.events())
        if (event.is_meta(midi::meta::kTempo))
          if (const auto tempo = midi::find_tempo(track.payload(event)))
            changes.push_back({event.at, *tempo});
    std::stable_sort(changes.begin(), changes.end(),
                     [](const TempoChange& a, const TempoChange& b) { return a.at < b.at; });
    tempo_ = TempoMap(file.division.ppq(), std::move(changes));
  }
  double seconds_at(Tick at) const {
    return tick_seconds_ > 0 ? static_cast<double>(at.ticks()) * tick_seconds_
                             : tempo_.seconds_at(at).value();
  }
  const TempoMap& tempo() const { return tempo_; }

 private:
  double tick_seconds_ = 0;  ///< where ticks are parts of film frames
  TempoMap tempo_;
};

/// An event as a message; what it points to is kept in `sysex`.
inline Message message_of(const midi::Event& event, const midi::Track& track, std::size_t frame,
                          std::vector<std::unique_ptr<Bytes>>& sysex) {
  Message message{frame, event.status, event.data1, event.data2, nullptr};
  if (event.status == midi::status::kSysEx) {
    ByteView payload = track.payload(event);
    if (!payload.empty() && payload.back() == 0xF7) payload = payload.first(payload.size() - 1);
    sysex.push_back(std::make_unique<Bytes>(payload.begin(), payload.end()));
    message.data1 = message.data2 = 0;
    message.sysex = sysex.back().get();
  }
  return message;
}

}  // namespace toccata::render

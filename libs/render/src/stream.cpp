// SPDX-License-Identifier: MIT
#include "clock.hpp"

#include <cmath>

#include <toccata/render/stream.hpp>
#include <toccata/timeline/meter.hpp>

namespace toccata::render {
namespace {

using midi::Event;
using midi::Track;

/// An event on its way into the stream. What comes before the notes of its tick has phase 0.
struct Gathered {
  const Event* event;
  const Track* track;
  int phase;
};

std::vector<Gathered> gather(std::span<const Track> tracks) {
  std::vector<Gathered> gathered;
  for (const Track& track : tracks) {
    Tick at;
    bool has_note = false;  // since `at`
    for (const Event& event : track.events()) {
      if (event.at != at) has_note = false;
      at = event.at;
      const bool is_message = event.is_channel_message() || event.status == midi::status::kSysEx;
      if (!is_message) continue;
      has_note = has_note || (event.is_channel_message() && event.is_note_on());
      gathered.push_back({&event, &track, has_note ? 1 : 0});
    }
  }
  std::stable_sort(gathered.begin(), gathered.end(), [](const Gathered& a, const Gathered& b) {
    return a.event->at != b.event->at ? a.event->at < b.event->at : a.phase < b.phase;
  });
  return gathered;
}

/// Appends tracks that sound together, from where the ones before ended.
class Builder {
 public:
  explicit Builder(Stream& stream) : stream_(stream) {
    stream_.tempi.push_back({});
    stream_.meters.push_back({});
  }

  void add(const midi::File& file, std::span<const Track> tracks) {
    const Clock clock(file, tracks);
    add_tempi(file, clock);
    for (const Track& track : tracks) add_meters(track, clock);
    for (const Gathered& one : gather(tracks)) add_message(one, clock);
    double end = first_seconds_;
    for (const Track& track : tracks)
      end = std::max(end, first_seconds_ + clock.seconds_at(track.end()));
    first_seconds_ = end;
  }
  double end_seconds() const { return first_seconds_; }
  bool has_notes() const { return has_notes_; }

 private:
  double quarter_at(double seconds) const {
    const TempoPoint& last = stream_.tempi.back();
    return last.quarter + (seconds - last.seconds) * last.tempo_bpm / 60;
  }

  void add_tempi(const midi::File& file, const Clock& clock) {
    const auto add = [&](double seconds, double tempo_bpm) {
      const TempoPoint point{seconds, quarter_at(seconds), tempo_bpm};
      if (stream_.tempi.back().seconds == seconds) stream_.tempi.back() = point;
      else stream_.tempi.push_back(point);
    };
    add(first_seconds_, kDefaultTempo.bpm());
    if (file.division.is_smpte()) return;
    for (const TempoChange& change : clock.tempo().changes())
      add(first_seconds_ + clock.seconds_at(change.at), change.tempo.bpm());
  }

  void add_meters(const Track& track, const Clock& clock) {
    for (const Event& event : track.events()) {
      if (!event.is_meta(midi::meta::kMeter)) continue;
      const ByteView payload = track.payload(event);
      if (payload.size() < 2 || payload[1] > 7) continue;
      const auto meter = Meter::make(payload[0], 1 << payload[1]);
      if (meter) add_meter(first_seconds_ + clock.seconds_at(event.at), *meter);
    }
  }
  void add_meter(double seconds, const Meter& meter) {
    const double quarter = position_in_tempi(seconds);
    const MeterPoint& last = stream_.meters.back();
    if (quarter < last.quarter) return;  // of a second track that has meters too
    const double bar = 4.0 * last.pulses / last.unit;
    const double bars = std::min(std::ceil((quarter - last.quarter) / bar - 1e-6), 1e9);
    const MeterPoint point{quarter, last.bar + static_cast<int>(bars), meter.pulses(),
                           meter.unit()};
    if (bars <= 0) stream_.meters.back() = point;
    else stream_.meters.push_back(point);
  }
  double position_in_tempi(double seconds) const {
    auto after = std::upper_bound(stream_.tempi.begin(), stream_.tempi.end(), seconds,
                                  [](double s, const TempoPoint& t) { return s < t.seconds; });
    const TempoPoint& tempo = *std::prev(after);
    return tempo.quarter + (seconds - tempo.seconds) * tempo.tempo_bpm / 60;
  }

  void add_message(const Gathered& one, const Clock& clock) {
    const double seconds = std::min(first_seconds_ + clock.seconds_at(one.event->at),
                                    2 * kLongestSeconds);  // what is later is refused anyway
    stream_.messages.push_back(
        message_of(*one.event, *one.track, stream_.rate.frames(seconds), stream_.sysex));
    has_notes_ = has_notes_ || (one.event->is_channel_message() && one.event->is_note_on());
  }

  Stream& stream_;
  double first_seconds_ = 0;
  bool has_notes_ = false;
};

}  // namespace

Position Stream::position_at(std::size_t frame) const {
  const double seconds = static_cast<double>(frame) / rate.hertz();
  const auto tempo = std::prev(
      std::upper_bound(tempi.begin() + 1, tempi.end(), seconds,
                       [](double s, const TempoPoint& point) { return s < point.seconds; }));
  const double quarter = tempo->quarter + (seconds - tempo->seconds) * tempo->tempo_bpm / 60;
  const auto meter = std::prev(
      std::upper_bound(meters.begin() + 1, meters.end(), quarter + 1e-9,
                       [](double q, const MeterPoint& point) { return q < point.quarter; }));
  const double bar = 4.0 * meter->pulses / meter->unit;
  const double bars = std::floor((quarter - meter->quarter) / bar + 1e-9);
  return {frame,
          quarter,
          meter->quarter + bars * bar,
          meter->bar + static_cast<int>(bars),
          tempo->tempo_bpm,
          meter->pulses,
          meter->unit};
}

Result<Stream, sound::Error> make_stream(const midi::File& file, audio::SampleRate rate) {
  Stream stream{rate, {}, {}, {}, {}, 0};
  Builder builder(stream);
  if (file.format == midi::Format::Sequential)
    for (const Track& track : file.tracks) builder.add(file, std::span(&track, 1));
  else builder.add(file, file.tracks);
  using sound::Fault;
  if (!builder.has_notes())
    return Unexpected{sound::Error{Fault::Silent, "the music holds no note"}};
  if (builder.end_seconds() > kLongestSeconds)
    return Unexpected{
        sound::Error{Fault::TooLong, "the music lasts over an hour, the most that is rendered"}};
  stream.end_frame = rate.frames(builder.end_seconds());
  return stream;
}

}  // namespace toccata::render

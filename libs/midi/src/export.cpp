// SPDX-License-Identifier: MIT
#include "conductor.hpp"
#include "part_tracks.hpp"

#include <algorithm>

#include <toccata/midi/export.hpp>

namespace toccata::midi {
namespace {

class Writer {
 public:
  Writer(const Score& score, const Performance& performance, const WriteOptions& options)
      : score_(score),
        performance_(performance),
        options_(options),
        tracks_(score.parts.size()),
        channels_(score.parts.size()) {}

  Result<File, WriteError> write() {
    TOCCATA_TRY(layout_, plan_layout(score_, performance_, options_.microtones));
    find_channels();
    for (std::size_t i = 0; i < tracks_.size(); ++i) begin_part(i);
    for (const Voices& v : layout_.voices) tune(v);
    add_controls();
    for (const auto& notes : layout_.drums)
      for (const SoundingNote& note : notes)
        add_note(tracks_[note.part], note, kDrumChannel.number());
    for (const Voices& v : layout_.voices) {
      if (options_.microtones != Microtones::Mts) add_bent_notes(tracks_, v);
      else TOCCATA_CHECK(add_retuned_notes(tracks_, v, score_));
    }
    return finish();
  }

 private:
  void find_channels();
  void begin_part(std::size_t part);
  void tune(const Voices& voices);
  void add_controls();
  void add_carried(TrackBuilder& conductor);
  /// The part whose track holds what came from this place of a file; none for the first track's.
  std::optional<std::size_t> find_home(const CarriedEvent& event) const;
  File finish();
  Program program_of(const Part& part) const;

  const Score& score_;
  const Performance& performance_;
  const WriteOptions& options_;
  Layout layout_;
  std::vector<TrackBuilder> tracks_;        ///< of the parts, in order
  std::vector<std::vector<int>> channels_;  ///< of the parts, in order
};

void Writer::find_channels() {
  for (const Voices& v : layout_.voices)
    for (std::size_t part : v.parts) channels_[part] = v.channels;
  for (std::size_t i = 0; i < channels_.size(); ++i)
    if (score_.parts[i].instrument.is_drums) channels_[i] = {kDrumChannel.number()};
}

/// One channel has one kit: that of the first drum part.
Program Writer::program_of(const Part& part) const {
  if (!part.instrument.is_drums) return part.instrument.program;
  return std::ranges::find_if(score_.parts, [](const Part& p) { return p.instrument.is_drums; })
      ->instrument.program;
}

void Writer::begin_part(std::size_t part) {
  TrackBuilder& track = tracks_[part];
  track.reserve(2 * score_.parts[part].notes.size() + 64);  // some bends and controllers besides
  track.text(Tick(0), Rank::Name, meta::kTrackName, score_.parts[part].name);
  const int program = program_of(score_.parts[part]).number();
  for (int channel : channels_[part]) track.program(Tick(0), channel, program);
}

void Writer::tune(const Voices& voices) {
  if (farthest_bend(voices.notes) == Cents() && options_.microtones != Microtones::Mpe) return;
  TrackBuilder& track = tracks_[voices.parts.front()];
  if (options_.microtones == Microtones::Mts) {
    const int channel = voices.channels.front();
    return track.rpn(Tick(0), channel, rpn::kTuningProgram, static_cast<std::uint8_t>(channel));
  }
  if (options_.microtones == Microtones::Mpe) {
    const int manager = voices.channels.front() == 1 ? 0 : 15;
    track.rpn(Tick(0), manager, rpn::kMpeZone, static_cast<std::uint8_t>(voices.channels.size()));
    track.program(Tick(0), manager, score_.parts[voices.parts.front()].instrument.program.number());
  }
  for (int channel : voices.channels)
    track.rpn(Tick(0), channel, rpn::kBendRange, static_cast<std::uint8_t>(layout_.bend_range));
}

void Writer::add_controls() {
  for (const ControlEvent& control : performance_.controls) {
    const auto part = std::ranges::find(score_.parts, control.part, &Part::id);
    if (part == score_.parts.end()) continue;
    const auto index = static_cast<std::size_t>(part - score_.parts.begin());
    for (int channel : channels_[index])
      tracks_[index].control(std::max(control.at, Tick(0)), channel, message_of(control));
  }
}

std::optional<std::size_t> Writer::find_home(const CarriedEvent& event) const {
  const bool has_channel = event.bytes[0] < status::kSysEx;
  for (std::size_t i = 0; i < score_.parts.size(); ++i) {
    const auto& place = score_.parts[i].place;
    if (!place || place->track != event.track) continue;
    if (!has_channel || place->channel.number() == (event.bytes[0] & 0x0F)) return i;
  }
  return std::nullopt;
}

void Writer::add_carried(TrackBuilder& conductor) {
  for (const CarriedEvent& event : score_.carried) {
    if (event.bytes.size() < 2 || event.bytes[0] < 0x80) continue;
    const bool is_meta = event.bytes[0] == status::kMeta;
    if (is_meta && (event.bytes[1] == meta::kChannelPrefix || event.bytes[1] == meta::kPort))
      continue;  // they tell of a layout of tracks that this file has not
    const auto home = find_home(event);
    const bool has_channel = event.bytes[0] < status::kSysEx;
    const Tick at = std::max(event.at, Tick(0));
    if (!has_channel) {
      (home ? tracks_[*home] : conductor).raw(at, event.bytes);
    } else if (home) {
      for (int channel : channels_[*home]) {
        Bytes moved = event.bytes;
        moved[0] = static_cast<std::uint8_t>((moved[0] & 0xF0) | channel);
        tracks_[*home].raw(at, moved);
      }
    }
  }
}

File Writer::finish() {
  TrackBuilder conductor;
  add_conductor(conductor, score_, performance_);
  add_carried(conductor);
  File file{Format::Simultaneous, Division(score_.ppq()), {}, {}, {}, {}};
  file.tracks.push_back(conductor.build(score_.end));
  for (const TrackBuilder& track : tracks_) file.tracks.push_back(track.build(score_.end));
  return file;
}

}  // namespace

Result<File, WriteError> from_score(const Score& score, const Performance& performance,
                                    const WriteOptions& options) {
  return Writer(score, performance, options).write();
}

}  // namespace toccata::midi

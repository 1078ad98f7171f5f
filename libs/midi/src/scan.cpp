// SPDX-License-Identifier: MIT
#include "scan.hpp"

#include "bends.hpp"
#include "sounding.hpp"

#include <algorithm>

namespace toccata::midi {
namespace {

constexpr std::size_t kKeys = 16 * 128;

class TrackScanner {
 public:
  TrackScanner(const File& file, std::uint32_t track, Tick onset, FileScan& out)
      : track_(file.tracks[track]), number_(track), out_(out), shift_(onset - Tick(0)) {
    scan_.onset = onset;
    first_open_.fill(kNone);
    last_open_.fill(kNone);
  }
  TrackScan run();

 private:
  void add_channel_message(const Event& event, std::uint32_t index);
  void add_other(const Event& event, std::uint32_t index);
  void open(const Event& event, std::uint32_t index);
  void close(const Event& event, std::uint32_t index);
  void add_control(const Event& event, EventRef ref);
  void end_open_notes();
  static std::size_t key_of(const Event& event) {
    return static_cast<std::size_t>(event.channel()) << 7 | event.data1;
  }

  const Track& track_;
  std::uint32_t number_;
  FileScan& out_;
  Duration shift_;
  TrackScan scan_;
  std::array<std::uint32_t, kKeys> first_open_;  ///< of each channel and key, the note to end next
  std::array<std::uint32_t, kKeys> last_open_;
};

TrackScan TrackScanner::run() {
  const auto events = track_.events();
  scan_.notes.reserve(events.size() / 2);
  for (std::uint32_t i = 0; i < events.size(); ++i) {
    if (events[i].is_channel_message()) add_channel_message(events[i], i);
    else add_other(events[i], i);
  }
  end_open_notes();
  return std::move(scan_);
}

void TrackScanner::add_channel_message(const Event& event, std::uint32_t index) {
  switch (event.kind()) {
    case status::kNoteOn:
      if (event.data2 != 0) return open(event, index);
      [[fallthrough]];
    case status::kNoteOff: return close(event, index);
    case status::kControl: return add_control(event, {number_, index});
    case status::kPitchBend:
      out_.bent_channels = static_cast<std::uint16_t>(out_.bent_channels | 1 << event.channel());
      out_.tuning.push_back({number_, index});
      return;
    case status::kProgram: {
      auto& program = scan_.programs[static_cast<std::size_t>(event.channel())];
      if (program) break;
      program = event.data1;
      return;
    }
    default: break;
  }
  out_.others.push_back({number_, index});
}

void TrackScanner::add_control(const Event& event, EventRef ref) {
  out_.controls.push_back(ref);
  const auto number = event.data1;
  if (number == controller::kDataEntry || number == controller::kDataEntryFine ||
      (number >= controller::kNrpnFine && number <= controller::kRpn))
    out_.tuning.push_back(ref);
}

void TrackScanner::open(const Event& event, std::uint32_t index) {
  const auto note = static_cast<std::uint32_t>(scan_.notes.size());
  scan_.channels = static_cast<std::uint16_t>(scan_.channels | 1 << event.channel());
  scan_.notes.push_back({event.at + shift_, Tick(), index, kNone, kNone,
                         static_cast<std::uint8_t>(event.channel()), event.data1, event.data2,
                         kNoRelease});
  const std::size_t key = key_of(event);
  if (first_open_[key] == kNone) first_open_[key] = note;
  else scan_.notes[last_open_[key]].next = note;
  last_open_[key] = note;
}

void TrackScanner::close(const Event& event, std::uint32_t index) {
  std::uint32_t& first = first_open_[key_of(event)];
  if (first == kNone) return;
  RawNote& note = scan_.notes[first];
  note.off = event.at + shift_;
  note.off_index = index;
  if (event.kind() == status::kNoteOff) note.release = event.data2;
  first = note.next;
}

void TrackScanner::end_open_notes() {
  const Tick end = track_.end() + shift_;
  for (std::uint32_t first : first_open_)
    for (std::uint32_t note = first; note != kNone; note = scan_.notes[note].next)
      scan_.notes[note].off = end;
}

void TrackScanner::add_other(const Event& event, std::uint32_t index) {
  const EventRef ref{number_, index};
  if (event.status == status::kSysEx && is_retuning(track_.payload(event))) {
    out_.retunings.push_back(ref);
    return;
  }
  if (event.status != status::kMeta) {
    out_.others.push_back(ref);
    return;
  }
  switch (event.data1) {
    case meta::kTempo:
    case meta::kMeter:
    case meta::kKey:
    case meta::kMarker:
    case meta::kText: out_.conductor.push_back(ref); return;
    case meta::kTrackName:
      if (scan_.name) break;
      scan_.name = ref;
      return;
    default: break;
  }
  out_.others.push_back(ref);
}

}  // namespace

bool is_retuning(ByteView payload) {
  return payload.size() >= 11 && payload[0] == 0x7F && payload[2] == 8 && payload[3] == 2 &&
         payload.size() == 7u + 4u * payload[5] && payload.back() == 0xF7;
}

void sort_by_tick(std::vector<EventRef>& refs, const File& file, const FileScan& scan) {
  const auto earlier = [&](EventRef a, EventRef b) {
    return tick_of(file, scan, a) < tick_of(file, scan, b);
  };
  if (!std::ranges::is_sorted(refs, earlier)) std::ranges::stable_sort(refs, earlier);
}

FileScan scan(const File& file) {
  FileScan out;
  out.tracks.reserve(file.tracks.size());
  Tick onset;
  for (std::uint32_t i = 0; i < file.tracks.size(); ++i) {
    out.tracks.push_back(TrackScanner(file, i, onset, out).run());
    if (file.format == Format::Sequential) onset += file.tracks[i].end() - Tick(0);
  }
  for (auto* refs : {&out.controls, &out.tuning, &out.retunings, &out.conductor, &out.others})
    sort_by_tick(*refs, file, out);
  return out;
}

}  // namespace toccata::midi

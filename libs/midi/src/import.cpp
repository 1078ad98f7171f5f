// SPDX-License-Identifier: MIT
#include "bends.hpp"
#include "conductor_in.hpp"
#include "event_bytes.hpp"
#include "roles.hpp"
#include "sounding.hpp"
#include "tuning_in.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include <toccata/base/utf8.hpp>
#include <toccata/midi/import.hpp>

namespace toccata::midi {
namespace {

constexpr std::size_t kMostParts = 65'535;

class Importer {
 public:
  explicit Importer(const File& file) : file_(file), scan_(scan(file)) {
    tuning_ = read_tuning(file_, scan_);
    part_of_.resize(file.tracks.size());
    for (auto track = scan_.tracks.rbegin(); track != scan_.tracks.rend(); ++track)
      for (std::size_t channel = 0; channel < 16; ++channel)
        any_program_[channel] = track->programs[channel].value_or(any_program_[channel]);
  }
  Import run();

 private:
  void add_parts(std::uint32_t track);
  void add_part(std::uint32_t track, std::uint16_t channels);
  /// Channels of a track among which the notes of one part rotate.
  std::uint16_t rotating_channels(std::uint32_t track) const;
  void add_notes(Part& part, std::uint32_t track, std::uint16_t channels);
  void add_note(Note& note, std::uint32_t track, std::uint32_t index);
  void collect_in_order(std::uint32_t track, std::uint16_t channels);
  void add_controls();
  bool is_repeated(const ControlEvent& control, int channel) const;
  std::uint8_t program_of(std::uint32_t track, std::size_t channel) const;
  void add_carried();
  void carry(EventRef ref);
  void carry_retunings();
  std::string name_of_track(std::uint32_t track) const;
  std::string name_of_part(std::uint32_t track, int channel) const;
  std::optional<PartId> part_at(std::uint32_t track, int channel) const;
  void finish();

  const File& file_;
  FileScan scan_;
  FileTuning tuning_;
  Import out_;
  std::vector<std::array<PartId, 16>> part_of_;  ///< of each track and channel; 0 where none
  std::array<PartId, 16> first_part_of_{};       ///< of each channel in any track
  std::array<std::uint8_t, 16> any_program_{};   ///< of each channel, the first of any track
  std::vector<EventRef> rest_;
  std::vector<std::uint32_t> order_;  ///< of one part's notes
  Extent extent_;
  std::uint32_t last_id_ = 0;
  Note blank_note_;
  PlayedNote blank_played_{};
};

std::string Importer::name_of_track(std::uint32_t track) const {
  const auto& name = scan_.tracks[track].name;
  return name ? as_utf8(as_text(payload_of(file_, *name))) : std::string();
}

std::string Importer::name_of_part(std::uint32_t track, int channel) const {
  const bool is_only = std::has_single_bit(scan_.tracks[track].channels);
  std::string name = name_of_track(track);
  if (!name.empty() && (is_only || file_.format != Format::SingleTrack)) return name;
  if (channel == kDrumChannel.number()) return "Drums";
  if (file_.format == Format::SingleTrack) return "Channel " + std::to_string(channel + 1);
  return "Track " + std::to_string(track + 1);
}

std::uint16_t Importer::rotating_channels(std::uint32_t track) const {
  const TrackScan& scan = scan_.tracks[track];
  if (tuning_.detuned[track] == 0 && !tuning_.has_zone[track]) return 0;
  std::uint16_t same = 0;
  std::optional<int> program;
  for (int channel = 0; channel < 16; ++channel) {
    const int bit = 1 << channel;
    if ((scan.channels & bit) == 0 || channel == kDrumChannel.number()) continue;
    const bool is_bent = (scan_.bent_channels & bit) != 0;
    if (is_bent && (tuning_.understood[track] & bit) == 0) return 0;
    const int own = scan.programs[static_cast<std::size_t>(channel)].value_or(0);
    if (program.value_or(own) != own) return 0;
    program = own;
    same = static_cast<std::uint16_t>(same | bit);
  }
  return same;
}

void Importer::add_parts(std::uint32_t track) {
  const std::uint16_t rotating = rotating_channels(track);
  for (int channel = 0; channel < 16; ++channel) {
    const auto bit = static_cast<std::uint16_t>(1 << channel);
    if ((scan_.tracks[track].channels & bit) == 0) continue;
    if ((rotating & bit) == 0) add_part(track, bit);
    else if (std::countr_zero(rotating) == channel) add_part(track, rotating);
  }
}

/// A track may leave it to another one to choose the program of its channel.
std::uint8_t Importer::program_of(std::uint32_t track, std::size_t channel) const {
  if (const auto own = scan_.tracks[track].programs[channel]) return *own;
  return file_.format == Format::Simultaneous ? any_program_[channel] : std::uint8_t{0};
}

void Importer::add_part(std::uint32_t track, std::uint16_t channels) {
  auto& parts = out_.score.parts;
  if (parts.size() == kMostParts) return;  // ids end here; the notes stay in the file
  const int first = std::countr_zero(channels);
  const bool is_drums = first == kDrumChannel.number();
  const auto program = program_of(track, static_cast<std::size_t>(first));
  Part& part = parts.emplace_back();
  part.id = PartId(static_cast<std::uint16_t>(parts.size()));
  part.name = name_of_part(track, first);
  part.instrument = {Program::clamped(program), is_drums};
  part.role = guess_role(part.name, part.instrument);
  part.place = FilePlace{static_cast<int>(track), Channel::clamped(first)};
  for (int channel = first; channel < 16; ++channel) {
    if ((channels & 1 << channel) == 0) continue;
    const auto index = static_cast<std::size_t>(channel);
    part_of_[track][index] = part.id;
    if (first_part_of_[index] == PartId()) first_part_of_[index] = part.id;
  }
  add_notes(part, track, channels);
}

/// The notes of some channels, sorted by onset and pitch, into order_.
void Importer::collect_in_order(std::uint32_t track, std::uint16_t channels) {
  const auto& notes = scan_.tracks[track].notes;
  order_.clear();
  for (std::uint32_t i = 0; i < notes.size(); ++i)
    if ((channels & 1 << notes[i].channel) != 0) order_.push_back(i);
  const auto pitch_of = [&](std::uint32_t i) { return notes[i].pitch; };
  for (auto chord = order_.begin(); chord != order_.end();) {
    auto end = chord + 1;
    bool is_sorted = true;
    for (; end != order_.end() && notes[*end].on == notes[*chord].on; ++end)
      is_sorted = is_sorted && pitch_of(*(end - 1)) <= pitch_of(*end);
    if (!is_sorted) std::ranges::stable_sort(chord, end, {}, pitch_of);
    chord = end;
  }
}

void Importer::add_notes(Part& part, std::uint32_t track, std::uint16_t channels) {
  collect_in_order(track, channels);
  part.notes.reserve(order_.size());
  for (std::uint32_t index : order_) {
    part.notes.push_back(blank_note_);
    add_note(part.notes.back(), track, index);
  }
}

/// Copies of blanks are filled in where they lie: to build each note elsewhere takes twice as long.
void Importer::add_note(Note& note, std::uint32_t track, std::uint32_t index) {
  const RawNote& raw = scan_.tracks[track].notes[index];
  const Duration duration = std::max(raw.off - raw.on, Duration(1));
  note.id = NoteId(last_id_ + 1);
  note.onset = raw.on;
  note.duration = duration;
  note.pitch = Pitch::folded_into_range(raw.pitch);
  if (!tuning_.notes[track].empty()) {
    note.detune = tuning_.notes[track][index].detune;
    note.glide = tuning_.notes[track][index].glide;
  }
  PlayedNote& played = out_.performance.notes.emplace_back(blank_played_);
  played.note = note.id;
  played.sounding = duration;
  played.velocity = Velocity::clamped(raw.velocity);
  if (raw.release != kNoRelease) played.release = ControlValue::clamped(raw.release);
  NoteLink& link = out_.links.notes.emplace_back();
  link.track = track;
  link.on = raw.on_index;
  if (raw.off_index != kNone) link.off = raw.off_index;
  ++last_id_;
  extent_.last_onset = std::max(extent_.last_onset, raw.on);
  extent_.last_end = std::max(extent_.last_end, raw.on + duration);
}

std::optional<PartId> Importer::part_at(std::uint32_t track, int channel) const {
  const auto index = static_cast<std::size_t>(channel);
  for (PartId id : {part_of_[track][index], first_part_of_[index]})
    if (id != PartId()) return id;
  return std::nullopt;
}

void Importer::add_controls() {
  auto& controls = out_.performance.controls;
  controls.reserve(scan_.controls.size());
  for (EventRef ref : scan_.controls) {
    const Event& event = event_of(file_, ref);
    if (is_understood(tuning_, ref.track, event)) continue;
    const auto part = part_at(ref.track, event.channel());
    if (!part) {
      rest_.push_back(ref);
      continue;
    }
    const ControlEvent control{*part, tick_of(file_, scan_, ref), Controller::clamped(event.data1),
                               ControlValue::clamped(event.data2)};
    if (!is_repeated(control, event.channel())) controls.push_back(control);
  }
}

/// Rotating channels are told the same at the same tick: their part is told once.
bool Importer::is_repeated(const ControlEvent& control, int channel) const {
  constexpr std::ptrdiff_t kFarthest = 256;  // bounds the work where a tick holds very many
  const Part& part = out_.score.parts[control.part.number() - 1u];
  if (part.place->channel.number() == channel) return false;
  const auto& controls = out_.performance.controls;
  const auto begin = controls.end() - std::min<std::ptrdiff_t>(kFarthest, std::ssize(controls));
  return std::find(begin, controls.end(), control) != controls.end();
}

void Importer::carry(EventRef ref) {
  const Event& event = event_of(file_, ref);
  if (is_understood(tuning_, ref.track, event)) return;
  CarriedEvent carried{static_cast<int>(ref.track), tick_of(file_, scan_, ref), {}};
  carried.bytes = bytes_of(event, payload_of(file_, ref));
  out_.score.carried.push_back(std::move(carried));
}

void Importer::add_carried() {
  for (EventRef ref : scan_.others) rest_.push_back(ref);
  for (EventRef ref : scan_.tuning)
    if (event_of(file_, ref).kind() == status::kPitchBend) rest_.push_back(ref);
  const bool in_tune = std::ranges::all_of(tuning_.notes, [](const auto& n) { return n.empty(); });
  if (in_tune) rest_.insert(rest_.end(), scan_.retunings.begin(), scan_.retunings.end());
  for (std::uint32_t t = 0; t < scan_.tracks.size(); ++t) {
    const TrackScan& track = scan_.tracks[t];
    if (track.channels == 0 && track.name && t > 0) rest_.push_back(*track.name);
  }
  const auto place = [](EventRef ref) { return std::tuple(ref.track, ref.index); };
  std::ranges::sort(rest_, {}, place);
  sort_by_tick(rest_, file_, scan_);
  for (EventRef ref : rest_) carry(ref);
}

void Importer::finish() {
  const bool has_conductor = !file_.tracks.empty() && scan_.tracks[0].channels == 0;
  if (has_conductor && file_.format == Format::Simultaneous)
    extent_.conductor_end = file_.tracks[0].end();
  if (has_conductor || file_.format == Format::SingleTrack)
    out_.score.title = file_.tracks.empty() ? "" : name_of_track(0);
  if (extent_.last_end > Tick(0)) out_.score.end = end_of_bars(out_.score.meter, extent_);
  out_.performance.tempo = out_.score.tempo;
}

Import Importer::run() {
  std::size_t notes = 0;
  for (const TrackScan& track : scan_.tracks) notes += track.notes.size();
  out_.performance.notes.reserve(notes);
  out_.links.notes.reserve(notes);
  for (const TrackScan& track : scan_.tracks) out_.links.track_onset.push_back(track.onset);
  read_conductor(out_.score, file_, scan_, rest_);
  for (std::uint32_t track = 0; track < file_.tracks.size(); ++track) add_parts(track);
  add_controls();
  add_carried();
  finish();
  return std::move(out_);
}

}  // namespace

Import to_score(const File& file) { return Importer(file).run(); }

}  // namespace toccata::midi

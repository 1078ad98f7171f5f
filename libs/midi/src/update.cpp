// SPDX-License-Identifier: MIT
#include <toccata/midi/update.hpp>

#include <algorithm>
#include <map>

#include "conductor.hpp"
#include "new_parts.hpp"
#include "placer.hpp"
#include "track_merge.hpp"

namespace toccata::midi {
namespace {

using Done = Result<void, WriteError>;

class Updater {
 public:
  Updater(const File& original, const Import& before, const Score& after,
          const Performance& performance, std::optional<Tick> until)
      : file_(original),
        before_(before),
        after_(after),
        performance_(performance),
        until_(until),
        scan_(scan(original)),
        tuning_(read_tuning(original, scan_)),
        edits_(original.tracks.size()) {}

  Result<File, WriteError> run();

 private:
  void remove(EventRef ref) { edits_[ref.track].remove(ref.index, file_.tracks[ref.track]); }
  void remove_note(NoteId id);
  void revoice(const Revoiced& note);
  Tick in_file(Tick at, std::size_t track) const {
    return std::max(at - (before_.links.track_onset[track] - Tick(0)), Tick(0));
  }
  /// New provenance stands at the first change that this is told of.
  void note_change(std::size_t track, Tick at);
  static std::size_t track_of(const Part& part) {
    return static_cast<std::size_t>(part.place->track);
  }
  void set_up_clocks();
  PartChannels channels_of(const Part& part) const;
  Done add_to_parts();
  Done add_note(const SoundingNote& note, PartChannels& channels);
  void set_up_channel(const Part& part, int channel, Tick at, int bend_range);
  void add_bends(const SoundingNote& note, const Placer::Place& place, std::size_t track);
  Done rewrite_tuned_part(std::size_t part);
  void remove_part(PartId id);
  void add_rewritten(Voices voices, std::size_t own, int bend_range);
  Done add_new_parts();
  void remove_controls();
  void add_controls();
  void update_tempo();
  void add_provenance();
  File merged() const;

  const File& file_;
  const Import& before_;
  const Score& after_;
  const Performance& performance_;
  std::optional<Tick> until_;
  FileScan scan_;
  FileTuning tuning_;
  EditPlan plan_;
  std::array<ChannelClock, 16> clocks_;
  std::optional<Placer> placer_;
  int extra_range_ = kUsualBendRange;
  std::vector<TrackEdit> edits_;
  std::vector<TrackBuilder> new_tracks_;
  struct Change {
    std::size_t track;
    Tick at;
  };
  std::optional<Change> first_change_;  ///< where notes were added or taken out
};

void Updater::remove_note(NoteId id) {
  const NoteLink& link = before_.links.notes[id.number() - 1];
  remove({link.track, link.on});
  if (link.off) remove({link.track, *link.off});
  note_change(link.track, file_.tracks[link.track].events()[link.on].at);
}

void Updater::revoice(const Revoiced& note) {
  const NoteLink& link = before_.links.notes[note.id.number() - 1];
  edits_[link.track].velocities[link.on] = note.velocity;
  note_change(link.track, file_.tracks[link.track].events()[link.on].at);
}

void Updater::note_change(std::size_t track, Tick at) {
  if (!first_change_ || at < first_change_->at) first_change_ = Change{track, at};
}

void Updater::set_up_clocks() {
  std::vector<std::vector<EventRef>> tuning(clocks_.size());
  for (EventRef ref : scan_.tuning)
    tuning[static_cast<std::size_t>(event_of(file_, ref).channel())].push_back(ref);
  for (std::size_t channel = 0; channel < clocks_.size(); ++channel)
    clocks_[channel].set_bends(
        bend_points(file_, scan_, tuning[channel], 100.0 * kUsualBendRange, Redundant::Keep));
  for (const KeptNote& kept : plan_.kept)
    clocks_[static_cast<std::size_t>(kept.channel)].add_kept(kept.span, kept.pitch);
  int range = kUsualBendRange;  // of channels that are taken for tuned notes
  for (const PartEdit& edit : plan_.parts)
    range = std::max(range, bend_range_for(farthest_bend(edit.added)).value_or(0));
  extra_range_ = range;
  placer_.emplace(clocks_, plan_.free_channels, after_.ppq().quarter() / 4, range, until_);
}

PartChannels Updater::channels_of(const Part& part) const {
  PartChannels channels;
  const auto track = track_of(part);
  channels.own = plan_.channels.at(part.id);
  for (int channel : channels.own)
    if ((scan_.bent_channels & 1 << channel) != 0 &&
        (tuning_.understood[track] & 1 << channel) == 0)
      channels.is_understood = false;
  return channels;
}

Done Updater::add_to_parts() {
  for (std::size_t i = 0; i < plan_.parts.size(); ++i) {
    const PartEdit& edit = plan_.parts[i];
    if (edit.is_new) continue;
    if (edit.has_moved_tuned_notes) {
      TOCCATA_CHECK(rewrite_tuned_part(i));
      continue;
    }
    for (const Revoiced& note : edit.revoiced) revoice(note);
    for (NoteId id : edit.removed) remove_note(id);
    PartChannels channels = channels_of(after_.parts[i]);
    for (const SoundingNote& note : edit.added) TOCCATA_CHECK(add_note(note, channels));
  }
  for (NoteId id : plan_.removed_with_parts) remove_note(id);
  return {};
}

Done Updater::add_note(const SoundingNote& note, PartChannels& channels) {
  const Part& part = after_.parts[note.part];
  const auto track = track_of(part);
  TrackBuilder& added = edits_[track].added;
  std::optional<Placer::Place> place = Placer::Place{kDrumChannel.number()};
  if (!part.instrument.is_drums) place = placer_->place(note, channels);
  if (!place) return Unexpected{WriteError{WriteError::Fault::TooManyChannels, part.name, 16}};
  if (place->is_new) set_up_channel(part, place->channel, note.on, extra_range_);
  if (place->needs_bend && !bend_range_for(farthest_bend({note})))
    return Unexpected{WriteError{WriteError::Fault::BendTooWide, part.name}};
  SoundingNote placed = note;
  if (place->back) placed.off = std::min(placed.off, *place->back);
  placed.off = clocks_[static_cast<std::size_t>(place->channel)].fitting_end(
      {placed.on, placed.off}, note.pitch);
  if (until_) placed.off = std::min(placed.off, std::max(*until_, placed.on + Duration(1)));
  SoundingNote in_track = placed;
  in_track.on = in_file(placed.on, track);
  in_track.off = std::max(in_file(placed.off, track), in_track.on + Duration(1));
  note_change(track, in_track.on);
  toccata::midi::add_note(added, in_track, place->channel);
  if (place->needs_bend) add_bends(placed, *place, track);
  return {};
}

/// Gives a channel the instrument of a part, and its controllers as they stand.
void Updater::set_up_channel(const Part& part, int channel, Tick at, int bend_range) {
  const std::size_t track = track_of(part);
  TrackBuilder& added = edits_[track].added;
  const Tick from = in_file(at, track);
  constexpr int kFirstSwitch = 64, kOn = 64;  // sustain and the other pedals
  std::map<Controller, ControlEvent> standing, last;
  for (const ControlEvent& control : plan_.performance.controls) {
    if (control.part != part.id) continue;
    if (until_ && control.at >= *until_ && control.at > at) continue;
    if (control.at <= at) standing.insert_or_assign(control.controller, control);
    else added.control(in_file(control.at, track), channel, message_of(control));
    last.insert_or_assign(control.controller, control);
  }
  for (const auto& [number, control] : standing) added.control(from, channel, message_of(control));
  // A pedal is let go before the region ends: what lets it go later is not the region's.
  for (auto [number, control] : last) {
    const bool is_switch = number.number() >= kFirstSwitch && number.number() < kFirstSwitch + 6;
    if (!until_ || !is_switch || control.value.number() < kOn) continue;
    control.value = ControlValue::literal(0);
    added.control(in_file(std::max(at, *until_ - Duration(1)), track), channel,
                  message_of(control));
  }
  added.program(from, channel, part.instrument.program.number());
  added.rpn(from, channel, rpn::kBendRange, static_cast<std::uint8_t>(bend_range));
}

/// Bends a channel for one note, and back where notes of the file follow on it. To be called when
/// the note has been added: at one tick it ends before the channel is bent back.
void Updater::add_bends(const SoundingNote& note, const Placer::Place& place, std::size_t track) {
  TrackBuilder& added = edits_[track].added;
  ChannelClock& clock = clocks_[static_cast<std::size_t>(place.channel)];
  const BendPoint point = clock.point_at(note.on);
  std::vector<SoundingNote> one{note};
  set_bends(one, std::max(1, static_cast<int>(point.range_cents / 100)));
  int now = point.bend;
  for (const BendStep& step : bends_of(one.front())) {
    if (step.bend != now)
      added.bend(in_file(note.on + step.after, track), place.channel, step.bend);
    now = step.bend;
  }
  if (!place.back) clock.bend(note.on, now);
  else if (now != point.bend)
    added.bend_back(in_file(*place.back, track), place.channel, point.bend);
}

/// A part whose tuned notes moved: all its notes and bends are laid out anew, on the channels it
/// had and further ones.
Done Updater::rewrite_tuned_part(std::size_t index) {
  const Part& part = after_.parts[index];
  Voices voices{{index},
                sounding_notes(after_, plan_.performance, index),
                std::nullopt,
                plan_.channels[part.id]};
  cut_at_repeats(voices.notes);
  remove_part(part.id);
  const auto range = bend_range_for(farthest_bend(voices.notes));
  if (!range) return Unexpected{WriteError{WriteError::Fault::BendTooWide, part.name}};
  set_bends(voices.notes, *range);
  const std::size_t own = voices.channels.size();
  const auto& free = placer_->free();
  voices.channels.insert(voices.channels.end(), free.begin(), free.end());
  const int most = static_cast<int>(voices.channels.size());
  auto needed = assign_slots(voices.notes, after_.ppq().quarter(), Sharing::EqualBends, most);
  if (!needed) needed = assign_slots(voices.notes, Duration(0), Sharing::EqualBends, most);
  if (!needed)
    return Unexpected{WriteError{WriteError::Fault::TooManyChannels, part.name, most + 1}};
  voices.channels.resize(std::max(own, static_cast<std::size_t>(*needed)));
  add_rewritten(std::move(voices), own, *range);
  return {};
}

/// Takes out all notes of a part, and the bends of its channels.
void Updater::remove_part(PartId id) {
  for (const Note& note : find_part(before_.score, id)->notes) remove_note(note.id);
  const auto& channels = plan_.channels[id];
  for (EventRef ref : scan_.tuning) {
    const Event& event = event_of(file_, ref);
    const bool is_of_part = std::ranges::find(channels, event.channel()) != channels.end();
    if (is_of_part && is_understood(tuning_, ref.track, event)) remove(ref);
  }
}

void Updater::add_rewritten(Voices voices, std::size_t own, int bend_range) {
  const Part& part = after_.parts[voices.parts.front()];
  const std::size_t track = track_of(part);
  TrackBuilder& added = edits_[track].added;
  for (std::size_t i = 0; i < voices.channels.size(); ++i) {
    const int channel = voices.channels[i];
    placer_->take(channel);
    if (i < own)
      added.rpn(Tick(0), channel, rpn::kBendRange, static_cast<std::uint8_t>(bend_range));
    else set_up_channel(part, channel, Tick(0), bend_range);
  }
  for (SoundingNote& note : voices.notes) {
    note.on = in_file(note.on, track);
    note.off = std::max(in_file(note.off, track), note.on + Duration(1));
    note.part = 0;  // there is but this track
  }
  std::vector<TrackBuilder> builders;
  builders.push_back(std::move(added));
  add_bent_notes(builders, voices);
  added = std::move(builders.front());
}

Done Updater::add_new_parts() {
  const bool any = std::ranges::any_of(plan_.parts, &PartEdit::is_new);
  if (!any) return {};
  if (file_.format == Format::Sequential || file_.tracks.empty())
    return Unexpected{WriteError{WriteError::Fault::NewSequence, {}}};
  const bool joins = file_.format == Format::SingleTrack;
  TOCCATA_TRY(NewParts added,
              write_new_parts(after_, plan_, joins ? Standing::Joined : Standing::Alone));
  for (int channel : added.channels) placer_->take(channel);
  if (!joins) {
    new_tracks_ = std::move(added.tracks);
    return {};
  }
  for (const TrackBuilder& track : added.tracks) edits_[0].added.append(track);
  note_change(0, added.first_onset);
  return {};
}

void Updater::remove_controls() {
  const auto& gone = plan_.removed_controls;
  for (EventRef ref : scan_.controls) {
    const Event& event = event_of(file_, ref);
    const Tick at = tick_of(file_, scan_, ref);
    auto control = std::ranges::lower_bound(gone, at, {}, &ControlEvent::at);
    for (; control != gone.end() && control->at == at; ++control) {
      const auto& channels = plan_.channels[control->part];
      const bool is_it = event.data1 == control->controller.number() &&
                         event.data2 == control->value.number() &&
                         std::ranges::find(channels, event.channel()) != channels.end();
      if (is_it) remove(ref);
    }
  }
}

void Updater::add_controls() {
  for (const ControlEvent& control : plan_.added_controls) {
    const Part* part = find_part(before_.score, control.part);
    if (part == nullptr) continue;  // new parts have had theirs
    const std::size_t track = track_of(*part);
    for (int channel : plan_.channels[control.part])
      edits_[track].added.control(in_file(control.at, track), channel, message_of(control));
    if (!first_change_) note_change(track, in_file(control.at, track));
  }
}

/// Events that say what the new map says stay; the rest goes, and what is missing comes in.
void Updater::update_tempo() {
  if (performance_.tempo == before_.performance.tempo || file_.division.is_smpte()) return;
  const auto changes = performance_.tempo.changes();
  std::vector<bool> is_told(changes.size());
  for (EventRef ref : scan_.conductor) {
    if (!event_of(file_, ref).is_meta(meta::kTempo)) continue;
    const auto tempo = find_tempo(payload_of(file_, ref));
    const auto change =
        std::ranges::lower_bound(changes, tick_of(file_, scan_, ref), {}, &TempoChange::at);
    const bool stays = tempo && change != changes.end() &&
                       *change == TempoChange{tick_of(file_, scan_, ref), *tempo};
    if (stays) is_told[static_cast<std::size_t>(change - changes.begin())] = true;
    else remove(ref);
  }
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (is_told[i]) continue;
    const Tick at = in_file(changes[i].at, 0);
    edits_[0].added.meta(at, Rank::Control, meta::kTempo, tempo_payload(changes[i].tempo));
    if (!first_change_) note_change(0, at);
  }
}

void Updater::add_provenance() {
  const std::size_t known = before_.score.provenance.size();
  for (std::size_t i = known; i < after_.provenance.size(); ++i) {
    const std::string text = to_text(after_.provenance[i]);
    if (!new_tracks_.empty()) new_tracks_.front().text(Tick(0), Rank::Text, meta::kText, text);
    else if (first_change_)
      edits_[first_change_->track].added.text(first_change_->at, Rank::Text, meta::kText, text);
  }
}

File Updater::merged() const {
  File file{file_.format,       file_.division,    {},
            file_.other_chunks, file_.header_rest, file_.trailing};
  for (std::size_t i = 0; i < file_.tracks.size(); ++i)
    file.tracks.push_back(edits_[i].is_none() ? file_.tracks[i]
                                              : merge(file_.tracks[i], edits_[i]));
  for (const TrackBuilder& track : new_tracks_) file.tracks.push_back(track.build(after_.end));
  for (OtherChunk& chunk : file.other_chunks)
    if (chunk.before_track == file_.tracks.size()) chunk.before_track = file.tracks.size();
  return file;
}

Result<File, WriteError> Updater::run() {
  plan_ = plan_edits(file_, before_, after_, performance_);
  set_up_clocks();
  TOCCATA_CHECK(add_new_parts());
  TOCCATA_CHECK(add_to_parts());
  if (!file_.tracks.empty()) {
    remove_controls();
    add_controls();
    update_tempo();
  }
  add_provenance();
  return merged();
}

}  // namespace

Result<File, WriteError> update(const File& original, const Import& before, const Score& after,
                                const Performance& performance, std::optional<Tick> until) {
  return Updater(original, before, after, performance, until).run();
}

}  // namespace toccata::midi

// SPDX-License-Identifier: MIT
#include "edit_plan.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "sounding.hpp"

namespace toccata::midi {
namespace {

/// A note of the file, by its id.
struct Known {
  const Note* note = nullptr;
  PartId part;
  bool is_found = false;  ///< in the edited score
};

class Planner {
 public:
  Planner(const File& original, const Import& before, const Score& after)
      : file_(original), before_(before), after_(after), known_(before.links.notes.size()) {}

  EditPlan plan(const Performance& performance);

 private:
  void collect_known();
  void complete(const Performance& performance);
  PartEdit plan_part(std::size_t index);
  void compare(PartEdit& edit, const SoundingNote& note, PartId part);
  void find_removed();
  void find_free_channels();
  void find_controls();
  Known* find_known(NoteId id) {
    const std::size_t index = id.number() - std::size_t{1};  // 0 wraps to what is never found
    return index < known_.size() && known_[index].note != nullptr ? &known_[index] : nullptr;
  }
  int channel_of(NoteId id) const {
    const NoteLink& link = before_.links.notes[id.number() - 1];
    return file_.tracks[link.track].events()[link.on].channel();
  }
  SoundingNote sounding_before(const Note& note) const {
    return {note, find_played(before_.performance, note.id), 0};
  }

  const File& file_;
  const Import& before_;
  const Score& after_;
  std::vector<Known> known_;
  EditPlan plan_;
};

void Planner::collect_known() {
  for (const Part& part : before_.score.parts) {
    std::vector<int>& channels = plan_.channels[part.id];
    channels.push_back(part.place->channel.number());
    for (const Note& note : part.notes) {
      known_[note.id.number() - 1] = {&note, part.id};
      const int channel = channel_of(note.id);
      if (std::ranges::find(channels, channel) == channels.end()) channels.push_back(channel);
    }
    std::sort(channels.begin() + 1, channels.end());
  }
}

/// Gives notes that stayed as written, and have no entry, the one they had.
void Planner::complete(const Performance& performance) {
  plan_.performance = performance;
  std::vector<PlayedNote> missing;
  for (const Part& part : after_.parts)
    for (const Note& note : part.notes) {
      const Known* known = find_known(note.id);
      if (known == nullptr || *known->note != note || find_played(performance, note.id)) continue;
      if (const auto* played = find_played(before_.performance, note.id))
        missing.push_back(*played);
    }
  auto& notes = plan_.performance.notes;
  notes.insert(notes.end(), missing.begin(), missing.end());
  std::ranges::sort(notes, {}, &PlayedNote::note);
}

/// Alike in all but the velocity.
bool is_in_place(const SoundingNote& a, const SoundingNote& b) {
  return std::tuple(a.on, a.off, a.pitch, a.release) ==
             std::tuple(b.on, b.off, b.pitch, b.release) &&
         a.note->detune == b.note->detune && a.note->glide == b.note->glide;
}

void Planner::compare(PartEdit& edit, const SoundingNote& note, PartId part) {
  Known* known = find_known(note.note->id);
  if (known == nullptr || known->part != part) {
    edit.added.push_back(note);
    return;
  }
  known->is_found = true;
  const SoundingNote before = sounding_before(*known->note);
  if (is_in_place(before, note)) {
    if (before.velocity != note.velocity) edit.revoiced.push_back({note.note->id, note.velocity});
    plan_.kept.push_back({channel_of(note.note->id), note.pitch, {note.on, note.off}});
    return;
  }
  edit.removed.push_back(note.note->id);
  edit.added.push_back(note);
  if (before.on != note.on || before.off != note.off) edit.has_moved_tuned_notes = true;
}

PartEdit Planner::plan_part(std::size_t index) {
  const Part& part = after_.parts[index];
  const Part* before = find_part(before_.score, part.id);
  PartEdit edit;
  edit.is_new = before == nullptr;
  for (const SoundingNote& note : sounding_notes(after_, plan_.performance, index))
    compare(edit, note, part.id);
  const auto is_tuned = [](const Note& note) { return note.detune != Cents() || note.glide; };
  if (before == nullptr || !std::ranges::any_of(before->notes, is_tuned))
    edit.has_moved_tuned_notes = false;
  cut_at_repeats(edit.added);
  return edit;
}

void Planner::find_removed() {
  std::map<PartId, std::size_t> index;
  for (std::size_t i = 0; i < after_.parts.size(); ++i) index[after_.parts[i].id] = i;
  for (std::size_t i = 0; i < known_.size(); ++i) {
    const Known& known = known_[i];
    if (known.note == nullptr || known.is_found) continue;
    const auto part = index.find(known.part);
    auto& removed =
        part == index.end() ? plan_.removed_with_parts : plan_.parts[part->second].removed;
    removed.push_back(known.note->id);
  }
  std::ranges::stable_sort(plan_.kept, {}, [](const KeptNote& note) { return note.span.begin; });
}

/// Channels that no event uses come first, then those that are told much but sound nothing.
void Planner::find_free_channels() {
  std::uint32_t sounding = 1u << kDrumChannel.number(), told = sounding;
  for (const Track& track : file_.tracks)
    for (const Event& event : track.events()) {
      if (!event.is_channel_message()) continue;
      const std::uint32_t bit = 1u << event.channel();
      told |= bit;
      if (event.is_note_on() || event.kind() == status::kPitchBend) sounding |= bit;
    }
  for (const std::uint32_t taken : {told, sounding | ~told})
    for (int channel = 0; channel < 16; ++channel)
      if ((taken & 1u << channel) == 0) plan_.free_channels.push_back(channel);
}

void Planner::find_controls() {
  const auto key = [](const ControlEvent& c) {
    return std::tuple(c.at, c.part, c.controller, c.value);
  };
  std::vector<ControlEvent> before = before_.performance.controls;
  std::vector<ControlEvent> after = plan_.performance.controls;
  std::ranges::sort(before, {}, key);
  std::ranges::sort(after, {}, key);
  std::ranges::set_difference(after, before, std::back_inserter(plan_.added_controls), {}, key,
                              key);
  std::ranges::set_difference(before, after, std::back_inserter(plan_.removed_controls), {}, key,
                              key);
}

EditPlan Planner::plan(const Performance& performance) {
  collect_known();
  complete(performance);
  for (std::size_t i = 0; i < after_.parts.size(); ++i) plan_.parts.push_back(plan_part(i));
  find_removed();
  find_free_channels();
  find_controls();
  return std::move(plan_);
}

}  // namespace

EditPlan plan_edits(const File& original, const Import& before, const Score& after,
                    const Performance& performance) {
  return Planner(original, before, after).plan(performance);
}

}  // namespace toccata::midi

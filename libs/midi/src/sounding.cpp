// SPDX-License-Identifier: MIT
#include "sounding.hpp"

#include "bends.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace toccata::midi {
namespace {

constexpr int kPedalDown = 64;  ///< controller values from here on

}  // namespace

Pedal::Pedal(const Performance& performance, PartId part) {
  for (const ControlEvent& control : performance.controls)
    if (control.part == part && control.controller.number() == controller::kPedal)
      changes_.push_back({control.at, control.value.number() >= kPedalDown});
}

Tick Pedal::released_after(Tick end) const {
  auto next = std::ranges::upper_bound(changes_, end, {}, &Change::at);
  if (next == changes_.begin() || !(next - 1)->is_down) return end;
  next = std::find_if(next, changes_.end(), [](const Change& c) { return !c.is_down; });
  return next == changes_.end() ? changes_.back().at + (end - Tick(0)) : next->at;
}

std::vector<SoundingNote> sounding_notes(const Score& score, const Performance& performance,
                                         std::size_t part) {
  const Pedal pedal(performance, score.parts[part].id);
  std::vector<SoundingNote> notes;
  notes.reserve(score.parts[part].notes.size());
  for (const Note& note : score.parts[part].notes) {
    SoundingNote& sounding = notes.emplace_back(note, find_played(performance, note.id), part);
    sounding.released = pedal.released_after(sounding.off);
  }
  sort_by_onset(notes);
  return notes;
}

void sort_by_onset(std::vector<SoundingNote>& notes) {
  const auto before = [](const SoundingNote& a, const SoundingNote& b) {
    return a.on != b.on ? a.on < b.on : a.pitch < b.pitch;
  };
  if (!std::ranges::is_sorted(notes, before)) std::ranges::stable_sort(notes, before);
}

void cut_at_repeats(std::vector<SoundingNote>& notes) {
  std::array<SoundingNote*, 128> last{};
  for (SoundingNote& note : notes) {
    SoundingNote*& before = last[note.pitch];
    if (before != nullptr && before->on < note.on && before->off > note.on &&
        before->note->detune == note.note->detune) {
      before->off = note.on;
      before->released = std::min(before->released, note.on);
    }
    before = &note;
  }
}

Cents farthest_bend(const std::vector<SoundingNote>& notes) {
  double farthest = 0;
  for (const SoundingNote& note : notes) {
    const double detune = note.note->detune.value();
    const double from = note.note->glide ? note.note->glide->from.value() : 0;
    farthest = std::max({farthest, std::fabs(detune), std::fabs(detune + from)});
  }
  return Cents(farthest);
}

void set_bends(std::vector<SoundingNote>& notes, int range_semitones) {
  for (SoundingNote& note : notes) {
    note.bend = to_bend(note.note->detune, range_semitones);
    if (!note.note->glide) continue;
    const int from = to_bend(note.note->detune + note.note->glide->from, range_semitones);
    if (std::abs(from - note.bend) >= kMostGlideSteps) note.bend_from = from;
  }
}

}  // namespace toccata::midi

// SPDX-License-Identifier: MIT
#include "performers.hpp"
#include "whole_take.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

namespace toccata {
namespace {

class Plain final : public Performer {
 public:
  std::string_view name() const override { return "none"; }
  std::unique_ptr<PerformTake> begin(const PerformTask& task, const Rng&) const override {
    return std::make_unique<WholeTake>(task.score, make_plain_performance(task.score));
  }
};

const Plain kPlain;

std::array<const Performer*, 3> performers() { return {&kPlain, &sine(), &curve()}; }

}  // namespace

const Performer* find_performer(std::string_view name) {
  for (const Performer* performer : performers())
    if (performer->name() == name) return performer;
  return nullptr;
}

std::vector<std::string_view> performer_names() {
  std::vector<std::string_view> names;
  for (const Performer* performer : performers()) names.push_back(performer->name());
  return names;
}

Performance perform(const Performer& performer, const PerformTask& task, const Rng& rng) {
  Performance whole{{}, {}, task.score.tempo};
  std::vector<TempoChange> changes;
  const auto take = performer.begin(task, rng);
  while (auto stretch = take->next(std::max(task.score.bar_count(), 1))) {
    whole.notes.insert(whole.notes.end(), stretch->notes.begin(), stretch->notes.end());
    whole.controls.insert(whole.controls.end(), stretch->controls.begin(), stretch->controls.end());
    changes.insert(changes.end(), stretch->tempo.changes().begin(), stretch->tempo.changes().end());
  }
  std::ranges::sort(whole.notes, {}, &PlayedNote::note);
  std::ranges::stable_sort(whole.controls, {}, &ControlEvent::at);
  whole.tempo = TempoMap(task.score.ppq(), std::move(changes));
  return whole;
}

WholeTake::WholeTake(const Score& score, Performance whole)
    : score_(score),
      controls_(std::move(whole.controls)),
      tempo_(std::move(whole.tempo)),
      at_(score.meter.first_bar()) {
  std::unordered_map<std::uint32_t, Tick> onset_of;
  Tick last = std::max(score.end, Tick(1)) - Duration(1);
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) {
      onset_of.emplace(note.id.number(), note.onset);
      last = std::max(last, note.onset);
    }
  for (const PlayedNote& played : whole.notes)
    notes_.push_back({onset_of.at(played.note.number()), played});
  std::ranges::stable_sort(notes_, {}, &Written::onset);
  end_ = score.meter.bar_at(last) + 1;
}

std::optional<Performance> WholeTake::next(int bars) {
  TOCCATA_ASSERT(bars >= 1);
  if (at_ >= end_) return std::nullopt;
  at_ = end_ - at_ <= bars ? end_ : at_ + bars;
  const Tick until =
      at_ == end_ ? Tick(std::numeric_limits<std::int64_t>::max()) : score_.meter.onset_of(at_);
  Performance stretch{{}, {}, TempoMap(score_.ppq())};
  while (note_ < notes_.size() && notes_[note_].onset < until)
    stretch.notes.push_back(notes_[note_++].played);
  std::ranges::sort(stretch.notes, {}, &PlayedNote::note);
  while (control_ < controls_.size() && controls_[control_].at < until)
    stretch.controls.push_back(controls_[control_++]);
  std::vector<TempoChange> changes;
  const auto all = tempo_.changes();
  while (change_ < all.size() && all[change_].at < until) changes.push_back(all[change_++]);
  stretch.tempo = TempoMap(score_.ppq(), std::move(changes));
  return stretch;
}

}  // namespace toccata

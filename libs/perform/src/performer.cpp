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
  const auto take = performer.begin(task, rng);
  return take->next(std::numeric_limits<int>::max())
      .value_or(Performance{{}, {}, TempoMap(task.score.ppq())});
}

std::unique_ptr<PerformTake> make_whole_take(const Score& score, Performance whole) {
  return std::make_unique<WholeTake>(score, std::move(whole));
}

WholeTake::WholeTake(const Score& score, Performance whole)
    : score_(score), whole_(std::move(whole)), at_(score.meter.first_bar()) {
  Tick last = std::max(score.end, Tick(1)) - Duration(1);
  for (const Part& part : score.parts)
    if (!part.notes.empty()) last = std::max(last, part.notes.back().onset);
  end_ = score.meter.bar_at(last) + 1;
}

void WholeTake::sort_by_onset() {
  std::unordered_map<std::uint32_t, Tick> onset_of;
  for (const Part& part : score_.parts)
    for (const Note& note : part.notes) onset_of.emplace(note.id.number(), note.onset);
  for (const PlayedNote& played : whole_.notes)
    notes_.push_back({onset_of.at(played.note.number()), played});
  std::ranges::stable_sort(notes_, {}, &Written::onset);
}

std::optional<Performance> WholeTake::next(int bars) {
  TOCCATA_ASSERT(bars >= 1);
  if (at_ >= end_) return std::nullopt;
  const bool begins = at_ == score_.meter.first_bar(), ends = end_ - at_ <= bars;
  at_ = ends ? end_ : at_ + bars;
  if (begins && ends) return std::move(whole_);  // asked for at once: there is nothing to share out
  if (begins) sort_by_onset();
  const Tick until =
      ends ? Tick(std::numeric_limits<std::int64_t>::max()) : score_.meter.onset_of(at_);
  Performance stretch{{}, {}, TempoMap(score_.ppq())};
  while (note_ < notes_.size() && notes_[note_].onset < until)
    stretch.notes.push_back(notes_[note_++].played);
  std::ranges::sort(stretch.notes, {}, &PlayedNote::note);
  const auto& controls = whole_.controls;
  while (control_ < controls.size() && controls[control_].at < until)
    stretch.controls.push_back(controls[control_++]);
  std::vector<TempoChange> changes;
  const auto all = whole_.tempo.changes();
  while (change_ < all.size() && all[change_].at < until) changes.push_back(all[change_++]);
  stretch.tempo = TempoMap(score_.ppq(), std::move(changes));
  return stretch;
}

}  // namespace toccata

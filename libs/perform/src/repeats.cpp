// SPDX-License-Identifier: MIT
#include "repeats.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "feel.hpp"

namespace toccata {
namespace {

/// When a key was struck last, or is struck next; of several notes at one moment the one that
/// leaves least room.
struct Stroke {
  Tick written, played;
  std::size_t note;
};
using Keys = std::array<std::optional<Stroke>, Pitch::kHighest + 1>;

class Repeats {
 public:
  Repeats(const MeterMap& meters, const TempoMap& tempo, const Part& part,
          std::vector<Tick>& onsets)
      : meters_(meters), tempo_(tempo), notes_(part.notes), onsets_(onsets) {}

  /// Gives the notes after which others had to wait.
  std::vector<Repeated> delay() {
    std::vector<Repeated> repeated;
    Keys last;
    Tick floor;
    for (std::size_t begin = 0, end = 0; begin < notes_.size(); begin = end) {
      end = end_of_moment(begin);
      Tick latest = floor;
      for (std::size_t i = begin; i < end; ++i) {
        onsets_[i] = std::max(onsets_[i], floor);
        if (const auto& before = last[key_of(i)]) wait_for(*before, i, repeated);
        latest = std::max(latest, onsets_[i]);
      }
      for (std::size_t i = begin; i < end; ++i) {
        std::optional<Stroke>& stroke = last[key_of(i)];
        if (!stroke || stroke->written < notes_[i].onset || stroke->played < onsets_[i])
          stroke = {notes_[i].onset, onsets_[i], i};
      }
      floor = latest;
    }
    return repeated;
  }

  /// Brings back what was delayed beyond its bar. As the written onsets fulfil all that is asked,
  /// nothing comes before its bar by that.
  void advance() {
    Keys next;
    Tick ceiling(std::numeric_limits<std::int64_t>::max());
    for (std::size_t end = notes_.size(), begin = end; end > 0; end = begin) {
      begin = begin_of_moment(end);
      const Tick in_bar = meters_.end_of(meters_.bar_at(notes_[begin].onset)) - Duration(1);
      Tick earliest = ceiling;
      for (std::size_t i = begin; i < end; ++i) {
        onsets_[i] = std::min({onsets_[i], in_bar, ceiling});
        if (const auto& after = next[key_of(i)])
          onsets_[i] = std::min(
              onsets_[i], after->played - least_apart(notes_[i].onset, after->written, tempo_));
        earliest = std::min(earliest, onsets_[i]);
      }
      for (std::size_t i = begin; i < end; ++i) {
        std::optional<Stroke>& stroke = next[key_of(i)];
        if (!stroke || stroke->written > notes_[i].onset || stroke->played > onsets_[i])
          stroke = {notes_[i].onset, onsets_[i], i};
      }
      ceiling = earliest;
    }
  }

 private:
  std::size_t key_of(std::size_t i) const {
    return static_cast<std::size_t>(notes_[i].pitch.number());
  }
  std::size_t end_of_moment(std::size_t begin) const {
    std::size_t end = begin;
    while (end < notes_.size() && notes_[end].onset == notes_[begin].onset) ++end;
    return end;
  }
  std::size_t begin_of_moment(std::size_t end) const {
    std::size_t begin = end - 1;
    while (begin > 0 && notes_[begin - 1].onset == notes_[end - 1].onset) --begin;
    return begin;
  }
  void wait_for(const Stroke& before, std::size_t i, std::vector<Repeated>& repeated) {
    // Mostly they are far apart, and no tempo has to be looked up.
    const Duration written = notes_[i].onset - before.written, played = onsets_[i] - before.played;
    if (played.ticks() * 2 > written.ticks()) return;
    const Duration least = least_apart(before.written, notes_[i].onset, tempo_);
    if (played >= least) return;
    onsets_[i] = before.played + least;
    repeated.push_back({before.note, least});
  }

  const MeterMap& meters_;
  const TempoMap& tempo_;
  const std::vector<Note>& notes_;
  std::vector<Tick>& onsets_;
};

}  // namespace

Duration least_apart(Tick first, Tick second, const TempoMap& tempo) {
  constexpr double kHeardMs = 20;
  const Duration half((second - first).ticks() / 2 + (second - first).ticks() % 2);
  const auto heard = static_cast<std::int64_t>(std::ceil(ticks_of_ms(kHeardMs, tempo, first)));
  return std::min(half, Duration(heard));
}

std::vector<Repeated> keep_repeats_apart(const MeterMap& meters, const TempoMap& tempo,
                                         const Part& part, std::vector<Tick>& onsets) {
  Repeats repeats(meters, tempo, part, onsets);
  auto repeated = repeats.delay();
  if (!repeated.empty()) repeats.advance();
  return repeated;
}

}  // namespace toccata

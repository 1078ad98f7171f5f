// SPDX-License-Identifier: MIT
#include "breath.hpp"

#include <algorithm>

#include <toccata/perform/playing_family.hpp>

namespace toccata {
namespace {

constexpr double kLasts = 7;     ///< seconds that a player goes on with one breath
constexpr double kEarliest = 2;  ///< seconds before which nobody takes another
constexpr double kRest = 0.25;   ///< seconds of silence that are a breath by themselves

/// Notes of a part by the moments at which they begin.
class Breathing {
 public:
  Breathing(const PerformTask& task, const Part& part, const std::vector<Phrase>& phrases)
      : task_(task), part_(part), phrases_(phrases), breaths_(part.notes.size()) {
    for (std::size_t i = 0; i < part.notes.size(); ++i)
      if (i + 1 == part.notes.size() || part.notes[i + 1].onset != part.notes[i].onset)
        ends_.push_back(i);
  }

  std::vector<bool> find() && {
    std::size_t first = 0;
    for (std::size_t moment = 0; moment < ends_.size(); ++moment) {
      if (!must_breathe(moment)) continue;
      breathe_between(first, moment);
      mark(moment);
      first = moment + 1;
    }
    return std::move(breaths_);
  }

 private:
  const Note& note_of(std::size_t moment) const { return part_.notes[ends_[moment]]; }
  double begins(std::size_t moment) const {
    return task_.score.tempo.seconds_at(note_of(moment).onset).value();
  }
  double ends(std::size_t moment) const {
    return task_.score.tempo.seconds_at(note_of(moment).end()).value();
  }

  bool must_breathe(std::size_t moment) const {
    if (moment + 1 == ends_.size() || note_of(moment).marks.has(Mark::Breath)) return true;
    const Note &here = note_of(moment), &next = note_of(moment + 1);
    const bool phrase_ends = &phrase_at(phrases_, here.onset) != &phrase_at(phrases_, next.onset);
    return phrase_ends || begins(moment + 1) - ends(moment) >= kRest;
  }

  /// Breath on the way where it does not last over the moments [first, last].
  void breathe_between(std::size_t first, std::size_t last) {
    while (first <= last && ends(last) - begins(first) > kLasts) {
      std::size_t best = first;
      double longest = -1;
      for (std::size_t moment = first; moment < last; ++moment) {
        const double since = ends(moment) - begins(first);
        if (since > kLasts && longest >= 0) break;
        const double lasts = ends(moment) - begins(moment);
        if (since < kEarliest || lasts < longest) continue;
        longest = lasts;
        best = moment;
      }
      if (longest < 0) return;  // one note that outlasts the player
      mark(best);
      first = best + 1;
    }
  }

  void mark(std::size_t moment) {
    for (std::size_t i = moment == 0 ? 0 : ends_[moment - 1] + 1; i <= ends_[moment]; ++i)
      breaths_[i] = true;
  }

  const PerformTask& task_;
  const Part& part_;
  const std::vector<Phrase>& phrases_;
  std::vector<std::size_t> ends_;  ///< the last note of each moment
  std::vector<bool> breaths_;
};

}  // namespace

std::vector<bool> find_breaths(const PerformTask& task, const Part& part,
                               const std::vector<Phrase>& phrases) {
  if (!playing_family(part.instrument).breathes) return std::vector<bool>(part.notes.size());
  return Breathing(task, part, phrases).find();
}

}  // namespace toccata

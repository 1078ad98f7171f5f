// SPDX-License-Identifier: MIT
// Velocities of a sine wave with accents: the plainest shaping, kept to compare others with.
#include "controls.hpp"
#include "performers.hpp"
#include "whole_take.hpp"

#include <algorithm>

#include <toccata/base/elementary.hpp>

namespace toccata {
namespace {

int wave_velocity(std::size_t index, std::size_t count, const Note& note, Ppq ppq) {
  const double turn = 2 * kPi * static_cast<double>(index) / static_cast<double>(count);
  const int wave = static_cast<int>(70 + 40 * exact_sin(turn));
  // Whole and half quarters: the double of the onset is a whole number of quarters.
  const bool accented = note.onset.ticks() * 2 % ppq.ticks() == 0;
  return accented ? wave + 20 : wave;
}

class Sine final : public Performer {
 public:
  std::string_view name() const override { return "sine"; }
  std::unique_ptr<PerformTake> begin(const PerformTask& task, const Rng&) const override {
    const Score& score = task.score;
    Performance whole{{}, mix_controls(task), score.tempo};
    for (const Part& part : score.parts)
      for (std::size_t i = 0; i < part.notes.size(); ++i) {
        const Note& note = part.notes[i];
        const int velocity = wave_velocity(i, part.notes.size(), note, score.ppq());
        whole.notes.push_back(
            {note.id, Duration(0), note.duration, Velocity::clamped(velocity), {}});
      }
    std::ranges::sort(whole.notes, {}, &PlayedNote::note);
    return std::make_unique<WholeTake>(score, std::move(whole));
  }
};

const Sine kSine;

}  // namespace

const Performer& sine() { return kSine; }

}  // namespace toccata

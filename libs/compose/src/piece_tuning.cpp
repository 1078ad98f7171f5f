// SPDX-License-Identifier: MIT
#include "piece_tuning.hpp"

#include <algorithm>
#include <map>

namespace toccata {
namespace {

using Counts = std::map<double, int>;  ///< by cents

std::optional<Cents> commonest(const Counts& counts) {
  const auto most = std::ranges::max_element(counts, {}, &Counts::value_type::second);
  if (most == counts.end()) return std::nullopt;
  return Cents(most->first);
}

}  // namespace

PieceTuning::PieceTuning(const Score& score, const Region& region) {
  std::array<Counts, Pitch::kHighest + 1> pitches;
  std::array<Counts, 12> pitch_classes;
  for (const Part& part : score.parts) {
    if (part.instrument.is_drums) continue;
    for (const Note& note : part.notes) {
      if (region.contains(part.id, score.meter.bar_at(note.onset))) continue;
      has_microtones_ = has_microtones_ || note.detune != Cents();
      ++pitches[static_cast<std::size_t>(note.pitch.number())][note.detune.value()];
      ++pitch_classes[static_cast<std::size_t>(note.pitch.pitch_class().number())]
                     [note.detune.value()];
    }
  }
  std::ranges::transform(pitches, pitches_.begin(), commonest);
  std::ranges::transform(pitch_classes, pitch_classes_.begin(), commonest);
}

Cents PieceTuning::at(Pitch pitch) const {
  const auto& own = pitches_[static_cast<std::size_t>(pitch.number())];
  if (own) return *own;
  const auto& others = pitch_classes_[static_cast<std::size_t>(pitch.pitch_class().number())];
  return others.value_or(Cents());
}

bool PieceTuning::allows(Pitch pitch) const {
  return !has_microtones_ ||
         pitch_classes_[static_cast<std::size_t>(pitch.pitch_class().number())].has_value();
}

}  // namespace toccata

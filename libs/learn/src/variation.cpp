// SPDX-License-Identifier: MIT
#include <toccata/learn/variation.hpp>

#include <algorithm>
#include <cmath>

namespace toccata::learn {
namespace {

bool can_move(const PlayingOrder& order, int semitones) {
  return std::ranges::all_of(order.notes(), [&](const PlacedNote& placed) {
    return Pitch::from_number(placed.note->pitch.number() + semitones).has_value();
  });
}

void transpose(Score& score, int semitones) {
  for (Part& part : score.parts) {
    if (part.instrument.is_drums) continue;
    for (Note& note : part.notes) {
      note.pitch = Pitch::folded_into_range(note.pitch.number() + semitones);
      note.spelling.reset();
    }
  }
  score.keys.clear();  // of the notes as they were
  score.chords.clear();
}

TempoMap stretched(const TempoMap& tempo, double factor) {
  std::vector<TempoChange> changes(tempo.changes().begin(), tempo.changes().end());
  if (changes.empty()) changes.push_back({Tick(0), kDefaultTempo});
  for (TempoChange& change : changes) {
    const double micros = std::clamp(std::floor(change.tempo.micros_per_quarter() * factor + 0.5),
                                     double{Tempo::kFastest}, double{Tempo::kSlowest});
    change.tempo = *Tempo::from_micros_per_quarter(static_cast<std::int32_t>(micros));
  }
  return TempoMap(tempo.ppq(), std::move(changes));
}

Velocity inverted(Velocity velocity) {
  return Velocity::clamped(2 * kPlainVelocity.number() - velocity.number());
}

void invert(AlignedPerformance& played) {
  double sum = 0, count = 0;
  for (const float velocity : played.velocities) {
    if (std::isnan(velocity)) continue;
    sum += velocity;
    count += 1;
  }
  if (count == 0) return;
  const auto mean = static_cast<float>(sum / count);
  for (float& velocity : played.velocities)
    if (!std::isnan(velocity)) velocity = std::clamp(2 * mean - velocity, 1.0F, 127.0F);
}

void invert_levels(Score& score) {
  using Kind = Marking::Kind;
  for (Part& part : score.parts)
    for (Marking& marking : part.markings) {
      if (marking.loudness) marking.loudness = inverted(*marking.loudness);
      if (marking.kind == Kind::Crescendo) marking.kind = Kind::Diminuendo;
      else if (marking.kind == Kind::Diminuendo) marking.kind = Kind::Crescendo;
    }
}

void stretch(AlignedPerformance& played, double factor) {
  for (double& onset : played.times.onset) onset *= factor;
  for (double& end : played.times.end) end *= factor;
  for (PlayedBeat& beat : played.times.beats) beat.seconds *= factor;
  for (PedalChange& change : played.pedal) change.at *= factor;
}

}  // namespace

std::unique_ptr<const PreparedPiece> varied(const PreparedPiece& original,
                                            const Variation& variation) {
  const AlignedPiece& piece = original.piece;
  Score score = *piece.score;
  if (variation.semitones != 0 && can_move(*piece.order, variation.semitones))
    transpose(score, variation.semitones);
  score.tempo = stretched(score.tempo, variation.stretch);
  if (variation.inverted) invert_levels(score);
  AlignedPiece changed{piece.composition, piece.split, piece.score_file,  nullptr,
                       nullptr,           nullptr,     piece.performances};
  changed.score = std::make_unique<const Score>(std::move(score));
  changed.order = std::make_unique<const PlayingOrder>(*changed.score);
  if (piece.written) {
    Performance written = *piece.written;
    if (variation.inverted)
      for (PlayedNote& note : written.notes) note.velocity = inverted(note.velocity);
    changed.written = std::make_unique<const Performance>(std::move(written));
  }
  for (AlignedPerformance& played : changed.performances) {
    stretch(played, variation.stretch);
    if (variation.inverted) invert(played);
  }
  return std::make_unique<const PreparedPiece>(std::move(changed));
}

}  // namespace toccata::learn

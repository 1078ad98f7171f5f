// SPDX-License-Identifier: MIT
// Columns of a note in its key and in its chord, both estimated from the notes.
#include <algorithm>
#include <array>

#include <toccata/analysis/chords.hpp>
#include <toccata/analysis/key.hpp>

#include "feature_columns.hpp"

namespace toccata {
namespace {

/// The span that holds a point; null where none does. Range: spans in order.
template <class Spans>
const auto* span_at(const Spans& spans, Tick at) {
  const auto after =
      std::ranges::upper_bound(spans, at, {}, [](const auto& it) { return it.span.onset; });
  return after == spans.begin() ? nullptr : &*(after - 1);
}

struct KeyStretch {
  Span span;
  int tonic;  ///< pitch class
  bool is_minor;
};

std::vector<KeyStretch> keys_of(const Score& score, BarRange bars) {
  std::vector<KeyStretch> stretches;
  for (const KeySpan& key : estimate_key_track(score, bars))
    stretches.push_back({span_of(key.bars, score.meter),
                         key.estimate.key.tonic.pitch_class().number(),
                         key.estimate.key.scale.is_minor()});
  return stretches;
}

int class_above(int pitch, int root) { return ((pitch - root) % 12 + 12) % 12; }

/// Steps on the circle of fifths between two pitch classes, 0..6.
int fifths_apart(int semitones) {
  const int steps = semitones * 7 % 12;
  return std::min(steps, 12 - steps);
}

void add_key_columns(const PlayingOrder& order, BarRange bars, NoteFeatures& features) {
  const auto keys = keys_of(order.score(), bars);
  const auto key_of = [&](std::size_t p) { return span_at(keys, order.notes()[p].note->onset); };
  const auto above_tonic = [&](std::size_t p) {
    const auto* key = key_of(p);
    return key == nullptr ? kMissing
                          : class_above(order.notes()[p].note->pitch.number(), key->tonic);
  };
  add_column(features, "above_tonic", above_tonic);
  add_column(features, "distance_to_tonic", [&](std::size_t p) {
    const double above = above_tonic(p);
    return above == above ? fifths_apart(static_cast<int>(above)) : kMissing;
  });
  add_column(features, "is_minor", [&](std::size_t p) {
    const auto* key = key_of(p);
    return key == nullptr ? kMissing : key->is_minor ? 1 : 0;
  });
}

void add_chord_columns(const PlayingOrder& order, BarRange bars, NoteFeatures& features) {
  const auto chords = estimate_chords(order.score(), bars);
  const auto chord_of = [&](std::size_t p) {
    return span_at(chords, order.notes()[p].note->onset);
  };
  add_column(features, "chord_context", [&](std::size_t p) {
    const auto* chord = chord_of(p);
    return chord == nullptr ? kMissing
                            : class_above(order.notes()[p].note->pitch.number(),
                                          chord->chord.root_class().number());
  });
  add_column(features, "is_chord_tone", [&](std::size_t p) {
    const auto* chord = chord_of(p);
    if (chord == nullptr) return kMissing;
    return chord->chord.contains(order.notes()[p].note->pitch.pitch_class()) ? 1.0 : 0.0;
  });
  add_column(features, "chord_fit", [&](std::size_t p) {
    const auto* chord = chord_of(p);
    return chord == nullptr ? kMissing : chord->fit;
  });
  add_column(features, "since_chord_change", [&](std::size_t p) {
    const auto* chord = chord_of(p);
    return chord == nullptr ? kMissing
                            : std::min(order.onset(p) - order.quarters(chord->span.onset), 16.0);
  });
}

/// The harshest interval with a note that begins at the same time: 3 a semitone or its inversion, 2
/// a tone or tritone, 1 a third or sixth, 0 a perfect one.
void add_dissonance(const PlayingOrder& order, NoteFeatures& features) {
  constexpr std::array<int, 12> kHarshness{0, 3, 2, 1, 1, 0, 2, 0, 1, 1, 2, 3};
  std::vector<std::uint16_t> classes(order.chords().size());  // those that begin, as bits
  for (const PlacedNote& placed : order.notes())
    classes[placed.chord] |=
        static_cast<std::uint16_t>(1U << placed.note->pitch.pitch_class().number());
  add_column(features, "dissonance", [&](std::size_t p) {
    const PlacedNote& placed = order.notes()[p];
    int harshest = 0;
    for (int other = 0; other < 12; ++other)
      if ((classes[placed.chord] >> other & 1U) != 0)
        harshest = std::max(
            harshest,
            kHarshness[static_cast<std::size_t>(class_above(other, placed.note->pitch.number()))]);
    return harshest;
  });
}

}  // namespace

void add_harmony_columns(const PlayingOrder& order, NoteFeatures& features) {
  const BarRange bars = bars_of(order.score());
  add_key_columns(order, bars, features);
  add_chord_columns(order, bars, features);
  add_dissonance(order, features);
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Which tones of a chord are played, and every way of placing them in a range.
#include <algorithm>

#include <toccata/base/assert.hpp>
#include <toccata/theory/voicing.hpp>

namespace toccata {
namespace {

using Tones = ChordTones;

bool has_degree(const Tones& tones, int degree) {
  return std::any_of(tones.begin(), tones.end(),
                     [&](ChordTone tone) { return tone.degree == degree; });
}

/// How little a chord loses with a tone: those with the highest number go first. The eleventh above
/// a major third clashes; a perfect fifth says nothing new; a root is in the bass; thirds and
/// sevenths make the chord what it is.
int dispensability(ChordTone tone, bool has_major_third) {
  if (tone == ChordTone{11, 17} && has_major_third) return 9;
  if (tone == ChordTone{5, 7}) return 8;
  if (tone.degree == 1) return 7;
  if (tone == ChordTone{9, 14}) return 6;
  if (tone == ChordTone{9, 13}) return 5;
  if (tone.degree == 11) return 4;
  if (tone.degree == 9 || tone.degree == 13 || tone.degree == 5) return 3;
  if (tone.degree == 2 || tone.degree == 6) return 2;
  return 1;
}

/// Leaves the most dispensable tones out until so many are left.
void thin_out(Tones& tones, int most_tones) {
  const bool major = std::find(tones.begin(), tones.end(), ChordTone{3, 4}) != tones.end();
  while (static_cast<int>(tones.size()) > most_tones) {
    const auto least = std::max_element(tones.begin(), tones.end(), [&](ChordTone a, ChordTone b) {
      return dispensability(a, major) < dispensability(b, major);
    });
    tones.erase(least);
  }
}

void keep_degrees(Tones& tones, std::initializer_list<int> degrees) {
  erase_if(tones, [&](ChordTone tone) {
    return std::find(degrees.begin(), degrees.end(), tone.degree) == degrees.end();
  });
}

Tones chosen_tones(const Chord& chord, const VoicingOptions& options) {
  Tones tones = chord.tones;
  switch (options.kind) {
    case VoicingKind::Close:
    case VoicingKind::Open: break;
    case VoicingKind::Shell:
      if (has_degree(tones, 7)) keep_degrees(tones, {1, 2, 3, 4, 7});
      else if (has_degree(tones, 6)) keep_degrees(tones, {1, 2, 3, 4, 6});
      else keep_degrees(tones, {1, 2, 3, 4, 5});
      break;
    case VoicingKind::Rootless:
      if (tones.size() > 3) tones.erase(tones.begin());
      break;
    case VoicingKind::Power: keep_degrees(tones, {1, 5}); break;
  }
  thin_out(tones, options.most_tones);
  return tones;
}

/// Different pitch classes of the tones above the root, 0..11, ascending.
std::vector<int> folded(const Tones& tones) {
  std::vector<int> classes;
  for (const ChordTone tone : tones) classes.push_back(tone.semitones % 12);
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  return classes;
}

/// The second tone from above an octave lower, then in order again.
void drop_two(std::vector<int>& numbers) {
  if (numbers.size() < 2) return;
  numbers[numbers.size() - 2] -= 12;
  std::sort(numbers.begin(), numbers.end());
}

/// Adds the voicing at every octave where it lies within the range.
void place_in_octaves(std::vector<int> numbers, const PitchRange& range,
                      std::vector<Voicing>& out) {
  const int lowest = numbers.front();
  for (int octave = -2; octave <= 12; ++octave) {
    const int shift = 12 * octave;
    if (lowest + shift < range.lowest.number() || numbers.back() + shift > range.highest.number())
      continue;
    Voicing voicing;
    voicing.reserve(numbers.size());
    for (const int number : numbers) voicing.push_back(*Pitch::from_number(number + shift));
    out.push_back(std::move(voicing));
  }
}

/// The inversion of close position that begins with a given tone, near MIDI number 0.
std::vector<int> close_position(const std::vector<int>& classes, std::size_t first, int root) {
  std::vector<int> numbers;
  numbers.reserve(classes.size() + 1);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::size_t at = first + i;
    numbers.push_back(root + classes[at % classes.size()] + (at >= classes.size() ? 12 : 0));
  }
  return numbers;
}

std::vector<Voicing> placed(const Chord& chord, const std::vector<int>& classes, VoicingKind kind,
                            const PitchRange& range) {
  std::vector<Voicing> voicings;
  const int root = chord.root_class().number();
  const bool fixed = kind == VoicingKind::Power;
  for (std::size_t first = 0; first < (fixed ? 1 : classes.size()); ++first) {
    auto numbers = close_position(classes, first, root);
    if (kind == VoicingKind::Open) drop_two(numbers);
    if (fixed) numbers.push_back(root + 12);
    place_in_octaves(std::move(numbers), range, voicings);
  }
  std::sort(voicings.begin(), voicings.end());
  voicings.erase(std::unique(voicings.begin(), voicings.end()), voicings.end());
  return voicings;
}

}  // namespace

std::vector<Voicing> voicings_of(const Chord& chord, const VoicingOptions& options) {
  TOCCATA_ASSERT(options.most_tones >= 1 && options.most_tones <= 8);
  const auto classes = folded(chosen_tones(chord, options));
  if (classes.empty()) return {};
  auto voicings = placed(chord, classes, options.kind, options.range);
  // Wide shapes do not fit everywhere; close position fits any octave.
  if (voicings.empty() && options.kind != VoicingKind::Close)
    voicings = placed(chord, classes, VoicingKind::Close, options.range);
  return voicings;
}

}  // namespace toccata

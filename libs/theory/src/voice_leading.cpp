// SPDX-License-Identifier: MIT
// The rules of part writing.
#include <algorithm>
#include <array>
#include <cstdlib>

#include <toccata/theory/voicing.hpp>

namespace toccata {
namespace {

using Fault = VoiceLeadingFault;

/// A perfect fifth or octave between two voices, simple or compound.
enum class Perfect : std::uint8_t { None, Fifth, Octave };

Perfect perfect_between(Pitch low, Pitch high) {
  const int size = std::abs(high - low) % 12;
  return size == 7 ? Perfect::Fifth : size == 0 ? Perfect::Octave : Perfect::None;
}

/// Looks at one chord and the step into it, and collects what is wrong.
class Checker {
 public:
  explicit Checker(std::vector<VoiceLeadingProblem>& problems) : problems_(problems) {}

  void chord_alone(std::size_t index, const Voicing& chord, std::span<const PitchRange> ranges) {
    for (std::size_t voice = 0; voice < chord.size(); ++voice) {
      if (voice < ranges.size() && !ranges[voice].contains(chord[voice]))
        report(Fault::OutOfRange, index, voice, voice);
      if (voice == 0) continue;
      if (chord[voice] < chord[voice - 1]) report(Fault::Crossing, index, voice - 1, voice);
      if (voice >= 2 && chord[voice] - chord[voice - 1] > 12)
        report(Fault::Spacing, index, voice - 1, voice);
    }
  }

  void step(std::size_t index, const Voicing& before, const Voicing& after) {
    const std::size_t voices = std::min(before.size(), after.size());
    for (std::size_t low = 0; low < voices; ++low)
      for (std::size_t high = low + 1; high < voices; ++high)
        pair(index, before, after, low, high, low == 0 && high + 1 == voices);
    for (std::size_t low = 0; low + 1 < voices; ++low)
      if (after[low] > before[low + 1] || after[low + 1] < before[low])
        report(Fault::Overlap, index, low, low + 1);
  }

  void leading_tone(std::size_t index, const Voicing& before, const Voicing& after, const Key& key);

 private:
  void pair(std::size_t index, const Voicing& before, const Voicing& after, std::size_t low,
            std::size_t high, bool outer) {
    const int lower_motion = after[low] - before[low];
    const int upper_motion = after[high] - before[high];
    const bool similar =
        (lower_motion > 0 && upper_motion > 0) || (lower_motion < 0 && upper_motion < 0);
    const Perfect reached = perfect_between(after[low], after[high]);
    if (!similar || reached == Perfect::None) return;
    const bool fifth = reached == Perfect::Fifth;
    if (perfect_between(before[low], before[high]) == reached)
      report(fifth ? Fault::ParallelFifths : Fault::ParallelOctaves, index, low, high);
    else if (outer && std::abs(upper_motion) > 2)
      report(fifth ? Fault::HiddenFifths : Fault::HiddenOctaves, index, low, high);
  }

  void report(Fault fault, std::size_t chord, std::size_t lower, std::size_t upper) {
    problems_.push_back({fault, chord, lower, upper});
  }

  std::vector<VoiceLeadingProblem>& problems_;
};

bool sounds(const Voicing& chord, PitchClass pitch_class) {
  return std::any_of(chord.begin(), chord.end(),
                     [&](Pitch pitch) { return pitch.pitch_class() == pitch_class; });
}

/// Dominant harmony: the leading tone with tones of V7, V9 and the diminished seventh only.
bool is_dominant_harmony(const Voicing& chord, PitchClass tonic) {
  constexpr std::array<int, 6> kTones{11, 7, 2, 5, 8, 9};
  return sounds(chord, tonic + 11) && std::all_of(chord.begin(), chord.end(), [&](Pitch pitch) {
           const int above = semitones_up(tonic, pitch.pitch_class());
           return std::find(kTones.begin(), kTones.end(), above) != kTones.end();
         });
}

void Checker::leading_tone(std::size_t index, const Voicing& before, const Voicing& after,
                           const Key& key) {
  const PitchClass tonic = key.tonic.pitch_class();
  const PitchClass leading = tonic + 11;
  if (!is_dominant_harmony(before, tonic) || !sounds(after, tonic) || sounds(after, leading))
    return;
  const std::size_t voices = std::min(before.size(), after.size());
  for (std::size_t voice = 0; voice < voices; ++voice) {
    if (before[voice].pitch_class() != leading) continue;
    const int motion = after[voice] - before[voice];
    const bool inner = voice > 0 && voice + 1 < voices;
    // An inner voice may fall a third to complete the chord.
    if (motion != 1 && !(inner && motion == -4))
      report(Fault::LeadingToneUnresolved, index, voice, voice);
  }
}

std::vector<VoiceLeadingProblem> check(std::span<const Voicing> passage,
                                       std::span<const PitchRange> ranges, const Key* key) {
  std::vector<VoiceLeadingProblem> problems;
  Checker checker(problems);
  for (std::size_t i = 0; i < passage.size(); ++i) {
    checker.chord_alone(i, passage[i], ranges);
    if (i == 0) continue;
    checker.step(i, passage[i - 1], passage[i]);
    if (key) checker.leading_tone(i, passage[i - 1], passage[i], *key);
  }
  return problems;
}

const char* name_of(Fault fault) {
  switch (fault) {
    case Fault::ParallelFifths: return "parallel fifths";
    case Fault::ParallelOctaves: return "parallel octaves";
    case Fault::HiddenFifths: return "hidden fifths";
    case Fault::HiddenOctaves: return "hidden octaves";
    case Fault::Crossing: return "crossing";
    case Fault::Overlap: return "overlap";
    case Fault::Spacing: return "more than an octave";
    case Fault::OutOfRange: return "out of range";
    case Fault::LeadingToneUnresolved: return "leading tone not resolved";
  }
  return "";
}

}  // namespace

std::string describe(const VoiceLeadingProblem& problem) {
  const std::string lower = std::to_string(problem.lower_voice + 1);
  const std::string upper = std::to_string(problem.upper_voice + 1);
  return "chord " + std::to_string(problem.chord + 1) + ": " + name_of(problem.fault) +
         (lower == upper ? " in voice " + lower : " between voices " + lower + " and " + upper);
}

std::vector<VoiceLeadingProblem> check_voice_leading(std::span<const Voicing> passage,
                                                     std::span<const PitchRange> ranges) {
  return check(passage, ranges, nullptr);
}

std::vector<VoiceLeadingProblem> check_voice_leading(std::span<const Voicing> passage,
                                                     std::span<const PitchRange> ranges,
                                                     const Key& key) {
  return check(passage, ranges, &key);
}

std::span<const PitchRange> choir_ranges() {
  static constexpr PitchRange kRanges[] = {{Pitch::literal(40), Pitch::literal(60)},
                                           {Pitch::literal(48), Pitch::literal(67)},
                                           {Pitch::literal(55), Pitch::literal(72)},
                                           {Pitch::literal(60), Pitch::literal(79)}};
  return kRanges;
}

}  // namespace toccata

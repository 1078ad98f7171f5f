// SPDX-License-Identifier: MIT
#include "chord_grammar.hpp"

#include <algorithm>

namespace toccata::detail {

int natural_tone(int degree) {
  switch (degree) {
    case 2: return 2;
    case 3: return 4;
    case 4: return 5;
    case 5: return 7;
    case 6: return 9;
    case 7: return 10;
    case 9: return 14;
    case 11: return 17;
    case 13: return 21;
    default: return 0;
  }
}

bool holds(std::span<const ChordTone> tones, ChordTone wanted) {
  return std::find(tones.begin(), tones.end(), wanted) != tones.end();
}

void ToneSet::put(int degree, int semitones) {
  if (!has(degree, semitones)) tones_.push_back({degree, semitones});
}

void ToneSet::drop(int degree) {
  std::erase_if(tones_, [&](ChordTone tone) { return tone.degree == degree; });
}

void ToneSet::alter(int degree, int semitones) {
  std::erase(tones_, ChordTone{degree, natural_tone(degree)});
  put(degree, semitones);
}

bool ToneSet::has(int degree, int semitones) const { return holds(tones_, {degree, semitones}); }

ChordTones ToneSet::sorted() const {
  ChordTones tones(tones_.begin(), tones_.end());
  std::sort(tones.begin(), tones.end(), [](ChordTone a, ChordTone b) {
    return std::pair(a.semitones, a.degree) < std::pair(b.semitones, b.degree);
  });
  return tones;
}

}  // namespace toccata::detail

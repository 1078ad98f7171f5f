// SPDX-License-Identifier: MIT
// Chord suffixes are written as the stem that needs the cheapest modifiers.
#include "chord_grammar.hpp"
#include "text.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace toccata::detail {
namespace {

/// A suffix that stands for itself, in both notations. In numerals minor is in the lower case, and
/// a figure 6 would be an inversion.
struct Stem {
  std::string_view symbol;
  std::string_view numeral;
  ChordTones tones;
};

std::vector<Stem> make_stems() {
  constexpr std::pair<std::string_view, std::string_view> kTexts[] = {{"", ""},
                                                                      {"m", ""},
                                                                      {"dim", "o"},
                                                                      {"aug", "+"},
                                                                      {"5", "5"},
                                                                      {"sus4", "sus4"},
                                                                      {"sus2", "sus2"},
                                                                      {"6", "add6"},
                                                                      {"m6", "add6"},
                                                                      {"69", "69"},
                                                                      {"m69", "69"},
                                                                      {"7", "7"},
                                                                      {"maj7", "maj7"},
                                                                      {"m7", "7"},
                                                                      {"mMaj7", "maj7"},
                                                                      {"dim7", "o7"},
                                                                      {"m7b5",
                                                                       "\u00F8"
                                                                       "7"},
                                                                      {"9", "9"},
                                                                      {"maj9", "maj9"},
                                                                      {"m9", "9"},
                                                                      {"mMaj9", "maj9"},
                                                                      {"11", "11"},
                                                                      {"m11", "11"},
                                                                      {"13", "13"},
                                                                      {"maj13", "maj13"},
                                                                      {"m13", "13"},
                                                                      {"7sus4", "7sus4"},
                                                                      {"9sus4", "9sus4"},
                                                                      {"13sus4", "13sus4"},
                                                                      {"7alt", "7alt"},
                                                                      {"7sus2", "7sus2"}};
  std::vector<Stem> stems;
  for (const auto& [symbol, numeral] : kTexts)
    stems.push_back({symbol, numeral, *parse_suffix(symbol, Third::Major)});
  return stems;
}

/// Tones that may be written with a sign alone ("b9"), and then take the natural tone's place.
bool may_be_bare(ChordTone tone) {
  const int sign = tone.semitones - natural_tone(tone.degree);
  const bool alterable =
      tone.degree == 5 || tone.degree == 9 || tone.degree == 11 || tone.degree == 13;
  return alterable && (sign == 1 || sign == -1);
}

std::string added_text(ChordTone tone) {
  if (tone == ChordTone{7, 11}) return "addM7";
  int sign = tone.semitones - natural_tone(tone.degree);
  if (tone.degree == 7 && sign < 0) --sign;
  return "add" + accidental_text(sign) + std::to_string(tone.degree);
}

std::string altered_text(ChordTone tone) {
  return accidental_text(tone.semitones - natural_tone(tone.degree)) + std::to_string(tone.degree);
}

/// What leads from a stem to the wanted tones.
struct Modifiers {
  std::string omitted, altered, added;
  int cost = 0;
};

/// True where the stem's tones of a degree must all go before those wanted are written.
bool must_omit(int degree, std::span<const ChordTone> stem, std::span<const ChordTone> wanted) {
  const ChordTone natural{degree, natural_tone(degree)};
  const bool replaced = std::any_of(wanted.begin(), wanted.end(), [&](ChordTone tone) {
    return tone.degree == degree && may_be_bare(tone);
  });
  return std::any_of(stem.begin(), stem.end(), [&](ChordTone tone) {
    return tone.degree == degree && !holds(wanted, tone) && !(tone == natural && replaced);
  });
}

/// Gives up, with what there is, as soon as that costs as much as `limit`.
Modifiers lead(std::span<const ChordTone> stem, std::span<const ChordTone> wanted, int limit) {
  Modifiers modifiers;
  for (const int degree : {2, 3, 4, 5, 6, 7, 9, 11, 13}) {
    if (modifiers.cost >= limit) break;
    const bool omits = must_omit(degree, stem, wanted);
    if (omits) {
      modifiers.omitted += "no" + std::to_string(degree);
      modifiers.cost += 4;
    }
    const ChordTone natural{degree, natural_tone(degree)};
    const bool keeps_natural = !omits && holds(stem, natural) && holds(wanted, natural);
    for (const ChordTone tone : wanted) {
      if (tone.degree != degree || (!omits && holds(stem, tone))) continue;
      if (may_be_bare(tone) && !keeps_natural) {
        modifiers.altered += altered_text(tone);
        modifiers.cost += 2;
      } else {
        modifiers.added += added_text(tone);
        modifiers.cost += degree == 3 || degree == 7 ? 6 : 3;
      }
    }
  }
  return modifiers;
}

}  // namespace

std::string suffix_text(const ChordTones& tones, Notation notation) {
  static const std::vector<Stem> kStems = make_stems();
  const auto text_of = [&](const Stem& stem) {
    return notation == Notation::Symbol ? stem.symbol : stem.numeral;
  };
  if (const auto same = std::ranges::find(kStems, tones, &Stem::tones); same != kStems.end())
    return std::string(text_of(*same));
  const Stem* best = &kStems.front();
  Modifiers cheapest;
  cheapest.cost = std::numeric_limits<int>::max();
  for (const Stem& stem : kStems) {
    const bool minor = holds(stem.tones, {3, 3});
    // A numeral's case tells the third before its stem is read.
    if (notation == Notation::Numeral && minor != holds(tones, {3, 3})) continue;
    Modifiers modifiers = lead(stem.tones, tones, cheapest.cost);
    if (modifiers.cost >= cheapest.cost) continue;
    best = &stem;
    cheapest = std::move(modifiers);
  }
  const std::string_view stem = text_of(*best);
  const std::string tail = cheapest.omitted + cheapest.altered + cheapest.added;
  // Behind a bare root a sign would belong to the root: C(b5), not Cb5.
  const bool sign_first = cheapest.omitted.empty() && !cheapest.altered.empty();
  return stem.empty() && sign_first ? "(" + tail + ")" : std::string(stem) + tail;
}

}  // namespace toccata::detail

// SPDX-License-Identifier: MIT
#include "chord_grammar.hpp"
#include "degrees.hpp"
#include "text.hpp"

#include <algorithm>

#include <toccata/theory/chord.hpp>

namespace toccata {

bool Chord::contains(PitchClass pitch_class) const {
  const int above = semitones_up(root_class(), pitch_class);
  return std::any_of(tones.begin(), tones.end(),
                     [&](ChordTone tone) { return tone.semitones % 12 == above; });
}

std::optional<int> Chord::semitones_of(int degree) const {
  for (const ChordTone tone : tones)
    if (tone.degree == degree) return tone.semitones;
  return std::nullopt;
}

std::vector<PitchClass> Chord::pitch_classes() const {
  std::vector<PitchClass> classes;
  for (const ChordTone tone : tones) classes.push_back(root_class() + tone.semitones);
  return classes;
}

Result<Chord, std::string> parse_chord(std::string_view symbol) {
  const auto refuse = [&](const std::string& what, std::string_view allowed) {
    return Unexpected{"chord " + detail::quoted(symbol) + ": " + what + "; " +
                      std::string(allowed)};
  };
  if (symbol.size() > detail::kLongestSymbol)
    return refuse("it is too long", "allowed are at most 128 characters");
  const auto slash = detail::slash_bass_at(symbol);
  detail::Cursor cursor(symbol.substr(0, slash));
  const auto letter = std::string_view("CDEFGAB").find(cursor.peek());
  if (cursor.at_end() || letter == std::string_view::npos)
    return refuse("no root was found", "allowed are A to G with b or #, as in Bbmaj7");
  cursor.take(cursor.rest().substr(0, 1));
  Chord chord;
  chord.root = {static_cast<Step>(letter), cursor.take_accidentals()};
  auto tones = detail::parse_suffix(cursor.rest(), detail::Third::Major);
  if (!tones) return refuse(tones.error() + " was not understood", detail::kAllowedSuffixes);
  chord.tones = *std::move(tones);
  if (slash != std::string_view::npos) {
    const auto bass = parse_note_name(symbol.substr(slash + 1));
    if (!bass) return refuse("the bass " + bass.error(), "a bass follows a '/'");
    chord.bass = *bass;
  }
  return chord;
}

std::string to_string(const Chord& chord) {
  return to_string(chord.root) + detail::suffix_text(chord.tones, detail::Notation::Symbol) +
         (chord.bass ? "/" + to_string(*chord.bass) : "");
}

Chord chord_on_degree(const Key& key, int degree, int tone_count) {
  const Key in = detail::seven_note_key(key);
  const int wanted = std::clamp(tone_count, 1, 7);
  const int first = in.number_of(degree, 60);
  const auto root = Pitch::folded_into_range(first);
  Chord chord{spell(root, in).name, {}, std::nullopt};
  for (int third = 0; third < wanted; ++third)
    chord.tones.push_back({2 * third + 1, in.number_of(degree + 2 * third, 60) - first});
  return chord;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// Roman numerals: degree, quality, inversion, and the key they are borrowed from.
#include "chord_grammar.hpp"
#include "degrees.hpp"
#include "letters.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace toccata {
namespace {

using detail::Cursor;
using detail::holds;
using detail::Third;

constexpr std::string_view kAllowedNumerals =
    "allowed are I to VII or i to vii with b or #, a quality and figure such as maj7, o7 or 65, "
    "and the numeral or bass after a '/', as in V7/ii";

struct Figure {
  std::string_view text;
  int inversion;
  bool has_seventh;
};
constexpr Figure kFigures[] = {
    {"64", 2, false}, {"6/4", 2, false}, {"65", 1, true},  {"6/5", 1, true}, {"43", 2, true},
    {"4/3", 2, true}, {"42", 3, true},   {"4/2", 3, true}, {"6", 1, false},  {"2", 3, true}};

bool is_quality(std::string_view text) {
  constexpr std::string_view kQualities[] = {"",  "o",   "\u00B0", "dim", "\u00F8", "h",
                                             "+", "aug", "m",      "M",   "maj",    "^"};
  return std::find(std::begin(kQualities), std::end(kQualities), text) != std::end(kQualities);
}

/// The suffix without its figured bass: "o65" is a seventh "o7", first inversion.
std::string without_figure(std::string_view suffix, int& inversion) {
  for (const Figure& figure : kFigures) {
    if (!suffix.ends_with(figure.text)) continue;
    const auto quality = suffix.substr(0, suffix.size() - figure.text.size());
    if (!is_quality(quality)) continue;
    inversion = figure.inversion;
    return std::string(quality) + (figure.has_seventh ? "7" : "");
  }
  return std::string(suffix);
}

/// A numeral without what it is borrowed from.
Result<RomanNumeral, std::string> cut(std::string_view text) {
  constexpr std::pair<std::string_view, int> kNames[] = {{"III", 2}, {"II", 1}, {"IV", 3}, {"I", 0},
                                                         {"VII", 6}, {"VI", 5}, {"V", 4}};
  Cursor cursor(text);
  RomanNumeral numeral;
  RomanNumeral::Degree& degree = numeral.degree;
  degree.sign = cursor.take_accidentals();
  const auto found = std::find_if(std::begin(kNames), std::end(kNames), [&](const auto& name) {
    std::string lower(name.first);
    for (char& c : lower) c = c == 'I' ? 'i' : 'v';
    if (cursor.take(name.first)) return true;
    degree.is_minor = cursor.take(lower);
    return degree.is_minor;
  });
  if (found == std::end(kNames)) return Unexpected{detail::quoted(text) + " has no numeral"};
  degree.number = found->second;
  auto tones = detail::parse_suffix(without_figure(cursor.rest(), numeral.inversion),
                                    degree.is_minor ? Third::Minor : Third::Major);
  if (!tones) return Unexpected{tones.error() + " was not understood"};
  numeral.tones = *tones;
  degree.is_diminished = holds(numeral.tones, {5, 6});
  return numeral;
}

/// Semitones by which a degree lies from the major scale's.
int shift_of(const Key& in, int degree) {
  return in.scale.semitones()[degree] - detail::major_semitones(degree);
}

/// How far a numeral's root lies from the major scale's degree. A flat before a degree that is
/// already lowered says the same as none (bVII in minor); a diminished vii stands on the leading
/// tone.
int root_shift(const Key& in, int degree, int sign, bool is_diminished) {
  const int shift = shift_of(in, degree);
  const bool leading_tone = degree == 6 && in.scale.is_minor() && shift < 0 && is_diminished;
  if (sign == 0) return leading_tone ? 0 : shift;
  return (sign < 0) == (shift < 0) && shift != 0 ? sign : shift + sign;
}

/// The major scale's degree above the tonic, moved by semitones but with the degree's letter.
NoteName name_on(NoteName tonic, int degree, int shift) {
  return detail::written_as(tonic.pitch_class() + (detail::major_semitones(degree) + shift),
                            detail::letter_above(tonic.step, degree));
}

NoteName root_of(const RomanNumeral::Degree& degree, const Key& key) {
  const Key in = detail::numeral_key(key);
  const int shift = root_shift(in, degree.number, degree.sign, degree.is_diminished);
  return detail::readable(name_on(in.tonic, degree.number, shift));
}

/// The note name of a chord tone: as many letters above the root as its degree says.
std::optional<NoteName> inverted_bass(const Chord& chord, int inversion) {
  const int degree = 2 * inversion + 1;
  const auto semitones = chord.semitones_of(degree);
  if (!semitones) return std::nullopt;
  return detail::readable(detail::written_as(chord.root_class() + *semitones,
                                             detail::letter_above(chord.root.step, degree - 1)));
}

/// Cuts at each '/' that no digit follows (6/9 and 6/4 are figures).
std::vector<std::string_view> segments_of(std::string_view text) {
  std::vector<std::string_view> segments;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool figure = i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
    if (i < text.size() && (text[i] != '/' || figure)) continue;
    segments.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return segments;
}

Result<RomanNumeral, std::string> read_numeral(std::string_view text) {
  const auto slash = detail::slash_bass_at(text);
  const auto segments = segments_of(text.substr(0, slash));
  if (segments.size() > 1 + RomanNumeral::kMostBorrowed)
    return Unexpected{std::to_string(segments.size() - 1) + " borrowed keys are more than 4"};
  TOCCATA_TRY(RomanNumeral numeral, cut(segments.front()));
  for (std::size_t i = segments.size(); i-- > 1;) {
    TOCCATA_TRY(const RomanNumeral from, cut(segments[i]));
    numeral.borrowed.push_back(from.degree);
  }
  if (slash != std::string_view::npos) {
    TOCCATA_TRY(numeral.bass, parse_note_name(text.substr(slash + 1)));
  }
  return numeral;
}

/// The figure of a plain triad or seventh chord with one of its tones in the bass.
std::optional<std::string> figured(const std::string& suffix, const Chord& chord) {
  const bool seventh = suffix.ends_with('7');
  const std::string quality = seventh ? suffix.substr(0, suffix.size() - 1) : suffix;
  if (!chord.bass || !is_quality(quality) || quality == "maj") return std::nullopt;
  for (const Figure& figure : kFigures) {
    if (figure.has_seventh != seventh) continue;
    const auto semitones = chord.semitones_of(2 * figure.inversion + 1);
    if (semitones && chord.root_class() + *semitones == chord.bass_class())
      return quality + std::string(figure.text);
  }
  return std::nullopt;
}

/// Degree and sign of a root: by its letter where the sign then fits, else by its pitch class.
std::pair<int, int> placed_root(NoteName root, const Key& in, bool is_diminished) {
  const auto name_of = [&](int degree, int sign) {
    return name_on(in.tonic, degree, root_shift(in, degree, sign, is_diminished));
  };
  const int degree =
      detail::floor_mod(static_cast<int>(root.step) - static_cast<int>(in.tonic.step), 7);
  for (const int sign : {0, -1, 1, -2, 2})
    if (name_of(degree, sign) == root) return {degree, sign};
  for (const int sign : {0, -1, 1})
    for (int other = 0; other < 7; ++other)
      if (name_of(other, sign).pitch_class() == root.pitch_class()) return {other, sign};
  return {0, 0};  // never: the degrees and their flats are all twelve pitch classes
}

}  // namespace

Chord RomanNumeral::in(const Key& key) const {
  static const Scale major = *Scale::find("major"), minor = *Scale::find("minor");
  Key here = key;
  for (const Degree& from : borrowed) here = {root_of(from, here), from.is_minor ? minor : major};
  Chord chord{root_of(degree, here), tones, bass};
  if (inversion > 0 && !bass) chord.bass = inverted_bass(chord, inversion);
  return chord;
}

Result<RomanNumeral, std::string> parse_roman(std::string_view numeral) {
  const auto refuse = [&](const std::string& what) {
    return Unexpected{"numeral " + detail::quoted(numeral) + ": " + what + "; " +
                      std::string(kAllowedNumerals)};
  };
  if (numeral.size() > detail::kLongestSymbol) return refuse("it is longer than 128 characters");
  auto read = read_numeral(numeral);
  if (!read) return refuse(read.error());
  return *std::move(read);
}

Result<Chord, std::string> parse_roman(std::string_view numeral, const Key& key) {
  TOCCATA_TRY(const RomanNumeral read, parse_roman(numeral));
  return read.in(key);
}

std::string to_roman(const Chord& chord, const Key& key) {
  const Key in = detail::numeral_key(key);
  const bool minor = holds(chord.tones, {3, 3}), diminished = holds(chord.tones, {5, 6});
  const auto [degree, sign] = placed_root(chord.root, in, diminished);
  constexpr std::array<const char*, 7> kUpper{"I", "II", "III", "IV", "V", "VI", "VII"};
  constexpr std::array<const char*, 7> kLower{"i", "ii", "iii", "iv", "v", "vi", "vii"};
  std::string suffix = detail::suffix_text(chord.tones, detail::Notation::Numeral);
  if (const auto figure = figured(suffix, chord)) suffix = *figure;
  else if (chord.bass) suffix += "/" + to_string(*chord.bass);
  return detail::accidental_text(sign) + (minor ? kLower : kUpper)[degree] + suffix;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include <algorithm>

#include "musicxml/cursor.hpp"
#include "musicxml/tables.hpp"

namespace toccata::musicxml::detail {
namespace {

Check read_divisions(Cursor& cursor, pugi::xml_node node) {
  const auto number = decimal_of(text_of(node));
  if (!number || *number <= Rational(0))
    return cursor.reading.fault(Fault::BadDivisions, node, text_of(node));
  cursor.divisions = *number;
  return {};
}

/// One fraction of a signature, as groups of its own unit.
struct Fraction {
  std::vector<int> groups;
  int unit;
};

std::optional<Fraction> fraction_of(std::string_view beats, std::string_view unit) {
  Fraction fraction{{}, 0};
  for (;;) {
    const auto plus = beats.find('+');
    const auto group = whole_of(beats.substr(0, plus));
    if (!group || *group < 1 || *group > Meter::kMostPulses) return std::nullopt;
    fraction.groups.push_back(*group);
    if (plus == std::string_view::npos) break;
    beats.remove_prefix(plus + 1);
  }
  const auto number = whole_of(unit);
  if (!number || !Meter::make(1, *number)) return std::nullopt;
  fraction.unit = *number;
  return fraction;
}

/// Several fractions stand for their sum: 3/8 + 2/4 is 3+2+2/8.
std::optional<Meter> sum_of(const std::vector<Fraction>& fractions) {
  if (fractions.size() == 1 && fractions[0].groups.size() == 1) {
    const auto meter = Meter::make(fractions[0].groups[0], fractions[0].unit);
    return meter ? std::optional(*meter) : std::nullopt;
  }
  int unit = 1;
  for (const Fraction& fraction : fractions) unit = std::max(unit, fraction.unit);
  std::vector<int> groups;
  for (const Fraction& fraction : fractions)
    for (int group : fraction.groups) {
      // A sum of unlike units keeps its beats: 2/4 are two beats of two eighths.
      const int pulses = unit / fraction.unit;
      if (pulses == 1) groups.push_back(group);
      else groups.insert(groups.end(), static_cast<std::size_t>(group), pulses);
    }
  const auto meter = Meter::make_additive(groups, unit);
  return meter ? std::optional(*meter) : std::nullopt;
}

Check read_time(Cursor& cursor, pugi::xml_node node) {
  WrittenBar& bar = *cursor.bar;
  if (!cursor.is_leader && (bar.meter || bar.is_unmeasured)) return {};
  if (node.child("senza-misura")) {
    bar.is_unmeasured = true;
    return {};
  }
  std::vector<Fraction> fractions;
  for (auto beats = node.child("beats"); beats; beats = beats.next_sibling("beats")) {
    const auto fraction = fraction_of(text_of(beats), text_of(beats.next_sibling("beat-type")));
    if (!fraction) return cursor.reading.fault(Fault::BadTime, node, text_of(beats));
    fractions.push_back(*fraction);
  }
  const auto meter = fractions.empty() ? std::nullopt : sum_of(fractions);
  if (!meter) return cursor.reading.fault(Fault::BadTime, node, text_of(node.child("beats")));
  bar.meter = *meter;
  return {};
}

/// The key that sounds: what a transposing instrument reads, moved by its interval.
Check read_key(Cursor& cursor, pugi::xml_node node) {
  const pugi::xml_node text = node.child("fifths");
  if (!text) return {};  // a signature of single accidentals is no key
  const auto fifths = whole_of(text_of(text));
  constexpr int kMostFifths = 11;
  if (!fifths || *fifths < -kMostFifths || *fifths > kMostFifths)
    return cursor.reading.fault(Fault::BadKey, node, text_of(text));
  if (!cursor.is_leader) return {};
  const int up = cursor.transposition_of(0).semitones;
  int sounding = *fifths + 7 * (((up % 12) + 12) % 12);
  while (sounding > 7) sounding -= 12;
  if (up == 0) sounding = *fifths;
  if (cursor.position < Rational(0))
    TOCCATA_CHECK(cursor.reading.fault(Fault::BeforeMeasure, node, to_string(cursor.position)));
  const Rational at = std::max(cursor.position, Rational(0));
  if (const auto key = key_of_signature(sounding, text_of(node.child("mode"))))
    cursor.bar->keys.push_back({at, *key});
  else if (const auto plain = key_of_signature(sounding, "major"))
    cursor.bar->keys.push_back({at, *plain});
  return {};
}

Check read_transpose(Cursor& cursor, pugi::xml_node node) {
  constexpr int kFarthest = 60;
  const auto semitones = decimal_of(text_of(node.child("chromatic")));
  const auto octaves_text = text_of(node.child("octave-change"));
  const auto octaves = octaves_text.empty() ? std::optional(0) : whole_of(octaves_text);
  if (!semitones || semitones->denominator() != 1 || !octaves || *octaves < -10 || *octaves > 10 ||
      *semitones > Rational(kFarthest) || *semitones < Rational(-kFarthest))
    return cursor.reading.fault(Fault::BadTranspose, node, text_of(node.child("chromatic")));
  Transposition moved;
  moved.semitones = static_cast<int>(semitones->numerator()) + 12 * *octaves;
  moved.steps = whole_of(text_of(node.child("diatonic")));
  if (moved.steps && (*moved.steps < -kFarthest || *moved.steps > kFarthest)) moved.steps.reset();
  if (!moved.steps && semitones->numerator() % 12 == 0)
    moved.steps = static_cast<int>(semitones->numerator()) / 12 * 7;
  if (moved.steps) *moved.steps += 7 * *octaves;
  const int staff = node.attribute("number").as_int(0);
  if (staff == 0) cursor.transpositions.clear();
  cursor.transpositions[staff] = moved;
  return {};
}

}  // namespace

Check read_attributes(Cursor& cursor, pugi::xml_node node) {
  if (const auto divisions = node.child("divisions"))
    TOCCATA_CHECK(read_divisions(cursor, divisions));
  // Before the key, which is to sound.
  for (pugi::xml_node transpose : node.children("transpose"))
    TOCCATA_CHECK(read_transpose(cursor, transpose));
  if (const auto key = node.child("key")) TOCCATA_CHECK(read_key(cursor, key));
  if (const auto time = node.child("time")) TOCCATA_CHECK(read_time(cursor, time));
  return {};
}

}  // namespace toccata::musicxml::detail

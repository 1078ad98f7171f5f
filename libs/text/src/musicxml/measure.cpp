// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "musicxml/cursor.hpp"

namespace toccata::musicxml::detail {
namespace {

// Places of a measure are sums of fractions; within these bounds none leaves 64 bits.
constexpr std::int64_t kFinest = 1'000'000, kLongestQuarters = 100'000;
/// What finer places are rounded to: the divisions of a quarter by 2^5, 3^2, 5 and 7.
constexpr std::int64_t kRoundedTo = 10'080;

Read<Rational> bounded(Cursor& cursor, pugi::xml_node node, Rational quarters) {
  if (quarters.denominator() <= kFinest) return quarters;
  TOCCATA_CHECK(cursor.reading.fault(Fault::TooFine, node, to_string(quarters)));
  const Rational whole = quarters.floor();  // apart, as the product of all would not fit
  return whole + Rational(((quarters - whole) * Rational(kRoundedTo)).nearest(), kRoundedTo);
}

}  // namespace

Transposition Cursor::transposition_of(int staff) const {
  auto found = transpositions.find(staff);
  if (found == transpositions.end()) found = transpositions.find(0);
  return found == transpositions.end() ? Transposition() : found->second;
}

Read<Rational> quarters_of(Cursor& cursor, pugi::xml_node node, std::string_view text) {
  const auto number = decimal_of(text);
  if (!number) {
    TOCCATA_CHECK(cursor.reading.fault(Fault::BadDuration, node, text));
    return Rational(0);
  }
  if (!cursor.divisions) {
    TOCCATA_CHECK(cursor.reading.fault(Fault::BadDivisions, node, ""));
    cursor.divisions = 1;
  }
  const Rational quarters = *number / *cursor.divisions;
  if (quarters > Rational(kLongestQuarters) || quarters < Rational(-kLongestQuarters)) {
    TOCCATA_CHECK(cursor.reading.fault(Fault::BadDuration, node, text));
    return Rational(0);
  }
  return bounded(cursor, node, quarters);
}

Check go_to(Cursor& cursor, pugi::xml_node node, Rational position) {
  if (position > Rational(kLongestQuarters) || position < Rational(-kLongestQuarters)) {
    TOCCATA_CHECK(cursor.reading.fault(Fault::BadDuration, node, to_string(position)));
    position = cursor.position;
  }
  TOCCATA_TRY(cursor.position, bounded(cursor, node, position));
  cursor.measure->furthest = std::max(cursor.measure->furthest, cursor.position);
  return {};
}

Read<Rational> place_of(Cursor& cursor, pugi::xml_node node) {
  const pugi::xml_node offset = node.child("offset");
  Rational quarters = 0;
  if (offset) {
    TOCCATA_TRY(quarters, quarters_of(cursor, offset, text_of(offset)));
  }
  TOCCATA_TRY(const Rational place, bounded(cursor, node, cursor.position + quarters));
  if (place < Rational(0) && cursor.position < Rational(0))
    TOCCATA_CHECK(cursor.reading.fault(Fault::BeforeMeasure, node, to_string(place)));
  return std::clamp(place, Rational(0), Rational(kLongestQuarters));
}

namespace {

Check move(Cursor& cursor, pugi::xml_node node, int sign) {
  end_grace_run(cursor);
  cursor.has_chord_base = false;
  const pugi::xml_node duration = node.child("duration");
  TOCCATA_TRY(const Rational quarters, quarters_of(cursor, node, text_of(duration)));
  if (quarters < Rational(0))
    return cursor.reading.fault(Fault::BadDuration, node, text_of(duration));
  if (sign < 0) {  // from where it was written
    const Rational owed = std::exchange(cursor.owed, Rational(0));
    TOCCATA_TRY(const Rational back, bounded(cursor, node, owed + quarters));
    return go_to(cursor, node, cursor.position - back);
  }
  const Rational paid = std::min(quarters, cursor.owed);
  TOCCATA_TRY(cursor.owed, bounded(cursor, node, cursor.owed - paid));
  TOCCATA_TRY(const Rational rest, bounded(cursor, node, quarters - paid));
  return go_to(cursor, node, cursor.position + rest);
}

/// Editors write backups to before the measure that forwards make good: only what stands there is
/// wrong. Moved to the measure's beginning, notes leave what comes after the forwards in its place.
Check stand_in_measure(Cursor& cursor, pugi::xml_node node) {
  if (cursor.position >= Rational(0)) return {};
  TOCCATA_CHECK(cursor.reading.fault(Fault::BeforeMeasure, node, to_string(cursor.position)));
  cursor.owed = Rational(0) - cursor.position;
  cursor.position = 0;
  return {};
}

Check read_element(Cursor& cursor, pugi::xml_node node) {
  const std::string_view name = node.name();
  if (name == "backup") return move(cursor, node, -1);
  if (name == "forward") return move(cursor, node, 1);
  if (name == "attributes") return read_attributes(cursor, node);
  if (name == "note") {
    const bool is_rest = node.child("rest") && !node.child("chord");
    if (is_rest && cursor.position < Rational(0)) return move(cursor, node, 1);
    TOCCATA_CHECK(stand_in_measure(cursor, node));
    return read_note(cursor, node);
  }
  if (name == "direction") return read_direction(cursor, node);
  if (name == "sound") {
    TOCCATA_TRY(const Rational at, place_of(cursor, node));
    return read_sound(cursor, node, at);
  }
  if (name == "barline") return read_barline(cursor, node);
  if (name == "harmony") return read_harmony(cursor, node);
  return {};
}

void move_into(std::vector<std::string>& from, std::vector<std::string>& to) {
  to.insert(to.end(), from.begin(), from.end());
  from.clear();
}

}  // namespace

Check read_measure(Cursor& cursor, pugi::xml_node measure, WrittenBar& bar) {
  cursor.reading.enter(cursor.part.id, measure.attribute("number").value());
  cursor.part.measures.emplace_back();
  cursor.measure = &cursor.part.measures.back();
  cursor.bar = &bar;
  cursor.position = 0;
  cursor.owed = 0;
  cursor.has_chord_base = false;
  cursor.grace_places = 0;
  if (cursor.is_leader) {
    bar.number = measure.attribute("number").value();
    bar.is_implicit = says_yes(measure.attribute("implicit"));
  }
  move_into(cursor.late_segnos, bar.flow.segnos);
  move_into(cursor.late_codas, bar.flow.codas);
  if (bar.flow.ending_numbers.empty()) bar.flow.ending_numbers = std::move(cursor.late_ending);
  cursor.late_ending.clear();
  for (pugi::xml_node node : measure.children()) TOCCATA_CHECK(read_element(cursor, node));
  end_grace_run(cursor);
  bar.length = std::max(bar.length, cursor.measure->furthest);
  return {};
}

}  // namespace toccata::musicxml::detail

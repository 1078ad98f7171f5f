// SPDX-License-Identifier: MIT
#include "musicxml/cursor.hpp"
#include "musicxml/tables.hpp"

namespace toccata::musicxml::detail {
namespace {

std::string accidentals(int alter) {
  if (alter < -2 || alter > 2) return "?";  // no symbol is read with it
  return std::string(static_cast<std::size_t>(alter < 0 ? -alter : alter), alter < 0 ? 'b' : '#');
}

std::string note_name(pugi::xml_node step, pugi::xml_node alter) {
  return std::string(text_of(step)) + accidentals(whole_of(text_of(alter)).value_or(0));
}

std::string degree_text(pugi::xml_node degree) {
  const std::string value(text_of(degree.child("degree-value")));
  const int alter = whole_of(text_of(degree.child("degree-alter"))).value_or(0);
  const auto type = text_of(degree.child("degree-type"));
  if (type == "subtract") return "no" + value;
  return (alter == 0 ? "add" : accidentals(alter)) + value;
}

}  // namespace

Check read_harmony(Cursor& cursor, pugi::xml_node node) {
  const pugi::xml_node root = node.child("root"), kind = node.child("kind"),
                       bass = node.child("bass");
  const auto kind_text = text_of(kind);
  if (!root || kind_text == "none") return {};
  TOCCATA_TRY(const Rational at, place_of(cursor, node));
  const std::string name = note_name(root.child("root-step"), root.child("root-alter"));
  const std::string slash =
      bass ? "/" + note_name(bass.child("bass-step"), bass.child("bass-alter")) : "";
  const auto suffix = suffix_of_kind(kind_text);
  const std::string plain = name + std::string(suffix ? *suffix : kind.attribute("text").value());
  std::string degrees;
  for (pugi::xml_node degree : node.children("degree")) degrees += degree_text(degree);
  // A degree that no symbol says is left out rather than the chord.
  for (const std::string& symbol : {plain + degrees + slash, plain + slash, plain})
    if (const auto chord = parse_chord(symbol)) {
      cursor.bar->chords.push_back({at, *chord});
      return {};
    }
  return {};
}

}  // namespace toccata::musicxml::detail

// SPDX-License-Identifier: MIT
#include <algorithm>

#include "musicxml/cursor.hpp"
#include "musicxml/tables.hpp"

namespace toccata::musicxml::detail {
namespace {

using Kind = Marking::Kind;
using Side = WrittenDirection::Side;

/// Numbers of dashes are kept apart from those of wedges.
constexpr int kDashes = 20;
constexpr std::size_t kLongestWords = 200;

/// One direction of the page: everything that its elements share.
struct Place {
  Cursor& cursor;
  Rational at;
  std::uint8_t staff;
  std::optional<Velocity> loudness;  ///< of its sound
  bool has_sound_tempo;

  void add(Kind kind, Side side, int number = 0, std::string text = {},
           std::optional<Velocity> level = {}) const {
    cursor.measure->directions.push_back({kind, side, at, level, std::move(text), staff, number});
  }
};

/// Which of several stretches at once: 1 to kDashes.
int number_of(pugi::xml_node node) {
  return std::clamp(node.attribute("number").as_int(1), 1, kDashes);
}

/// A share of forte's velocity, 90.
std::optional<Velocity> loudness_of(std::string_view percent) {
  const auto number = decimal_of(percent);
  if (!number || *number < Rational(0)) return std::nullopt;
  const Rational velocity = std::min(*number, Rational(1000)) * Rational(9, 10);
  return Velocity::clamped(static_cast<int>(velocity.nearest()));
}

/// The level that a mark such as "sfp" leaves behind.
std::string_view level_after(std::string_view stress) {
  const auto soft = stress.find('p');
  return soft == std::string_view::npos ? std::string_view() : stress.substr(soft);
}

void add_dynamic(const Place& place, std::string_view mark) {
  const auto level = find_loudness(mark);
  if (!level) {
    if (!mark.empty()) place.add(Kind::Words, Side::Point, 0, std::string(mark));
    return;
  }
  const bool is_plain = mark.find_first_not_of('p') == std::string_view::npos ||
                        mark.find_first_not_of('f') == std::string_view::npos || mark[0] == 'm';
  if (is_plain)
    return place.add(Kind::Dynamic, Side::Point, 0, std::string(mark),
                     place.loudness ? place.loudness : level);
  place.add(Kind::Stress, Side::Point, 0, std::string(mark), level);
  const auto after = level_after(mark);
  if (!after.empty())
    place.add(Kind::Dynamic, Side::Point, 0, std::string(after), find_loudness(after));
}

void add_dynamics(const Place& place, pugi::xml_node node) {
  for (pugi::xml_node mark : node.children()) {
    const std::string_view name = mark.name();
    add_dynamic(place, name == "other-dynamics" ? text_of(mark).substr(0, kLongestWords) : name);
  }
}

void add_words(const Place& place, pugi::xml_node node) {
  const auto text = text_of(node).substr(0, kLongestWords);
  if (text.empty()) return;
  if (find_loudness(text)) return add_dynamic(place, text);
  const Kind kind = kind_of_words(text);
  int number = kWordStretch;
  for (pugi::xml_node type : node.parent().parent().children("direction-type"))
    if (const auto dashes = type.child("dashes")) number = kDashes + number_of(dashes);
  place.add(kind, is_stretch(kind) ? Side::Begin : Side::Point, number, std::string(text));
}

void add_wedge(const Place& place, pugi::xml_node node) {
  const std::string_view type = node.attribute("type").value();
  const int number = number_of(node);
  if (type == "crescendo") place.add(Kind::Crescendo, Side::Begin, number);
  if (type == "diminuendo") place.add(Kind::Diminuendo, Side::Begin, number);
  if (type == "stop") place.add(Kind::Crescendo, Side::End, number);
}

void add_pedal(const Place& place, pugi::xml_node node) {
  const std::string_view type = node.attribute("type").value();
  const bool changes = type == "change";
  if (changes || type == "stop" || type == "discontinue") place.add(Kind::Pedal, Side::End);
  if (changes || type == "start" || type == "resume") place.add(Kind::Pedal, Side::Begin);
}

Check add_tempo(Cursor& cursor, pugi::xml_node node, Rational at, Rational bpm,
                std::string_view found) {
  const auto tempo = Tempo::from_bpm(bpm.to_double());
  if (!tempo) return cursor.reading.fault(Fault::BadTempo, node, found);
  cursor.bar->tempos.push_back({at, *tempo});
  return {};
}

/// "120", or the first number of "ca. 120" and "112-120".
std::optional<Rational> first_number(std::string_view text) {
  const auto first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return std::nullopt;
  text.remove_prefix(first);
  return decimal_of(text.substr(0, text.find_first_not_of("0123456789.")));
}

/// A beat and how many of them a minute has; what says a beat by another is left out.
Check add_metronome(const Place& place, pugi::xml_node node) {
  const auto beat = quarters_of_type(text_of(node.child("beat-unit")));
  const pugi::xml_node minute = node.child("per-minute");
  if (place.has_sound_tempo || !beat || !minute) return {};
  Rational quarters = *beat;
  const auto dots = std::ranges::distance(node.children("beat-unit-dot"));
  if (dots == 1) quarters = quarters * Rational(3, 2);
  if (dots == 2) quarters = quarters * Rational(7, 4);
  const auto number = first_number(text_of(minute));
  if (!number) return {};  // words
  return add_tempo(place.cursor, node, place.at, *number * quarters, text_of(minute));
}

void add_target(const Place& place, std::vector<std::string>& here,
                std::vector<std::string>& next) {
  (place.at == Rational(0) ? here : next).emplace_back();
}

Check add_type(const Place& place, pugi::xml_node node) {
  const std::string_view name = node.name();
  Cursor& cursor = place.cursor;
  if (name == "dynamics") add_dynamics(place, node);
  if (name == "words") add_words(place, node);
  if (name == "wedge") add_wedge(place, node);
  if (name == "pedal") add_pedal(place, node);
  if (name == "segno") add_target(place, cursor.bar->flow.segnos, cursor.late_segnos);
  if (name == "coda") add_target(place, cursor.bar->flow.codas, cursor.late_codas);
  if (name == "dashes" && std::string_view(node.attribute("type").value()) == "stop")
    place.add(Kind::Crescendo, Side::End, kDashes + number_of(node));
  if (name == "rehearsal")
    cursor.bar->labels.push_back({place.at, std::string(text_of(node).substr(0, kLongestWords))});
  if (name == "metronome") return add_metronome(place, node);
  return {};
}

}  // namespace

Check read_direction(Cursor& cursor, pugi::xml_node node) {
  TOCCATA_TRY(const Rational at, place_of(cursor, node));
  const auto staff = whole_of(text_of(node.child("staff"))).value_or(0);
  const pugi::xml_node sound = node.child("sound");
  const Place place{cursor, at, static_cast<std::uint8_t>(std::clamp(staff, 0, int{UINT8_MAX})),
                    loudness_of(sound.attribute("dynamics").value()),
                    static_cast<bool>(sound.attribute("tempo"))};
  bool has_dynamics = false;
  for (pugi::xml_node type : node.children("direction-type"))
    for (pugi::xml_node element : type.children()) {
      has_dynamics = has_dynamics || std::string_view(element.name()) == "dynamics";
      TOCCATA_CHECK(add_type(place, element));
    }
  if (!sound) return {};
  if (place.loudness && !has_dynamics) place.add(Kind::Dynamic, Side::Point, 0, {}, place.loudness);
  return read_sound(cursor, sound, at);
}

Check read_sound(Cursor& cursor, pugi::xml_node node, Rational at) {
  FlowSigns& flow = cursor.bar->flow;
  const bool is_free = std::string_view(node.parent().name()) != "direction";
  if (const auto level = loudness_of(node.attribute("dynamics").value()); level && is_free)
    cursor.measure->directions.push_back({Kind::Dynamic, Side::Point, at, level, {}, 0, 0});
  if (says_yes(node.attribute("dacapo"))) flow.da_capo = true;
  if (const auto label = node.attribute("dalsegno")) flow.dal_segno = label.value();
  if (const auto label = node.attribute("tocoda")) flow.to_coda = label.value();
  if (node.attribute("fine")) flow.fine = true;
  if (says_yes(node.attribute("forward-repeat"))) flow.repeat_begins = true;
  if (const auto label = node.attribute("segno"))
    (at == Rational(0) ? flow.segnos : cursor.late_segnos).emplace_back(label.value());
  if (const auto label = node.attribute("coda"))
    (at == Rational(0) ? flow.codas : cursor.late_codas).emplace_back(label.value());
  const auto tempo = node.attribute("tempo");
  if (!tempo) return {};
  const auto number = decimal_of(tempo.value());
  if (!number) return cursor.reading.fault(Fault::BadTempo, node, tempo.value());
  return add_tempo(cursor, node, at, *number, tempo.value());
}

}  // namespace toccata::musicxml::detail

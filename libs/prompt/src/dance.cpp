// SPDX-License-Identifier: MIT
#include "dance.hpp"

#include "polarity_looks.hpp"
#include "tonic.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

struct Dance {
  std::string_view word;
  int pulses, unit;
};
constexpr Dance kDances[] = {
    {"barcarolle", 6, 8},  {"barcarolles", 6, 8}, {"bolero", 3, 4},     {"boleros", 3, 4},
    {"chaconne", 3, 4},    {"gavotte", 2, 2},     {"gavottes", 2, 2},   {"gigue", 6, 8},
    {"gigues", 6, 8},      {"habanera", 2, 4},    {"hornpipe", 4, 4},   {"jig", 6, 8},
    {"jigs", 6, 8},        {"landler", 3, 4},     {"march", 2, 4},      {"marche", 2, 4},
    {"marches", 2, 4},     {"mazurka", 3, 4},     {"mazurkas", 3, 4},   {"menuet", 3, 4},
    {"menuets", 3, 4},     {"minuet", 3, 4},      {"minuets", 3, 4},    {"passacaglia", 3, 4},
    {"passacaille", 3, 4}, {"polka", 2, 4},       {"polkas", 2, 4},     {"polonaise", 3, 4},
    {"polonaises", 3, 4},  {"reel", 4, 4},        {"reels", 4, 4},      {"saltarello", 6, 8},
    {"sarabande", 3, 4},   {"sarabandes", 3, 4},  {"siciliana", 12, 8}, {"siciliano", 12, 8},
    {"sicilienne", 6, 8},  {"tarantella", 6, 8},  {"tarantelle", 6, 8}};

/// Prepositions behind which a piece's own things stand: "une marche pour piano".
bool leads_on(const Reading& reading, int i) {
  if (!reading.is(i, Kind::Place) || reading.is_word(i, "to")) return false;  // "reel to reel"
  if (is_one_of(reading.item(i).text, {"for", "pour", "with", "avec"})) return true;
  int next = i + 1;
  if (find_tonic(reading, next)) return true;  // "a march in G"
  while (reading.is(next, Kind::Function) || reading.is(next, Kind::Article)) ++next;
  return !reading.is(next, Kind::Unknown);
}

bool is_adjective(const Reading& reading, int i) {
  return reading.is(i, Kind::Genre) || reading.is(i, Kind::Mood) || reading.is(i, Kind::Tempo) ||
         reading.is(i, Kind::Degree) || reading.is(i, Kind::Scale);
}

/// "Two-four polka", "6/8 march", "16-bar march", "120 bpm march".
bool is_measure(const Reading& reading, int i) {
  if (reading.is(i, Kind::Meter)) return true;
  if (reading.is(i, Kind::Unit))
    return reading.is(i - 1, Kind::Number) || reading.is_sign(i - 1, "-");
  return reading.is(i, Kind::Number) && reading.is_sign(i - 1, "/");
}

}  // namespace

std::optional<Meter> meter_of_dance(const Reading& reading, int i) {
  if (!reading.is(i, Kind::Genre)) return std::nullopt;
  if (reading.item(i).id == "waltz") return Meter::literal(3, 4);
  if (reading.is_word(i, "slip")) return Meter::literal(9, 8);
  for (const auto& text : {reading.item(i).text, std::string_view(reading.last_token(i).text)}) {
    const auto found = std::ranges::find(kDances, text, &Dance::word);
    if (found != std::end(kDances)) return *Meter::make(found->pulses, found->unit);
  }
  return std::nullopt;
}

bool is_no_dance(const Reading& reading, int i) {
  constexpr std::string_view kOthers[] = {"march", "marche",    "marches",    "reel",
                                          "reels", "polonaise", "polonaises", "polka"};
  const auto& item = reading.item(i);
  if (!reading.is(i, Kind::Genre) || item.first != item.last || !is_one_of(item.text, kOthers))
    return false;
  if (reading.first_token(i).has_accent) return true;                   // "réel"
  const bool is_of_film = reading.is(i - 1, Kind::Genre, "cinematic");  // "film reel"
  const bool may_begin = reading.is_pause(i - 1) || reading.is(i - 1, Kind::Article) ||
                         reading.is(i - 1, Kind::And) || is_adjective(reading, i - 1) ||
                         is_measure(reading, i - 1);
  const int next = i + 1;
  const bool may_end = reading.is_pause(next) || reading.is(next, Kind::And) ||
                       leads_on(reading, next) || is_adjective(reading, next);
  return !may_begin || !may_end || is_of_film;
}

}  // namespace toccata::prompt

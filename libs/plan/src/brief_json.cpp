// SPDX-License-Identifier: MIT
// Writes a Brief as toccata.brief/1; brief_read.cpp reads it back.
#include "brief_json.hpp"

#include <cmath>

#include <toccata/plan/brief.hpp>

namespace toccata {

namespace {

/// Whole numbers without a fraction.
Json number_json(double number) {
  constexpr double kExact = 9007199254740992;  // 2^53
  if (number == std::floor(number) && std::abs(number) < kExact)
    return static_cast<std::int64_t>(number);
  return number;
}

Json tonality_json(const TonalityAsk& tonality) {
  Json json{Json::Object{}};
  if (tonality.tonic) json.add("tonic", to_string(*tonality.tonic));
  if (!tonality.scale.empty()) json.add("scale", tonality.scale);
  if (!tonality.maqam.empty()) json.add("maqam", tonality.maqam);
  return json;
}

/// "3+2+2/8" where the grouping isn't the usual one.
std::string meter_text(const Meter& meter) {
  if (Meter::make(meter.pulses(), meter.unit()).value_or(meter) == meter) return to_string(meter);
  std::string groups;
  for (const int group : meter.beats())
    groups += (groups.empty() ? "" : "+") + std::to_string(group);
  return groups + "/" + std::to_string(meter.unit());
}

template <class Names>
Json names_json(const Names& names) {
  Json::Array items;
  for (const auto& name : names) items.emplace_back(name);
  return items;
}
Json roles_json(const std::vector<Role>& roles) {
  Json::Array items;
  for (const Role role : roles) items.emplace_back(name_of(role));
  return items;
}

void add_text(Json& json, std::string_view name, const std::string& text) {
  if (!text.empty()) json.add(std::string(name), text);
}
void add_number(Json& json, std::string_view name, const std::optional<double>& number) {
  if (number) json.add(std::string(name), number_json(*number));
}

void add_music(Json& json, const Brief& brief) {
  if (!brief.genres.empty()) json.add("genre", to_string(brief.genres));
  if (brief.tonality) json.add("key", tonality_json(*brief.tonality));
  add_number(json, "tempo", brief.tempo_bpm);
  if (brief.meter) json.add("meter", meter_text(*brief.meter));
  add_text(json, "rhythm", brief.rhythm);
  if (brief.bars) json.add("bars", *brief.bars);
  add_number(json, "seconds", brief.seconds);
  if (brief.form) json.add("form", to_string(*brief.form));
  add_text(json, "mood", brief.mood);
  add_number(json, "valence", brief.valence);
  add_number(json, "arousal", brief.arousal);
  add_number(json, "density", brief.density);
  if (brief.dynamics) json.add("dynamics", name_of(*brief.dynamics));
  if (brief.note_lengths) json.add("note_lengths", name_of(*brief.note_lengths));
}

void add_ensemble(Json& json, const Brief& brief) {
  if (brief.pickup) json.add("pickup", *brief.pickup);
  if (brief.drums) json.add("drums", *brief.drums);
  if (!brief.instruments.empty()) json.add("instruments", names_json(brief.instruments));
  if (!brief.seats.empty()) {
    Json::Array items;
    for (const SeatAsk& seat : brief.seats) items.emplace_back(to_string(seat));
    json.add("seats", std::move(items));
  }
  if (brief.alone) json.add("alone", true);
  if (!brief.without_instruments.empty())
    json.add("without_instruments", names_json(brief.without_instruments));
  if (!brief.parts.empty()) json.add("parts", roles_json(brief.parts));
  if (!brief.without_parts.empty()) json.add("without_parts", roles_json(brief.without_parts));
}

}  // namespace

Json to_json(const Brief& brief) {
  Json json{Json::Object{}};
  json.add("format", plan_detail::kBriefFormat);
  add_music(json, brief);
  add_ensemble(json, brief);
  add_text(json, "chords", brief.chords);
  if (brief.seed) json.add("seed", *brief.seed);
  add_text(json, "engine", brief.engine);
  if (brief.walk != WalkAsk{}) json.add("walk", to_json(brief.walk));
  add_text(json, "performance", brief.performance);
  return json;
}

}  // namespace toccata

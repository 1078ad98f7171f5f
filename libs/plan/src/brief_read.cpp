// SPDX-License-Identifier: MIT
// Reads toccata.brief/1: one function a member, found in a table.
#include "brief_json.hpp"
#include "names.hpp"

#include <algorithm>

#include <toccata/plan/brief.hpp>
#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/plan/mood.hpp>
#include <toccata/theory/maqam.hpp>

namespace toccata {
namespace {

using plan_detail::number_text;
using plan_detail::quoted;

using Outcome = Result<void, std::string>;
/// Puts one member into the brief.
using ReadMember = Outcome (*)(const Json& json, Brief& brief);

Unexpected<std::string> wrong_kind(const Json& json, std::string_view allowed) {
  return Unexpected{std::string(json.kind()) + " stands where " + std::string(allowed) +
                    " is allowed"};
}

Result<std::string, std::string> text_of(const Json& json) {
  if (const auto* text = json.text()) return *text;
  return wrong_kind(json, "a text");
}

Result<double, std::string> number_in(const Json& json, double lowest, double highest) {
  const auto number = json.number();
  if (!number) return wrong_kind(json, "a number");
  if (*number >= lowest && *number <= highest) return *number;
  return Unexpected{number_text(*number) + " is not in " + number_text(lowest) + ".." +
                    number_text(highest)};
}

Outcome read_genre(const Json& json, Brief& brief) {
  TOCCATA_TRY(const auto text, text_of(json));
  TOCCATA_TRY(brief.genres, parse_genres(text));
  return {};
}

Outcome read_tonality_member(const std::string& name, const std::string& text, TonalityAsk& ask) {
  if (name == "tonic") {
    TOCCATA_TRY(ask.tonic, parse_note_name(text));
  } else if (name == "scale") {
    const auto scale = Scale::find(text);
    if (!scale) return Unexpected{"the scale " + quoted(text) + " is not known"};
    ask.scale = scale->id();
  } else if (name == "maqam") {
    const auto* maqam = Maqam::find(text);
    if (maqam == nullptr) return Unexpected{"the maqam " + quoted(text) + " is not known"};
    ask.maqam = maqam->id;
  } else {
    return Unexpected{"unknown member " + quoted(name) + ": allowed are tonic, scale, maqam"};
  }
  return {};
}

Outcome read_key(const Json& json, Brief& brief) {
  if (const auto* text = json.text()) {
    TOCCATA_TRY(brief.tonality, parse_tonality(*text));
    return {};
  }
  const auto* members = json.object();
  if (members == nullptr) return wrong_kind(json, "a text or an object with tonic, scale, maqam");
  TonalityAsk ask;
  for (const auto& [name, value] : *members) {
    TOCCATA_TRY(const auto text, text_of(value));
    TOCCATA_CHECK(read_tonality_member(name, text, ask));
  }
  if (!ask.scale.empty() && !ask.maqam.empty())
    return Unexpected{std::string("a scale and a maqam exclude each other")};
  if (ask != TonalityAsk{}) brief.tonality = ask;
  return {};
}

Outcome read_tempo(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.tempo_bpm, number_in(json, kSlowestBpm, kFastestBpm));
  return {};
}
Outcome read_meter(const Json& json, Brief& brief) {
  TOCCATA_TRY(const auto text, text_of(json));
  TOCCATA_TRY(brief.meter, parse_meter(text));
  return {};
}
Outcome read_rhythm(const Json& json, Brief& brief) {
  TOCCATA_TRY(const auto text, text_of(json));
  const RhythmCycle* cycle = find_rhythm(text).cycle;
  if (cycle == nullptr)
    return Unexpected{"unknown rhythm " + quoted(text) + ": allowed are " +
                      plan_detail::joined(rhythm_names())};
  brief.rhythm = cycle->id;
  return {};
}
Outcome read_bars(const Json& json, Brief& brief) {
  TOCCATA_TRY(const double bars, number_in(json, 1, kMostBars));
  if (bars != static_cast<int>(bars)) return Unexpected{number_text(bars) + " is no whole number"};
  brief.bars = static_cast<int>(bars);
  return {};
}
Outcome read_seconds(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.seconds, number_in(json, kShortestSeconds, kLongestSeconds));
  return {};
}
Outcome read_form(const Json& json, Brief& brief) {
  TOCCATA_TRY(const auto text, text_of(json));
  TOCCATA_TRY(brief.form, parse_form(text));
  return {};
}

Outcome read_mood(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.mood, text_of(json));
  if (const Mood* mood = Mood::find(brief.mood)) {
    // Its figures, where none are given.
    if (!brief.valence) brief.valence = mood->valence;
    if (!brief.arousal) brief.arousal = mood->arousal;
    return {};
  }
  std::vector<std::string_view> known;
  for (const auto& mood : Mood::all()) known.push_back(mood.id);
  return Unexpected{"unknown mood " + quoted(brief.mood) + ": allowed are " +
                    plan_detail::joined(known)};
}
Outcome read_valence(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.valence, number_in(json, -1, 1));
  return {};
}
Outcome read_arousal(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.arousal, number_in(json, -1, 1));
  return {};
}
Outcome read_density(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.density, number_in(json, 0, 1));
  return {};
}

Outcome read_dynamics(const Json& json, Brief& brief) {
  TOCCATA_TRY(const auto text, text_of(json));
  brief.dynamics = find_dynamics(text);
  if (!brief.dynamics)
    return Unexpected{"unknown dynamics " + quoted(text) + ": allowed are pp, p, mp, mf, f, ff"};
  return {};
}
Outcome read_note_lengths(const Json& json, Brief& brief) {
  TOCCATA_TRY(const auto text, text_of(json));
  brief.note_lengths = find_note_lengths(text);
  if (!brief.note_lengths)
    return Unexpected{"unknown " + quoted(text) + ": allowed are short, mixed, long"};
  return {};
}
Outcome read_drums(const Json& json, Brief& brief) {
  if (json.boolean() == nullptr) return wrong_kind(json, "true or false");
  brief.drums = *json.boolean();
  return {};
}

Outcome read_alone(const Json& json, Brief& brief) {
  if (json.boolean() == nullptr) return wrong_kind(json, "true or false");
  brief.alone = *json.boolean();
  return {};
}

Outcome read_pickup(const Json& json, Brief& brief) {
  if (json.boolean() == nullptr) return wrong_kind(json, "true or false");
  brief.pickup = *json.boolean();
  return {};
}

Result<std::vector<std::string>, std::string> texts_of(const Json& json) {
  const auto* items = json.array();
  if (items == nullptr) return wrong_kind(json, "a list of texts");
  std::vector<std::string> texts;
  for (const auto& item : *items) {
    TOCCATA_TRY(auto text, text_of(item));
    texts.push_back(std::move(text));
  }
  return texts;
}

Outcome read_seats(const Json& json, Brief& brief) {
  TOCCATA_TRY(const auto texts, texts_of(json));
  for (const auto& text : texts) {
    TOCCATA_TRY(auto seat, parse_seat(text));
    brief.seats.push_back(std::move(seat));
  }
  return {};
}

Result<std::vector<std::string>, std::string> instruments_of(const Json& json) {
  TOCCATA_TRY(auto names, texts_of(json));
  for (auto& name : names) {
    const auto* instrument = InstrumentInfo::find(name);
    if (instrument == nullptr)
      return Unexpected{"unknown instrument " + quoted(name) +
                        ": allowed are those of data/instruments.json, such as piano"};
    name = instrument->id;
  }
  return names;
}
Outcome read_instruments(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.instruments, instruments_of(json));
  return {};
}
Outcome read_without_instruments(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.without_instruments, instruments_of(json));
  return {};
}

Result<std::vector<Role>, std::string> roles_of(const Json& json) {
  TOCCATA_TRY(const auto names, texts_of(json));
  std::vector<Role> roles;
  for (const auto& name : names) {
    const auto role = find_role(name);
    if (!role)
      return Unexpected{"unknown part " + quoted(name) +
                        ": allowed are melody, chords, bass, drums, pad, counter, other"};
    if (std::ranges::find(roles, *role) != roles.end())
      return Unexpected{"the part " + quoted(name) + " is named twice"};
    roles.push_back(*role);
  }
  return roles;
}
Outcome read_parts(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.parts, roles_of(json));
  return {};
}
Outcome read_without_parts(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.without_parts, roles_of(json));
  if (std::erase(brief.without_parts, Role::Drums) > 0) brief.drums = false;
  return {};
}

Outcome read_chords(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.chords, text_of(json));
  TOCCATA_CHECK(parse_chord_bars(brief.chords));
  return {};
}

Outcome read_seed(const Json& json, Brief& brief) {
  brief.seed = json.whole();
  if (brief.seed) return {};
  const auto* text = json.text();
  if (text == nullptr) return wrong_kind(json, "a whole number from 0 to 2^64 - 1");
  return Unexpected{quoted(*text) + " is no whole number from 0 to 2^64 - 1"};
}
Outcome read_engine(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.engine, text_of(json));
  return {};
}
Outcome read_walk(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.walk, walk_from_json(json));
  return {};
}
Outcome read_performance(const Json& json, Brief& brief) {
  TOCCATA_TRY(brief.performance, text_of(json));
  return {};
}

Outcome read_format(const Json& json, Brief&) {
  if (json.text() != nullptr && *json.text() == plan_detail::kBriefFormat) return {};
  return Unexpected{"the format is not " + std::string(plan_detail::kBriefFormat)};
}
/// What --explain writes for people beside the brief.
Outcome pass_over(const Json&, Brief&) { return {}; }

struct Member {
  std::string_view name;
  ReadMember read;
};
constexpr Member kMembers[] = {
    {"format", read_format},
    {"genre", read_genre},
    {"key", read_key},
    {"tempo", read_tempo},
    {"meter", read_meter},
    {"rhythm", read_rhythm},
    {"bars", read_bars},
    {"seconds", read_seconds},
    {"form", read_form},
    {"mood", read_mood},
    {"valence", read_valence},
    {"arousal", read_arousal},
    {"density", read_density},
    {"dynamics", read_dynamics},
    {"note_lengths", read_note_lengths},
    {"drums", read_drums},
    {"pickup", read_pickup},
    {"instruments", read_instruments},
    {"seats", read_seats},
    {"alone", read_alone},
    {"without_instruments", read_without_instruments},
    {"parts", read_parts},
    {"without_parts", read_without_parts},
    {"chords", read_chords},
    {"seed", read_seed},
    {"engine", read_engine},
    {"walk", read_walk},
    {"performance", read_performance},
    {"reasons", pass_over},
    {"not_understood", pass_over},
};

Unexpected<std::string> unknown_member(const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& member : kMembers) names.push_back(member.name);
  return Unexpected{"unknown member " + quoted(name) + ": allowed are " +
                    plan_detail::joined(names)};
}

}  // namespace

Result<Brief, std::string> brief_from_json(const Json& json) {
  const auto* members = json.object();
  if (members == nullptr) return wrong_kind(json, "an object (toccata.brief/1)");
  if (json.find("format") == nullptr)
    return Unexpected{std::string("the member \"format\" is missing: \"toccata.brief/1\"")};
  Brief brief;
  for (const auto& [name, value] : *members) {
    const auto member = std::ranges::find(kMembers, name, &Member::name);
    if (member == std::end(kMembers)) return unknown_member(name);
    if (const auto read = member->read(value, brief); !read)
      return Unexpected{quoted(name) + ": " + read.error()};
  }
  if (const Json* drums = json.find("drums"), *without = json.find("without_parts");
      drums != nullptr && *drums->boolean() && without != nullptr)
    if (const auto roles = roles_of(*without);
        std::ranges::find(*roles, Role::Drums) != roles->end())
      return Unexpected{std::string(
          "\"drums\" is true and \"without_parts\" names drums: allowed is one of them")};
  return brief;
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
// info: what files hold, many in one process.
#include <algorithm>

#include <fmt/format.h>
#include <toccata/analysis/key.hpp>
#include <toccata/base/json.hpp>

#include "edit.hpp"
#include "say.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

Json part_json(const Part& part) {
  Json json;
  json.add("name", part.name);
  json.add("role", name_of(part.role));
  json.add("program", part.instrument.program.number());
  json.add("drums", part.instrument.is_drums);
  if (part.place) {
    json.add("track", part.place->track + 1);
    json.add("channel", part.place->channel.number() + 1);
  }
  json.add("notes", static_cast<std::int64_t>(part.notes.size()));
  if (part.notes.empty()) return json;
  const auto [lowest, highest] = std::ranges::minmax(part.notes, {}, &Note::pitch);
  json.add("lowest", lowest.pitch.number());
  json.add("highest", highest.pitch.number());
  return json;
}

Json provenance_json(const Provenance& provenance) {
  Json json;
  json.add("version", provenance.version);
  json.add("verb", provenance.verb);
  json.add("engine", provenance.engine);
  json.add("seed", provenance.seed);
  if (!provenance.brief.empty()) json.add("brief", provenance.brief);
  if (!provenance.weights.empty()) {
    Json weights = Json::Array{};
    for (const std::string& weight : provenance.weights) weights.push(weight);
    json.add("weights", std::move(weights));
  }
  return json;
}

template <class Items, class Make>
Json list_of(const Items& items, Make make) {
  Json list = Json::Array{};
  for (const auto& item : items) list.push(make(item));
  return list;
}

/// Marked in the file, or else estimated.
void add_key(Json& json, const Score& score) {
  if (!score.keys.empty()) {
    const KeyMark& mark = score.keys.front();
    json.add("key", mark.maqam.empty() ? to_string(mark.key)
                                       : to_string(mark.key.tonic) + " " + mark.maqam);
    return;
  }
  if (const auto estimate = estimate_key(score, bars_of(score)))
    json.add("key_estimate", to_string(estimate->key));
}

void add_file(Json& json, const Music& music) {
  json.add("format", music.format);
  if (!music.file) return;
  const midi::File& file = *music.file;
  json.add("midi_format", static_cast<int>(file.format));
  if (!file.division.is_smpte()) json.add("ppq", file.division.ppq().ticks());
  json.add("tracks", static_cast<std::int64_t>(file.tracks.size()));
}

/// Where the last note ends, as played.
double seconds_of(const Music& music) {
  Tick end;
  for (const Part& part : music.content.score.parts)
    for (const Note& note : part.notes) end = std::max(end, note.end());
  return music.content.performance.tempo.seconds_at(end).value();
}

Json info_json(const Music& music) {
  const Score& score = music.content.score;
  Json json;
  json.add("name", music.name);
  add_file(json, music);
  if (!score.title.empty()) json.add("title", score.title);
  json.add("bars", score.bar_count());
  json.add("seconds", seconds_of(music));
  json.add("tempo", score.tempo.tempo_at(Tick(0)).bpm());
  json.add("meter", to_string(score.meter.meter_of(Bar(0))));
  if (score.meter.pickup() == MeterMap::Pickup::FirstBar)
    json.add("pickup", to_string(score.meter.meter_at(Tick(0))));
  add_key(json, score);
  std::size_t notes = 0;
  for (const Part& part : score.parts) notes += part.notes.size();
  json.add("notes", static_cast<std::int64_t>(notes));
  json.add("parts", list_of(score.parts, part_json));
  json.add("sections", list_of(score.sections, [&](const Section& section) {
             Json item;
             item.add("bar", score.meter.bar_at(section.at).printed());
             item.add("label", section.label);
             return item;
           }));
  json.add("provenance", list_of(score.provenance, provenance_json));
  json.add("repairs", list_of(music.repairs, [](const std::string& text) { return Json(text); }));
  return json;
}

/// Numbers as people read them: 130, 29.48. JSON has them exactly.
std::string shown(const Json& value) {
  if (value.text() != nullptr) return *value.text();
  if (value.integer() != nullptr || !value.number()) return to_text(value, JsonLayout::Compact);
  std::string text = fmt::format("{:.2f}", *value.number());
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// One member a line; lists one item a line.
std::string info_text(const Json& json) {
  std::string text;
  for (const auto& [name, value] : *json.object()) {
    const auto* items = value.array();
    if (items == nullptr) {
      text +=
          name == "name" ? shown(value) + "\n" : fmt::format("  {:<14}{}\n", name, shown(value));
      continue;
    }
    for (const Json& item : *items) {
      std::string line;
      if (item.text() != nullptr) line = *item.text();
      if (const auto* members = item.object())
        for (const auto& [key, member] : *members)
          line += fmt::format("{}{} {}", line.empty() ? "" : ", ", key, shown(member));
      text += fmt::format("  {:<14}{}\n", name, line);
    }
  }
  return text;
}

Outcome<void> run(const Arguments& arguments) {
  const auto repair = arguments.has("--lenient") ? midi::Repair::Lenient : midi::Repair::None;
  const bool as_json = arguments.has("--json");
  std::optional<Failure> first;
  int failures = 0;
  for (const std::string& name : arguments.positionals()) {
    auto music = read_music(name, repair);
    Json json;
    if (music) {
      json = info_json(*music);
    } else {
      ++failures;
      json.add("name", name);
      json.add("error", music.error().what);
      if (!first) first = std::move(music).error();
      if (!as_json || arguments.positionals().size() == 1) continue;
    }
    TOCCATA_CHECK(say(as_json ? to_text(json, JsonLayout::Compact) + "\n" : info_text(json)));
  }
  if (!first) return {};
  if (failures > 1)
    first->what = fmt::format("{} of {} files could not be read; the first: {}", failures,
                              arguments.positionals().size(), first->what);
  return Unexpected{*std::move(first)};
}

constexpr OptionSpec kOptions[] = {
    {"--json", "", Takes::Nothing,
     "one JSON object a line for each file, with its name; for one that cannot be read its error"},
    {"--lenient", "", Takes::Nothing,
     "repairs damaged MIDI and MusicXML files and lists every repair"},
};

}  // namespace

Verb info_verb() {
  return {
      "info",
      "Tells what files hold: length, tempo, key, parts, sections, and who made them.",
      {"FILE", "MIDI files, MusicXML or score JSON; - is stdin", PositionalSpec::Count::OneOrMore},
      kOptions,
      "toccata info *.mid --json",
      run};
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
#include "piece.hpp"

#include <toccata/compose/verbs.hpp>
#include <toccata/midi/export.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/prompt/understand.hpp>

#include "drummers.hpp"
#include "models.hpp"

namespace toccata::cli {
namespace {

Result<Settings, std::string> settings_of(const Ask& ask) {
  auto understood = understand(ask.sentence);
  if (!understood) return Unexpected{"sentence: " + describe(understood.error())};
  Brief brief = understood->brief;
  brief.seed = ask.seed;
  TOCCATA_TRY(Settled settled, settle(brief, 0));
  return std::move(settled.settings);
}

Result<Bytes, std::string> bytes_of(const Ask& ask) {
  TOCCATA_TRY(const Settings settings, settings_of(ask));
  const auto score = compose(settings);
  if (!score) return Unexpected{"compose: " + describe(score.error())};
  const auto plan = make_plan(settings);
  const PerformTask task{*score, &settings, plan ? &*plan : nullptr};
  const auto played = play_composed(settings.performance, task, ask.seed);
  if (!played) return Unexpected{played.error().what};
  const auto file = midi::from_score(*score, played->performance);
  if (!file) return Unexpected{"MIDI: " + describe(file.error())};
  return midi::write_midi(*file);
}

}  // namespace

Ask ask_for(const Brief& brief, Language language, Rng& rng) {
  Ask ask{sayable(brief), phrase(brief, language, rng), 0};
  ask.seed = rng.next() & 0x7FFFFFFF;
  return ask;
}

Json to_json(const Ask& ask) {
  Json json;
  json.add("sentence", ask.sentence);
  json.add("seed", ask.seed);
  json.add("brief", to_json(ask.brief));
  return json;
}

Result<Heard, std::string> hear(const Ask& ask) {
  TOCCATA_TRY(const Bytes bytes, bytes_of(ask));
  auto read = midi::read_midi(bytes);
  if (!read) return Unexpected{"the file written is damaged: " + describe(read.error())};
  midi::Import content = midi::to_score(read->file);
  return Heard{std::move(read->file), std::move(content.score), std::move(content.performance)};
}

std::vector<const Part*> heard_parts(const Heard& heard) {
  std::vector<const Part*> parts;
  for (const Part& part : heard.score.parts)
    if (!part.notes.empty()) parts.push_back(&part);
  return parts;
}

const Part* heard_part(const Heard& heard, Role role) {
  for (const Part* part : heard_parts(heard)) {
    if (part->name.empty()) continue;
    std::string name = part->name;
    if (name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
    if (name == name_of(role)) return part;
  }
  return nullptr;
}

std::optional<Signature> heard_signature(const Heard& heard) {
  for (const midi::Track& track : heard.file.tracks)
    for (const midi::Event& event : track.events()) {
      if (event.at > Tick(0)) break;
      if (!event.is_meta(midi::meta::kKey)) continue;
      const ByteView bytes = track.payload(event);
      return Signature{static_cast<std::int8_t>(bytes[0]), bytes[1] != 0};
    }
  return std::nullopt;
}

}  // namespace toccata::cli

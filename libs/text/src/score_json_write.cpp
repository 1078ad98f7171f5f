// SPDX-License-Identifier: MIT
#include "json_lines.hpp"
#include "score_json_names.hpp"

#include <numeric>

#include <toccata/text/score_json.hpp>

namespace toccata {
namespace {

using detail::json_quoted;
using detail::Lines;
using detail::Record;

std::int64_t number(Tick tick) { return tick.ticks(); }
std::int64_t number(Duration duration) { return duration.ticks(); }

/// One line an item.
template <class Items, class Write>
std::vector<std::string> lines_of(const Items& items, Write write) {
  std::vector<std::string> lines;
  lines.reserve(items.size());
  for (const auto& item : items) lines.push_back(write(item));
  return lines;
}

template <class Items, class Write>
void add_unless_empty(Lines& object, std::string_view name, const Items& items, Write write) {
  if (!items.empty()) object.add_items(name, lines_of(items, write));
}

std::string tempo_line(const TempoChange& change) {
  return Record()
      .add("at", number(change.at))
      .add("micros_per_quarter", std::int64_t{change.tempo.micros_per_quarter()})
      .text();
}

/// "7/8", or "2+2+3/8" where the grouping is not the usual one.
std::string meter_text(const Meter& meter) {
  if (Meter::make(meter.pulses(), meter.unit()).value() == meter) return to_string(meter);
  std::string groups;
  for (int group : meter.beats()) groups += (groups.empty() ? "" : "+") + std::to_string(group);
  return groups + "/" + std::to_string(meter.unit());
}

std::string meter_line(const MeterChange& change) {
  return Record().add("at", number(change.at)).add("meter", meter_text(change.meter)).text();
}

std::string key_line(const KeyMark& mark) {
  Record line;
  line.add("at", number(mark.at)).add("key", to_string(mark.key));
  if (!mark.maqam.empty()) line.add("maqam", mark.maqam);
  return line.text();
}

std::string section_line(const Section& section) {
  return Record().add("at", number(section.at)).add("label", section.label).text();
}

/// Root, tones and bass, for a chord that no symbol says.
std::string spelled_out(const Chord& chord) {
  std::string tones;
  for (const ChordTone& tone : chord.tones)
    tones += (tones.empty() ? "[" : ", [") + std::to_string(tone.degree) + ", " +
             std::to_string(tone.semitones) + "]";
  Record record;
  record.add("root", to_string(chord.root)).add_json("tones", "[" + tones + "]");
  if (chord.bass) record.add("bass", to_string(*chord.bass));
  return record.text();
}

std::string chord_line(const ChordMark& mark) {
  const std::string symbol = to_string(mark.chord);
  const auto again = parse_chord(symbol);
  Record line;
  line.add("at", number(mark.at));
  if (again && *again == mark.chord) line.add("chord", symbol);
  else line.add_json("chord", spelled_out(mark.chord));
  return line.text();
}

std::vector<std::string_view> names_of(Marks marks) {
  std::vector<std::string_view> names;
  for (const auto& [mark, name] : detail::kMarkNames)
    if (marks.has(mark)) names.push_back(name);
  return names;
}

std::string note_line(const Note& note) {
  Record line;
  line.add("id", std::int64_t{note.id.number()})
      .add("onset", number(note.onset))
      .add("duration", number(note.duration))
      .add("pitch", std::int64_t{note.pitch.number()});
  if (note.detune != Cents()) line.add("detune", note.detune.value());
  if (note.spelling) line.add("spelling", to_string(*note.spelling));
  if (note.glide)
    line.add("glide_from", note.glide->from.value()).add("glide_over", number(note.glide->over));
  if (note.marks != Marks()) line.add("marks", names_of(note.marks));
  if (note.voice != 0) line.add("voice", std::int64_t{note.voice});
  if (note.staff != 0) line.add("staff", std::int64_t{note.staff});
  return line.text();
}

std::string marking_line(const Marking& marking) {
  Record line;
  line.add("at", number(marking.at));
  if (marking.end != marking.at) line.add("end", number(marking.end));
  line.add("kind", name_of(marking.kind));
  if (marking.loudness) line.add("loudness", std::int64_t{marking.loudness->number()});
  if (!marking.text.empty()) line.add("text", marking.text);
  if (marking.staff != 0) line.add("staff", std::int64_t{marking.staff});
  return line.text();
}

std::string part_text(const Part& part) {
  Lines object(2);
  object.add("id", std::to_string(part.id.number()));
  object.add("name", json_quoted(part.name));
  object.add("role", json_quoted(name_of(part.role)));
  object.add("program", std::to_string(part.instrument.program.number()));
  if (part.instrument.is_drums) object.add("drums", "true");
  if (part.place) {
    object.add("track", std::to_string(part.place->track));
    object.add("channel", std::to_string(part.place->channel.number()));
  }
  object.add_items("notes", lines_of(part.notes, note_line));
  add_unless_empty(object, "markings", part.markings, marking_line);
  return object.text();
}

std::string played_line(const PlayedNote& played) {
  Record line;
  line.add("note", std::int64_t{played.note.number()});
  if (played.shift != Duration(0)) line.add("shift", number(played.shift));
  line.add("sounding", number(played.sounding))
      .add("velocity", std::int64_t{played.velocity.number()});
  if (played.release) line.add("release", std::int64_t{played.release->number()});
  return line.text();
}

std::string control_line(const ControlEvent& event) {
  return Record()
      .add("part", std::int64_t{event.part.number()})
      .add("at", number(event.at))
      .add("controller", std::int64_t{event.controller.number()})
      .add("value", std::int64_t{event.value.number()})
      .text();
}

std::string performance_text(const Performance& performance, const Score& score) {
  Lines object(1);
  if (performance.tempo != score.tempo)
    object.add_items("tempo", lines_of(performance.tempo.changes(), tempo_line));
  object.add_items("notes", lines_of(performance.notes, played_line));
  add_unless_empty(object, "controls", performance.controls, control_line);
  return object.text();
}

std::string carried_line(const CarriedEvent& event) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string bytes;
  for (std::uint8_t byte : event.bytes) {
    bytes += kDigits[byte >> 4];
    bytes += kDigits[byte & 15];
  }
  return Record()
      .add("track", std::int64_t{event.track})
      .add("at", number(event.at))
      .add("bytes", bytes)
      .text();
}

std::string provenance_line(const Provenance& provenance) {
  Record line;
  line.add("version", provenance.version)
      .add("verb", provenance.verb)
      .add("engine", provenance.engine)
      .add_json("seed", to_text(Json(provenance.seed), JsonLayout::Compact));
  if (!provenance.brief.empty()) line.add("brief", provenance.brief);
  if (!provenance.weights.empty())
    line.add("weights",
             std::vector<std::string_view>(provenance.weights.begin(), provenance.weights.end()));
  return line.text();
}

}  // namespace

std::string write_score_json(const ScoreDocument& document) {
  const Score& score = document.score;
  Lines object(0);
  object.add("format", json_quoted(kScoreFormat));
  object.add("ppq", std::to_string(score.ppq().ticks()));
  object.add("end", std::to_string(number(score.end)));
  if (!score.title.empty()) object.add("title", json_quoted(score.title));
  add_unless_empty(object, "tempo", score.tempo.changes(), tempo_line);
  add_unless_empty(object, "meter", score.meter.changes(), meter_line);
  if (score.meter.pickup() == MeterMap::Pickup::FirstBar) object.add("pickup", "true");
  add_unless_empty(object, "keys", score.keys, key_line);
  add_unless_empty(object, "sections", score.sections, section_line);
  add_unless_empty(object, "chords", score.chords, chord_line);
  object.add_items("parts", lines_of(score.parts, part_text));
  if (document.performance)
    object.add("performance", performance_text(*document.performance, score));
  add_unless_empty(object, "carried", score.carried, carried_line);
  add_unless_empty(object, "provenance", score.provenance, provenance_line);
  return object.text() + "\n";
}

}  // namespace toccata

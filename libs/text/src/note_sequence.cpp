// SPDX-License-Identifier: MIT
#include "json_lines.hpp"
#include "played_view.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace toccata {
namespace {

using namespace detail;

// ---- writing

double seconds_of(Tick at, const TempoMap& tempo) { return tempo.seconds_at(at).value(); }

/// music.proto's names of keys; those of one pitch are aliases there.
constexpr std::array<std::string_view, 12> kKeyNames = {
    "C", "D_FLAT", "D", "E_FLAT", "E", "F", "F_SHARP", "G", "A_FLAT", "A", "B_FLAT", "B"};
constexpr std::array<std::string_view, 12> kSharpKeyNames = {
    "C", "C_SHARP", "D", "D_SHARP", "E", "F", "F_SHARP", "G", "G_SHARP", "A", "A_SHARP", "B"};

std::string_view key_name(NoteName tonic) {
  const auto index = static_cast<std::size_t>(tonic.pitch_class().number());
  return tonic.alteration > 0 ? kSharpKeyNames[index] : kKeyNames[index];
}

std::vector<std::string> note_lines(const ScoreDocument& document) {
  const TempoMap& tempo = played_tempo(document);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < document.score.parts.size(); ++i) {
    const Part& part = document.score.parts[i];
    for (const Note& note : part.notes) {
      const PlayedView played = played_view(document, note);
      Record line;
      line.add("pitch", std::int64_t{note.pitch.number()})
          .add("velocity", std::int64_t{played.velocity})
          .add("startTime", seconds_of(played.onset, tempo))
          .add("endTime", seconds_of(played.onset + played.duration, tempo))
          .add("instrument", static_cast<std::int64_t>(i))
          .add("program", std::int64_t{part.instrument.program.number()});
      if (part.instrument.is_drums) line.add_json("isDrum", "true");
      lines.push_back(line.text());
    }
  }
  return lines;
}

template <class Marks, class Write>
void add_lines(Lines& object, std::string_view name, const Marks& marks, Write write) {
  std::vector<std::string> lines;
  for (const auto& mark : marks) lines.push_back(write(mark));
  if (!lines.empty()) object.add_items(name, lines);
}

std::vector<std::string> control_lines(const ScoreDocument& document) {
  std::vector<std::string> lines;
  if (!document.performance) return lines;
  for (const ControlEvent& event : document.performance->controls) {
    const auto part = std::ranges::find(document.score.parts, event.part, &Part::id);
    if (part == document.score.parts.end()) continue;
    lines.push_back(Record()
                        .add("time", seconds_of(event.at, document.performance->tempo))
                        .add("controlNumber", std::int64_t{event.controller.number()})
                        .add("controlValue", std::int64_t{event.value.number()})
                        .add("instrument", part - document.score.parts.begin())
                        .add("program", std::int64_t{part->instrument.program.number()})
                        .text());
  }
  return lines;
}

std::vector<std::string> section_lines(const ScoreDocument& document) {
  std::vector<std::string> labels, lines;
  for (const Section& section : document.score.sections) {
    const auto known = std::ranges::find(labels, section.label);
    const std::int64_t id = known - labels.begin() + 1;
    if (known == labels.end()) labels.push_back(section.label);
    lines.push_back(Record()
                        .add("time", seconds_of(section.at, played_tempo(document)))
                        .add("sectionId", id)
                        .text());
  }
  return lines;
}

// ---- reading

/// Tempo changes at seconds, turned to ticks one after the other.
Read<TempoMap> read_tempos(const Node& node, Ppq ppq) {
  TOCCATA_TRY(const auto count, node.array_size());
  std::vector<std::pair<double, Tempo>> changes;
  for (std::size_t i = 0; i < count; ++i) {
    const Node item = node.item(i), time = item.member("time");
    double seconds = 0;
    if (time.exists()) {
      TOCCATA_TRY(seconds, time.real(0, 1e6));
    }
    TOCCATA_TRY(const Tempo tempo, read_bpm(item.member("qpm")));
    changes.emplace_back(seconds, tempo);
  }
  std::ranges::stable_sort(changes, {}, [](const auto& change) { return change.first; });
  std::vector<TempoChange> in_ticks;
  Tick at;
  double since = 0;
  Tempo current = kDefaultTempo;
  for (const auto& [seconds, tempo] : changes) {
    const TempoMap stretch(ppq, {{Tick(0), current}});
    at += stretch.tick_at(Seconds(seconds - since)) - Tick(0);
    TOCCATA_TRY(const Tick within, expect_tick(node, at));
    in_ticks.push_back({within, tempo});
    since = seconds;
    current = tempo;
  }
  return TempoMap(ppq, std::move(in_ticks));
}

/// A sequence's notes have seconds, or steps where it is quantised.
class NoteTimes {
 public:
  NoteTimes(const TempoMap& tempo, std::int64_t steps_per_quarter)
      : tempo_(tempo), steps_per_quarter_(steps_per_quarter) {}
  Read<Tick> read(const Node& note, std::string_view seconds, std::string_view step) const {
    const Node steps = note.member(step);
    if (steps_per_quarter_ == 0 || note.member(seconds).exists())
      return read_seconds(note.member(seconds), tempo_);
    TOCCATA_TRY(const auto count, steps.whole_or({0, 100'000'000}, 0));
    return expect_tick(note, Tick(0) + tempo_.ppq().nearest({count, steps_per_quarter_}));
  }

 private:
  const TempoMap& tempo_;
  std::int64_t steps_per_quarter_;
};

Read<bool> read_flag(const Node& node) {
  return node.exists() ? node.boolean() : Read<bool>(false);
}

class SequenceReader {
 public:
  SequenceReader(const Node& root, Ppq ppq) : root_(root), builder_(ppq), ppq_(ppq) {}

  Read<ScoreDocument> read() {
    TOCCATA_TRY(builder_.score().tempo, read_tempos(root_.member("tempos"), ppq_));
    TOCCATA_CHECK(read_meters());
    TOCCATA_CHECK(read_keys());
    TOCCATA_CHECK(read_texts());
    TOCCATA_CHECK(read_sections());
    TOCCATA_CHECK(read_notes());
    TOCCATA_CHECK(read_names());
    TOCCATA_CHECK(read_controls());
    TOCCATA_TRY(const Tick end, read_seconds(root_.member("totalTime"), tempo()));
    return builder_.finish(last_bar_end(end));
  }

 private:
  const TempoMap& tempo() { return builder_.score().tempo; }
  Tick last_bar_end(Tick end) {
    const MeterMap& meter = builder_.score().meter;
    return end == Tick(0) ? end : meter.end_of(meter.bar_at(end - Duration(1)));
  }
  /// Calls visit(item, its time) for each item of an array.
  template <class Visit>
  Read<void> for_each(std::string_view name, Visit visit) {
    const Node array = root_.member(name);
    TOCCATA_TRY(const auto count, array.array_size());
    for (std::size_t i = 0; i < count; ++i) {
      const Node item = array.item(i);
      TOCCATA_TRY(const Tick at, read_seconds(item.member("time"), tempo()));
      TOCCATA_CHECK(visit(item, at));
    }
    return {};
  }
  Read<void> read_meters() {
    std::vector<MeterChange> changes;
    TOCCATA_CHECK(for_each("timeSignatures", [&](const Node& item, Tick at) -> Read<void> {
      TOCCATA_TRY(const Meter meter,
                  read_meter_pair(item.member("numerator"), item.member("denominator")));
      changes.push_back({at, meter});
      return {};
    }));
    builder_.score().meter = MeterMap(ppq_, std::move(changes));
    return {};
  }
  /// Keys are names of music.proto or their numbers; so are modes.
  Read<void> read_keys() {
    return for_each("keySignatures", [&](const Node& item, Tick at) -> Read<void> {
      const Node key = item.member("key"), mode = item.member("mode");
      std::string tonic = "C", scale;
      if (key.exists() && key.json().integer() != nullptr) {
        TOCCATA_TRY(const auto number, key.whole({0, 11}));
        tonic = kKeyNames[static_cast<std::size_t>(number)];
      } else if (key.exists()) {
        TOCCATA_TRY(tonic, key.text());
      }
      if (const auto bar = tonic.find('_'); bar != std::string::npos)
        tonic.replace(bar, std::string::npos, tonic.substr(bar) == "_FLAT" ? "b" : "#");
      if (mode.exists() && mode.json().integer() != nullptr)
        scale = *mode.json().integer() == 1 ? "minor" : "major";
      else if (mode.exists()) {
        TOCCATA_TRY(scale, mode.text());
      }
      TOCCATA_TRY(const Key read, read_key_pair(item, tonic, scale));
      builder_.score().keys.push_back({at, read, ""});
      return {};
    });
  }
  /// Chord symbols that we understand; other texts are passed over.
  Read<void> read_texts() {
    return for_each("textAnnotations", [&](const Node& item, Tick at) -> Read<void> {
      const Node type = item.member("annotationType");
      const bool is_chord =
          type.exists() && (type.json() == Json("CHORD_SYMBOL") || type.json() == Json(1));
      TOCCATA_TRY(const std::string text, item.member("text").text_or_empty());
      if (const auto chord = parse_chord(text); is_chord && chord)
        builder_.score().chords.push_back({at, *chord});
      return {};
    });
  }
  /// Sections are numbers there: 1 is called A, 27 and on by their numbers.
  Read<void> read_sections() {
    return for_each("sectionAnnotations", [&](const Node& item, Tick at) -> Read<void> {
      TOCCATA_TRY(const auto id, item.member("sectionId").whole_or({0, 1'000'000}, 0));
      const std::string label = id >= 1 && id <= 26
                                    ? std::string(1, static_cast<char>('A' + id - 1))
                                    : std::to_string(id);
      builder_.score().sections.push_back({at, label});
      return {};
    });
  }
  Read<void> read_notes() {
    TOCCATA_TRY(
        const auto steps,
        root_.member("quantizationInfo").exists()
            ? root_.member("quantizationInfo").member("stepsPerQuarter").whole_or({0, 1000}, 0)
            : Read<std::int64_t>(0));
    const NoteTimes times(tempo(), steps);
    return for_each("notes", [&](const Node& item, Tick) -> Read<void> {
      ForeignNote note;
      TOCCATA_TRY(note.onset, times.read(item, "startTime", "quantizedStartStep"));
      TOCCATA_TRY(note.end, times.read(item, "endTime", "quantizedEndStep"));
      TOCCATA_TRY(const auto pitch, item.member("pitch").whole_or({0, 127}, 0));
      TOCCATA_TRY(const auto velocity,
                  item.member("velocity").whole_or({0, 127}, kPlainVelocity.number()));
      note.pitch = *Pitch::from_number(static_cast<int>(pitch));
      note.velocity = Velocity::clamped(static_cast<int>(velocity));
      TOCCATA_TRY(const auto part, part_of(item));
      builder_.add_note(part, note);
      return {};
    });
  }
  /// Notes of one instrument number, program and kind are a part.
  Read<std::size_t> part_of(const Node& item) {
    TOCCATA_TRY(const auto number, item.member("instrument").whole_or({0, 65'000}, 0));
    TOCCATA_TRY(const auto program, item.member("program").whole_or({0, 127}, 0));
    TOCCATA_TRY(const bool drums, read_flag(item.member("isDrum")));
    const std::array key{number, program, std::int64_t{drums}};
    if (const auto known = parts_.find(key); known != parts_.end()) return known->second;
    if (parts_.size() >= 65'000) return item.fail(Fault::OutOfRange, "another part", "65000 parts");
    const Instrument instrument{*Program::from_number(static_cast<int>(program)), drums};
    return parts_[key] = builder_.add_part("", instrument);
  }
  Read<void> read_names() {
    return for_each("instrumentInfos", [&](const Node& item, Tick) -> Read<void> {
      TOCCATA_TRY(const auto number, item.member("instrument").whole_or({0, 65'000}, 0));
      TOCCATA_TRY(const std::string name, item.member("name").text_or_empty());
      for (const auto& [key, part] : parts_)
        if (key[0] == number) builder_.name_part(part, name);
      return {};
    });
  }
  Read<void> read_controls() {
    return for_each("controlChanges", [&](const Node& item, Tick at) -> Read<void> {
      TOCCATA_TRY(const auto controller, item.member("controlNumber").whole_or({0, 127}, 0));
      TOCCATA_TRY(const auto value, item.member("controlValue").whole_or({0, 127}, 0));
      TOCCATA_TRY(const auto number, item.member("instrument").whole_or({0, 65'000}, 0));
      const auto part = std::ranges::find(parts_, number, [](const auto& p) { return p.first[0]; });
      if (part == parts_.end()) return {};
      builder_.add_control(part->second, at, *Controller::from_number(static_cast<int>(controller)),
                           *ControlValue::from_number(static_cast<int>(value)));
      return {};
    });
  }

  const Node& root_;
  DocumentBuilder builder_;
  Ppq ppq_;
  std::map<std::array<std::int64_t, 3>, std::size_t> parts_;
};

}  // namespace

std::string write_note_sequence(const ScoreDocument& document) {
  const Score& score = document.score;
  const TempoMap& tempo = played_tempo(document);
  const auto at = [&](Tick tick) { return Record().add("time", seconds_of(tick, tempo)); };
  Lines object(0);
  object.add("ticksPerQuarter", std::to_string(score.ppq().ticks()));
  add_lines(object, "timeSignatures", score.meter.changes(), [&](const MeterChange& change) {
    return at(change.at)
        .add("numerator", std::int64_t{change.meter.pulses()})
        .add("denominator", std::int64_t{change.meter.unit()})
        .text();
  });
  add_lines(object, "keySignatures", score.keys, [&](const KeyMark& mark) {
    return at(mark.at)
        .add("key", key_name(mark.key.tonic))
        .add("mode", is_minor_key(mark.key) ? "MINOR" : "MAJOR")
        .text();
  });
  add_lines(object, "tempos", tempo.changes(), [&](const TempoChange& change) {
    return at(change.at).add("qpm", change.tempo.bpm()).text();
  });
  object.add_items("notes", note_lines(document));
  object.add("totalTime", to_text(Json(seconds_of(score.end, tempo)), JsonLayout::Compact));
  add_lines(object, "textAnnotations", score.chords, [&](const ChordMark& mark) {
    return at(mark.at)
        .add("text", to_string(mark.chord))
        .add("annotationType", "CHORD_SYMBOL")
        .text();
  });
  if (!score.sections.empty()) object.add_items("sectionAnnotations", section_lines(document));
  if (const auto controls = control_lines(document); !controls.empty())
    object.add_items("controlChanges", controls);
  std::int64_t instrument = 0;
  add_lines(object, "instrumentInfos", score.parts, [&](const Part& part) {
    return Record().add("instrument", instrument++).add("name", part.name).text();
  });
  if (!score.title.empty())
    object.add("sequenceMetadata", Record().add("title", score.title).text());
  return object.text() + "\n";
}

Result<ScoreDocument, ScoreJsonError> note_sequence_from_json(const Json& json) {
  const Node root(json);
  if (json.object() == nullptr) return root.fail(Fault::WrongKind, json.kind(), "an object");
  constexpr std::int64_t kUsualPpq = 220;
  TOCCATA_TRY(const auto ticks, root.member("ticksPerQuarter").whole_or({0, Ppq::kHighest}, 0));
  const Ppq ppq = *Ppq::from_number(static_cast<int>(ticks == 0 ? kUsualPpq : ticks));
  TOCCATA_TRY(ScoreDocument document, SequenceReader(root, ppq).read());
  if (const Node metadata = root.member("sequenceMetadata"); metadata.exists()) {
    TOCCATA_TRY(document.score.title, metadata.member("title").text_or_empty());
  }
  return document;
}

}  // namespace toccata

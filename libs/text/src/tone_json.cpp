// SPDX-License-Identifier: MIT
#include "json_lines.hpp"
#include "played_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace toccata {
namespace {

using namespace detail;

// ---- writing

/// The sixteen families of General MIDI Level 1, eight programs each.
constexpr std::array<std::string_view, 16> kFamilies = {"piano",         "chromatic percussion",
                                                        "organ",         "guitar",
                                                        "bass",          "strings",
                                                        "ensemble",      "brass",
                                                        "reed",          "pipe",
                                                        "synth lead",    "synth pad",
                                                        "synth effects", "world",
                                                        "percussive",    "sound effects"};

std::int64_t channel_of(const Part& part, std::size_t index) {
  if (part.place) return part.place->channel.number();
  if (part.instrument.is_drums) return kDrumChannel.number();
  const auto melodic = static_cast<std::int64_t>(index % 15);
  return melodic < kDrumChannel.number() ? melodic : melodic + 1;
}

std::string pitch_name(int number) {
  static constexpr std::array<std::string_view, 12> kNames = {"C",  "C#", "D",  "D#", "E",  "F",
                                                              "F#", "G",  "G#", "A",  "A#", "B"};
  return std::string(kNames[static_cast<std::size_t>(number % 12)]) +
         std::to_string(number / 12 - 1);
}

std::string note_line(const ScoreDocument& document, const Note& note) {
  const TempoMap& tempo = played_tempo(document);
  const PlayedView played = played_view(document, note);
  const double time = tempo.seconds_at(played.onset).value();
  const double end = tempo.seconds_at(played.onset + played.duration).value();
  return Record()
      .add("midi", std::int64_t{note.pitch.number()})
      .add("name", pitch_name(note.pitch.number()))
      .add("ticks", played.onset.ticks())
      .add("durationTicks", played.duration.ticks())
      .add("time", time)
      .add("duration", end - time)
      .add("velocity", played.velocity / 127.0)
      .text();
}

/// Controls of a part by their number, as an object of arrays.
std::string controls_text(const ScoreDocument& document, PartId part) {
  std::map<int, std::string> by_number;
  if (!document.performance) return "{}";
  for (const ControlEvent& event : document.performance->controls) {
    if (event.part != part) continue;
    std::string& events = by_number[event.controller.number()];
    events += (events.empty() ? "" : ", ") +
              Record()
                  .add("number", std::int64_t{event.controller.number()})
                  .add("ticks", event.at.ticks())
                  .add("time", document.performance->tempo.seconds_at(event.at).value())
                  .add("value", event.value.number() / 127.0)
                  .text();
  }
  Record object;
  for (const auto& [number, events] : by_number)
    object.add_json(std::to_string(number), "[" + events + "]");
  return object.text();
}

std::string track_text(const ScoreDocument& document, std::size_t index) {
  const Part& part = document.score.parts[index];
  const auto program = static_cast<std::size_t>(part.instrument.program.number());
  Lines track(2);
  track.add("channel", std::to_string(channel_of(part, index)));
  track.add("controlChanges", controls_text(document, part.id));
  track.add("pitchBends", "[]");
  track.add("instrument",
            Record()
                .add("family", part.instrument.is_drums ? "drums" : kFamilies[program / 8])
                .add("number", static_cast<std::int64_t>(program))
                .text());
  track.add("name", json_quoted(part.name));
  std::vector<std::string> notes;
  for (const Note& note : part.notes) notes.push_back(note_line(document, note));
  track.add_items("notes", notes);
  track.add("endOfTrackTicks", std::to_string(document.score.end.ticks()));
  return track.text();
}

template <class Items, class Write>
std::vector<std::string> lines_of(const Items& items, Write write) {
  std::vector<std::string> lines;
  for (const auto& item : items) lines.push_back(write(item));
  return lines;
}

std::string header_text(const ScoreDocument& document) {
  const Score& score = document.score;
  Lines header(1);
  header.add_items("keySignatures", lines_of(score.keys, [](const KeyMark& mark) {
                     return Record()
                         .add("key", to_string(mark.key.tonic))
                         .add("scale", is_minor_key(mark.key) ? "minor" : "major")
                         .add("ticks", mark.at.ticks())
                         .text();
                   }));
  header.add_items("meta", lines_of(score.sections, [](const Section& section) {
                     return Record()
                         .add("text", section.label)
                         .add("type", "marker")
                         .add("ticks", section.at.ticks())
                         .text();
                   }));
  header.add("name", json_quoted(score.title));
  header.add("ppq", std::to_string(score.ppq().ticks()));
  header.add_items(
      "tempos", lines_of(played_tempo(document).changes(), [](const auto& change) {
        return Record().add("bpm", change.tempo.bpm()).add("ticks", change.at.ticks()).text();
      }));
  header.add_items("timeSignatures", lines_of(score.meter.changes(), [&](const auto& change) {
                     return Record()
                         .add("ticks", change.at.ticks())
                         .add_json("timeSignature", "[" + std::to_string(change.meter.pulses()) +
                                                        ", " + std::to_string(change.meter.unit()) +
                                                        "]")
                         .add("measures", std::int64_t{score.meter.bar_at(change.at).index()})
                         .text();
                   }));
  return header.text();
}

// ---- reading

Read<Tick> read_ticks(const Node& node) {
  TOCCATA_TRY(const auto ticks, node.whole_or({0, kLastJsonTick - 1}, 0));
  return Tick(ticks);
}

class ToneReader {
 public:
  ToneReader(const Node& root, Ppq ppq) : root_(root), builder_(ppq), ppq_(ppq) {}

  Read<ScoreDocument> read() {
    const Node header = root_.member("header");
    TOCCATA_CHECK(read_header(header));
    const Node tracks = root_.member("tracks");
    TOCCATA_TRY(const auto count, tracks.array_size());
    Tick end;
    for (std::size_t i = 0; i < count; ++i) {
      const Node track = tracks.item(i);
      TOCCATA_CHECK(read_track(track));
      TOCCATA_TRY(const Tick track_end, read_ticks(track.member("endOfTrackTicks")));
      end = std::max(end, track_end);
    }
    return builder_.finish(end);
  }

 private:
  template <class Visit>
  Read<void> for_each(const Node& array, Visit visit) {
    TOCCATA_TRY(const auto count, array.array_size());
    for (std::size_t i = 0; i < count; ++i) {
      const Node item = array.item(i);
      TOCCATA_TRY(const Tick at, read_ticks(item.member("ticks")));
      TOCCATA_CHECK(visit(item, at));
    }
    return {};
  }
  Read<void> read_header(const Node& header) {
    Score& score = builder_.score();
    TOCCATA_TRY(score.title, header.member("name").text_or_empty());
    std::vector<TempoChange> tempos;
    TOCCATA_CHECK(for_each(header.member("tempos"), [&](const Node& item, Tick at) -> Read<void> {
      TOCCATA_TRY(const Tempo tempo, read_bpm(item.member("bpm")));
      tempos.push_back({at, tempo});
      return {};
    }));
    score.tempo = TempoMap(ppq_, std::move(tempos));
    std::vector<MeterChange> meters;
    TOCCATA_CHECK(
        for_each(header.member("timeSignatures"), [&](const Node& item, Tick at) -> Read<void> {
          const Node pair = item.member("timeSignature");
          TOCCATA_TRY(const auto size, pair.array_size());
          if (size != 2) return pair.fail(Fault::OutOfRange, "another count", "two numbers");
          TOCCATA_TRY(const Meter meter, read_meter_pair(pair.item(0), pair.item(1)));
          meters.push_back({at, meter});
          return {};
        }));
    score.meter = MeterMap(ppq_, std::move(meters));
    return read_marks(header);
  }
  Read<void> read_marks(const Node& header) {
    Score& score = builder_.score();
    TOCCATA_CHECK(
        for_each(header.member("keySignatures"), [&](const Node& item, Tick at) -> Read<void> {
          TOCCATA_TRY(const std::string tonic, item.member("key").text());
          TOCCATA_TRY(const std::string scale, item.member("scale").text_or_empty());
          TOCCATA_TRY(const Key key, read_key_pair(item, tonic, scale));
          score.keys.push_back({at, key, ""});
          return {};
        }));
    return for_each(header.member("meta"), [&](const Node& item, Tick at) -> Read<void> {
      TOCCATA_TRY(const std::string type, item.member("type").text_or_empty());
      TOCCATA_TRY(const std::string text, item.member("text").text_or_empty());
      if (type == "marker") score.sections.push_back({at, text});
      return {};
    });
  }
  Read<void> read_track(const Node& track) {
    if (builder_.score().parts.size() >= 65'000)
      return track.fail(Fault::OutOfRange, "another track", "65000 tracks");
    TOCCATA_TRY(const std::string name, track.member("name").text_or_empty());
    TOCCATA_TRY(const auto channel, track.member("channel").whole_or({0, 15}, 0));
    std::int64_t program = 0;
    if (const Node instrument = track.member("instrument"); instrument.exists()) {
      TOCCATA_TRY(program, instrument.member("number").whole_or({0, 127}, 0));
    }
    const bool drums = channel == kDrumChannel.number();
    const auto part =
        builder_.add_part(name, {*Program::from_number(static_cast<int>(program)), drums});
    TOCCATA_CHECK(for_each(track.member("notes"), [&](const Node& item, Tick) -> Read<void> {
      TOCCATA_TRY(const ForeignNote note, read_note(item));
      builder_.add_note(part, note);
      return {};
    }));
    return read_controls(track.member("controlChanges"), part);
  }
  /// Times in ticks where they are given, else in seconds.
  Read<ForeignNote> read_note(const Node& item) {
    ForeignNote note;
    const TempoMap& tempo = builder_.score().tempo;
    TOCCATA_TRY(note.onset, item.member("ticks").exists()
                                ? read_ticks(item.member("ticks"))
                                : read_seconds(item.member("time"), tempo));
    if (item.member("durationTicks").exists()) {
      TOCCATA_TRY(const Tick duration, read_ticks(item.member("durationTicks")));
      note.end = note.onset + (duration - Tick(0));
    } else {
      TOCCATA_TRY(const double seconds, item.member("duration").real(0, 1e6));
      note.end = tempo.tick_at(tempo.seconds_at(note.onset) + Seconds(seconds));
    }
    TOCCATA_CHECK(expect_tick(item, note.end));
    TOCCATA_TRY(const auto pitch, item.member("midi").whole({0, 127}));
    note.pitch = *Pitch::from_number(static_cast<int>(pitch));
    if (const Node velocity = item.member("velocity"); velocity.exists()) {
      TOCCATA_TRY(const double share, velocity.real(0, 1));
      note.velocity = Velocity::clamped(static_cast<int>(std::floor(share * 127 + 0.5)));
    }
    return note;
  }
  Read<void> read_controls(const Node& controls, std::size_t part) {
    if (!controls.exists()) return {};
    for (int number = 0; number < 128; ++number) {
      const std::string name = std::to_string(number);
      const Node events = controls.member(name);
      TOCCATA_CHECK(for_each(events, [&](const Node& item, Tick at) -> Read<void> {
        TOCCATA_TRY(const double share, item.member("value").real(0, 1));
        builder_.add_control(
            part, at, *Controller::from_number(number),
            ControlValue::clamped(static_cast<int>(std::floor(share * 127 + 0.5))));
        return {};
      }));
    }
    return {};
  }

  const Node& root_;
  DocumentBuilder builder_;
  Ppq ppq_;
};

}  // namespace

std::string write_tone_json(const ScoreDocument& document) {
  Lines object(0);
  object.add("header", header_text(document));
  std::vector<std::string> tracks;
  for (std::size_t i = 0; i < document.score.parts.size(); ++i)
    tracks.push_back(track_text(document, i));
  object.add_items("tracks", tracks);
  return object.text() + "\n";
}

Result<ScoreDocument, ScoreJsonError> tone_from_json(const Json& json) {
  const Node root(json);
  if (json.object() == nullptr) return root.fail(Fault::WrongKind, json.kind(), "an object");
  const Node header = root.member("header");
  if (!header.exists() || header.json().object() == nullptr)
    return header.fail(Fault::Missing, {}, "an object");
  TOCCATA_TRY(const auto ticks, header.member("ppq").whole_or({1, Ppq::kHighest}, 480));
  return ToneReader(root, *Ppq::from_number(static_cast<int>(ticks))).read();
}

std::optional<JsonShape> find_shape(const Json& json) {
  if (json.find("format") != nullptr) return JsonShape::Toccata;
  if (json.find("header") != nullptr && json.find("tracks") != nullptr) return JsonShape::Tone;
  for (const char* name : {"notes", "ticksPerQuarter", "totalTime", "totalQuantizedSteps"})
    if (json.find(name) != nullptr) return JsonShape::NoteSequence;
  return std::nullopt;
}

Result<ScoreDocument, ScoreJsonError> read_any_json(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return Unexpected{ScoreJsonError{Fault::NotJson, {}, describe(json.error()), {}}};
  const auto shape = find_shape(*json);
  if (!shape)
    return Node(*json).fail(Fault::OtherFormat, "this layout",
                            "toccata.score/1, NoteSequence and @tonejs/midi");
  if (*shape == JsonShape::Toccata) return score_from_json(*json);
  return *shape == JsonShape::Tone ? tone_from_json(*json) : note_sequence_from_json(*json);
}

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include "score_json_parts.hpp"

#include "score_json_names.hpp"

#include <algorithm>

namespace toccata::detail {
namespace {

constexpr WholeRange kNoteIdRange{1, UINT32_MAX};
constexpr WholeRange kPartIdRange{0, UINT16_MAX};
constexpr double kFarthestCents = 12'800;

template <class Number>
Read<Number> read_number(const Node& node) {
  TOCCATA_TRY(const auto number, node.whole({Number::kLowest, Number::kHighest}));
  return *Number::from_number(static_cast<int>(number));
}

Read<Mark> read_mark(const Node& node) {
  TOCCATA_TRY(const std::string name, node.text());
  const auto found = std::ranges::find(kMarkNames, name, &MarkName::name);
  if (found != kMarkNames.end()) return found->mark;
  std::string allowed;
  for (const auto& [mark, known] : kMarkNames)
    allowed += (allowed.empty() ? "" : ", ") + std::string(known);
  return node.fail(Fault::OutOfRange, json_quoted(name.substr(0, 40)), allowed);
}

Read<Marks> read_marks(const Node& node) {
  TOCCATA_TRY(const auto names, node.items<Mark>(read_mark));
  Marks marks;
  for (Mark mark : names) marks.add(mark);
  return marks;
}

/// The members glide_from and glide_over, of which both or none have to be there.
Read<std::optional<Glide>> read_glide(const Node& note, Duration duration) {
  const Node from = note.member("glide_from"), over = note.member("glide_over");
  if (!from.exists() && !over.exists()) return std::optional<Glide>();
  TOCCATA_TRY(const double cents, from.real(-kFarthestCents, kFarthestCents));
  TOCCATA_TRY(const auto ticks, over.whole({1, duration.ticks()}));
  return std::optional(Glide{Cents(cents), Duration(ticks)});
}

/// A voice or staff, which may be absent.
Read<std::uint8_t> read_layer(const Node& node) {
  TOCCATA_TRY(const auto number, node.whole_or({1, UINT8_MAX}, 0));
  return static_cast<std::uint8_t>(number);
}

Read<Note> read_note(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"id", "onset", "duration", "pitch", "detune", "spelling",
                                     "glide_from", "glide_over", "marks", "voice", "staff"}));
  Note note;
  TOCCATA_TRY(const auto id, node.member("id").whole_or(kNoteIdRange, 0));
  TOCCATA_TRY(const auto onset, node.member("onset").whole(kTickRange));
  TOCCATA_TRY(const auto duration, node.member("duration").whole({1, kLastJsonTick - onset}));
  note.id = NoteId(static_cast<std::uint32_t>(id));
  note.onset = Tick(onset);
  note.duration = Duration(duration);
  TOCCATA_TRY(note.pitch, read_number<Pitch>(node.member("pitch")));
  if (const Node detune = node.member("detune"); detune.exists()) {
    TOCCATA_TRY(const double cents, detune.real(-kFarthestCents, kFarthestCents));
    note.detune = Cents(cents);
  }
  if (const Node spelling = node.member("spelling"); spelling.exists()) {
    TOCCATA_TRY(note.spelling, spelling.parsed(parse_spelled_pitch));
  }
  TOCCATA_TRY(note.glide, read_glide(node, note.duration));
  TOCCATA_TRY(note.marks, read_marks(node.member("marks")));
  TOCCATA_TRY(note.voice, read_layer(node.member("voice")));
  TOCCATA_TRY(note.staff, read_layer(node.member("staff")));
  return note;
}

Read<Marking::Kind> read_marking_kind(const Node& node) {
  TOCCATA_TRY(const std::string name, node.text());
  if (const auto kind = find_marking_kind(name)) return *kind;
  return node.fail(Fault::OutOfRange, json_quoted(name.substr(0, 40)),
                   "dynamic, stress, crescendo, diminuendo, slower, faster, a-tempo, pedal, words");
}

Read<Marking> read_marking(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"at", "end", "kind", "loudness", "text", "staff"}));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  TOCCATA_TRY(const auto end, node.member("end").whole_or({at, kLastJsonTick}, at));
  TOCCATA_TRY(const auto kind, read_marking_kind(node.member("kind")));
  Marking marking{kind, Tick(at), Tick(end), {}, {}, 0};
  if (const Node loudness = node.member("loudness"); loudness.exists()) {
    TOCCATA_TRY(marking.loudness, read_number<Velocity>(loudness));
  }
  TOCCATA_TRY(marking.text, node.member("text").text_or_empty());
  TOCCATA_TRY(marking.staff, read_layer(node.member("staff")));
  return marking;
}

Read<Role> read_role(const Node& node) {
  if (!node.exists()) return Role::Other;
  TOCCATA_TRY(const std::string name, node.text());
  if (const auto role = find_role(name)) return *role;
  return node.fail(Fault::OutOfRange, json_quoted(name.substr(0, 40)),
                   "melody, chords, bass, drums, pad, counter, other");
}

Read<std::optional<FilePlace>> read_place(const Node& part) {
  const Node track = part.member("track"), channel = part.member("channel");
  if (!track.exists() && !channel.exists()) return std::optional<FilePlace>();
  TOCCATA_TRY(const auto number, track.whole(kTrackRange));
  TOCCATA_TRY(const Channel read, read_number<Channel>(channel));
  return std::optional(FilePlace{static_cast<int>(number), read});
}

Read<Part> read_part(const Node& node) {
  TOCCATA_CHECK(node.expect_members(
      {"id", "name", "role", "program", "drums", "track", "channel", "notes", "markings"}));
  Part part;
  TOCCATA_TRY(const auto id, node.member("id").whole(kPartIdRange));
  part.id = PartId(static_cast<std::uint16_t>(id));
  TOCCATA_TRY(part.name, node.member("name").text_or_empty());
  TOCCATA_TRY(part.role, read_role(node.member("role")));
  if (const Node program = node.member("program"); program.exists()) {
    TOCCATA_TRY(part.instrument.program, read_number<Program>(program));
  }
  if (const Node drums = node.member("drums"); drums.exists()) {
    TOCCATA_TRY(part.instrument.is_drums, drums.boolean());
  }
  TOCCATA_TRY(part.place, read_place(node));
  TOCCATA_TRY(part.notes, node.member("notes").items<Note>(read_note));
  TOCCATA_TRY(part.markings, node.member("markings").items<Marking>(read_marking));
  return part;
}

/// Gives ids to the notes without one; false when there are none left.
bool number_notes(std::vector<Part>& parts) {
  std::uint64_t last = 0;
  for (const Part& part : parts)
    for (const Note& note : part.notes) last = std::max<std::uint64_t>(last, note.id.number());
  for (Part& part : parts)
    for (Note& note : part.notes)
      if (note.id == NoteId()) note.id = NoteId(static_cast<std::uint32_t>(++last));
  return last <= UINT32_MAX;
}

}  // namespace

Read<std::vector<Part>> read_parts(const Node& node) {
  TOCCATA_TRY(auto parts, node.items<Part>(read_part));
  std::vector<PartId> ids;
  for (const Part& part : parts) ids.push_back(part.id);
  std::ranges::sort(ids);
  if (const auto twice = std::ranges::adjacent_find(ids); twice != ids.end())
    return node.fail(Fault::Contradiction, "part id " + std::to_string(twice->number()) + " twice",
                     "one part an id");
  if (!number_notes(parts))
    return node.fail(Fault::Contradiction, "no note id is left", "ids up to 4294967295");
  for (Part& part : parts) {
    sort_notes(part.notes);
    std::ranges::stable_sort(part.markings, {}, &Marking::at);
  }
  return parts;
}

Read<PlayedNote> read_played(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"note", "shift", "sounding", "velocity", "release"}));
  TOCCATA_TRY(const auto note, node.member("note").whole(kNoteIdRange));
  TOCCATA_TRY(const auto shift, node.member("shift").whole_or({-kLastJsonTick, kLastJsonTick}, 0));
  TOCCATA_TRY(const auto sounding, node.member("sounding").whole(kDurationRange));
  TOCCATA_TRY(const Velocity velocity, read_number<Velocity>(node.member("velocity")));
  PlayedNote played{
      NoteId(static_cast<std::uint32_t>(note)), Duration(shift), Duration(sounding), velocity, {}};
  if (const Node release = node.member("release"); release.exists()) {
    TOCCATA_TRY(played.release, read_number<ControlValue>(release));
  }
  return played;
}

Read<ControlEvent> read_control(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"part", "at", "controller", "value"}));
  TOCCATA_TRY(const auto part, node.member("part").whole(kPartIdRange));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  TOCCATA_TRY(const Controller controller, read_number<Controller>(node.member("controller")));
  TOCCATA_TRY(const ControlValue value, read_number<ControlValue>(node.member("value")));
  return ControlEvent{PartId(static_cast<std::uint16_t>(part)), Tick(at), controller, value};
}

}  // namespace toccata::detail

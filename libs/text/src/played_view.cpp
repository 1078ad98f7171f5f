// SPDX-License-Identifier: MIT
#include "played_view.hpp"

#include <algorithm>

namespace toccata::detail {

PlayedView played_view(const ScoreDocument& document, const Note& note) {
  const PlayedNote* played =
      document.performance ? find_played(*document.performance, note.id) : nullptr;
  if (played == nullptr) return {note.onset, note.duration, kPlainVelocity.number()};
  return {std::max(note.onset + played->shift, Tick(0)), played->sounding,
          played->velocity.number()};
}

const TempoMap& played_tempo(const ScoreDocument& document) {
  return document.performance ? document.performance->tempo : document.score.tempo;
}

DocumentBuilder::DocumentBuilder(Ppq ppq) {
  document_.score.tempo = TempoMap(ppq);
  document_.score.meter = MeterMap(ppq);
  document_.performance.emplace();
}

std::size_t DocumentBuilder::add_part(std::string name, Instrument instrument) {
  const auto id = static_cast<std::uint16_t>(score().parts.size() + 1);
  const Role role = instrument.is_drums ? Role::Drums : Role::Other;
  score().parts.push_back({PartId(id), std::move(name), role, instrument, {}, {}});
  return score().parts.size() - 1;
}

void DocumentBuilder::add_note(std::size_t part, const ForeignNote& note) {
  const Duration duration = std::max(note.end - note.onset, Duration(1));
  const NoteId id(++last_id_);
  score().parts[part].notes.push_back({id, note.onset, duration, note.pitch, {}, {}, {}, {}});
  document_.performance->notes.push_back({id, Duration(0), duration, note.velocity, {}});
}

void DocumentBuilder::add_control(std::size_t part, Tick at, Controller controller,
                                  ControlValue value) {
  document_.performance->controls.push_back({score().parts[part].id, at, controller, value});
}

ScoreDocument DocumentBuilder::finish(Tick end) {
  Tick last;
  for (Part& part : score().parts) {
    sort_notes(part.notes);
    for (const Note& note : part.notes) last = std::max(last, note.end());
  }
  const auto& meter = score().meter;
  const Tick bar_end = last == Tick(0) ? last : meter.end_of(meter.bar_at(last - Duration(1)));
  score().end = std::min(std::max(end, bar_end), Tick(kLastJsonTick));
  std::ranges::stable_sort(score().sections, {}, &Section::at);
  std::ranges::stable_sort(score().chords, {}, &ChordMark::at);
  std::ranges::stable_sort(score().keys, {}, &KeyMark::at);
  std::ranges::stable_sort(document_.performance->controls, {}, &ControlEvent::at);
  document_.performance->tempo = score().tempo;
  return std::move(document_);
}

Read<Tick> expect_tick(const Node& node, Tick at) {
  if (at < Tick(0) || at > Tick(kLastJsonTick - 1))
    return node.fail(Fault::OutOfRange, "tick " + std::to_string(at.ticks()),
                     "times within tick " + std::to_string(kLastJsonTick));
  return at;
}

Read<Tick> read_seconds(const Node& node, const TempoMap& tempo) {
  constexpr double kLongestSeconds = 1e6;
  if (!node.exists()) return Tick(0);  // proto3 leaves zeros out
  TOCCATA_TRY(const double seconds, node.real(0, kLongestSeconds));
  return expect_tick(node, tempo.tick_at(Seconds(seconds)));
}

Read<Tempo> read_bpm(const Node& node) {
  TOCCATA_TRY(const double bpm, node.real(3.6, 60e6));
  const auto tempo = Tempo::from_bpm(bpm);
  if (!tempo) return node.fail(Fault::OutOfRange, "this tempo", "3.6 to 60000000");
  return *tempo;
}

Read<Meter> read_meter_pair(const Node& pulses, const Node& unit) {
  TOCCATA_TRY(const auto upper, pulses.whole({1, Meter::kMostPulses}));
  TOCCATA_TRY(const auto lower, unit.whole({1, Meter::kShortestPulse}));
  const auto meter = Meter::make(static_cast<int>(upper), static_cast<int>(lower));
  if (!meter)
    return unit.fail(Fault::OutOfRange, std::to_string(lower), "1, 2, 4, 8, 16, 32, 64, 128");
  return *meter;
}

Read<Key> read_key_pair(const Node& at, const std::string& tonic, const std::string& scale) {
  const auto name = parse_note_name(tonic);
  if (!name) return at.fail(Fault::OutOfRange, name.error(), {});
  const auto known = scale.empty() ? std::nullopt : Scale::find(scale);
  return Key{*name, known ? *known : *Scale::find("major")};
}

bool is_minor_key(const Key& key) { return key.scale.is_minor(); }

}  // namespace toccata::detail

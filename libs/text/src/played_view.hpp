// SPDX-License-Identifier: MIT
// Notes as they are played, and scores built from such notes: what foreign layouts have in common.
#pragma once

#include "json_node.hpp"

#include <vector>

#include <toccata/text/interchange.hpp>

namespace toccata::detail {

struct PlayedView {
  Tick onset;
  Duration duration;
  int velocity;
};
/// As the performance has it, else as written at kPlainVelocity; never before 0.
PlayedView played_view(const ScoreDocument& document, const Note& note);
/// The tempo as played.
const TempoMap& played_tempo(const ScoreDocument& document);

/// What a foreign note tells.
struct ForeignNote {
  Tick onset;
  Tick end;  ///< brought to at least one tick after the onset
  Pitch pitch = Pitch::literal(60);
  Velocity velocity = kPlainVelocity;
};

/// Collects parts and notes, then numbers and sorts them.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(Ppq ppq);
  Score& score() { return document_.score; }
  /// The index of a new part.
  std::size_t add_part(std::string name, Instrument instrument);
  void name_part(std::size_t part, std::string name) { score().parts[part].name = std::move(name); }
  void add_note(std::size_t part, const ForeignNote& note);
  void add_control(std::size_t part, Tick at, Controller controller, ControlValue value);
  /// The score ends with the bar of its last note, or later where `end` is.
  ScoreDocument finish(Tick end);

 private:
  ScoreDocument document_;
  std::uint32_t last_id_ = 0;
};

/// Checks that a computed tick lies where files may.
Read<Tick> expect_tick(const Node& node, Tick at);
/// Seconds at a node, to the nearest tick.
Read<Tick> read_seconds(const Node& node, const TempoMap& tempo);
Read<Tempo> read_bpm(const Node& node);
Read<Meter> read_meter_pair(const Node& pulses, const Node& unit);
/// The key of a name and a scale, "Eb" and "minor"; unknown scales count as major.
Read<Key> read_key_pair(const Node& at, const std::string& tonic, const std::string& scale);
/// True when a key's scale counts as minor in layouts that know only the two.
bool is_minor_key(const Key& key);

}  // namespace toccata::detail

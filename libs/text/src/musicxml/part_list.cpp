// SPDX-License-Identifier: MIT
#include "musicxml/part_list.hpp"

namespace toccata::musicxml::detail {
namespace {

/// Programs, channels and keys are counted from 1 there.
void read_instruments(pugi::xml_node score_part, WrittenPart& part) {
  constexpr int kDrumChannelThere = 10;
  bool is_first = true;
  for (pugi::xml_node midi : score_part.children("midi-instrument")) {
    if (whole_of(text_of(midi.child("midi-channel"))) == kDrumChannelThere)
      part.instrument.is_drums = true;
    if (const auto key = whole_of(text_of(midi.child("midi-unpitched")));
        key && *key >= 1 && *key <= 128) {
      part.drum_keys[midi.attribute("id").value()] = *key - 1;
      part.instrument.is_drums = true;
    }
    const auto program = whole_of(text_of(midi.child("midi-program")));
    if (is_first && program && *program >= 1 && *program <= 128) {
      part.instrument.program = Program::clamped(*program - 1);
      is_first = false;
    }
  }
}

std::string name_of(pugi::xml_node score_part) {
  for (const auto node : {score_part.child("part-name"),
                          score_part.child("score-instrument").child("instrument-name")})
    if (const auto name = text_of(node); !name.empty()) return std::string(name);
  return score_part.attribute("id").value();
}

}  // namespace

std::vector<WrittenPart> read_part_list(pugi::xml_node root) {
  std::vector<WrittenPart> parts;
  for (pugi::xml_node score_part : root.child("part-list").children("score-part")) {
    WrittenPart part;
    part.id = score_part.attribute("id").value();
    part.name = name_of(score_part);
    read_instruments(score_part, part);
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string read_title(pugi::xml_node root) {
  const auto work = text_of(root.child("work").child("work-title"));
  return std::string(work.empty() ? text_of(root.child("movement-title")) : work);
}

}  // namespace toccata::musicxml::detail

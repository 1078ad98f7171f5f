// SPDX-License-Identifier: MIT
// Reads the parts of a toccata.score/1 with their notes, and how notes are played.
#pragma once

#include "json_lines.hpp"
#include "json_node.hpp"

namespace toccata::detail {

inline constexpr WholeRange kTrackRange{0, 65'535};

/// All parts; notes without an id get the next free ones, in the order of the file.
Read<std::vector<Part>> read_parts(const Node& node);
Read<PlayedNote> read_played(const Node& node);
Read<ControlEvent> read_control(const Node& node);

}  // namespace toccata::detail

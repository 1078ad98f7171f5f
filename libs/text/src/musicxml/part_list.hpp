// SPDX-License-Identifier: MIT
// The part-list of a document: names and instruments.
#pragma once

#include "musicxml/written.hpp"

namespace toccata::musicxml::detail {

std::vector<WrittenPart> read_part_list(pugi::xml_node root);
/// The work's title, the movement's, or nothing.
std::string read_title(pugi::xml_node root);

}  // namespace toccata::musicxml::detail

// SPDX-License-Identifier: MIT
// From the bytes of a file to the text of its score.
#pragma once

#include "musicxml/reading.hpp"

namespace toccata::musicxml::detail {

struct SourceText {
  std::string utf8;
  std::vector<ReadError> repairs;
};

/// Takes an .mxl apart, and UTF-16 to UTF-8. Errors: BadArchive, NoRootFile, TooLarge.
Read<SourceText> source_text(ByteView bytes, Repair repair);

}  // namespace toccata::musicxml::detail

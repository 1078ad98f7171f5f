// SPDX-License-Identifier: GPL-3.0-or-later
// What MidiRenderer does for each call. With `is_json` results are printed as JSON lines.
#pragma once

#include "options.hpp"

#include <toccata/base/bytes.hpp>

namespace toccata::midirenderer {

Outcome<void> render(const RenderOptions& options, const Call& call);
Outcome<void> scan(const ScanOptions& options, const Call& call);
Outcome<void> check(const CheckOptions& options, const Call& call);
Outcome<void> save(const SaveOptions& options, const Call& call);

/// Prints a line on stdout. Errors: it is closed or full.
Outcome<void> print(const std::string& line);
/// Writes a file and prints a line about it: both or neither.
/// Errors: as of write_file and print; then `out` is as it was.
Outcome<void> write_and_tell(const std::filesystem::path& out, ByteView content,
                             const std::string& line);

}  // namespace toccata::midirenderer

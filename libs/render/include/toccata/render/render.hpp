// SPDX-License-Identifier: MIT
// Music to a sound file: rendered, mixed, mastered, written.
#pragma once

#include <filesystem>

#include <toccata/render/renderer.hpp>

namespace toccata::render {

/// Writes `out` (its extension says what kind of file) and, where asked for, stems and
/// reports; what has their names is replaced, by all of them at the end.
///
/// Errors: see sound::Fault; then no file is there that was not, and none is changed, unless the
/// disk fails just then. Silence is an error.
Result<sound::Report, sound::Error> render_to_file(const midi::File& file, Backend& backend,
                                                   const sound::Settings& settings,
                                                   const std::filesystem::path& out);

}  // namespace toccata::render

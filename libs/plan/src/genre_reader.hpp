// SPDX-License-Identifier: MIT
// Reads one genre file; the layout is that of Genre, see data/genres/README.md.
#pragma once

#include <toccata/plan/genre.hpp>

namespace toccata {

/// Errors: what is missing, unknown or out of range, by its path in the file.
Result<Genre, std::string> read_genre(std::string_view id, std::string_view text);

}  // namespace toccata

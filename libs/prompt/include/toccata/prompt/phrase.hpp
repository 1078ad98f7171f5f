// SPDX-License-Identifier: MIT
// Briefs as sentences: for people, and for measuring whether what is asked is obeyed.
#pragma once

#include <cstdint>
#include <string>

#include <toccata/base/rng.hpp>
#include <toccata/plan/brief.hpp>

namespace toccata {

enum class Language : std::uint8_t { English, French };

/// A brief as a sentence of that language, in words and an order that `rng` chooses.
/// understand reads it back to sayable(brief), whatever was chosen.
std::string phrase(const Brief& brief, Language language, Rng& rng);

/// What a sentence can say of a brief. Left out are the engine, the performance, sections that
/// stand alone, and the roles that have no everyday name; added is what words bring with them: a
/// mood its figures, a waltz its three quarters, a jazz guitar its genre where none is named.
Brief sayable(const Brief& brief);

}  // namespace toccata

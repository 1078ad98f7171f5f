// SPDX-License-Identifier: MIT
// Names of MusicXML and what they are here.
#pragma once

#include <optional>
#include <string_view>

#include <toccata/score/score.hpp>

namespace toccata::musicxml::detail {

/// Marks that an element of articulations or ornaments stands for; empty for unknown ones.
Marks marks_of_element(std::string_view name);
/// Quarters of a note type: "eighth" is 1/2. None for unknown ones.
std::optional<Rational> quarters_of_type(std::string_view type);
std::optional<Step> find_step(std::string_view letter);
/// What words such as "poco rit." ask for; Words for others. "cresc. e rit." is a crescendo.
Marking::Kind kind_of_words(std::string_view words);
/// The suffix by which a chord symbol says a harmony's kind; none for one that is no chord or is
/// not known.
std::optional<std::string_view> suffix_of_kind(std::string_view kind);
/// The key of a signature. Range: fifths -11..11. None for an unknown mode.
std::optional<Key> key_of_signature(int fifths, std::string_view mode);

}  // namespace toccata::musicxml::detail

// SPDX-License-Identifier: MIT
// The words with which briefs are said: one row a thing, English and French side by side.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/prompt/phrase.hpp>

namespace toccata::prompt {

/// How one value is said; each column may hold several ways, apart by '/'.
struct Saying {
  std::string_view id;
  std::string_view english, french;

  std::vector<std::string_view> ways(Language language) const;
};

enum class SayingOf : std::uint8_t { Genre, Mood, Scale, Form, Dynamics, NoteLengths, Role };
/// The id itself where nothing else is known; genres say it in their own files.
std::vector<std::string_view> ways_to_say(SayingOf kind, std::string_view id, Language language);

/// "D", "B flat", "ré", "si bémol"; empty where there are more accidentals than can be said.
std::string tonic_text(NoteName tonic, Language language);

}  // namespace toccata::prompt

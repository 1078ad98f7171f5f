// SPDX-License-Identifier: MIT
// What was understood on one line: for golden files and the messages of property tests.
#pragma once

#include <string>

#include <toccata/base/json.hpp>
#include <toccata/plan/mood.hpp>
#include <toccata/prompt/understand.hpp>

namespace toccata {

namespace detail {

inline std::string plain_text(const Json& value) {
  if (const auto* text = value.text()) return *text;
  if (const auto* items = value.array()) {
    std::string out;
    for (const auto& item : *items) out += (out.empty() ? "" : ",") + plain_text(item);
    return out;
  }
  return to_text(value, JsonLayout::Compact);
}

/// The members in the order of the line; a mood's own figures are left out.
inline std::string member_text(const Brief& brief, const Json& json, std::string_view name) {
  const auto* mood = Mood::find(brief.mood);
  if (name == "key" && brief.tonality) return to_string(*brief.tonality);
  if (name == "valence" && mood != nullptr && brief.valence == mood->valence) return "";
  if (name == "arousal" && mood != nullptr && brief.arousal == mood->arousal) return "";
  const Json* value = json.find(name == "without" ? "without_instruments" : name);
  return value == nullptr ? "" : plain_text(*value);
}

}  // namespace detail

/// "genre=jazz; key=D minor", "nothing", or "error: contradiction tempo".
inline std::string compact(const Brief& brief) {
  const Json json = to_json(brief);
  std::string line;
  for (const std::string_view name :
       {"genre",   "key",           "tempo",   "meter",    "rhythm",       "bars",
        "seconds", "form",          "mood",    "valence",  "arousal",      "instruments",
        "alone",   "without",       "density", "dynamics", "note_lengths", "drums",
        "parts",   "without_parts", "chords",  "pickup",   "seed"}) {
    const auto text = detail::member_text(brief, json, name);
    if (!text.empty()) line += (line.empty() ? "" : "; ") + std::string(name) + "=" + text;
  }
  return line;
}

inline std::string compact(const Result<Understood, PromptError>& understood) {
  if (!understood) {
    constexpr std::string_view kFaults[] = {"empty", "too long", "contradiction", "out of range"};
    const auto& error = understood.error();
    return "error: " + std::string(kFaults[static_cast<std::size_t>(error.fault)]) +
           (error.field.empty() ? "" : " " + error.field);
  }
  std::string line = compact(understood->brief);
  std::string words;
  for (const auto& word : understood->not_understood) words += (words.empty() ? "" : "|") + word;
  if (!words.empty()) line += (line.empty() ? "" : "; ") + ("not_understood=" + words);
  return line.empty() ? "nothing" : line;
}

}  // namespace toccata

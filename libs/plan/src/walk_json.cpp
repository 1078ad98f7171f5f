// SPDX-License-Identifier: MIT
// The member "walk" of toccata.brief/1.
#include "names.hpp"

#include <algorithm>

#include <toccata/plan/walk.hpp>

namespace toccata {
namespace {

using plan_detail::quoted;
using Outcome = Result<void, std::string>;

constexpr std::string_view kMembers[] = {"notes",    "steps",  "probabilities", "chords",
                                         "sevenths", "lowest", "highest",       "ending"};

Unexpected<std::string> wrong_kind(const Json& json, std::string_view allowed) {
  return Unexpected{std::string(json.kind()) + " stands where " + std::string(allowed) +
                    " is allowed"};
}

/// Any that an int holds: check_fields() says what is allowed.
Result<int, std::string> whole_of(const Json& json) {
  const auto* whole = json.integer();
  if (whole == nullptr || *whole != static_cast<int>(*whole))
    return wrong_kind(json, "a small whole number");
  return static_cast<int>(*whole);
}

/// Every item of a list, which must not be empty.
template <class Item, class Read>
Outcome read_list(const Json& json, std::vector<Item>& into, Read read) {
  const auto* items = json.array();
  if (items == nullptr || items->empty()) return wrong_kind(json, "a list with items");
  for (const Json& item : *items) {
    TOCCATA_TRY(auto value, read(item));
    into.push_back(std::move(value));
  }
  return {};
}

Result<double, std::string> probability_of(const Json& json) {
  if (const auto number = json.number()) return *number;
  return wrong_kind(json, "a number");
}
Result<std::string, std::string> text_of(const Json& json) {
  if (const auto* text = json.text()) return *text;
  return wrong_kind(json, "a text");
}

Outcome read_member(const std::string& name, const Json& json, WalkAsk& ask) {
  if (name == "steps") return read_list(json, ask.steps, whole_of);
  if (name == "probabilities") return read_list(json, ask.probabilities, probability_of);
  if (name == "chords") return read_list(json, ask.chords, text_of);
  if (name == "sevenths") {
    if (json.boolean() == nullptr) return wrong_kind(json, "true or false");
    ask.sevenths = *json.boolean();
  } else if (name == "ending") {
    TOCCATA_TRY(const auto word, text_of(json));
    ask.ending = find_walk_ending(word);
    if (!ask.ending) return Unexpected{"unknown " + quoted(word) + ": allowed are tonic, free"};
  } else {
    auto& number = name == "notes" ? ask.notes : name == "lowest" ? ask.lowest : ask.highest;
    TOCCATA_TRY(number, whole_of(json));
  }
  return {};
}

}  // namespace

Json to_json(const WalkAsk& ask) {
  const auto list = [](const auto& items) {
    Json json{Json::Array{}};
    for (const auto& item : items) json.push(item);
    return json;
  };
  Json json{Json::Object{}};
  if (ask.notes) json.add("notes", *ask.notes);
  if (!ask.steps.empty()) json.add("steps", list(ask.steps));
  if (!ask.probabilities.empty()) json.add("probabilities", list(ask.probabilities));
  if (!ask.chords.empty()) json.add("chords", list(ask.chords));
  if (ask.sevenths) json.add("sevenths", *ask.sevenths);
  if (ask.lowest) json.add("lowest", *ask.lowest);
  if (ask.highest) json.add("highest", *ask.highest);
  if (ask.ending) json.add("ending", name_of(*ask.ending));
  return json;
}

Result<WalkAsk, std::string> walk_from_json(const Json& json) {
  const auto* members = json.object();
  if (members == nullptr) return wrong_kind(json, "an object");
  WalkAsk ask;
  for (const auto& [name, value] : *members) {
    if (std::ranges::find(kMembers, name) == std::end(kMembers))
      return Unexpected{"unknown member " + quoted(name) + ": allowed are " +
                        plan_detail::joined(kMembers)};
    auto read = read_member(name, value, ask);
    if (read) read = check_fields(ask);
    if (!read) return Unexpected{quoted(name) + ": " + read.error()};
  }
  return ask;
}

}  // namespace toccata

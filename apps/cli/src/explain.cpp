// SPDX-License-Identifier: MIT
#include "explain.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace toccata::cli {
namespace {

/// A file keeps whole microseconds a quarter; what was meant is the roundest number that gives
/// them.
double round_tempo(Tempo tempo) {
  for (double unit = 1000; unit < 1e9; unit *= 10) {
    const double bpm = std::floor(tempo.bpm() * unit + 0.5) / unit;
    const auto same = Tempo::from_bpm(bpm);
    if (same && *same == tempo) return bpm;
  }
  return tempo.bpm();
}

/// Every field as it was settled. What was neither asked nor refused stays out of `drums`.
Json settled_brief(const Wish& wish, const Settings& settings) {
  Brief brief = to_brief(settings);
  brief.seconds = wish.brief.seconds;
  brief.tempo_bpm = round_tempo(settings.tempo);
  if (brief.drums == false) brief.drums.reset();
  if (wish.brief.drums == false) brief.drums = false;  // also where a hand drum plays
  return to_json(brief);
}

/// Reasons speak of a key's tonic and scale apart.
bool speaks_of(const Reason& reason, std::string_view field) {
  if (reason.field == field) return true;
  return field == "key" &&
         (reason.field == "tonic" || reason.field == "scale" || reason.field == "maqam");
}

std::vector<Reason> all_reasons(const Wish& wish, const Settled& settled) {
  std::vector<Reason> reasons = wish.reasons;
  std::ranges::copy(settled.reasons, std::back_inserter(reasons));
  return reasons;
}

std::string because(const std::vector<Reason>& reasons, std::string_view field) {
  std::string text;
  for (const Reason& reason : reasons)
    if (speaks_of(reason, field) && text.find(reason.because) == std::string::npos)
      text += (text.empty() ? "" : "; ") + reason.because;
  return text.empty() ? "follows from the rest" : text;
}

std::string shown(const Json& value);

/// "notes 16, steps -2 -1 0 1 2".
std::string named_members(const Json& value) {
  std::string line;
  for (const auto& [name, member] : *value.object()) {
    std::string text = shown(member);
    std::erase(text, ',');
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", name, text);
  }
  return line;
}

/// A field's value as people read it.
std::string shown(const Json& value) {
  if (const auto* text = value.text()) return *text;
  std::string line;
  if (const auto* members = value.object()) {
    for (const auto& [name, member] : *members) line += (line.empty() ? "" : " ") + shown(member);
    return line;
  }
  if (const auto* items = value.array()) {
    for (const Json& item : *items) line += (line.empty() ? "" : ", ") + shown(item);
    return line;
  }
  return to_text(value, JsonLayout::Compact);
}

}  // namespace

std::string explain(const Wish& wish, const Settled& settled) {
  const Json brief = settled_brief(wish, settled.settings);
  const auto reasons = all_reasons(wish, settled);
  std::string text;
  for (const auto& [field, value] : *brief.object())
    if (field != "format")
      text += fmt::format("{:<14} {:<24} {}\n", field,
                          field == "walk" ? named_members(value) : shown(value),
                          because(reasons, field));
  for (const std::string& words : wish.not_understood)
    text += fmt::format("{:<14} {}\n", "not understood", words);
  return text;
}

Json explain_json(const Wish& wish, const Settled& settled) {
  Json brief = settled_brief(wish, settled.settings);
  Json reasons = Json::Array{};
  for (const Reason& reason : all_reasons(wish, settled)) {
    Json item;
    item.add("field", reason.field);
    item.add("value", reason.value);
    item.add("because", reason.because);
    reasons.push(std::move(item));
  }
  brief.add("reasons", std::move(reasons));
  Json words = Json::Array{};
  for (const std::string& word : wish.not_understood) words.push(word);
  brief.add("not_understood", std::move(words));
  return brief;
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/plan/mood.hpp>

namespace toccata {
namespace {

constexpr Mood kMoods[] = {
    {"joyful", 0.8, 0.5},      {"playful", 0.6, 0.5},   {"festive", 0.8, 0.8},
    {"triumphant", 0.7, 0.8},  {"energetic", 0.4, 0.8}, {"epic", 0.3, 0.8},
    {"hopeful", 0.5, 0.2},     {"romantic", 0.5, -0.1}, {"tender", 0.5, -0.4},
    {"dreamy", 0.3, -0.5},     {"calm", 0.3, -0.7},     {"solemn", -0.1, -0.2},
    {"nostalgic", -0.2, -0.3}, {"mysterious", -0.3, 0}, {"melancholic", -0.5, -0.4},
    {"sad", -0.7, -0.4},       {"dark", -0.6, 0.1},     {"dramatic", -0.3, 0.7},
    {"tense", -0.5, 0.6},      {"angry", -0.7, 0.8},
};

}  // namespace

std::span<const Mood> Mood::all() { return kMoods; }

const Mood* Mood::find(std::string_view id) {
  const auto found = std::ranges::find(kMoods, id, &Mood::id);
  return found == std::end(kMoods) ? nullptr : &*found;
}

}  // namespace toccata

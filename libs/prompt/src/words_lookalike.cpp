// SPDX-License-Identifier: MIT
// Ordinary words of both languages that lie one letter from a word of ours.
#include "vocabulary.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

// Found by trying the frequent words of both languages against the vocabulary.
constexpr std::string_view kLookalikes[] = {
    "bleue",
    "bleues",
    "large",
};
static_assert(std::ranges::is_sorted(kLookalikes));

}  // namespace

std::span<const std::string_view> lookalikes() { return kLookalikes; }

}  // namespace toccata::prompt

// SPDX-License-Identifier: MIT
// Fewer entries of a data set, drawn so that each side of a split gets its share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata::cli {

/// Keeps as many as wanted (all without a number), in the order of `name`.
template <class Entry, class Name>
void draw(std::vector<Entry>& entries, std::optional<std::int64_t> most, Rng rng,
          const Name& name) {
  const auto wanted = static_cast<std::size_t>(most.value_or(INT64_MAX));
  if (entries.size() <= wanted) return;
  for (std::size_t i = 0; i < wanted; ++i)
    std::swap(entries[i], entries[i + rng.below(entries.size() - i)]);
  entries.resize(wanted);
  std::ranges::sort(entries, {}, name);
}

}  // namespace toccata::cli

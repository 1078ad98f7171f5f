// SPDX-License-Identifier: MIT
// Pieces for the tests of this library.
#pragma once

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include <toccata/compose/verbs.hpp>

namespace toccata::test {

inline Brief brief_of(std::string_view genre) {
  Brief brief;
  brief.genres = {{std::string(genre), 1.0}};
  return brief;
}

inline Settings settled(const Brief& brief, std::uint64_t seed) {
  auto result = settle(brief, seed);
  REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : result.error()));
  return result->settings;
}

inline Score composed(const Brief& brief, std::uint64_t seed) {
  auto score = compose(settled(brief, seed));
  REQUIRE_MESSAGE(score.has_value(), (score ? std::string() : describe(score.error())));
  return *std::move(score);
}

inline const Part& part_of(const Score& score, Role role) {
  const auto part = std::ranges::find(score.parts, role, &Part::role);
  REQUIRE(part != score.parts.end());
  return *part;
}

}  // namespace toccata::test

// SPDX-License-Identifier: MIT
// Briefs for the tests of this library.
#pragma once

#include <string>

#include <doctest/doctest.h>

#include <toccata/plan/settings.hpp>

namespace toccata::test {

inline Brief brief_of(std::string genre) {
  Brief brief;
  brief.genres = {{std::move(genre), 1.0}};
  return brief;
}

inline Settled settled(const Brief& brief, std::uint64_t seed = 1) {
  auto result = settle(brief, seed);
  REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : result.error()));
  return *std::move(result);
}

}  // namespace toccata::test

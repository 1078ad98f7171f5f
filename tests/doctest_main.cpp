// SPDX-License-Identifier: MIT
// The entry point that every test executable shares.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "source_dir.hpp"

#include <doctest/doctest.h>

namespace toccata::test {

// Here alone, so that no other object depends on where the checkout lies: caches of compilers serve
// all.
std::filesystem::path source_dir() { return TOCCATA_SOURCE_DIR; }

}  // namespace toccata::test

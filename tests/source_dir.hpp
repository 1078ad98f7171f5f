// SPDX-License-Identifier: MIT
// Where the project lies, for tests that read its files.
#pragma once

#include <filesystem>

namespace toccata::test {

std::filesystem::path source_dir();

}  // namespace toccata::test

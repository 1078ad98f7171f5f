// SPDX-License-Identifier: MIT
// A sound font of known sound, written by the tests, so that they need none installed.
#pragma once

#include <filesystem>

#include <toccata/base/bytes.hpp>

namespace toccata::sound_font::test {

/// The bytes of a .sf2: program 0 of bank 0 and the drum kit play one looped sine whose pitch is
/// exactly that of the key; it starts at its full level and stops within 1 ms. Program 1 is the
/// same with a release of 3 s.
Bytes tiny_font();

/// A folder of this process's own, and that font in it.
std::filesystem::path scratch_folder();
std::filesystem::path write_tiny_font();

}  // namespace toccata::sound_font::test

// SPDX-License-Identifier: MIT
// What a verb tells besides its files: on stdout, or on stderr where stdout is an output itself.
#pragma once

#include <string_view>

#include "outputs.hpp"

namespace toccata::cli {

/// Whether a target is stdout, so that nothing else may be said there.
bool to_stdout(const std::vector<Target>& targets);

/// Writes text, control characters in it escaped but for line ends and tabs. Errors: stdout is
/// closed or full.
Outcome<void> say(std::string_view text, const std::vector<Target>& targets = {});

/// "a.mid, b.wav".
std::string names_of(const std::vector<Target>& targets);

/// "1 bar", "32 bars": words whose plural ends in s.
std::string counted(std::int64_t count, std::string_view what);

}  // namespace toccata::cli

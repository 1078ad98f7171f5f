// SPDX-License-Identifier: MIT
// Which instrument plays which part: --plugin, --preset and --part.
#pragma once

#include "arguments.hpp"

#include <toccata/sound/settings.hpp>

namespace toccata::cli {

/// The rows of verbs whose sound plug-ins may make.
extern const std::span<const OptionSpec> kInstrumentOptions;

/// The instruments that these options name; what they are is looked at later.
/// Errors: --preset without --plugin, a --part that is not NAME=P or names a part again.
Outcome<std::vector<sound::Instrument>> instruments_of(const Arguments& arguments);

}  // namespace toccata::cli

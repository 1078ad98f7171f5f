// SPDX-License-Identifier: MIT
// Which Toccata this is.
#pragma once

#include <string_view>

namespace toccata {

/// The version of the engine, as `toccata --version` prints it: "0.1.0".
std::string_view version();

}  // namespace toccata

// SPDX-License-Identifier: MIT
#include <toccata/version.hpp>

namespace toccata {

std::string_view version() { return TOCCATA_VERSION; }

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The engines that find_composer knows.
#pragma once

#include <toccata/compose/composer.hpp>

namespace toccata {

const Composer& rules_composer();
const Composer& walk_composer();

}  // namespace toccata

// SPDX-License-Identifier: MIT
// The verbs, one file each.
#pragma once

#include "arguments.hpp"

namespace toccata::cli {

Verb compose_verb();
Verb fill_verb();
Verb continue_verb();
Verb convert_verb();
Verb info_verb();
Verb render_verb();
Verb perform_verb();
Verb evaluate_verb();
Verb train_verb();
Verb predict_verb();
Verb plugins_verb();
Verb preset_verb();

}  // namespace toccata::cli

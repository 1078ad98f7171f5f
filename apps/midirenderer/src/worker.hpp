// SPDX-License-Identifier: GPL-3.0-or-later
// The process that loads the plug-in: it may crash or hang, and nothing else is lost.
#pragma once

#include <string>

namespace toccata::midirenderer {

/// Does a job and ends the process, without unloading anything: plug-ins crash there too.
[[noreturn]] void work(const std::string& job);

}  // namespace toccata::midirenderer

// SPDX-License-Identifier: GPL-3.0-or-later
// A worker started, watched and put into words.
#pragma once

#include <functional>

#include "job.hpp"
#include "options.hpp"
#include "temporary_folder.hpp"

namespace toccata::midirenderer {

struct Launch {
  Job job;
  double timeout_s = 60;
  std::string preset_path{};  ///< named where the preset is at fault
  std::function<void(double)> on_progress = [](double) {};
};

/// Runs the job in a process of its own and waits for it. Whatever happens there ends within the
/// time limit, and nothing that was started is left. Gives the event "done".
/// Errors: Failed, in one line that names the plug-in (or the preset) and what it did.
/// Threads: one at a time for each folder.
Outcome<Json> launch(Launch launch, const TemporaryFolder& folder);

}  // namespace toccata::midirenderer

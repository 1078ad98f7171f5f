// SPDX-License-Identifier: GPL-3.0-or-later
// A worker's end when the program that started it has ended, however that was.
#pragma once

namespace toccata::midirenderer {

/// From here on, when the parent ends, the temporary folder is removed and this process's group is
/// killed: what the plug-in has started too. Until then the system kills this process alone.
void hold_life_line();

}  // namespace toccata::midirenderer

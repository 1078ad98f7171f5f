// SPDX-License-Identifier: MIT
// What the test plug-ins do.
#pragma once

enum Behaviour {
  Sine,          ///< nothing wrong
  Mono,          ///< one output channel
  Latent,        ///< sounds kLatency frames late, and says so
  Buses,         ///< a second output bus, with noise
  CrashAtLoad,   ///< in the factory
  CrashPlaying,  ///< at a note, while the transport runs
  HangAtLoad,
  HangPlaying,  ///< the same
  Silent,
  Late,         ///< sounds only kLateSeconds of wall time after it was made
  NeedsLoop,    ///< sounds only once the host's run loop has called its timer
  NotANumber,   ///< while the transport runs
  TooLoud,      ///< a hundred times full scale
  Denormal,     ///< nothing but numbers too small to be heard
  Hot,          ///< 6 dB over full scale
  StartsChild,  ///< leaves a process behind and hangs
  EndsProcess,  ///< calls exit
  Random,       ///< each instance of a process sounds different
  NoMapping,    ///< says of no controller which parameter it moves
  /// Tunes single notes, and has one bend and other controllers, told of for the first channel.
  /// That channel sounds left, the others right.
  PerNote,
  Effect,     ///< takes no notes
  Pair,       ///< two instruments in one module
  ShowsTime,  ///< left is tempo / 1000, right the quarters since the bar line / 10
};

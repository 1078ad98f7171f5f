// SPDX-License-Identifier: MIT
// MidiRenderer, the program that loads plug-ins: found, run with a time limit, its answer read.
//
// It is started in a process group of its own and dies with the thread that started it; when it has
// ended, however that was, what is left of its group is killed. docs/plugins.md has the protocol.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <toccata/base/json.hpp>
#include <toccata/base/result.hpp>

namespace toccata::plugins {

enum class RunFault : std::uint8_t {
  Missing,    ///< MidiRenderer is not built
  NoStart,    ///< the system could not start it
  WrongCall,  ///< its exit status was 2
  Failed,     ///< it was 1: what it was asked for could not be done
  TimedOut,
  Crashed,   ///< it was ended by a signal
  NoAnswer,  ///< it ended well but said nothing that is understood
};
struct RunError {
  RunFault fault;
  std::string text;  ///< one line
  int signal = 0;    ///< that ended it, where Crashed
};
inline const std::string& describe(const RunError& error) { return error.text; }

/// Where MidiRenderer may be: beside the running program, in ../lib/toccata/ from there, and in
/// bin/ of the checkout that the program was built in.
std::vector<std::filesystem::path> renderer_places();
/// Errors: Missing, saying that ./toccata setup vst3 builds it.
Result<std::filesystem::path, RunError> find_renderer();

struct RunOptions {
  std::vector<std::string> arguments{};
  double limit_s = 600;  ///< of wall time. Range: over 0
  double quiet_s = 0;    ///< over the limit it may go on while it says something as often as that
  /// Called with each JSON value that stands on a line of its own on its standard output.
  std::function<void(const Json&)> on_line = [](const Json&) {};
};

/// Runs a program that keeps to the protocol until it ends. Lines that are no JSON are passed over.
/// Errors: NoStart, WrongCall, Failed, TimedOut, Crashed. The text is the last line on standard
/// error where there is one.
/// Threads: may be called from many at once. Cost: two file descriptors and one process.
Result<void, RunError> run_program(const std::filesystem::path& program, const RunOptions& options);

/// Runs it for one result: the line whose event is "done". `on_progress` is told parts of 1.
/// Errors: as of run_program; the text of an "error" event goes before standard error; NoAnswer.
Result<Json, RunError> run_renderer(const std::filesystem::path& program,
                                    std::vector<std::string> arguments, double limit_s,
                                    const std::function<void(double)>& on_progress);

}  // namespace toccata::plugins

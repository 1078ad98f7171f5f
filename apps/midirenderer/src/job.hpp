// SPDX-License-Identifier: GPL-3.0-or-later
// What the program hands to its worker, and back: a job as JSON in the arguments, events as JSON
// lines on the worker's standard output, sound in shared memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/base/json.hpp>

namespace toccata::midirenderer {

/// The first argument of a worker.
inline constexpr const char* kWorker = "--worker";

struct Job {
  enum class Task : std::uint8_t { Render, Check, Save } task = Task::Render;
  std::string plugin, name;  ///< the file, and which one of several in it
  double ready_s = 0;        ///< so long after its start it must sound
  int rate_hz = 44100;
  std::size_t block = 512;
  std::optional<double> tail_s{};
  /// Descriptors of shared memory; -1: none.
  int midi = -1, preset = -1, out = -1;
  int watch = -1;  ///< of the temporary folder
  std::vector<std::pair<std::string, std::string>> parameters{};
};
Json to_json(const Job& job);
/// Nothing where the text is not what to_json gives.
std::optional<Job> parse_job(const std::string& text);

/// How far the worker has come: what it was doing when it ended or hung.
namespace stage {
inline constexpr const char *kLoading = "loading", *kPreset = "preset", *kPreparing = "preparing",
                            *kWaiting = "waiting", *kPlaying = "playing", *kAsking = "asking";
}  // namespace stage

}  // namespace toccata::midirenderer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "launch.hpp"

#include <cstring>

#include <fmt/format.h>
#include <toccata/plugins/renderer_program.hpp>

namespace toccata::midirenderer {
namespace {

namespace fs = std::filesystem;

/// The worker says so by itself, if it can, before the program stops waiting.
constexpr double kReadyPart = 0.9;

const char* doing(const std::string& stage) {
  if (stage == stage::kPreset) return "while it was given its preset";
  if (stage == stage::kPreparing) return "while it was prepared to play";
  if (stage == stage::kWaiting) return "while notes were tried";
  if (stage == stage::kPlaying) return "while it played";
  if (stage == stage::kAsking) return "while it was asked for its state";
  return "while it was loaded";
}

/// What came from a worker so far.
struct Heard {
  std::string stage = stage::kLoading, about, error;
  std::optional<Json> done;

  void take(const Json& line, const std::function<void(double)>& on_progress) {
    const auto text = [&](const char* name) {
      const Json* member = line.find(name);
      return member != nullptr && member->text() != nullptr ? *member->text() : std::string();
    };
    const std::string event = text("event");
    if (event == "stage") stage = text("stage");
    if (event == "done") done = line;
    if (event == "error") {
      about = text("about");
      error = text("text");
    }
    const Json* part = line.find("done");
    if (event == "progress" && part != nullptr) on_progress(part->number().value_or(0));
  }
};

std::string in_words(const plugins::RunError& error, const Heard& heard, const Launch& launch) {
  std::string plugin = launch.job.plugin;
  if (!launch.job.name.empty()) plugin += "#" + launch.job.name;
  using plugins::RunFault;
  if (error.fault == RunFault::Crashed)
    return fmt::format("{}: the plug-in crashed {} (signal {}, {})", plugin, doing(heard.stage),
                       error.signal, ::strsignal(error.signal));
  if (error.fault == RunFault::TimedOut)
    return fmt::format("{}: the plug-in hung {}: no sign of life within {:g} s (--timeout)", plugin,
                       doing(heard.stage), launch.timeout_s);
  if (heard.error.empty() && error.fault == RunFault::NoStart)
    return fmt::format("the worker process could not be started: {}", error.text);
  if (heard.error.empty())
    return fmt::format("{}: the plug-in ended the process {}", plugin, doing(heard.stage));
  if (heard.about == "preset") return launch.preset_path + ": " + heard.error;
  return plugin + ": " + heard.error;
}

}  // namespace

Outcome<Json> launch(Launch launch, const TemporaryFolder& folder) {
  launch.job.watch = folder.watch();
  launch.job.ready_s = kReadyPart * launch.timeout_s;
  Heard heard;
  plugins::RunOptions options;
  options.arguments = {kWorker, to_text(to_json(launch.job), JsonLayout::Compact)};
  options.limit_s = launch.timeout_s;
  options.quiet_s = launch.timeout_s / 2;
  options.on_line = [&](const Json& line) { heard.take(line, launch.on_progress); };
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  const auto run = plugins::run_program(self, options);
  folder.forget_group();
  if (!run) return cli::cannot(in_words(run.error(), heard, launch));
  if (!heard.done)
    return cli::cannot(
        fmt::format("{}: the plug-in ended the process {}", launch.job.plugin, doing(heard.stage)));
  return *std::move(heard.done);
}

}  // namespace toccata::midirenderer

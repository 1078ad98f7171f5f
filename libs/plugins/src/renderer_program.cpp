// SPDX-License-Identifier: MIT
#include "process.hpp"

#include <cstring>
#include <optional>

#include <sys/wait.h>
#include <toccata/plugins/renderer_program.hpp>

namespace toccata::plugins {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = "MidiRenderer";
/// A line that is longer is not of the protocol, and is passed over.
constexpr std::size_t kLongestLine = std::size_t{1} << 20;

/// Cuts a stream into lines.
class Lines {
 public:
  explicit Lines(std::function<void(std::string_view)> take) : take_(std::move(take)) {}

  void add(std::string_view piece) {
    for (const char c : piece) {
      if (c == '\n') end();
      else if (line_.size() < kLongestLine) line_ += c;
    }
  }
  void end() {
    if (!line_.empty() && line_.size() < kLongestLine) take_(line_);
    line_.clear();
  }

 private:
  std::function<void(std::string_view)> take_;
  std::string line_;
};

/// What a program says of itself in front of its words is left out: the caller names it.
std::string without_name(std::string_view line) {
  const std::string own = std::string(kProgram) + ": ";
  return std::string(line.substr(0, own.size()) == own ? line.substr(own.size()) : line);
}

RunError error_of(int status, std::string said) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return {RunFault::Crashed,
            std::string(kProgram) + " was ended by signal " + std::to_string(signal) + " (" +
                ::strsignal(signal) + ")" + (said.empty() ? "" : ": " + said),
            signal};
  }
  const int code = WEXITSTATUS(status);
  if (code == 127) return {RunFault::NoStart, std::string(kProgram) + ": " + said};
  if (said.empty())
    said =
        std::string(kProgram) + " ended with status " + std::to_string(code) + " and no word why";
  return {code == 2 ? RunFault::WrongCall : RunFault::Failed, std::move(said)};
}

std::string plain_seconds(double seconds) { return to_text(Json(seconds), JsonLayout::Compact); }

}  // namespace

std::vector<fs::path> renderer_places() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path here = program.parent_path();
  // A checkout's programs lie in build/<preset>/bin/.
  return {here / kProgram, (here / "../lib/toccata" / kProgram).lexically_normal(),
          (here / "../../../bin" / kProgram).lexically_normal()};
}

Result<fs::path, RunError> find_renderer() {
  std::string looked;
  for (const fs::path& place : renderer_places()) {
    std::error_code ignored;
    if (fs::is_regular_file(place, ignored)) return place;
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  return Unexpected{RunError{
      RunFault::Missing, "MidiRenderer, which plays plug-ins, is not built (looked for: " + looked +
                             "); ./toccata setup vst3 installs and builds it"}};
}

Result<void, RunError> run_program(const fs::path& program, const RunOptions& options) {
  auto started = Process::start(program, options.arguments);
  if (!started)
    return Unexpected{RunError{RunFault::NoStart, program.string() + ": " + started.error()}};
  Process process = *std::move(started);
  std::string said;  ///< the last line on standard error
  Lines values([&](std::string_view line) {
    if (const auto value = parse_json(line)) options.on_line(*value);
  });
  Lines words([&](std::string_view line) { said = without_name(line); });
  const auto status = process.run({options.limit_s, options.quiet_s},
                                  {[&](std::string_view piece) { values.add(piece); },
                                   [&](std::string_view piece) { words.add(piece); }});
  values.end();
  words.end();
  if (!status)
    return Unexpected{RunError{
        RunFault::TimedOut, "it took over " + plain_seconds(options.limit_s) + " s and was ended"}};
  if (*status == 0) return {};
  return Unexpected{error_of(*status, std::move(said))};
}

Result<Json, RunError> run_renderer(const fs::path& program, std::vector<std::string> arguments,
                                    double limit_s,
                                    const std::function<void(double)>& on_progress) {
  std::optional<Json> done;
  std::string why;
  RunOptions options{std::move(arguments), limit_s};
  options.on_line = [&](const Json& line) {
    const Json* event = line.find("event");
    if (event == nullptr || event->text() == nullptr) return;
    const Json* part = line.find("done");
    const Json* text = line.find("text");
    if (*event->text() == "done") done = line;
    if (*event->text() == "error" && text != nullptr && text->text() != nullptr)
      why = *text->text();
    if (*event->text() == "progress" && part != nullptr) on_progress(part->number().value_or(0));
  };
  if (auto run = run_program(program, options); !run) {
    RunError error = std::move(run).error();
    if (!why.empty()) error.text = why;
    return Unexpected{std::move(error)};
  }
  if (!done)
    return Unexpected{RunError{RunFault::NoAnswer, program.string() + " ended without a result"}};
  return *std::move(done);
}

}  // namespace toccata::plugins

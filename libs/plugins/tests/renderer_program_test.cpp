// SPDX-License-Identifier: MIT
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/plugins/renderer_program.hpp>
#include <unistd.h>

using namespace toccata;
using namespace toccata::plugins;
namespace fs = std::filesystem;

namespace {

/// A shell script that stands for MidiRenderer.
class Script {
 public:
  explicit Script(const std::string& body) {
    fs::create_directories(folder_);
    std::ofstream(path()) << "#!/bin/sh\n" << body << "\n";
    fs::permissions(path(), fs::perms::owner_all);
  }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  ~Script() { fs::remove_all(folder_); }
  fs::path path() const { return folder_ / "MidiRenderer"; }
  fs::path note() const { return folder_ / "note"; }

  Result<Json, RunError> run(double limit_s = 20) const {
    return run_renderer(path(), {"a.mid", "-", "X.vst3", note().string()}, limit_s, [](double) {});
  }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("toccata-run-" + std::to_string(::getpid()));
};

RunError error_of(const Script& script, double limit_s = 20) {
  const auto done = script.run(limit_s);
  REQUIRE_FALSE(done);
  CHECK(done.error().text.find('\n') == std::string::npos);
  return done.error();
}

/// One that nobody has waited for is dead too: not every machine's first process does that.
bool is_alive(pid_t id) {
  std::ifstream in("/proc/" + std::to_string(id) + "/stat");
  std::string number, name, state;
  return in >> number >> name >> state && state != "Z" && state != "X";
}

/// The process that a script has noted; it has to be gone within a second.
bool is_gone(const fs::path& note) {
  pid_t id = 0;
  std::ifstream(note) >> id;
  REQUIRE(id > 0);
  for (int i = 0; i < 100 && is_alive(id); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return !is_alive(id);
}

}  // namespace

TEST_CASE("renderer: progress is told, the last word is the result, noise is passed over") {
  const Script script(R"(echo noise; echo '{"event":"progress","done":0.5}'
echo "$4"; printf '{"event":"done","peak_dbfs":-3.5}')");
  double told = 0;
  const auto done =
      run_renderer(script.path(), {"a", "b", "c", "d"}, 20, [&](double part) { told = part; });
  REQUIRE(done);
  CHECK(told == 0.5);
  CHECK(*done->find("peak_dbfs")->number() == -3.5);
}

TEST_CASE("renderer: its error line is the error, with the fault that its status tells") {
  CHECK(error_of(Script("echo first >&2; echo 'MidiRenderer: no such file' >&2; exit 1")).text ==
        "no such file");
  const Script json(
      R"(echo '{"event":"error","text":"X.vst3 is silent"}'; echo other >&2; exit 1)");
  CHECK(error_of(json).text == "X.vst3 is silent");
  CHECK(error_of(Script("exit 1")).fault == RunFault::Failed);
  CHECK(error_of(Script("exit 2")).fault == RunFault::WrongCall);
  CHECK(error_of(Script("exit 0")).fault == RunFault::NoAnswer);
  const RunError crash = error_of(Script("kill -SEGV $$"));
  CHECK(crash.fault == RunFault::Crashed);
  CHECK(crash.text.find("signal 11") != std::string::npos);
}

TEST_CASE("renderer: what takes too long is ended with all that it started") {
  const Script script("sleep 60 & echo $! >\"$4\"; sleep 60");
  const auto before = std::chrono::steady_clock::now();
  CHECK(error_of(script, 0.5).fault == RunFault::TimedOut);
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
  CHECK(is_gone(script.note()));
}

TEST_CASE("renderer: a child that outlives it holds nothing up and is not left behind") {
  const Script script(R"(sleep 60 & echo $! >"$4"; echo '{"event":"done"}')");
  const auto before = std::chrono::steady_clock::now();
  CHECK(script.run().has_value());
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
  CHECK(is_gone(script.note()));
}

TEST_CASE("renderer: it dies with the thread that started it") {
  const Script script("echo $$ >\"$4\"; exec sleep 60");
  const pid_t other = ::fork();
  if (other == 0) {
    (void)script.run(60);
    ::_exit(0);
  }
  for (int i = 0; i < 500 && !fs::exists(script.note()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ::kill(other, SIGKILL);
  CHECK(is_gone(script.note()));
}

TEST_CASE("renderer: what is no program cannot be started; where it is looked for is said") {
  const auto run = run_renderer("/nowhere/MidiRenderer", {}, 5, [](double) {});
  REQUIRE_FALSE(run);
  CHECK(run.error().fault == RunFault::NoStart);
  CHECK(renderer_places().size() == 3);
  if (const auto found = find_renderer(); !found)
    CHECK(found.error().text.find("./toccata setup vst3") != std::string::npos);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "temporary_folder.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

namespace toccata::midirenderer {
namespace {

namespace fs = std::filesystem;

/// So long what was killed may take to end; it ends within some milliseconds.
constexpr auto kPause = std::chrono::milliseconds(10);
constexpr int kPauses = 100;

ssize_t read_some(int from, void* to, std::size_t size) {
  ssize_t count = 0;
  while ((count = ::read(from, to, size)) < 0 && errno == EINTR) {
  }
  return count;
}

/// Its path, or the words why there is none.
std::string make_folder() {
  std::error_code error;
  fs::path place = fs::temp_directory_path(error);
  if (!error) place = fs::absolute(place, error);
  const char* given = std::getenv("TMPDIR");
  if (error)
    return fmt::format("TMPDIR \"{}\": {}", given == nullptr ? "/tmp" : given, error.message());
  std::string name = (place / "MidiRenderer-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) return name;
  return fmt::format("TMPDIR \"{}\": {}", place.string(), std::strerror(errno));
}

/// Kills the group, if there is one, and removes the folder: again while what was killed may yet
/// write to it. Not until the group is gone: those that nobody waits for stay in it.
void clean(pid_t group, const fs::path& folder) {
  std::error_code ignored;
  for (int i = 0; i < kPauses; ++i) {
    if (group != 0) ::kill(-group, SIGKILL);
    fs::remove_all(folder, ignored);
    if (!fs::exists(folder, ignored)) return;
    std::this_thread::sleep_for(kPause);
  }
}

/// The cleaner: tells the folder's path, then waits until nobody holds the other end of `watch`.
[[noreturn]] void watch_over(int watch, int answer) {
  ::setsid();  // what is sent to the program's group or terminal does not end it
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
  ::signal(SIGPIPE, SIG_IGN);
  const std::string made = make_folder();
  const bool is_made = made.front() == '/';
  (void)!::write(answer, made.data(), made.size());
  ::close(answer);
  pid_t group = 0, read = 0;
  while (read_some(watch, &read, sizeof read) == sizeof read) group = read;
  if (is_made) clean(group, made);
  ::_exit(0);
}

void close_both(const std::array<int, 2>& pipe) {
  for (const int end : pipe)
    if (end >= 0) ::close(end);
}

}  // namespace

cli::Outcome<std::unique_ptr<TemporaryFolder>> TemporaryFolder::make() {
  std::array<int, 2> watch = {-1, -1}, answer = {-1, -1};
  const auto fail = [&] {
    const std::string why = std::strerror(errno);
    close_both(watch);
    close_both(answer);
    return cli::cannot("no process could be started: " + why);
  };
  if (::pipe2(watch.data(), O_CLOEXEC) != 0 || ::pipe2(answer.data(), O_CLOEXEC) != 0)
    return fail();
  const pid_t cleaner = ::fork();
  if (cleaner < 0) return fail();
  if (cleaner == 0) {
    ::close(watch[1]);
    ::close(answer[0]);
    watch_over(watch[0], answer[1]);
  }
  ::close(watch[0]);
  ::close(answer[1]);
  ::fcntl(watch[1], F_SETFD, 0);  // workers inherit it
  std::string made;
  std::array<char, 4096> piece;
  for (ssize_t count = 0; (count = read_some(answer[0], piece.data(), piece.size())) > 0;)
    made.append(piece.data(), static_cast<std::size_t>(count));
  ::close(answer[0]);
  std::unique_ptr<TemporaryFolder> folder(new TemporaryFolder(watch[1], cleaner, made));
  if (made.empty() || made.front() != '/')
    return cli::cannot("no temporary folder could be made: " + made);
  return folder;
}

TemporaryFolder::TemporaryFolder(int watch, pid_t cleaner, const std::string& path)
    : watch_(watch), cleaner_(cleaner) {
  if (const char* before = std::getenv("TMPDIR")) before_ = before;
  ::setenv("TMPDIR", path.c_str(), 1);
}

TemporaryFolder::~TemporaryFolder() {
  if (before_) ::setenv("TMPDIR", before_->c_str(), 1);
  else ::unsetenv("TMPDIR");
  ::close(watch_);
  int ignored = 0;
  while (::waitpid(cleaner_, &ignored, 0) < 0 && errno == EINTR) {
  }
}

void TemporaryFolder::forget_group() const {
  const pid_t none = 0;
  (void)!::write(watch_, &none, sizeof none);
}

void name_group(int watch) {
  const pid_t group = ::getpid() == ::getpgrp() ? ::getpgrp() : 0;
  (void)!::write(watch, &group, sizeof group);
  ::close(watch);  // what the plug-in starts must not hold it open
}

}  // namespace toccata::midirenderer

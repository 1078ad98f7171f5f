// SPDX-License-Identifier: MIT
#include "process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace toccata::plugins {
namespace {

using Clock = std::chrono::steady_clock;

void close_both(const std::array<int, 2>& pipe) {
  for (const int end : pipe)
    if (end >= 0) ::close(end);
}

/// In the child, between fork and exec, where only calls that the system itself answers are safe.
[[noreturn]] void become(const char* program, char* const* words, pid_t parent, int out,
                         int error) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);  // it died before the line above
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(error, STDERR_FILENO);
  ::execv(program, words);
  const char* said = "the system cannot start it\n";
  (void)!::write(STDERR_FILENO, said, std::strlen(said));
  ::_exit(127);
}

/// Hands on what is there to read. False at the end.
bool pump(int from, const std::function<void(std::string_view)>& sink) {
  std::array<char, 16384> piece;
  const ssize_t count = ::read(from, piece.data(), piece.size());
  if (count > 0) sink({piece.data(), static_cast<std::size_t>(count)});
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

}  // namespace

Result<Process, std::string> Process::start(const std::filesystem::path& program,
                                            const std::vector<std::string>& arguments) {
  std::vector<char*> words = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  std::array<int, 2> out = {-1, -1}, error = {-1, -1};
  const auto fail = [&] {
    std::string why = std::strerror(errno);
    close_both(out);
    close_both(error);
    return Unexpected{std::move(why)};
  };
  if (::access(program.c_str(), X_OK) != 0) return fail();
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(error.data(), O_CLOEXEC) != 0) return fail();
  const pid_t parent = ::getpid();
  const pid_t id = ::fork();
  if (id < 0) return fail();
  if (id == 0) become(program.c_str(), words.data(), parent, out[1], error[1]);
  ::setpgid(id, id);  // by both, so that it holds whoever comes first
  ::close(out[1]);
  ::close(error[1]);
  return Process(id, out[0], error[0]);
}

Process::Process(Process&& other) noexcept
    : id_(other.id_), out_(other.out_), error_(other.error_), is_waited_for_(other.is_waited_for_) {
  other.id_ = -1;
  other.out_ = other.error_ = -1;
}

Process::~Process() {
  close_both({out_, error_});
  if (id_ < 0) return;
  // The child is a zombie until it is waited for, so that its group's number is still its own.
  ::kill(-id_, SIGKILL);
  int ignored = 0;
  while (::waitpid(id_, &ignored, 0) < 0 && errno == EINTR) {
  }
}

/// The child's status without taking the zombie away: its group is killed first.
std::optional<int> Process::ended() {
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      info.si_pid == 0)
    return std::nullopt;
  return info.si_code == CLD_EXITED ? W_EXITCODE(info.si_status, 0)
                                    : W_EXITCODE(0, info.si_status & 0x7F);
}

std::optional<int> Process::run(const Limits& limits, const Sinks& sinks) {
  using Length = std::chrono::duration<double>;
  const auto end = Clock::now() + Length(limits.limit);
  auto heard = Clock::now();
  std::array<pollfd, 2> ends = {{{out_, POLLIN, 0}, {error_, POLLIN, 0}}};
  std::optional<int> status;
  // Whoever holds the pipes open after it has ended is killed with its group, so that its last
  // words are read but nobody else is waited for.
  while (true) {
    if (!status && (status = ended())) ::kill(-id_, SIGKILL);
    const bool is_open = ends[0].fd >= 0 || ends[1].fd >= 0;
    if (status && !is_open) return status;
    if (!status && Clock::now() >= std::max<std::chrono::time_point<Clock, Length>>(
                                       end, heard + Length(limits.quiet)))
      return std::nullopt;
    const int ready = ::poll(ends.data(), ends.size(), status ? 0 : 20);
    if (status && ready <= 0) return status;
    if (ready > 0) heard = Clock::now();
    for (std::size_t i = 0; i < ends.size(); ++i)
      if (ends[i].fd >= 0 && ends[i].revents != 0 &&
          !pump(ends[i].fd, i == 0 ? sinks.out : sinks.error))
        ends[i].fd = -1;
  }
}

}  // namespace toccata::plugins

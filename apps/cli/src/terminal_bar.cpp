// SPDX-License-Identifier: MIT
#include "terminal_bar.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include <unistd.h>

#include "failure.hpp"

namespace toccata::cli {

TerminalBar::TerminalBar() : shown_(::isatty(STDERR_FILENO) == 1) {}

TerminalBar::~TerminalBar() {
  if (percent_ >= 0) std::fputs("\r\033[K", stderr);
}

void TerminalBar::draw(double share_done, std::string_view words) {
  if (!shown_) return;
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  const int percent = static_cast<int>(100 * std::clamp(share_done, 0.0, 1.0));
  // Words change even where the bar does not, but no eye follows them faster than this.
  const bool stale = !words.empty() && now - drawn_ > std::chrono::milliseconds(100);
  if ((percent == percent_ && !stale) || now - begun_ < std::chrono::seconds(1)) return;
  percent_ = percent;
  drawn_ = now;
  constexpr std::size_t kWidth = 40;
  const auto full = kWidth * static_cast<std::size_t>(percent) / 100;
  const std::string bar = std::string(full, '#') + std::string(kWidth - full, '.');
  std::fprintf(stderr, "\r[%s] %3d %% %s\033[K", bar.c_str(), percent, one_line(words).c_str());
  std::fflush(stderr);
}

}  // namespace toccata::cli

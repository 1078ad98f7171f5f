// SPDX-License-Identifier: MIT
#include "progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include <unistd.h>

namespace toccata::cli {

ProgressBar::ProgressBar() : shown_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (percent_ >= 0) std::fputs("\r\033[K", stderr);
}

void ProgressBar::report(double share_done) {
  if (!shown_) return;
  const std::lock_guard lock(mutex_);
  const int percent = static_cast<int>(100 * std::clamp(share_done, 0.0, 1.0));
  if (percent == percent_ || Clock::now() - begun_ < std::chrono::seconds(1)) return;
  percent_ = percent;
  constexpr std::size_t kWidth = 40;
  const auto full = kWidth * static_cast<std::size_t>(percent) / 100;
  const std::string bar = std::string(full, '#') + std::string(kWidth - full, '.');
  std::fprintf(stderr, "\r[%s] %3d %%", bar.c_str(), percent);
  std::fflush(stderr);
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
// The bar of what composes, performs or learns.
#pragma once

#include <toccata/compose/composer.hpp>

#include "terminal_bar.hpp"

namespace toccata::cli {

/// Threads: report() may be called from several at once.
class ProgressBar final : public Progress {
 public:
  void report(double share_done) override { bar_.draw(share_done); }
  void report(double share_done, std::string_view words) { bar_.draw(share_done, words); }

 private:
  TerminalBar bar_;
};

}  // namespace toccata::cli

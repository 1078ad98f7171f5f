// SPDX-License-Identifier: MIT
#include "aligned_data.hpp"

#include <chrono>

#include <fmt/format.h>

#include "draw.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
using Clock = std::chrono::steady_clock;

}  // namespace

Outcome<PreparedSet> read_aligned_data(const AlignedData& config, ProgressBar& bar) {
  const auto tree = FileTree::open(config.data);
  if (!tree) return cannot(describe(tree.error()));
  auto entries = find_aligned(*tree);
  if (!entries)
    return cannot(describe(entries.error()) +
                  ": --protocol pieces learns from scores with aligned performances, in ASAP's "
                  "layout, or from POP909; notewise takes any MIDI files");
  draw(*entries, config.max_files, Rng(config.seed).fork("scores"), &AlignedEntry::score_file);
  Running running;
  const auto begun = Clock::now();
  running.progress = [&](std::size_t done, std::size_t all) {
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    bar.report(0.1 * static_cast<double>(done) / static_cast<double>(all),
               fmt::format("reading, {:.0f} pieces a second", static_cast<double>(done) / seconds));
  };
  return prepare(*tree, *entries, running);
}

}  // namespace toccata::cli

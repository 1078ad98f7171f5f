// SPDX-License-Identifier: MIT
#include "aligned_data.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace toccata::cli {
namespace {

using namespace learn;
using Clock = std::chrono::steady_clock;

/// As many scores as asked for, drawn without order, so that each side gets its share.
void draw(std::vector<AlignedEntry>& entries, const AlignedData& config) {
  const auto wanted = static_cast<std::size_t>(config.max_files.value_or(INT64_MAX));
  if (entries.size() <= wanted) return;
  Rng rng = Rng(config.seed).fork("scores");
  for (std::size_t i = 0; i < wanted; ++i)
    std::swap(entries[i], entries[i + rng.below(entries.size() - i)]);
  entries.resize(wanted);
  std::ranges::sort(entries, {}, &AlignedEntry::score_file);
}

}  // namespace

Outcome<PreparedSet> read_aligned_data(const AlignedData& config, ProgressBar& bar) {
  const auto tree = FileTree::open(config.data);
  if (!tree) return cannot(describe(tree.error()));
  auto entries = find_aligned(*tree);
  if (!entries)
    return cannot(describe(entries.error()) +
                  ": --protocol pieces learns from scores with aligned performances, in ASAP's "
                  "layout, or from POP909; notewise takes any MIDI files");
  draw(*entries, config);
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

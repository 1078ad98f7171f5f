// SPDX-License-Identifier: MIT
#include "note_wise_rows.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

#include <fmt/format.h>
#include <toccata/learn/collection.hpp>

#include "progress.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
using Clock = std::chrono::steady_clock;

constexpr const char* kRows = "rows.safetensors";
constexpr const char* kPacking = "packing.safetensors";  ///< rows drawn so far
constexpr std::size_t kBatch = 32;                       ///< files in memory at once
constexpr std::chrono::seconds kBetweenCheckpoints{5};

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

Outcome<NoteDraw> begun_draw(const RunFolder& folder, const RunConfig& config,
                             std::vector<std::string> files) {
  if (!folder.has(kPacking)) return NoteDraw(std::move(files), config.sample, config.seed);
  TOCCATA_TRY(const ml::Weights weights, folder.read_weights(kPacking));
  auto draw = NoteDraw::load(weights, std::move(files), config.sample, config.seed);
  if (!draw)
    return cannot(fmt::format("{}: {}; the data must be what it was when the run began",
                              (folder.path() / kPacking).string(), describe(draw.error())));
  return *std::move(draw);
}

/// Walks through all files.
Outcome<void> read_all(RunFolder& folder, const FileTree& tree, NoteDraw& draw) {
  ProgressBar bar;
  const auto begun = Clock::now();
  auto kept = begun;
  const std::size_t first = draw.done();
  while (draw.done() < draw.files()) {
    draw.read_next(tree, kBatch, 0);
    const double pace = static_cast<double>(draw.done() - first) / seconds_since(begun);
    bar.report(static_cast<double>(draw.done()) / static_cast<double>(draw.files()),
               fmt::format("{} of {} files, {:.0f} files/s, {} broken", draw.done(), draw.files(),
                           pace, draw.counts().broken.size()));
    if (Clock::now() - kept < kBetweenCheckpoints) continue;
    TOCCATA_CHECK(folder.write(kPacking, draw.save()));
    kept = Clock::now();
  }
  return {};
}

Outcome<void> log_rows(RunFolder& folder, const NoteSample& sample, double seconds) {
  for (const BrokenFile& broken : sample.counts.broken)
    TOCCATA_CHECK(folder.log(
        Json::Object{{"event", "broken"}, {"file", broken.file}, {"fault", broken.fault}}));
  const SampleCounts& counts = sample.counts;
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  Json event;
  event.add("event", "packed");
  event.add("files", number(counts.files));
  event.add("broken", number(counts.broken.size()));
  event.add("too_short", number(counts.too_short));
  event.add("without_notes", number(counts.without));
  event.add("notes", number(counts.notes));
  event.add("rows", number(sample.rows()));
  event.add("clipped_velocities", number(counts.clipped_velocities));
  event.add("seconds", seconds);
  if (counts.files > 0)
    event.add("files_per_second", static_cast<double>(counts.files) / std::max(seconds, 1e-3));
  return folder.log(std::move(event));
}

Outcome<NoteSample> drawn_rows(RunFolder& folder, const RunConfig& config,
                               const std::function<Outcome<void>()>& begin) {
  auto tree = FileTree::open(*config.data);
  if (!tree) return cannot(describe(tree.error()));
  const auto found = find_recordings(*tree);
  if (!found) return cannot(describe(found.error()));
  std::vector<std::string> files;
  for (const Recording& recording : found->recordings) files.push_back(recording.file);
  TOCCATA_TRY(
      NoteDraw draw,
      begun_draw(folder, config, draw_files(std::move(files), config.max_files, config.seed)));
  TOCCATA_CHECK(begin());
  for (const std::string& missing : found->missing)
    TOCCATA_CHECK(folder.log(Json::Object{{"event", "missing"}, {"file", missing}}));
  TOCCATA_CHECK(read_all(folder, *tree, draw));
  auto sample = draw.finish();
  if (!sample) return cannot(fmt::format("--data \"{}\": {}", *config.data, sample.error().what));
  return *std::move(sample);
}

Outcome<NoteSample> given_rows(const RunConfig& config,
                               const std::function<Outcome<void>()>& begin) {
  auto sample = read_given_rows(*config.rows);
  if (!sample) return cannot(describe(sample.error()));
  TOCCATA_CHECK(begin());
  return *std::move(sample);
}

}  // namespace

Outcome<NoteSample> rows_for(RunFolder& folder, const RunConfig& config) {
  // Known options first: from here on the folder holds a run.
  const auto begin = [&]() -> Outcome<void> {
    TOCCATA_CHECK(folder.write("config.json", to_text(to_json(config)) + "\n"));
    Json event = to_json(config);
    event.add("event", "config");
    return folder.log(std::move(event));
  };
  if (folder.has(kRows)) {
    TOCCATA_TRY(const ml::Weights weights, folder.read_weights(kRows));
    auto sample = unpack_sample(weights);
    if (!sample) return cannot(describe(sample.error()));
    TOCCATA_CHECK(begin());
    TOCCATA_CHECK(log_rows(folder, *sample, 0));
    return *std::move(sample);
  }
  const bool is_new = !folder.has("config.json");
  const auto begun = Clock::now();
  auto sample = config.rows ? given_rows(config, begin) : drawn_rows(folder, config, begin);
  if (!sample) {
    if (is_new) folder.discard();
    return sample;
  }
  TOCCATA_CHECK(folder.write(kRows, pack_sample(*sample)));
  TOCCATA_CHECK(log_rows(folder, *sample, seconds_since(begun)));
  folder.remove(kPacking);
  return sample;
}

}  // namespace toccata::cli

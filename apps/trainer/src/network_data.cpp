// SPDX-License-Identifier: MIT
#include "network_data.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include <fmt/format.h>
#include <toccata/base/file.hpp>

#include "train/aligned_data.hpp"
#include "train/pieces_config.hpp"

namespace toccata::cli {
namespace {

using namespace learn;

constexpr const char* kPack = "pieces.pack";

Outcome<Bytes> pack_anew(RunFolder& folder, const NetworkRun& run, ProgressBar& bar) {
  const auto begun = std::chrono::steady_clock::now();
  TOCCATA_TRY(const PreparedSet set,
              read_aligned_data({run.data, run.max_files, run.training.trainer.seed}, bar));
  for (const DataError& fault : set.faults)
    TOCCATA_CHECK(folder.log(Json::Object{{"event", "broken"}, {"file", describe(fault)}}));
  Running running;
  running.threads = run.threads;
  running.progress = [&](std::size_t done, std::size_t all) {
    bar.report(0.1 + 0.1 * static_cast<double>(done) / static_cast<double>(all), "packing");
  };
  if (set.made_scores)
    return cannot(run.data +
                  ": its scores are made from the performances, which teaches networks nothing of "
                  "timing; trees learn its loudness (--learner trees)");
  const PackedFrom from{std::filesystem::path(run.data).filename().string(), licence_of(run.data)};
  const Bytes bytes = pack_pieces(set, from, running);
  TOCCATA_CHECK(folder.write(kPack, bytes));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  TOCCATA_CHECK(
      folder.log(Json::Object{{"event", "packed"},
                              {"pieces", static_cast<std::int64_t>(set.pieces.size())},
                              {"performances", static_cast<std::int64_t>(set.performances())},
                              {"broken", static_cast<std::int64_t>(set.faults.size())},
                              {"bytes", static_cast<std::int64_t>(bytes.size())},
                              {"seconds", seconds.count()}}));
  return bytes;
}

/// Whether data is a file that begins as packs do.
bool is_pack(const std::string& data) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(data, error)) return false;
  const auto bytes = read_file(data);
  return bytes && as_text(*bytes).starts_with(kPiecePackFormat);
}

}  // namespace

Outcome<PiecePack> packed_pieces(RunFolder& folder, const NetworkRun& run, ProgressBar& bar) {
  Bytes bytes;
  std::string name = (folder.path() / kPack).string();
  if (is_pack(run.data)) {
    if (run.max_files)
      return wrong_call("--max-files: a pack is learned from as a whole; allowed with other data");
    auto read = read_file(run.data);
    if (!read) return cannot(describe(read.error()));
    bytes = *std::move(read);
    name = run.data;
  } else if (folder.has(kPack)) {
    TOCCATA_TRY(bytes, folder.read(kPack));
  } else {
    TOCCATA_TRY(bytes, pack_anew(folder, run, bar));
  }
  Running running;
  running.threads = run.threads;
  running.progress = [&](std::size_t done, std::size_t all) {
    bar.report(0.2 + 0.1 * static_cast<double>(done) / static_cast<double>(all), "unpacking");
  };
  auto pack = unpack_pieces(bytes, name, running);
  if (!pack) return cannot(describe(pack.error()));
  return *std::move(pack);
}

Outcome<Sides> sides_of(const PreparedSet& set, Form form) {
  Sides sides{set.of(form, Split::Train), set.of(form, Split::Validation),
              set.of(form, Split::Test)};
  const auto pages = set.of(Form::Page);
  const bool none_known = std::ranges::none_of(
      pages, [](const PreparedPiece* piece) { return piece->piece.split.has_value(); });
  if (none_known) {
    std::set<std::string> titles, held;
    for (const PreparedPiece* piece : pages) titles.insert(piece->piece.composition);
    std::size_t count = 0;
    for (const std::string& title : titles)
      if (count++ % 5 == 1) held.insert(title);
    for (const PreparedPiece* piece : set.of(form))
      (held.contains(piece->piece.composition) ? sides.validation : sides.training)
          .push_back(piece);
  }
  if (form == Form::Page && (sides.training.empty() || sides.validation.empty()))
    return cannot(
        fmt::format("{} pieces to learn from and {} to validate on: at least one of each "
                    "is needed, of two compositions",
                    sides.training.size(), sides.validation.size()));
  return sides;
}

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
#include <toccata/learn/prepared.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace toccata::learn {

std::vector<const PreparedPiece*> PreparedSet::on(Split split) const {
  std::vector<const PreparedPiece*> found;
  for (const auto& piece : pieces)
    if (piece->piece.split == split) found.push_back(piece.get());
  return found;
}

std::size_t PreparedSet::performances() const {
  std::size_t count = 0;
  for (const auto& piece : pieces) count += piece->piece.performances.size();
  return count;
}

PreparedSet prepare(const FileTree& tree, std::span<const AlignedEntry> entries,
                    const Running& running) {
  std::vector<std::unique_ptr<const PreparedPiece>> pieces(entries.size());
  std::vector<std::vector<DataError>> faults(entries.size());
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < entries.size(); i = next++) {
      if (running.stop.stop_requested()) return;
      auto piece = read_aligned(tree, entries[i], faults[i]);
      if (!piece) faults[i].push_back(piece.error());
      else if (!piece->order->notes().empty())
        pieces[i] = std::make_unique<const PreparedPiece>(*std::move(piece));
      const std::lock_guard lock(telling);
      ++done;
      if (running.progress) running.progress(done, entries.size());
    }
  };
  const unsigned cores =
      running.threads != 0 ? running.threads : std::max(std::thread::hardware_concurrency(), 1U);
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < cores; ++i) others.emplace_back(work);
    work();
  }
  PreparedSet set;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (pieces[i] != nullptr) set.pieces.push_back(std::move(pieces[i]));
    set.faults.insert(set.faults.end(), faults[i].begin(), faults[i].end());
  }
  return set;
}

}  // namespace toccata::learn

// SPDX-License-Identifier: MIT
#include <toccata/learn/prepared.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace toccata::learn {

std::vector<const PreparedPiece*> PreparedSet::of(Form form, std::optional<Split> split) const {
  std::vector<const PreparedPiece*> found;
  for (const Piece& piece : pieces)
    if (piece.form == form && (!split || piece.prepared->piece.split == split))
      found.push_back(piece.prepared.get());
  return found;
}

std::size_t PreparedSet::performances() const {
  std::size_t count = 0;
  for (const PreparedPiece* piece : of(Form::Page)) count += piece->piece.performances.size();
  return count;
}

PreparedSet prepare(const FileTree& tree, std::span<const AlignedEntry> entries,
                    const Running& running) {
  std::vector<std::vector<PreparedSet::Piece>> pieces(entries.size());
  std::vector<std::vector<DataError>> faults(entries.size());
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < entries.size(); i = next++) {
      if (running.stop.stop_requested()) return;
      auto page = read_aligned(tree, entries[i], faults[i]);
      const auto add = [&](Form form, AlignedPiece&& piece) {
        pieces[i].push_back({form, std::make_unique<const PreparedPiece>(std::move(piece))});
      };
      if (!page) {
        faults[i].push_back(page.error());
      } else if (!page->performances.empty()) {
        auto midi = read_midi_score(tree, entries[i], *page);
        add(Form::Page, *std::move(page));
        if (midi) add(Form::Midi, *std::move(midi));
      }
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
  set.made_scores = !entries.empty() && !entries.front().beats_file.empty();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::ranges::move(pieces[i], std::back_inserter(set.pieces));
    set.faults.insert(set.faults.end(), faults[i].begin(), faults[i].end());
  }
  return set;
}

}  // namespace toccata::learn

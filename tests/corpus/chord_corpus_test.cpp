// SPDX-License-Identifier: MIT
// Chords estimated against chords that people wrote down. Figures of docs/analysis.md come from
// here.
#include "labelled_pieces.hpp"

#include <iostream>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <toccata/analysis/chords.hpp>

using namespace toccata;
using corpus::Piece;
using corpus::PlainChord;
using corpus::Quality;

namespace {

PlainChord plain(const Chord& chord) {
  const auto fifth = chord.semitones_of(5);
  Quality quality = chord.is_minor() ? Quality::Minor : Quality::Major;
  if (!chord.has_third()) quality = Quality::Suspended;
  if (chord.is_minor() && fifth == 6) quality = Quality::Diminished;
  if (!chord.is_minor() && fifth == 8) quality = Quality::Augmented;
  return {chord.root_class(), quality};
}

/// Weighted chord recall: share of the labelled time with the right root; with root and triad.
struct Recall {
  double labelled = 0, root = 0, triad = 0;
  void add(const PlainChord& found, const PlainChord& right, Duration common) {
    const auto ticks = static_cast<double>(common.ticks());
    root += found.root == right.root ? ticks : 0;
    triad += found == right ? ticks : 0;
  }
};

void add_piece(const Piece& piece, const ChordOptions& options, Recall& recall) {
  const auto spans = estimate_chords(piece.score, bars_of(piece.score), options);
  std::size_t next = 0;
  for (const auto& label : piece.chords) {
    recall.labelled += static_cast<double>(label.span.duration().ticks());
    while (next < spans.size() && spans[next].span.end <= label.span.onset) ++next;
    for (std::size_t i = next; i < spans.size() && spans[i].span.onset < label.span.end; ++i) {
      const Duration common = std::min(spans[i].span.end, label.span.end) -
                              std::max(spans[i].span.onset, label.span.onset);
      recall.add(plain(spans[i].chord), label.label, common);
    }
  }
}

/// Every second piece from `first` on: the weights were tuned on those from 0, those from 1 are
/// unseen.
Recall recall_of(const std::vector<Piece>& pieces, std::size_t first, const ChordOptions& options) {
  Recall recall;
  for (std::size_t i = first; i < pieces.size(); i += 2) add_piece(pieces[i], options, recall);
  return recall;
}

void print(const char* corpus, const char* slice, const Recall& recall) {
  std::cout << fmt::format("{:7} {:8} root {:.3f}, root and triad {:.3f}\n", corpus, slice,
                           recall.root / recall.labelled, recall.triad / recall.labelled);
}

}  // namespace

TEST_CASE("estimate_chords: agreement with labelled pieces") {
  const auto data = corpus::data_folder();
  if (!data) {
    std::cout << "skipped: TOCCATA_DATA names no folder of corpora\n";
    return;
  }
  const auto mozart = corpus::read_mozart(*data), pop = corpus::read_pop909(*data);
  for (const auto& [name, slice] :
       {std::pair{"bar", Slice::Bar}, {"half bar", Slice::HalfBar}, {"beat", Slice::Beat}}) {
    const Recall pop_recall = recall_of(pop, 1, {.slice = slice});
    const Recall mozart_recall = recall_of(mozart, 1, {.slice = slice});
    print("pop909", name, pop_recall);
    print("mozart", name, mozart_recall);
    if (slice != Slice::HalfBar) continue;
    CHECK(pop_recall.triad / pop_recall.labelled > 0.84);
    CHECK(mozart_recall.triad / mozart_recall.labelled > 0.67);
  }
}

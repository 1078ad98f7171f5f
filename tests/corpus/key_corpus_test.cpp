// SPDX-License-Identifier: MIT
// Keys estimated against keys that people wrote down. Figures of docs/analysis.md come from here.
#include "labelled_pieces.hpp"

#include <iostream>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <toccata/analysis/key.hpp>

using namespace toccata;
using corpus::Piece;
using corpus::PlainKey;

namespace {

PlainKey plain(const Key& key) { return {key.tonic.pitch_class(), key.scale.is_minor()}; }

/// The score of the MIREX key task: 1 right, 0.5 a fifth away, 0.3 relative, 0.2 parallel.
double mirex(PlainKey found, PlainKey right) {
  if (found == right) return 1;
  const int up = semitones_up(right.tonic, found.tonic);
  if (found.minor == right.minor) return up == 7 ? 0.5 : 0;
  if (up == 0) return 0.2;
  return up == (right.minor ? 3 : 9) ? 0.3 : 0;
}

struct Accuracy {
  int pieces = 0, right = 0;
  double mirex_sum = 0;
  double share() const { return pieces > 0 ? static_cast<double>(right) / pieces : 0; }
};

Accuracy accuracy_of(const std::vector<Piece>& pieces, KeyProfile profile) {
  Accuracy accuracy;
  for (const Piece& piece : pieces) {
    if (!piece.key) continue;
    const auto estimate = estimate_key(piece.score, bars_of(piece.score), profile);
    REQUIRE(estimate);
    ++accuracy.pieces;
    accuracy.right += plain(estimate->key) == *piece.key;
    accuracy.mirex_sum += mirex(plain(estimate->key), *piece.key);
  }
  return accuracy;
}

void print(const char* corpus, KeyProfile profile, const Accuracy& accuracy) {
  std::cout << fmt::format("{:9} {:18} {:4}/{} right, {:.3f}; MIREX {:.3f}\n", corpus,
                           name_of(profile), accuracy.right, accuracy.pieces, accuracy.share(),
                           accuracy.mirex_sum / accuracy.pieces);
}

/// Share of the labelled time in which the track has the label's key.
double track_share(const std::vector<Piece>& pieces, const KeyTrackOptions& options) {
  double right = 0, labelled = 0;
  for (const Piece& piece : pieces) {
    const auto track = estimate_key_track(piece.score, bars_of(piece.score), options);
    for (const auto& label : piece.local_keys)
      for (const KeySpan& found : track) {
        const Span span = span_of(found.bars, piece.score.meter);
        const Duration common =
            std::min(span.end, label.span.end) - std::max(span.onset, label.span.onset);
        if (common <= Duration(0)) continue;
        labelled += static_cast<double>(common.ticks());
        if (plain(found.estimate.key) == label.label) right += static_cast<double>(common.ticks());
      }
  }
  return labelled > 0 ? right / labelled : 0;
}

/// Pieces with a key, and how many of them the default profile gets right.
const std::map<std::string, std::pair<int, int>> kExpected = {
    {"chorales", {252, 238}}, {"mozart", {53, 53}}, {"pop909", {681, 618}}};

}  // namespace

TEST_CASE("estimate_key: accuracy on labelled pieces") {
  const auto data = corpus::data_folder();
  if (!data) {
    std::cout << "skipped: TOCCATA_DATA names no folder of corpora\n";
    return;
  }
  const std::map<std::string, std::vector<Piece>> corpora = {
      {"mozart", corpus::read_mozart(*data)},
      {"chorales", corpus::read_chorales(*data)},
      {"pop909", corpus::read_pop909(*data)}};
  for (const auto& [name, pieces] : corpora)
    for (KeyProfile profile : all_key_profiles())
      print(name.c_str(), profile, accuracy_of(pieces, profile));
  for (const auto& [name, pieces] : corpora) {
    const Accuracy accuracy = accuracy_of(pieces, kDefaultKeyProfile);
    CHECK(accuracy.pieces == kExpected.at(name).first);
    CHECK(accuracy.right == kExpected.at(name).second);
  }
  const double share = track_share(corpora.at("mozart"), {});
  std::cout << fmt::format("mozart    key track has the local key for {:.3f} of the time\n", share);
  CHECK(share > 0.89);
}

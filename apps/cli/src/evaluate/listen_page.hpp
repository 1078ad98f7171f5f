// SPDX-License-Identifier: MIT
// The page of a listening test: pieces in several versions whose players stay hidden.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata::cli {

/// One way in which a piece is played.
struct ListenVersion {
  std::string performer;
  std::string sound;  ///< a file beside the page
};
struct ListenPiece {
  std::string title;
  std::vector<ListenVersion> versions;  ///< in the order of the page, labelled from A on
};
struct ListenPage {
  std::uint64_t seed = 0;
  std::vector<ListenPiece> pieces;
};

/// "A" for the first. Range: place below 26.
std::string label_of(std::size_t place);
/// The numbers from 0 to count - 1 in an order that the generator draws.
std::vector<std::size_t> drawn_order(std::size_t count, Rng& rng);
/// The whole page: HTML in English and French that loads nothing but its sounds. It names no
/// performer in anything that is shown; who plays stands in it in base64 and is told when answers
/// are saved.
std::string to_html(const ListenPage& page);
/// What the page decodes: JSON with the seed and each piece's performers in order, in base64.
std::string key_of(const ListenPage& page);

}  // namespace toccata::cli

// SPDX-License-Identifier: MIT
// Which events of a MIDI file belong to which part.
#pragma once

#include <bitset>
#include <span>
#include <string>
#include <vector>

#include <toccata/midi/file.hpp>

namespace toccata::render {

/// What a part takes from tracks that sound together.
struct Source {
  std::string name;  ///< its track's, made unique; "Part 3" where it has none
  std::span<const midi::Track> tracks;
  const midi::Track* track;
  int port;
  std::bitset<16> channels;
};

/// One event on its way into a part, with the track that holds it.
struct Gathered {
  const midi::Event* event;
  const midi::Track* track;
};

/// By tick; at one tick what other tracks have for the part's channels comes before its own.
std::vector<Gathered> gather_all(const Source& source);

/// Finds the parts of a file, stretch by stretch: names are unique in all of it.
class Sources {
 public:
  /// The parts of tracks that sound together: one a track, or one a channel of a single track.
  std::vector<Source> find(std::span<const midi::Track> tracks);

 private:
  std::string unique_name(std::string name);
  std::vector<std::string> names_;
};

/// The tracks that sound together, stretch after stretch: all of them, but for files of format 2,
/// whose tracks are played one after the other.
std::vector<std::span<const midi::Track>> stretches_of(const midi::File& file);

}  // namespace toccata::render

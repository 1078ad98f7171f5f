// SPDX-License-Identifier: MIT
// What comes round within a section: grooves, riffs and figures.
#include <map>
#include <set>

#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

/// Onset from the bar line, and pitch: of pitched parts the class above the root of the bar's
/// chord.
using Shape = std::set<std::pair<std::int64_t, int>>;

std::vector<Shape> shapes_of(const Score& score, Role role) {
  std::vector<Shape> shapes(static_cast<std::size_t>(score.bar_count()));
  for (const Note& note : part_of(score, role).notes) {
    const Bar bar = score.meter.bar_at(note.onset);
    if (bar < Bar(0)) continue;
    const Tick line = score.meter.onset_of(bar);
    const int pitch = role == Role::Drums ? note.pitch.number()
                                          : semitones_up(chord_at(score, line)->chord.root_class(),
                                                         note.pitch.pitch_class());
    shapes[static_cast<std::size_t>(bar.index())].insert({(note.onset - line).ticks(), pitch});
  }
  return shapes;
}

/// The share of bars that equal one of the four before them, over some pieces of a genre.
double looped(const char* genre, Role role) {
  int equal = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Brief brief = brief_of(genre);
    brief.bars = 32;
    const auto shapes = shapes_of(composed(brief, seed), role);
    for (std::size_t i = 4; i + 1 < shapes.size(); ++i) {
      ++all;
      for (std::size_t back = 1; back <= 4; ++back)
        if (shapes[i] == shapes[i - back]) {
          ++equal;
          break;
        }
    }
  }
  return static_cast<double>(equal) / all;
}

}  // namespace

TEST_CASE("loops: grooves of genres that loop come round, in all that accompanies") {
  for (const char* genre : {"electronic", "rock", "funk"}) {
    CAPTURE(std::string(genre));
    for (const Role role : {Role::Chords, Role::Bass, Role::Drums})
      CHECK(looped(genre, role) > 0.25);
  }
  for (const char* genre : {"reggae", "lofi"}) {
    CAPTURE(std::string(genre));
    for (const Role role : {Role::Bass, Role::Drums}) CHECK(looped(genre, role) > 0.25);
  }
  CHECK(looped("jazz", Role::Chords) < 0.1);
}

TEST_CASE("loops: a rock band's bass strikes mostly with the guitar") {
  int all = 0, shared = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Score score = composed(brief_of("rock"), seed);
    std::set<Tick> guitar;
    for (const Note& note : part_of(score, Role::Chords).notes) guitar.insert(note.onset);
    for (const Note& note : part_of(score, Role::Bass).notes) {
      ++all;
      shared += guitar.contains(note.onset) ? 1 : 0;
    }
  }
  CHECK(static_cast<double>(shared) / all > 0.8);
}

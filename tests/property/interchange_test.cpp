// SPDX-License-Identifier: MIT
#include "random_score.hpp"

#include <algorithm>
#include <tuple>

#include <doctest/doctest.h>
#include <toccata/text/interchange.hpp>

using namespace toccata;

namespace {

using Played = std::tuple<Tick, Tick, int, int>;  // onset, end, pitch, velocity

/// What sounds in each part that has notes.
std::vector<std::vector<Played>> played(const ScoreDocument& document) {
  std::vector<std::vector<Played>> parts;
  for (const Part& part : document.score.parts) {
    if (part.notes.empty()) continue;
    auto& notes = parts.emplace_back();
    for (const Note& note : part.notes) {
      const PlayedNote* found =
          document.performance ? find_played(*document.performance, note.id) : nullptr;
      const PlayedNote how =
          found != nullptr ? *found
                           : PlayedNote{note.id, Duration(0), note.duration, kPlainVelocity, {}};
      const Tick onset = std::max(note.onset + how.shift, Tick(0));
      notes.emplace_back(onset, onset + how.sounding, note.pitch.number(), how.velocity.number());
    }
    std::ranges::sort(notes);
  }
  return parts;
}

}  // namespace

TEST_CASE("NoteSequence and Tone JSON: what sounds is read back as it was") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    ScoreDocument document{property::random_score(rng), {}};
    if (rng.chance(0.7)) document.performance = property::random_performance(document.score, rng);
    for (const std::string& text : {write_note_sequence(document), write_tone_json(document)}) {
      const auto read = read_any_json(text);
      if (!read) FAIL(describe(read.error()));
      CHECK_FALSE(validate(read->score));
      CHECK(played(*read) == played(document));
      CHECK(std::ranges::equal(
          read->score.tempo.changes(),
          (document.performance ? document.performance->tempo : document.score.tempo).changes()));
    }
  }
}

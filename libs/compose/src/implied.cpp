// SPDX-License-Identifier: MIT
// What a user's score says about itself: key, meter, tempo, chords.
#include <algorithm>

#include <toccata/analysis/chords.hpp>
#include <toccata/analysis/key.hpp>

#include "recall.hpp"

namespace toccata {
namespace {

constexpr int kContextBars = 16;  ///< looked at on either side of the region

BarRange around(const Score& score, const Region& region) {
  Bar first(score.bar_count()), end(0);
  for (const Cell& cell : region.cells) {
    first = std::min(first, cell.first);
    end = std::max(end, cell.end);
  }
  return {std::max(score.meter.first_bar(), Bar(first.index() - kContextBars)),
          std::min(Bar(score.bar_count()), end + kContextBars)};
}

/// The score without what is to be written anew.
Score without(Score score, const Region& region) {
  for (Part& part : score.parts)
    std::erase_if(part.notes, [&](const Note& note) {
      return region.contains(part.id, score.meter.bar_at(note.onset));
    });
  return score;
}

/// What Toccata wrote says which genre it is; else a maqam does, else whether there are drums.
std::vector<GenreShare> implied_genres(const Score& score, bool drums) {
  for (auto made = score.provenance.rbegin(); made != score.provenance.rend(); ++made) {
    const auto json = parse_json(made->brief);
    const auto brief = json ? brief_from_json(*json) : Result<Brief, std::string>(Brief());
    if (!brief || brief->genres.empty()) continue;
    const bool known = std::ranges::all_of(
        brief->genres, [](const GenreShare& share) { return Genre::find(share.genre) != nullptr; });
    if (known) return brief->genres;
  }
  if (std::ranges::any_of(score.keys, [](const KeyMark& mark) { return !mark.maqam.empty(); }))
    return {{"arabic", 1.0}};
  return {{drums ? "rock" : "classical", 1.0}};
}

}  // namespace

Settings implied_settings(const Score& score, const Region& region, std::uint64_t seed) {
  Settings settings;
  settings.seed = seed;
  settings.engine = "rules";
  settings.bars = score.bar_count();
  settings.tempo = score.tempo.tempo_at(Tick(0));
  const BarRange bars = around(score, region);
  settings.meter = score.meter.meter_of(bars.first);
  // What sounds is asked before what is marked: most files bear the default C major.
  const auto heard = estimate_key(without(score, region), bars);
  if (heard) settings.key = heard->key;
  // A maqam is marked, not guessed: its degrees are not those of the twelve keys.
  const KeyMark* marked = key_at(score, score.meter.onset_of(bars.first));
  if (marked != nullptr && !marked->maqam.empty()) {
    settings.maqam = Maqam::find(marked->maqam);
    settings.key = marked->key;
  }
  const bool drums =
      std::ranges::any_of(score.parts, [](const Part& p) { return p.instrument.is_drums; });
  settings.genres = implied_genres(score, drums);
  settings.genre = blend(settings.genres);
  return settings;
}

Plan implied_plan(const Score& score, const Region& region, const Settings& settings) {
  Plan plan;
  plan.meter = score.meter;
  plan.end = score.end;
  plan.sections = {{"A", "A", false, Bar(0), std::max(1, score.bar_count()), 0.6, Cadence::Open}};
  std::vector<ChordMark> marks = score.chords;
  if (marks.empty())
    marks = to_marks(
        estimate_chords(without(score, region), {score.meter.first_bar(), Bar(score.bar_count())}));
  if (marks.empty() || marks.front().at > Tick(0))
    marks.insert(marks.begin(), {Tick(0), chord_on_degree(settings.key, 0, 3)});
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Tick end =
        i + 1 < marks.size() ? marks[i + 1].at : std::max(score.end, marks[i].at + Duration(1));
    plan.chords.push_back({marks[i].at, end - marks[i].at, marks[i].chord});
  }
  return plan;
}

}  // namespace toccata

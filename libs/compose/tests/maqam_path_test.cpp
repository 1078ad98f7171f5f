// SPDX-License-Identifier: MIT
// Melodies of a maqam follow its path (sayr), its descending scale and its modulations.
#include "pieces.hpp"

#include <cmath>
#include <map>
#include <set>

using namespace toccata;
using namespace toccata::test;

namespace {

constexpr std::uint64_t kSeeds = 12;

Brief brief_in(const Maqam& maqam, int bars) {
  Brief brief = brief_of("arabic");
  brief.tonality = *parse_tonality(to_string(maqam.usual_tonic) + " " + maqam.id);
  brief.bars = bars;
  brief.meter = *Meter::make(4, 4);
  return brief;
}

/// Quarter tones above some octave of the tonic of the score's maqam.
int quarter_tones(const Note& note, const Settings& settings) {
  const double semitones = note.pitch.number() + note.detune.value() / 100;
  const int tonic =
      2 * settings.key.tonic.pitch_class().number() + settings.maqam->tonic_quarter_tones;
  return static_cast<int>(std::lround(2 * semitones)) - tonic;
}

int folded(int quarter_tones) { return ((quarter_tones % 24) + 24) % 24; }

std::set<int> degrees_of(const Maqam& maqam) {
  std::set<int> degrees(maqam.quarter_tones.begin(), maqam.quarter_tones.end());
  degrees.insert(maqam.descending_quarter_tones.begin(), maqam.descending_quarter_tones.end());
  return degrees;
}

std::vector<Note> melody_of(const Score& score) {
  std::vector<Note> notes = part_of(score, Role::Melody).notes;
  std::erase_if(notes, [](const Note& note) { return note.marks.has(Mark::Ornament); });
  return notes;
}

std::size_t degree_of(const Note& note, const Settings& settings) {
  const auto& scale = settings.maqam->quarter_tones;
  const auto at = std::ranges::find(scale, folded(quarter_tones(note, settings)));
  return static_cast<std::size_t>(at - scale.begin());
}

}  // namespace

TEST_CASE("maqam path: pieces begin where melodies of their maqam begin") {
  for (const Maqam& maqam : Maqam::all()) {
    CAPTURE(maqam.id);
    std::map<std::size_t, int> begins;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      Brief brief = brief_in(maqam, 16);
      brief.pickup = false;
      const Settings settings = settled(brief, seed);
      ++begins[degree_of(melody_of(*compose(settings)).front(), settings)];
    }
    std::set<std::size_t> usual;
    for (const int degree : maqam.starts_on) usual.insert(static_cast<std::size_t>(degree + 7) % 7);
    for (const auto& [degree, count] : begins) CHECK(usual.contains(degree));
    CHECK(begins.size() == usual.size());
  }
}

TEST_CASE("maqam path: the melody climbs to the highest stretch of its path and comes down again") {
  for (const Maqam& maqam : Maqam::all()) {
    CAPTURE(maqam.id);
    const auto centre = [](const Station& station) { return station.from + station.to; };
    const auto highest = std::ranges::max_element(maqam.path, {}, centre) - maqam.path.begin();
    const auto last = static_cast<std::int64_t>(maqam.path.size()) - 1;
    std::map<std::int64_t, std::pair<double, int>> heights;  // by stretch: sum and count
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      Brief brief = brief_in(maqam, 20);
      brief.form = *parse_form("A B C D E");
      const Settings settings = settled(brief, seed);
      const Score score = *compose(settings);
      const std::vector<Note> melody = melody_of(score);
      for (const Note& note : melody) {
        auto& [sum, count] = heights[note.onset.ticks() * (last + 1) / score.end.ticks()];
        sum += quarter_tones(note, settings) - quarter_tones(melody.back(), settings);
        ++count;
      }
    }
    const auto mean = [&](std::int64_t stretch) {
      return heights[stretch].first / heights[stretch].second;
    };
    for (std::int64_t stretch = 0; stretch <= last; ++stretch)
      if (stretch != highest) CHECK(mean(stretch) < mean(highest));
    CHECK(mean(last) + 4 < mean(highest));  // by a whole tone
  }
}

TEST_CASE("maqam path: phrases rest on its degrees of rest, the tonic or the ghammaz") {
  for (const Maqam& maqam : Maqam::all()) {
    CAPTURE(maqam.id);
    std::set<std::size_t> rests{0, static_cast<std::size_t>(maqam.ghammaz)};
    for (const Station& station : maqam.path)
      rests.insert(static_cast<std::size_t>(station.rests % 7));
    int phrases = 0, resting = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const Settings settings = settled(brief_in(maqam, 24), seed);
      const Score score = *compose(settings);
      for (int bar = 4; bar <= settings.bars; bar += 4) {
        const auto melody = melody_of(score);
        const auto next = std::ranges::lower_bound(
            melody, score.meter.onset_of(Bar(bar - 1)) + kComposedPpq.quarter() * 3, {},
            &Note::onset);
        if (next == melody.begin()) continue;
        ++phrases;
        resting += rests.contains(degree_of(*(next - 1), settings)) ? 1 : 0;
      }
    }
    CHECK(resting * 10 >= phrases * 6);
  }
}

TEST_CASE("maqam: in a modulation all parts have the degrees of its jins, elsewhere its own") {
  for (const char* name : {"rast", "bayati", "hijaz", "sikah", "nikriz", "suznak"}) {
    CAPTURE(std::string(name));
    const Maqam& maqam = *Maqam::find(name);
    int changed = 0, melody_changed = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const Settings settings = settled(brief_in(maqam, 32), seed);
      const Plan plan = *make_plan(settings);
      const Score score = *compose(settings, plan);
      const std::set<int> own = degrees_of(maqam);
      for (const Part& part : score.parts) {
        if (part.instrument.is_drums) continue;
        for (const Note& note : part.notes) {
          const Modulation* modulation = plan.modulation_at(note.onset);
          const int tone = folded(quarter_tones(note, settings));
          const auto& scale = modulation != nullptr ? modulation->scale : maqam;
          CHECK(degrees_of(scale).contains(tone));
          changed += own.contains(tone) ? 0 : 1;
          melody_changed += part.role == Role::Melody && !own.contains(tone) ? 1 : 0;
        }
      }
    }
    CHECK(melody_changed > 0);
    CHECK(changed > melody_changed);
  }
}

TEST_CASE(
    "maqam: what sounds lower on the way down does so where the melody falls, and only there") {
  const Maqam& rast = *Maqam::find("rast");
  const int up = rast.quarter_tones[6], down = rast.descending_quarter_tones[6];
  int rising = 0, falling = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Settings settings = settled(brief_in(rast, 24), seed);
    const auto melody = melody_of(*compose(settings));
    for (std::size_t i = 0; i + 1 < melody.size(); ++i) {
      const int here = quarter_tones(melody[i], settings);
      const int next = quarter_tones(melody[i + 1], settings);
      if (folded(here) == down && next != here) {
        CHECK(next < here);
        ++falling;
      }
      if (folded(here) == up && next > here) ++rising;
    }
  }
  CHECK(rising > 0);
  CHECK(falling > 0);
}

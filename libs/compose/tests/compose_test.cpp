// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

double semitones_of(const Note& note) { return note.pitch.number() + note.detune.value() / 100; }

/// Onset from its bar line, duration and pitch of the notes of each bar, a pick-up apart.
std::vector<std::vector<std::array<std::int64_t, 3>>> bars_of(const Score& score,
                                                              const Part& part) {
  std::vector<std::vector<std::array<std::int64_t, 3>>> bars(
      static_cast<std::size_t>(score.bar_count()));
  for (const Note& note : part.notes) {
    const Bar bar = score.meter.bar_at(note.onset);
    if (bar < Bar(0)) continue;
    bars[static_cast<std::size_t>(bar.index())].push_back(
        {(note.onset - score.meter.onset_of(bar)).ticks(), note.duration.ticks(),
         note.pitch.number()});
  }
  return bars;
}

}  // namespace

TEST_CASE(
    "compose: in every genre, meter and length the score is whole and lasts exactly its bars") {
  for (const auto genre : Genre::names())
    for (const char* meter : {"2/4", "3/4", "4/4", "5/4", "6/8", "7/8", "9/8", "12/8"})
      for (const int bars : {1, 6}) {
        CAPTURE(genre);
        CAPTURE(meter);
        CAPTURE(bars);
        Brief brief = brief_of(genre);
        brief.meter = *parse_meter(meter);
        brief.bars = bars;
        const Score score = composed(brief, 3);
        CHECK_FALSE(validate(score).has_value());
        CHECK(score.bar_count() == bars);
        const Tick last_bar = score.meter.onset_of(Bar(bars - 1));
        bool sounds_in_last_bar = false;
        for (const Part& part : score.parts)
          for (const Note& note : part.notes) {
            CHECK(note.onset < score.end);
            CHECK(note.end() <= score.end);
            sounds_in_last_bar = sounds_in_last_bar || note.end() > last_bar;
          }
        CHECK(sounds_in_last_bar);
      }
}

TEST_CASE("compose: one seed gives one score, another seed another") {
  for (const auto genre : Genre::names()) {
    const Score score = composed(brief_of(genre), 11);
    CHECK(score == composed(brief_of(genre), 11));
    const Score other = composed(brief_of(genre), 12);
    CHECK(part_of(score, Role::Melody).notes != part_of(other, Role::Melody).notes);
  }
}

TEST_CASE("compose: the last notes of melody and bass belong to the tonic triad") {
  for (const auto genre : Genre::names())
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      CAPTURE(genre);
      CAPTURE(seed);
      const Settings settings = settled(brief_of(genre), seed);
      const Score score = *compose(settings);
      for (const Role role : {Role::Melody, Role::Bass}) {
        const Note& last = part_of(score, role).notes.back();
        const double above =
            std::fmod(semitones_of(last) - settings.key.tonic.pitch_class().number() + 120, 12.0);
        const long tenths = std::lround(above * 10);  // a blue third lies between the others
        CAPTURE(tenths);
        CHECK((tenths == 0 || (tenths >= 30 && tenths <= 40) || tenths == 70));
      }
    }
}

TEST_CASE(
    "compose: what a melody plays lies in its instrument's range, and it never plays two notes at "
    "once") {
  for (const auto genre : Genre::names())
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const Settings settings = settled(brief_of(genre), seed);
      const Score score = *compose(settings);
      const PitchRange range = settings.seat(Role::Melody)->instrument->range;
      const auto& notes = part_of(score, Role::Melody).notes;
      for (std::size_t i = 0; i < notes.size(); ++i) {
        CHECK(range.contains(notes[i].pitch));
        if (i > 0) CHECK(notes[i].onset >= notes[i - 1].end());
      }
    }
}

TEST_CASE("compose: every part stays in reach of its player, and strikes no pitch it still holds") {
  for (const auto genre : Genre::names())
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
      CAPTURE(genre);
      CAPTURE(seed);
      Brief brief = brief_of(genre);
      brief.bars = 5 + static_cast<int>(seed) * 3;
      const Settings settings = settled(brief, seed);
      const Score score = *compose(settings);
      for (std::size_t p = 0; p < score.parts.size(); ++p) {
        const bool drums = score.parts[p].instrument.is_drums;
        std::map<int, Tick> held;
        std::set<std::pair<Tick, int>> struck;
        for (const Note& note : score.parts[p].notes) {
          const int number = note.pitch.number();
          CHECK(struck.insert({note.onset, number}).second);
          if (drums) continue;
          CHECK(settings.seats[p].instrument->range.contains(note.pitch));
          if (held.count(number) == 1) CHECK(held.at(number) <= note.onset);
          held.insert_or_assign(number, note.end());
        }
      }
    }
}

TEST_CASE("compose: a melody never overlaps itself, however short its phrases are") {
  for (const auto genre : Genre::names())
    for (int bars = 1; bars <= 30; ++bars) {
      CAPTURE(genre);
      CAPTURE(bars);
      Brief brief = brief_of(genre);
      brief.bars = bars;
      const Score score = composed(brief, static_cast<std::uint64_t>(bars));
      const auto& notes = part_of(score, Role::Melody).notes;
      for (std::size_t i = 1; i < notes.size(); ++i) CHECK(notes[i].onset >= notes[i - 1].end());
    }
}

TEST_CASE("compose: given chords are the chords, and the bass has their roots under it") {
  Brief brief = brief_of("jazz");
  brief.chords = "Dm7 G7 | Cmaj7 | Am7 D7 | Gmaj7";
  brief.bars = 16;
  const Score score = composed(brief, 5);
  for (int bar = 0; bar < 16; ++bar) {
    const char* first[] = {"Dm7", "Cmaj7", "Am7", "Gmaj7"};
    CHECK(to_string(chord_at(score, score.meter.onset_of(Bar(bar)))->chord) == first[bar % 4]);
  }
}

TEST_CASE("compose: tones outside the key are written as their chords are") {
  Brief brief = brief_of("classical");
  brief.tonality = *parse_tonality("C major");
  brief.chords = "C | E7 | Ab | B7 | Eb | C7 | Dbmaj7 | A";
  brief.bars = 16;
  // One key on a piano has two names: G# in E7 is Ab in A flat major.
  const std::map<std::string, std::set<std::string>> names{
      {"E7", {"G#"}}, {"Ab", {"Ab", "Eb"}},     {"B7", {"D#", "F#"}}, {"Eb", {"Eb", "Bb"}},
      {"C7", {"Bb"}}, {"Dbmaj7", {"Db", "Ab"}}, {"A", {"C#"}}};
  std::map<std::string, std::set<std::string>> written;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Score score = composed(brief, seed);
    for (const Part& part : score.parts)
      for (const Note& note : part.notes) {
        const Chord& chord = chord_at(score, note.onset)->chord;
        const bool is_natural = score.keys.front().key.contains(note.pitch.pitch_class());
        if (is_natural || !chord.contains(note.pitch.pitch_class())) continue;
        REQUIRE(note.spelling.has_value());
        CHECK(note.spelling->sounding_number() == note.pitch.number());
        written[to_string(chord)].insert(to_string(note.spelling->name));
      }
  }
  CHECK(written.size() == names.size());
  for (const auto& entry : names) {
    CAPTURE(entry.first);
    CHECK(written[entry.first] == entry.second);
  }
}

TEST_CASE("compose: a section that comes back is more like itself than like the section between") {
  int more_alike = 0, pieces = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Brief brief = brief_of("classical");
    brief.form = *parse_form("aba");
    brief.bars = 24;
    const Score score = composed(brief, seed);
    const auto bars = bars_of(score, part_of(score, Role::Melody));
    int with_return = 0, with_contrast = 0;
    for (std::size_t bar = 0; bar < 7; ++bar) {
      with_return += bars[bar] == bars[16 + bar];
      with_contrast += bars[bar] == bars[8 + bar];
    }
    more_alike += with_return > with_contrast;
    ++pieces;
  }
  CHECK(more_alike == pieces);
}

TEST_CASE("compose: in a maqam every note lies on a degree, and the neutral ones are heard") {
  for (const char* key : {"D bayati", "C rast", "D hijaz", "G rast"}) {
    CAPTURE(std::string(key));
    Brief brief = brief_of("arabic");
    brief.tonality = *parse_tonality(key);
    const Settings settings = settled(brief, 4);
    const Score score = *compose(settings);
    std::set<int> degrees;  // quarter-tones above the tonic
    for (const int quarter_tones : settings.maqam->quarter_tones)
      degrees.insert(quarter_tones % 24);
    for (const int quarter_tones : settings.maqam->descending_quarter_tones)
      degrees.insert(quarter_tones % 24);
    std::set<int> heard;
    const int tonic = settings.key.tonic.pitch_class().number();
    for (const Part& part : score.parts) {
      if (part.instrument.is_drums) continue;
      for (const Note& note : part.notes) {
        const int quarter = static_cast<int>(std::lround(2 * semitones_of(note))) - 2 * tonic;
        CHECK(degrees.count(((quarter % 24) + 24) % 24) == 1);
        heard.insert(((quarter % 24) + 24) % 24);
      }
    }
    for (int degree = 0; degree < settings.maqam->size(); ++degree)
      if (is_neutral(*settings.maqam, degree))
        CHECK(heard.count(settings.maqam->quarter_tones[static_cast<std::size_t>(degree)]) == 1);
  }
}

TEST_CASE("compose: denser briefs have more notes, in nearly every piece, and nothing else moves") {
  for (const auto genre : Genre::names()) {
    int denser = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      Brief sparse = brief_of(genre), busy = sparse;
      sparse.density = 0.15;
      busy.density = 0.85;
      const Score few = composed(sparse, seed), many = composed(busy, seed);
      denser += part_of(many, Role::Melody).notes.size() > part_of(few, Role::Melody).notes.size();
      CHECK(few.tempo == many.tempo);
      CHECK(few.chords == many.chords);
      CHECK(few.sections == many.sections);
    }
    CAPTURE(genre);
    CHECK(denser >= 11);
  }
}

TEST_CASE("compose: short notes are shorter, long ones longer, in at least 95 % of pieces") {
  int pieces = 0, shorter = 0, longer = 0;
  for (const auto genre : Genre::names())
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const auto mean_duration = [&](NoteLengths lengths) {
        Brief brief = brief_of(genre);
        brief.note_lengths = lengths;
        const Score score = composed(brief, seed);
        double sum = 0;
        const auto& notes = part_of(score, Role::Melody).notes;
        for (const Note& note : notes) sum += static_cast<double>(note.duration.ticks());
        return sum / static_cast<double>(notes.size());
      };
      ++pieces;
      shorter += mean_duration(NoteLengths::Short) < mean_duration(NoteLengths::Mixed);
      longer += mean_duration(NoteLengths::Mixed) < mean_duration(NoteLengths::Long);
    }
  CHECK(shorter * 100 >= pieces * 95);
  CHECK(longer * 100 >= pieces * 95);
}

TEST_CASE("compose: blues bend and sing blue notes; classical music does neither") {
  int bends = 0, blue = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Score sung = composed(brief_of("blues"), seed),
                plain = composed(brief_of("classical"), seed);
    for (const Note& note : part_of(sung, Role::Melody).notes) {
      bends += note.glide.has_value();
      blue += note.detune != Cents();
    }
    for (const Note& note : part_of(plain, Role::Melody).notes)
      CHECK((!note.glide && note.detune == Cents()));
  }
  CHECK(bends > 30);
  CHECK(blue > 20);
}

TEST_CASE("compose: the walking bass of jazz plays every beat and mostly steps") {
  const Score score = composed(brief_of("jazz"), 2);
  const auto& notes = part_of(score, Role::Bass).notes;
  CHECK(static_cast<int>(notes.size()) >= 4 * (score.bar_count() - 1));
  int small = 0;
  for (std::size_t i = 1; i < notes.size(); ++i)
    small += std::abs(notes[i].pitch - notes[i - 1].pitch) <= 5;
  CHECK(small * 10 > static_cast<int>(notes.size()) * 7);
}

TEST_CASE("compose: provenance names engine and seed, and its brief makes the same piece again") {
  const Score score = composed(brief_of("rock"), 77);
  REQUIRE(score.provenance.size() == 1);
  CHECK(score.provenance[0].engine == "rules");
  CHECK(score.provenance[0].seed == 77);
  const auto brief = brief_from_json(*parse_json(score.provenance[0].brief));
  REQUIRE(brief);
  CHECK(composed(*brief, 1) == score);
}

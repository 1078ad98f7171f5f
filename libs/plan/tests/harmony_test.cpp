// SPDX-License-Identifier: MIT
// Progressions as musicians of each genre know them, counted over many pieces.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <toccata/plan/plan.hpp>

using namespace toccata;

namespace {
constexpr std::uint64_t kPieces = 60;

struct Piece {
  Plan plan;
  std::vector<std::string> numerals;
};

std::vector<Piece> pieces_of(const std::string& genre, const std::string& key,
                             const char* chords = nullptr) {
  std::vector<Piece> pieces;
  for (std::uint64_t seed = 1; seed <= kPieces; ++seed) {
    Brief brief;
    brief.genres = {{genre, 1.0}};
    brief.tonality = *parse_tonality(key);
    brief.meter = *parse_meter("4/4");
    brief.bars = 32;
    if (chords != nullptr) brief.chords = chords;
    const auto settled = settle(brief, seed);
    REQUIRE(settled);
    auto plan = make_plan(settled->settings);
    REQUIRE(plan);
    Piece piece{*std::move(plan), {}};
    for (const ChordSpan& span : piece.plan.chords)
      piece.numerals.push_back(to_roman(span.chord, settled->settings.key));
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

/// In how many of the pieces these numerals follow each other.
std::size_t pieces_with(const std::vector<Piece>& pieces, const std::vector<std::string>& run) {
  return static_cast<std::size_t>(std::ranges::count_if(pieces, [&](const Piece& piece) {
    const auto& all = piece.numerals;
    return std::search(all.begin(), all.end(), run.begin(), run.end()) != all.end();
  }));
}

/// Share of the chords that have a tone outside the key's scale, and its leading tone in minor.
double chromatic_share(const std::vector<Piece>& pieces, const Key& key) {
  double chromatic = 0, all = 0;
  for (const Piece& piece : pieces)
    for (const ChordSpan& span : piece.plan.chords) {
      const auto tones = span.chord.pitch_classes();
      chromatic += std::ranges::any_of(tones, [&](PitchClass tone) {
        return !key.contains(tone) && semitones_up(key.tonic.pitch_class(), tone) != 11;
      });
      ++all;
    }
  return chromatic / all;
}
}  // namespace

TEST_CASE("harmony: jazz has substitutes, passing diminished chords, backdoors and turnarounds") {
  const auto major = pieces_of("jazz", "C major");
  CHECK(pieces_with(major, {"bII7", "Imaj7"}) > kPieces / 10);
  CHECK(pieces_with(major, {"Imaj7", "#io7", "ii7"}) > kPieces / 10);
  CHECK(pieces_with(major, {"iii7", "biiio7", "ii7"}) > kPieces / 20);
  CHECK(pieces_with(major, {"iv7", "bVII7"}) > kPieces / 20);
  CHECK(pieces_with(major, {"VI7b9", "ii7", "V7"}) > kPieces / 5);
  CHECK(pieces_with(major, {"Imaj7", "vi7", "ii7", "V7"}) > kPieces / 10);
  const double chromatic = chromatic_share(major, *parse_key("C major"));
  CHECK(chromatic > 0.12);
  CHECK(chromatic < 0.35);
  const auto minor = pieces_of("jazz", "A minor");
  CHECK(pieces_with(minor, {"iiø7", "V7b9"}) > kPieces / 2);
  CHECK(pieces_with(minor, {"iiø7", "V7alt"}) > kPieces / 10);
}

TEST_CASE("harmony: jazz leads into a chord by its own two and five, and both may share a bar") {
  const auto pieces = pieces_of("jazz", "C major");
  int related = 0, sharing = 0;
  for (const Piece& piece : pieces)
    for (std::size_t i = 0; i + 2 < piece.plan.chords.size(); ++i) {
      const ChordSpan &two = piece.plan.chords[i], &five = piece.plan.chords[i + 1];
      const Chord& one = piece.plan.chords[i + 2].chord;
      const bool falls = five.chord.is_dominant() && two.chord.is_minor() &&
                         semitones_up(two.chord.root_class(), five.chord.root_class()) == 5 &&
                         semitones_up(five.chord.root_class(), one.root_class()) == 5;
      if (!falls) continue;
      sharing += piece.plan.meter.bar_at(two.at) == piece.plan.meter.bar_at(five.at);
      related += one.root_class() != PitchClass::folded(0);
    }
  CHECK(related > static_cast<int>(kPieces) / 5);
  CHECK(sharing > static_cast<int>(kPieces));
}

TEST_CASE("harmony: where two chords share a bar of jazz the second one is the tenser") {
  int tense_first = 0, tense_second = 0;
  for (const Piece& piece : pieces_of("jazz", "C major"))
    for (std::size_t i = 0; i + 1 < piece.plan.chords.size(); ++i) {
      const ChordSpan &first = piece.plan.chords[i], &second = piece.plan.chords[i + 1];
      if (piece.plan.meter.bar_at(first.at) != piece.plan.meter.bar_at(second.at)) continue;
      tense_first += first.chord.is_dominant() && !second.chord.is_dominant();
      tense_second += second.chord.is_dominant() && !first.chord.is_dominant();
    }
  CHECK(tense_second > 8 * tense_first);
}

TEST_CASE("harmony: modes keep to their notes where their genre's chords would leave them") {
  for (const char* key : {"D dorian", "G mixolydian", "F lydian"})
    for (const char* genre : {"jazz", "bossa"}) {
      CAPTURE(key);
      const Key mode = *parse_key(key);
      for (const Piece& piece : pieces_of(genre, key))
        for (const ChordSpan& span : piece.plan.chords)
          for (const PitchClass tone : span.chord.pitch_classes())
            CHECK_MESSAGE(mode.contains(tone), to_string(span.chord));
    }
}

TEST_CASE("harmony: bossa has its own moves, and chords that stand longer than jazz's") {
  const auto bossa = pieces_of("bossa", "C major"), jazz = pieces_of("jazz", "C major");
  const std::vector<std::string> moves[] = {{"Imaj7", "II7", "ii7"},
                                            {"iii7", "biiio7", "ii7"},
                                            {"bII7", "Imaj7"},
                                            {"bVImaj7"},
                                            {"ivadd6"}};
  for (const auto& run : moves) {
    CAPTURE(run.front());
    CHECK(pieces_with(bossa, run) > kPieces / 10);
    CHECK(pieces_with(bossa, run) > pieces_with(jazz, run));
  }
  const auto count = [](const std::vector<Piece>& pieces) {
    std::size_t chords = 0;
    for (const Piece& piece : pieces) chords += piece.numerals.size();
    return chords;
  };
  CHECK(count(bossa) * 10 < count(jazz) * 9);
  const auto minor = pieces_of("bossa", "A minor");
  CHECK(pieces_with(minor, {"i42", "#viø7", "VImaj7"}) > kPieces / 10);
}

TEST_CASE("harmony: classical closes go through the six-four, which is stronger than its V7") {
  for (const bool is_minor : {false, true}) {
    const auto pieces = pieces_of("classical", is_minor ? "A minor" : "C major");
    const std::string six_four = is_minor ? "i64" : "I64", one = is_minor ? "i" : "I";
    CHECK(pieces_with(pieces, {six_four, "V7", one}) > kPieces / 3);
    CHECK(pieces_with(pieces, {is_minor ? "iio6" : "ii6", "V7", one}) > kPieces / 10);
    for (const Piece& piece : pieces)
      for (std::size_t i = 0; i < piece.numerals.size(); ++i)
        if (piece.numerals[i] == six_four) {
          CHECK(piece.numerals[i + 1] == "V7");
          const Tick at = piece.plan.chords[i].at;
          CHECK(at == piece.plan.meter.onset_of(piece.plan.meter.bar_at(at)));
          CHECK(piece.plan.chords[i + 1].at < piece.plan.meter.end_of(piece.plan.meter.bar_at(at)));
        }
  }
}

TEST_CASE("harmony: classical half closes end on V without its seventh; minor has the Neapolitan") {
  const auto pieces = pieces_of("classical", "A minor");
  int halves = 0;
  for (const Piece& piece : pieces)
    for (const SectionPlan& section : piece.plan.sections)
      if (section.cadence == Cadence::Half) {
        const Tick end = piece.plan.meter.onset_of(section.first + section.bars);
        const Chord& last = piece.plan.chord_at(end - Duration(1)).chord;
        CHECK(last == *parse_chord("E"));
        ++halves;
      }
  CHECK(halves > static_cast<int>(kPieces) / 2);
  const auto neapolitan = pieces_with(pieces, {"bII6", "V7"}) + pieces_with(pieces, {"bII6", "V"});
  CHECK(neapolitan > kPieces / 20);
  CHECK(neapolitan < kPieces / 2);
  CHECK(pieces_with(pieces, {"iv6", "V"}) > kPieces / 20);
}

TEST_CASE("harmony: loops of each genre are those that its players know") {
  const auto reggae = pieces_of("reggae", "C major");
  CHECK(pieces_with(reggae, {"I", "IV", "I", "IV"}) > kPieces / 10);
  CHECK(pieces_with(reggae, {"I", "V", "vi", "IV", "I"}) > kPieces / 20);
  CHECK(pieces_with(pieces_of("reggae", "A minor"), {"i", "VII", "i", "VII"}) > kPieces / 10);
  CHECK(pieces_with(pieces_of("funk", "A minor"), {"i7", "IV7", "i7", "IV7"}) > kPieces / 10);
  const auto lofi = pieces_of("lofi", "C major");
  CHECK(pieces_with(lofi, {"IVmaj7", "iii7", "vi7"}) > kPieces / 10);
  const auto minor = pieces_of("cinematic", "A minor");
  CHECK(pieces_with(minor, {"i", "VI", "III", "VII"}) > kPieces / 10);
  CHECK(pieces_with(minor, {"bII", "i"}) > kPieces / 10);
  const auto major = pieces_of("cinematic", "C major");
  CHECK(pieces_with(major, {"I", "bVI"}) > kPieces / 10);
  CHECK(pieces_with(major, {"iv", "I"}) > kPieces / 10);
}

TEST_CASE("harmony: a cadential six-four comes from elsewhere than the dominant") {
  std::size_t from_dominant = 0, all = 0;
  for (const char* key : {"C major", "A minor"})
    for (const Piece& piece : pieces_of("classical", key))
      for (std::size_t i = 1; i < piece.numerals.size(); ++i) {
        const std::string &before = piece.numerals[i - 1], &here = piece.numerals[i];
        if (here != "I64" && here != "i64") continue;
        ++all;
        from_dominant += before == "V" || before.starts_with("V7") || before.starts_with("V/");
      }
  CHECK(all > 40);
  CHECK(from_dominant == 0);
}

TEST_CASE("harmony: dominants from outside the key lead on, also into a close") {
  std::size_t hanging = 0, all = 0;
  for (const char* genre : {"jazz", "waltz", "classical"})
    for (const Piece& piece : pieces_of(genre, "C major"))
      for (std::size_t i = 0; i + 1 < piece.plan.chords.size(); ++i) {
        const Chord &here = piece.plan.chords[i].chord, &next = piece.plan.chords[i + 1].chord;
        const auto third = here.semitones_of(3);
        const PitchClass leading = here.root_class() + third.value_or(0);
        const Key key{NoteName{}, *Scale::find("major")};
        if (!here.is_dominant() || key.contains(leading)) continue;
        ++all;
        const int up = semitones_up(here.root_class(), next.root_class());
        hanging += up != 0 && up != 1 && up != 2 && up != 5 && up != 11;
      }
  CHECK(all > 100);
  CHECK(hanging == 0);
}

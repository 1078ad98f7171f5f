// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>

#include <toccata/plan/plan.hpp>

using namespace toccata;

TEST_CASE("genre data: every genre is read, and names instruments, scales and maqamat that exist") {
  CHECK(Genre::names().size() >= 6);
  for (const auto name : Genre::names()) {
    CAPTURE(name);
    const Genre* genre = Genre::find(name);
    REQUIRE(genre != nullptr);
    for (const EnsembleSeat& seat : genre->ensemble)
      CHECK_MESSAGE(InstrumentInfo::find(seat.instrument) != nullptr, seat.instrument);
    for (const auto& scale : {genre->bright, genre->dark}) CHECK(Scale::find(scale));
    for (const auto& scale : {genre->bright_melody, genre->dark_melody})
      CHECK((scale.empty() || Scale::find(scale)));
    for (const auto& maqam : {genre->maqam, genre->dark_maqam})
      CHECK((maqam.empty() || Maqam::find(maqam) != nullptr));
    for (const FormChoice& form : genre->forms) CHECK_MESSAGE(parse_form(form.form), form.form);
    CHECK_FALSE(genre->words.empty());
    CHECK_FALSE(genre->said_in_english.empty());
    CHECK_FALSE(genre->said_in_french.empty());
    for (const GenericInstrument& generic : genre->generic)
      CHECK_MESSAGE(InstrumentInfo::find(generic.instrument) != nullptr, generic.instrument);
    CHECK(genre->slowest_bpm <= genre->tempo_bpm);
    CHECK(genre->tempo_bpm <= genre->fastest_bpm);
  }
  CHECK(Genre::find("polka-metal") == nullptr);
}

TEST_CASE("genre data: every numeral is a chord, and leads only to chords of the same table") {
  const Key major = *parse_key("C major"), minor = *parse_key("A minor");
  for (const auto name : Genre::names()) {
    const Genre& genre = *Genre::find(name);
    for (const bool is_minor : {false, true}) {
      const HarmonyMode& mode = is_minor ? genre.harmony.minor : genre.harmony.major;
      for (const auto& next : mode.next) {
        CAPTURE(next.from);
        CHECK(parse_roman(next.from, is_minor ? minor : major));
        CHECK(next.to.size() == next.weights.size());
        for (const auto& to : next.to)
          CHECK_MESSAGE(std::ranges::count(mode.next, to, &HarmonyMode::Next::from) == 1, to);
      }
      for (const auto* ways : {&mode.authentic, &mode.half, &mode.approaches})
        for (const WeightedChords& way : *ways) {
          CAPTURE(way.numerals);
          const auto bars = parse_chord_bars(way.numerals, is_minor ? minor : major);
          REQUIRE(bars);
          CHECK(bars->front().size() <= (ways == &mode.half ? 4 : ways == &mode.authentic ? 3 : 2));
          CHECK(way.weight >= 1);
        }
      CHECK((genre.harmony.secondary == 0) == mode.approaches.empty());
    }
    for (const ChordScheme& scheme : genre.harmony.schemes)
      CHECK(std::ranges::count(scheme.chords, '|') + 1 == scheme.bars);
    for (const RhythmCycle& cycle : genre.drums.cycles) {
      CAPTURE(cycle.id);
      CHECK_FALSE(cycle.source.empty());
      CHECK(cycle.strokes.find_first_not_of("DTk.") == std::string::npos);
      CHECK(cycle.meter.bar(kComposedPpq).ticks() %
                static_cast<std::int64_t>(cycle.strokes.size()) ==
            0);
    }
  }
}

TEST_CASE("blend: numbers lie between both genres', harmony is the heavier one's") {
  const auto mix = parse_genres("jazz:0.6+arabic:0.4");
  REQUIRE(mix);
  const Genre blended = blend(*mix);
  CHECK(blended.tempo_bpm == doctest::Approx(0.6 * 140 + 0.4 * 90));
  CHECK(blended.harmony.major.next.size() == Genre::find("jazz")->harmony.major.next.size());
  const auto melody = std::ranges::find(blended.ensemble, Role::Melody, &EnsembleSeat::role);
  CHECK(melody->instrument == "nay");
  const double bass_held = blended.feel.bass_held;
  CHECK(bass_held == doctest::Approx(0.6 * Genre::find("jazz")->feel.bass_held +
                                     0.4 * Genre::find("arabic")->feel.bass_held));
  CHECK(blended.melody.ornament > Genre::find("jazz")->melody.ornament);
}

TEST_CASE(
    "blend: a lighter genre of maqamat colours the melody, and from two fifths on its cycles") {
  const Genre arabic = *Genre::find("arabic");
  const std::vector<GenreShare> touch{{"jazz", 0.7}, {"arabic", 0.3}},
      more{{"jazz", 0.6}, {"arabic", 0.4}};
  CHECK(blend(touch).bright_melody == arabic.bright_melody);
  CHECK(blend(touch).drums.cycles.empty());
  CHECK(blend(more).bright_melody == arabic.bright_melody);
  CHECK(blend(more).drums.cycles.size() == arabic.drums.cycles.size());
  CHECK(blend(more).maqam.empty());
  CHECK(blend(std::vector<GenreShare>{{"jazz", 0.9}, {"arabic", 0.1}}).bright_melody.empty());
}

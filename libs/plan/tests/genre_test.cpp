// SPDX-License-Identifier: MIT
#include <algorithm>
#include <numeric>

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

TEST_CASE("genre data: chords lead on, and close in as many as have a place") {
  for (const auto name : Genre::names()) {
    CAPTURE(name);
    const Genre& genre = *Genre::find(name);
    for (const HarmonyMode* mode : {&genre.harmony.major, &genre.harmony.minor}) {
      const std::size_t states = mode->states.size();
      for (std::size_t from = 0; from < states; ++from)
        CHECK(std::accumulate(&mode->moves[from * states], &mode->moves[from * states] + states,
                              0.0) > 0);
      for (const auto* ways : {&mode->authentic, &mode->half, &mode->approaches})
        for (const WeightedChords& way : *ways) {
          CHECK(way.chords.size() <= (ways == &mode->half ? 4 : ways == &mode->authentic ? 3 : 2));
          CHECK(way.weight >= 1);
        }
      CHECK((genre.harmony.secondary == 0) == mode->approaches.empty());
    }
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
  CHECK(blended.harmony.major.states == Genre::find("jazz")->harmony.major.states);
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

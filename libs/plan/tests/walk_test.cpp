// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/plan/settings.hpp>

using namespace toccata;

namespace {

Brief walk_brief() {
  Brief brief;
  brief.genres = {{"classical", 1.0}};
  brief.engine = "walk";
  return brief;
}
std::string refusal(const Brief& brief) {
  const auto settled = settle(brief, 1);
  return settled ? "accepted" : settled.error();
}
WalkAsk full_ask() {
  return {40, {-3, 4}, {0.25, 0.75}, {"I", "V7"}, true, 50, 70, WalkEnding::Free};
}
bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("walk: what is written as JSON and read back is the same") {
  for (const WalkAsk& ask : {WalkAsk{}, full_ask()}) {
    CHECK(*walk_from_json(to_json(ask)) == ask);
    Brief brief = walk_brief();
    brief.walk = ask;
    CHECK(*brief_from_json(to_json(brief)) == brief);
  }
}

TEST_CASE("walk: JSON that is wrong is refused with its member") {
  for (const char* text :
       {R"({"notes":0})", R"({"notes":1.5})", R"({"notes":"4"})", R"({"steps":[]})",
        R"({"steps":[25]})", R"({"steps":[0.5]})", R"({"probabilities":[2]})", R"({"chords":"I"})",
        R"({"sevenths":1})", R"({"lowest":128})", R"({"ending":"loud"})", R"({"speed":1})"}) {
    const auto json = parse_json(text);
    REQUIRE(json);
    const auto ask = walk_from_json(*json);
    const std::string member(text + 2, std::string_view(text).find('"', 2) - 2);
    CHECK_MESSAGE((!ask && says(ask.error(), "\"" + member + "\"")), text);
  }
}

TEST_CASE("walk: fields of the brief above win one by one") {
  WalkAsk over;
  over.notes = 7;
  over.ending = WalkEnding::Tonic;
  WalkAsk expected = full_ask();
  expected.notes = 7;
  expected.ending = WalkEnding::Tonic;
  CHECK(overlaid(full_ask(), over) == expected);
}

TEST_CASE("walk: the piece has the bars that its notes need, in any meter") {
  struct Row {
    const char* meter;
    int notes, bars;
  };
  for (const auto& [meter, notes, bars] :
       {Row{"4/4", 40, 10}, {"3/4", 40, 14}, {"7/8", 16, 5}, {"4/4", 1, 1}}) {
    Brief brief = walk_brief();
    brief.meter = *parse_meter(meter);
    brief.walk.notes = notes;
    CHECK(settle(brief, 1)->settings.bars == bars);
    brief.walk.notes.reset();
    CHECK(settle(brief, 1)->settings.walk.notes == WalkOptions::kUsualNotes);
  }
}

TEST_CASE("walk: notes that do not fit the bars asked for are refused with both numbers") {
  Brief brief = walk_brief();
  brief.walk.notes = 40;
  brief.bars = 8;
  CHECK(says(refusal(brief), "40 quarters need 10 bars of 4/4, the piece has 8"));
  brief.walk.notes = 32;
  CHECK(refusal(brief) == "accepted");
  brief.walk.notes = 5;
  CHECK(refusal(brief) == "accepted");  // chords and bass go on
  brief.parts = {Role::Melody};
  CHECK(says(refusal(brief), "end in bar 2 of 8"));
}

TEST_CASE("walk: an open tempo gives way to notes and seconds") {
  Brief brief = walk_brief();
  brief.walk.notes = 80;
  brief.seconds = 20;
  const auto settled = settle(brief, 1);
  REQUIRE(settled);
  CHECK(settled->settings.bars == 20);
  CHECK(settled->settings.tempo.bpm() == doctest::Approx(240));
  brief.tempo_bpm = 60;
  CHECK(says(refusal(brief), "80 quarters"));
}

TEST_CASE("walk: given chords are the progression, and the melody lasts as long as they do") {
  Brief brief = walk_brief();
  brief.chords = "Am | F | G";
  const auto settled = settle(brief, 1);
  REQUIRE(settled);
  CHECK(settled->settings.bars == 6);  // two rounds hold 16 quarters
  CHECK_FALSE(settled->settings.walk.notes);
  CHECK(to_string(settled->settings.chords[1][0]) == "F");
  brief.walk.chords = {"I"};
  CHECK(says(refusal(brief), "walk chords and chords"));
}

TEST_CASE("walk: what it has no means for is refused by name before the first note") {
  const auto with = [](auto change) {
    Brief brief = walk_brief();
    change(brief);
    return refusal(brief);
  };
  CHECK(says(with([](Brief& b) { b.drums = true; }), "no drums"));
  CHECK(says(with([](Brief& b) { b.parts = {Role::Drums}; }), "no drums"));
  CHECK(says(with([](Brief& b) { b.parts = {Role::Melody, Role::Counter}; }), "counter"));
  CHECK(says(with([](Brief& b) { b.tonality = *parse_tonality("D bayati"); }), "maqam"));
  CHECK(says(with([](Brief& b) { b.form = *parse_form("AABA"); }), "form"));
  CHECK(says(with([](Brief& b) { b.density = 0.8; }), "density"));
  CHECK(says(with([](Brief& b) { b.note_lengths = NoteLengths::Short; }), "note lengths"));
  CHECK(says(with([](Brief& b) {
               b.instruments = {"flute", "violin", "clarinet", "trumpet"};
             }),
             "instrument"));
  CHECK(says(with([](Brief& b) {
               b.parts = {Role::Bass};
               b.walk.steps = {1, 1, 1, 1, 1};
             }),
             "walk steps"));
  CHECK(says(with([](Brief& b) {
               b.parts = {Role::Melody};
               b.walk.chords = {"I"};
             }),
             "walk chords"));
  CHECK(says(with([](Brief& b) {
               b.parts = {Role::Bass};
               b.walk.sevenths = true;
             }),
             "walk sevenths"));
  CHECK(says(with([](Brief& b) { b.walk.probabilities = {0.5, 0.5}; }), "2 for 5 steps"));
  CHECK(says(with([](Brief& b) {
               b.walk.lowest = 60;
               b.walk.highest = 50;
             }),
             "walk range"));
  CHECK(says(with([](Brief& b) {
               b.engine = "rules";
               b.walk.notes = 4;
             }),
             "engine walk only"));
}

TEST_CASE("walk: a genre that is usually modal gives it a scale") {
  Brief brief = walk_brief();
  brief.genres = {{"arabic", 1.0}};
  const auto settled = settle(brief, 1);
  REQUIRE(settled);
  CHECK(settled->settings.maqam == nullptr);
}

TEST_CASE("walk: the settled brief settles to the same walk") {
  for (const WalkAsk& ask : {WalkAsk{}, full_ask()})
    for (const char* chords : {"", "C | F | Dm7 G7 | C"}) {
      Brief brief = walk_brief();
      brief.walk = ask;
      brief.chords = chords;
      if (!brief.chords.empty()) brief.walk.chords.clear();
      if (!brief.chords.empty()) brief.walk.sevenths.reset();
      const auto settled = settle(brief, 1);
      REQUIRE_MESSAGE(settled, settled.error());
      const Brief said = to_brief(settled->settings);
      const auto again = settle(said, 1);
      REQUIRE_MESSAGE(again, again.error());
      CHECK(to_brief(again->settings) == said);
      CHECK(again->settings.bars == settled->settings.bars);
    }
}

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/plan/brief.hpp>

using namespace toccata;

namespace {
Result<Brief, std::string> read(std::string_view text) {
  const auto json = parse_json(text);
  REQUIRE(json);
  return brief_from_json(*json);
}
std::string refusal(std::string_view members) {
  const auto brief = read(R"({"format":"toccata.brief/1",)" + std::string(members) + "}");
  return brief ? "accepted" : brief.error();
}
Brief full_brief() {
  Brief brief;
  brief.genres = *parse_genres("jazz:0.6+arabic:0.4");
  brief.tonality = *parse_tonality("Bb harmonic minor");
  brief.tempo_bpm = 92.5;
  brief.meter = *parse_meter("3+2+2/8");
  brief.bars = 16;
  brief.seconds = 30.25;
  brief.form = *parse_form("A B A' C A");
  brief.mood = "joyful";
  brief.valence = 0.8;
  brief.arousal = -0.5;
  brief.instruments = {"piano", "double bass"};
  brief.density = 0.3;
  brief.dynamics = Dynamics::MezzoPiano;
  brief.note_lengths = NoteLengths::Long;
  brief.drums = false;
  brief.parts = {Role::Melody, Role::Bass};
  brief.without_instruments = {"trumpet"};
  brief.without_parts = {Role::Chords};
  brief.chords = "Dm7 G7 | Cmaj7";
  brief.seed = 42;
  brief.engine = "rules";
  brief.performance = "curve";
  return brief;
}
}  // namespace

TEST_CASE("brief JSON: drums wished for and a part left out exclude each other, in any order") {
  for (const char* members : {R"("drums":true,"without_parts":["drums"])",
                              R"("without_parts":["bass","drums"],"drums":true)"}) {
    CHECK(refusal(members).find("\"drums\" is true and \"without_parts\"") == 0);
  }
  CHECK(refusal(R"("drums":false,"without_parts":["drums"])") == "accepted");
  CHECK(refusal(R"("drums":true,"without_parts":["bass"])") == "accepted");
}

TEST_CASE("brief JSON: what is written and read back is the same brief") {
  for (Brief brief : {Brief{}, full_brief()}) {
    CHECK(*brief_from_json(to_json(brief)) == brief);
    brief.seed = ~std::uint64_t{0};
    const auto text = to_text(to_json(brief));
    CHECK(*read(text) == brief);
  }
}

TEST_CASE("brief JSON: a maqam, a tonic alone and a scale alone survive") {
  for (const char* key : {"D bayati", "rast", "F#", "minor"}) {
    Brief brief;
    brief.tonality = *parse_tonality(key);
    CHECK(*brief_from_json(to_json(brief)) == brief);
  }
}

TEST_CASE("brief JSON: whole figures are written without a fraction") {
  Brief brief;
  brief.tempo_bpm = 110;
  CHECK(to_text(to_json(brief), JsonLayout::Compact) ==
        R"({"format":"toccata.brief/1","tempo":110})");
}

TEST_CASE("brief JSON: what is wrong is named, with what is allowed") {
  CHECK(refusal(R"("tempo":0)") == "\"tempo\": 0 is not in 20..400");
  CHECK(refusal(R"("bars":1000000000)") == "\"bars\": 1e+09 is not in 1..10000");
  CHECK(refusal(R"("bars":2.5)") == "\"bars\": 2.5 is no whole number");
  CHECK(refusal(R"("tempoo":110)").find("unknown member \"tempoo\"") == 0);
  CHECK(refusal(R"("valence":7)") == "\"valence\": 7 is not in -1..1");
  for (const char* member :
       {R"("meter":"4/5")", R"("genre":"polka")", R"("key":{"scale":"x"})",
        R"("key":{"scale":"major","maqam":"rast"})", R"("mood":"purple")", R"("drums":"no")",
        R"("instruments":["kazoo"])", R"("parts":["melody","melody"])", R"("parts":"melody")",
        R"("chords":"Q7")", R"("seed":-1)", R"("seed":"x")", R"("dynamics":"fff")",
        R"("note_lengths":"odd")", R"("form":"")", R"("tempo":null)", R"("engine":1)"})
    CHECK(refusal(member) != "accepted");
}

TEST_CASE("brief JSON: no object, no format or another format is refused") {
  for (const char* text : {"[]", "1", "{}", R"({"format":"toccata.brief/2"})", R"({"tempo":110})"})
    CHECK_FALSE(read(text));
}

TEST_CASE("brief JSON: the output of --explain is a brief") {
  CHECK(refusal(R"("tempo":110,"reasons":[],"not_understood":["purple"])") == "accepted");
}

TEST_CASE("brief JSON: a key may be a text, and refused drums may stand among the parts") {
  CHECK(read(R"({"format":"toccata.brief/1","key":"Dm"})")->tonality == *parse_tonality("D minor"));
  CHECK(read(R"({"format":"toccata.brief/1","without_parts":["drums"]})")->drums == false);
}

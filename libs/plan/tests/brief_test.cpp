// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/plan/brief.hpp>
#include <toccata/plan/mood.hpp>

using namespace toccata;

namespace {
std::string tonality(std::string_view text) {
  const auto ask = parse_tonality(text);
  return ask ? to_string(*ask) : "refused";
}
std::string form(std::string_view text) {
  const auto ask = parse_form(text);
  return ask ? ask->name + ": " + to_string(*ask) : "refused";
}
}  // namespace

TEST_CASE("parse_genres: one, or a mix with weights, which prints as it is read") {
  for (const char* text : {"jazz", "jazz:0.6+arabic:0.4", "rock+funk", "blues:2"}) {
    const auto genres = parse_genres(text);
    REQUIRE(genres);
    CHECK(to_string(*genres) == text);
  }
  CHECK(to_string(*parse_genres("Jazz : 1 + ARABIC")) == "jazz+arabic");
}

TEST_CASE("parse_genres: unknown, doubled and badly weighted genres are refused by name") {
  for (const char* text : {"", "polka", "jazz+", "jazz:0", "jazz:-1", "jazz:nan", "jazz:inf",
                           "jazz:1e9", "jazz+jazz", "jazz:0.5x"})
    CHECK_FALSE(parse_genres(text));
  CHECK(parse_genres("polka").error().find("\"polka\"") != std::string::npos);
  CHECK(parse_genres("polka").error().find("chiptune") != std::string::npos);
}

TEST_CASE("parse_tonality: a tonic, a scale, a maqam, or a tonic with one of both") {
  CHECK(tonality("D minor") == "D minor");
  CHECK(tonality("bb MAJOR") == "Bb major");
  CHECK(tonality("B flat major") == "Bb major");
  CHECK(tonality("Dm") == "D minor");
  CHECK(tonality("F#m") == "F# minor");
  CHECK(tonality("Ré mineur") == "D minor");
  CHECK(tonality("si bémol majeur") == "Bb major");
  CHECK(tonality("fa#") == "F#");
  CHECK(tonality("D bayati") == "D bayati");
  CHECK(tonality("rast") == "rast");
  CHECK(tonality("harmonic minor") == "harmonic minor");
  CHECK(tonality("A") == "A");
  for (const char* text : {"", "  ", "H", "H minor", "D wrong", "C## ## major", "42"})
    CHECK(tonality(text) == "refused");
}

TEST_CASE("parse_form: names, letters and sections; what is printed reads back") {
  CHECK(form("AABA") == "aaba: AABA");
  CHECK(form("a a b a") == "aaba: AABA");
  CHECK(form("A B A' C A") == "free: A B A' C A");
  CHECK(form("ABA'CA") == "free: A B A' C A");
  CHECK(form("Intro, Verse, Chorus") == "free: Intro Verse Chorus");
  CHECK(form("couplet-refrain-pont") == "free: Verse Chorus Bridge");
  CHECK(form("rondo") == "rondo: rondo");
  CHECK(form("12-bar") == "12-bar: 12-bar");
  CHECK(form("verse-chorus") == "verse-chorus: verse-chorus");
  for (const char* text : {"", " - ", "hello", "A B (", "12", "face", "A''b x1"})
    CHECK(form(text) == "refused");
  for (const char* text : {"A B A' C A", "Intro Verse Solo Outro", "AABA", "rondo", "C"})
    CHECK(*parse_form(to_string(*parse_form(text))) == *parse_form(text));
}

TEST_CASE("parse_form: more than 64 sections are refused") {
  std::string text;
  for (int i = 0; i < 64; ++i) text += "A ";
  CHECK(parse_form(text));
  CHECK_FALSE(parse_form(text + "A"));
}

TEST_CASE("names of dynamics and note lengths: found again by what they print") {
  for (int i = 0; i < 6; ++i)
    CHECK(find_dynamics(name_of(static_cast<Dynamics>(i))) == static_cast<Dynamics>(i));
  for (int i = 0; i < 3; ++i)
    CHECK(find_note_lengths(name_of(static_cast<NoteLengths>(i))) == static_cast<NoteLengths>(i));
  CHECK(find_dynamics("Fortissimo") == Dynamics::Fortissimo);
  CHECK_FALSE(find_dynamics("fff"));
}

TEST_CASE("overlaid: a field that is named wins, and a tonality is replaced whole") {
  Brief under, over;
  under.tonality = *parse_tonality("D minor");
  under.tempo_bpm = 110;
  over.tonality = *parse_tonality("A");
  const Brief brief = overlaid(under, over);
  CHECK(to_string(*brief.tonality) == "A");
  CHECK(brief.tempo_bpm == 110);
  CHECK(overlaid(under, Brief{}) == under);
  CHECK(overlaid(Brief{}, under) == under);
}

TEST_CASE("overlaid: bars and seconds, a mood and its figures, drums and parts go together") {
  Brief under, over;
  under.seconds = 30;
  under.mood = "joyful";
  under.valence = 0.8;
  under.drums = true;
  under.parts = {Role::Melody, Role::Drums};
  over.bars = 16;
  over.valence = -0.5;
  over.drums = false;
  const Brief brief = overlaid(under, over);
  CHECK_FALSE(brief.seconds);
  CHECK(brief.mood.empty());
  CHECK(brief.valence == -0.5);
  CHECK(brief.parts == std::vector{Role::Melody});
}

TEST_CASE("overlaid: an instrument that is asked for is no longer refused") {
  Brief under, over;
  under.without_instruments = {"piano"};
  over.instruments = {"piano", "cello"};
  CHECK(overlaid(under, over).without_instruments.empty());
}

TEST_CASE("moods: figures lie in their range and ids are found") {
  for (const auto& mood : Mood::all()) {
    CHECK(std::abs(mood.valence) <= 1);
    CHECK(std::abs(mood.arousal) <= 1);
    CHECK(Mood::find(mood.id) == &mood);
  }
  CHECK(Mood::find("purple") == nullptr);
}

// SPDX-License-Identifier: MIT
// Who plays, where some are refused or only some parts are written.
#include <algorithm>
#include <string>

#include "briefs.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

std::string player(const Brief& brief, Role role) {
  const auto result = settled(brief);
  const Seat* seat = result.settings.seat(role);
  return seat == nullptr ? "" : seat->instrument->id;
}

std::string because(const Settled& result, std::string_view value) {
  for (const Reason& reason : result.reasons)
    if (reason.value == value) return reason.field + " because " + reason.because;
  return "";
}

}  // namespace

TEST_CASE("seating: who refuses a kind of instrument refuses all of that kind") {
  const std::pair<const char*, const char*> kRefusals[] = {
      {"rock", "electric guitar"}, {"lofi", "piano"}, {"cinematic", "strings"}, {"folk", "violin"}};
  for (const auto& pair : kRefusals) {
    const char* refused = pair.second;
    CAPTURE(refused);
    Brief brief = brief_of(pair.first);
    brief.without_instruments = {refused};
    for (const Seat& seat : settled(brief).settings.seats) {
      CHECK(seat.instrument->id != refused);
      CHECK(std::ranges::find(seat.instrument->kinds, refused) == seat.instrument->kinds.end());
    }
  }
}

TEST_CASE("seating: one of a refused kind plays where it is asked for by name") {
  Brief brief = brief_of("rock");
  brief.without_instruments = {"electric guitar"};
  brief.instruments = {"jazz guitar"};
  const auto result = settled(brief);
  CHECK(std::ranges::any_of(result.settings.seats,
                            [](const Seat& seat) { return seat.instrument->id == "jazz guitar"; }));
}

TEST_CASE("seating: a refused player's seat goes to one of the genre's own, and it is said") {
  Brief brief = brief_of("rock");
  brief.without_instruments = {"electric guitar"};
  CHECK(player(brief, Role::Melody) == "tenor sax");
  CHECK(because(settled(brief), "tenor sax") ==
        "instruments because in the place of distortion guitar");
}

TEST_CASE("seating: a hand drum gives way to another, and drums are left out where none is left") {
  Brief brief = brief_of("arabic");
  CHECK(player(brief, Role::Drums) == "darbuka");
  brief.without_instruments = {"darbuka"};
  CHECK(player(brief, Role::Drums) == "riqq");
  brief.without_instruments = {"darbuka", "riqq"};
  CHECK(player(brief, Role::Drums) == "congas");
  brief.without_instruments = {"darbuka", "riqq", "congas"};
  CHECK(player(brief, Role::Drums).empty());
  CHECK(std::ranges::any_of(settled(brief).reasons, [](const Reason& reason) {
    return reason.field == "drums" && reason.value == "false" &&
           reason.because == "darbuka is refused, and nobody else can play them";
  }));
}

TEST_CASE("seating: a bass by itself is a bass, and a keyboard's left hand only beside the right") {
  Brief brief = brief_of("classical");
  CHECK(player(brief, Role::Bass) == "piano");
  brief.parts = {Role::Bass};
  CHECK(player(brief, Role::Bass) == "double bass");
  brief.parts = {Role::Bass, Role::Drums};
  CHECK(player(brief, Role::Bass) == "double bass");
  brief.parts = {Role::Chords, Role::Bass};
  CHECK(player(brief, Role::Bass) == "piano");
  brief.genres = {{"electronic", 1.0}};
  brief.parts = {Role::Bass};
  CHECK(player(brief, Role::Bass) == "synth bass");
}

TEST_CASE("seating: a bass that is asked for plays the bass where no melody is wanted") {
  Brief brief;
  brief.instruments = {"electric bass"};
  CHECK(player(brief, Role::Melody) == "electric bass");
  brief.without_parts = {Role::Melody};
  CHECK(player(brief, Role::Bass) == "electric bass");
  brief.alone = true;
  CHECK(player(brief, Role::Bass) == "electric bass");
}

TEST_CASE("seating: pads are pads or strings, and a counter-melody is of the melody's kind") {
  Brief brief = brief_of("classical");
  brief.parts = {Role::Melody, Role::Pad};
  CHECK(player(brief, Role::Pad) == "strings");
  brief.genres = {{"electronic", 1.0}};
  CHECK(player(brief, Role::Pad) == "pad");
  brief.genres = {{"bossa", 1.0}};
  brief.parts = {Role::Counter};
  CHECK(player(brief, Role::Counter) == "flute");
}

TEST_CASE("seating: one kit and hand drums beside it, in whatever order they are asked for") {
  const auto drummers = [](const char* genre, std::vector<std::string> instruments) {
    Brief brief = brief_of(genre);
    brief.instruments = std::move(instruments);
    std::vector<std::string> ids;
    for (const Seat& seat : settled(brief).settings.seats)
      if (seat.role == Role::Drums) ids.push_back(seat.instrument->id);
    return ids;
  };
  using Ids = std::vector<std::string>;
  CHECK(drummers("arabic", {"oud", "darbuka", "riqq"}) == Ids{"darbuka", "riqq"});
  CHECK(drummers("rock", {"congas", "drums"}) == Ids{"drums", "congas"});
  CHECK(drummers("rock", {"drums", "congas"}) == Ids{"drums", "congas"});
  CHECK(drummers("jazz", {"drums", "jazz kit"}) == Ids{"jazz kit"});
  CHECK(drummers("arabic", {"oud", "drums", "riqq"}) ==
        drummers("arabic", {"riqq", "drums", "oud"}));
}

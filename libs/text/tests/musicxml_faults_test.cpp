// SPDX-License-Identifier: MIT
// What is refused with its place, and how a lenient reading puts it right.
#include <doctest/doctest.h>

#include "musicxml_fixture.hpp"

using namespace toccata;
using namespace toccata::musicxml_fixture;
using musicxml::Fault;

namespace {

/// Refused with this fault; read leniently, with it alone repaired.
Score repaired(std::string_view text, Fault fault) {
  const auto strict = musicxml::read_musicxml(as_bytes(text));
  REQUIRE_FALSE(strict);
  CHECK(strict.error().fault == fault);
  musicxml::ReadOptions lenient;
  lenient.repair = musicxml::Repair::Lenient;
  auto read = read_all(text, lenient);
  REQUIRE(read.repairs.size() == 1);
  CHECK(read.repairs[0] == strict.error());
  CHECK_FALSE(describe_repair(read.repairs[0]).ends_with("; "));
  return std::move(read.score);
}
std::string notes_of(const Score& score) { return shown(score.parts[0].notes); }

}  // namespace

TEST_CASE("MusicXML faults: the message says part, measure, line, what stands there and what may") {
  const std::string text =
      one_part(measure(divisions(1) + note("C4", 4)) + measure(note("D4", 4) + note("E4", -1), 2));
  CHECK(refusal(text) ==
        "part P1, measure 2, line 9: a duration (\"-1\"); allowed: numbers over 0, up to 100000 "
        "quarters");
}

TEST_CASE("MusicXML faults: durations and divisions") {
  CHECK(notes_of(repaired(one_part(measure(divisions(1) + note("C4", 0) + note("D4", 4))),
                          Fault::BadDuration)) == "D4@0+1920");
  const std::string by_type = "<note>" + pitch("C4") + "<type>half</type><dot/></note>";
  CHECK(notes_of(repaired(one_part(measure(divisions(1) + by_type + note("D4", 1))),
                          Fault::BadDuration)) == "C4@0+1440 D4@1440+480");
  CHECK(notes_of(repaired(one_part(measure(note("C4", 4))), Fault::BadDivisions)) == "C4@0+1920");
  CHECK(notes_of(repaired(one_part(measure(divisions(1) + divisions(-2) + note("C4", 4))),
                          Fault::BadDivisions)) == "C4@0+1920");
  CHECK(notes_of(repaired(one_part(measure(divisions(1) + note("C4", 100'001) + note("D4", 1))),
                          Fault::BadDuration)) == "D4@0+480");
}

TEST_CASE("MusicXML faults: pitches") {
  const std::string good = note("C4", 2);
  for (const char* name : {"H4", "C", "Cx", "G9", "C-3"}) {
    CAPTURE(name);
    CHECK(notes_of(repaired(
              one_part(measure(divisions(1) + note(name, 2, "", "", "", name[1] == '9' ? "1" : "") +
                               good)),
              Fault::BadPitch)) == "C4@960+960");
  }
  CHECK(
      notes_of(repaired(one_part(measure(divisions(1) + note("D4", 2, "", "", "", "many") + good)),
                        Fault::BadPitch)) == "C4@960+960");
}

TEST_CASE("MusicXML faults: places") {
  CHECK(notes_of(
            repaired(one_part(measure(divisions(1) + note("C4", 2) +
                                      "<backup><duration>3</duration></backup>" + note("D4", 4))),
                     Fault::BeforeMeasure)) == "C4@0+960 D4@0+1920");
  CHECK(notes_of(repaired(one_part(measure(divisions(1) + note("C4", 4, "", "<chord/>"))),
                          Fault::ChordWithoutNote)) == "C4@0+1920");
}

TEST_CASE("MusicXML faults: notes before their measure are moved, forwards make up for it") {
  const auto backup = [](int by) {
    return "<backup><duration>" + std::to_string(by) + "</duration></backup>";
  };
  const auto forward = [](int by) {
    return "<forward><duration>" + std::to_string(by) + "</duration></forward>";
  };
  const std::string first = divisions(1) + note("C4", 4);
  const auto after_far = [&](const std::string& what) {
    return one_part(measure(first + backup(700) + what));
  };
  const auto moved = [&](const std::string& what) {
    return notes_of(repaired(after_far(what), Fault::BeforeMeasure));
  };
  CHECK(notes_of(read_ok(after_far(forward(697) + note("D4", 3)))) == "C4@0+1920 D4@480+1440");
  CHECK(notes_of(read_ok(one_part(measure(first + backup(5)) + measure(note("D4", 4), 2)))) ==
        "C4@0+1920 D4@1920+1920");
  CHECK(moved(note("E4", 1) + forward(697) + note("D4", 2)) == "C4@0+1920 E4@0+480 D4@960+960");
  CHECK(moved(note("E4", 1) + forward(400) + forward(297) + note("D4", 1)) ==
        "C4@0+1920 E4@0+480 D4@960+480");
  // A backup goes back from where it was written, a rest is a forward, and a measure owes the next
  // nothing.
  CHECK(moved(note("E4", 2) + backup(2) + forward(697) + note("D4", 1)) ==
        "C4@0+1920 E4@0+960 D4@480+480");
  const std::string rest = "<note><rest/><duration>696</duration></note>";
  CHECK(notes_of(read_ok(after_far(rest + note("D4", 3)))) == "C4@0+1920 D4@0+1440");
  CHECK(notes_of(repaired(one_part(measure(first + backup(700) + note("E4", 4)) +
                                   measure(forward(1) + note("D4", 3), 2)),
                          Fault::BeforeMeasure)) == "C4@0+1920 E4@0+1920 D4@2400+1440");
  CHECK(notes_of(repaired(one_part(measure(first + backup(90'000) + backup(90'000))),
                          Fault::BadDuration)) == "C4@0+1920");
  // Fractions of many divisions stay in bounds.
  const auto of = [&](int parts, const std::string& what) { return divisions(parts) + what; };
  musicxml::ReadOptions lenient;
  lenient.repair = musicxml::Repair::Lenient;
  read_all(after_far(of(999'961, backup(9'999'607) + note("E4", 1)) +
                     of(999'983, note("F4", 9'999'827)) + of(999'979, forward(9'999'787)) +
                     of(999'959, forward(9'999'001)) + note("G4", 999'959)),
           lenient);
}

TEST_CASE("MusicXML faults: what takes no time stands in its measure") {
  const auto after_far = [](const std::string& what) {
    return one_part(measure(divisions(1) + note("C4", 4) +
                            "<backup><duration>700</duration></backup>" + what +
                            "<forward><duration>696</duration></forward>" + note("D4", 4)));
  };
  const std::string key = "<attributes><key><fifths>2</fifths></key></attributes>";
  CHECK(repaired(after_far(key), Fault::BeforeMeasure).keys.at(0).at == Tick(0));
  const auto direction = [](const std::string& offset) {
    return "<direction><direction-type><dynamics><f/></dynamics></direction-type>" + offset +
           "</direction>";
  };
  const Score score = repaired(after_far(direction("")), Fault::BeforeMeasure);
  CHECK(score.parts[0].markings.at(0).at == Tick(0));
  CHECK(notes_of(score) == "C4@0+1920 D4@0+1920");
  CHECK(read_ok(after_far(direction("<offset>697</offset>"))).parts[0].markings.at(0).at ==
        Tick(480));
}

TEST_CASE("MusicXML faults: signatures, tempo and transposition") {
  const auto with = [](const std::string& inner) {
    return one_part(
        measure("<attributes><divisions>1</divisions>" + inner + "</attributes>" + note("C4", 4)));
  };
  CHECK(repaired(with("<time><beats>4</beats><beat-type>5</beat-type></time>"), Fault::BadTime)
            .meter.meter_at(Tick(0)) == kCommonTime);
  CHECK(repaired(with("<key><fifths>12</fifths></key>"), Fault::BadKey).keys.empty());
  CHECK(notes_of(repaired(with("<transpose><chromatic>x</chromatic></transpose>"),
                          Fault::BadTranspose)) == "C4@0+1920");
  CHECK(repaired(one_part(measure(divisions(1) + "<sound tempo=\"0\"/>" + note("C4", 4))),
                 Fault::BadTempo)
            .tempo.changes()
            .empty());
}

TEST_CASE("MusicXML faults: repeats and jumps") {
  const auto with = [](const std::string& behind) {
    return one_part(measure(divisions(1) + note("C4", 4) + behind));
  };
  CHECK(notes_of(repaired(with("<barline><repeat direction=\"backward\" times=\"no\"/></barline>"),
                          Fault::BadRepeat)) == "C4@0+1920 C4@1920+1920");
  CHECK(notes_of(repaired(with("<barline><ending number=\"x\" type=\"start\"/></barline>"),
                          Fault::BadRepeat)) == "C4@0+1920");
  CHECK(notes_of(repaired(with("<sound dalsegno=\"s\"/>"), Fault::NoTarget)) == "C4@0+1920");
}

TEST_CASE("MusicXML faults: parts") {
  const std::string body = measure(divisions(1) + note("C4", 4));
  const std::string list = "<part-list><score-part id=\"A\"/><score-part id=\"B\"/></part-list>";
  const auto score = [&](const std::string& parts) {
    return "<score-partwise>" + list + parts + "</score-partwise>";
  };
  const std::string a = "<part id=\"A\">" + body + "</part>";
  CHECK(repaired(score(a), Fault::MissingPart).parts.size() == 1);
  CHECK(repaired(score(a + "<part id=\"B\">" + body + "</part><part id=\"C\">" + body + "</part>"),
                 Fault::UnknownPart)
            .parts.size() == 3);
  CHECK(repaired(score(a + "<part id=\"B\">" + body + body + "</part>"), Fault::UnequalParts).end ==
        Tick(3840));
  CHECK(refusal("<score-partwise/>").find("without measures") != std::string::npos);
}

TEST_CASE("MusicXML faults: a text that is cut off is read up to there") {
  const std::string whole =
      one_part(measure(divisions(1) + note("C4", 4)) + measure(note("D4", 4), 2));
  const std::string cut = whole.substr(0, whole.rfind("</measure>"));
  CHECK(notes_of(repaired(cut, Fault::BadXml)) == "C4@0+1920 D4@1920+1920");
}

TEST_CASE("MusicXML faults: times off every grid are rounded") {
  std::string body = divisions(1);
  for (int prime : {29, 31, 37, 41})
    body += divisions(prime) + note("C4", 1) + note("D4", prime - 1);
  const Score score = repaired(one_part(measure(body)), Fault::TooFine);
  CHECK(score.ppq().ticks() == 10'080);
  CHECK(score.parts[0].notes[2].onset == Tick(10'080));
}

TEST_CASE("MusicXML faults: what is no score is refused") {
  CHECK(refusal("<opus/>").find("neither a MusicXML score") != std::string::npos);
  CHECK(refusal("").find("neither a MusicXML score") != std::string::npos);
  CHECK(refusal("MThd").find("neither a MusicXML score") != std::string::npos);
}

TEST_CASE("MusicXML entities: none is opened or expanded") {
  std::string text = one_part(measure(divisions(1) + note("C4", 4)));
  text.insert(text.find("<score-partwise>"),
              "<!DOCTYPE score-partwise [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
              "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>");
  text.insert(text.find("Piano"), "&file;&b;");
  CHECK(read_ok(text).parts[0].name == "&file;&b;Piano");
}

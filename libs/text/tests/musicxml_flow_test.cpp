// SPDX-License-Identifier: MIT
// In which order measures are played, and how bars come out of them. Each measure holds one whole
// note, so that a piece is the list of its notes.
#include <doctest/doctest.h>

#include "musicxml_fixture.hpp"

using namespace toccata;
using namespace toccata::musicxml_fixture;

namespace {

constexpr const char* kNames[] = {"C4", "D4", "E4", "F4", "G4", "A4", "B4"};
const std::string kForward = "<barline location=\"left\"><repeat direction=\"forward\"/></barline>";
const std::string kBackward =
    "<barline location=\"right\"><repeat direction=\"backward\"/></barline>";

std::string ending(const std::string& number, const std::string& type, bool repeats = false) {
  return std::string("<barline location=\"") + (type == "start" ? "left" : "right") +
         "\"><ending number=\"" + number + "\" type=\"" + type + "\"/>" +
         (repeats ? "<repeat direction=\"backward\"/>" : "") + "</barline>";
}
std::string sound(const std::string& attribute) {
  return "<direction><direction-type><words/></direction-type><sound " + attribute +
         "/></direction>";
}

/// A measure: what stands before and behind its note.
struct Signed {
  std::string before, after = {};
};

std::string piece(const std::vector<Signed>& bars) {
  std::string text;
  for (std::size_t i = 0; i < bars.size(); ++i)
    text += measure((i == 0 ? divisions(1) : "") + bars[i].before +
                        note(kNames[i], 4, "", "", "n" + std::to_string(i + 1)) + bars[i].after,
                    static_cast<int>(i) + 1);
  return one_part(text);
}

/// "CDCD": the steps in the order they are played.
std::string order(const std::vector<Signed>& bars) {
  std::string steps;
  const Score score = read_ok(piece(bars));
  for (const Note& one : score.parts[0].notes) steps += to_string(*one.spelling)[0];
  return steps;
}

}  // namespace

TEST_CASE("MusicXML repeats: from the forward sign, the last repeat or the beginning") {
  CHECK(order({{""}, {"", kBackward}, {""}}) == "CDCDE");
  CHECK(order({{""}, {kForward, kBackward}, {""}}) == "CDDE");
  CHECK(order({{"", kBackward}, {"", kBackward}}) == "CCDD");
  CHECK(order({{"",
                "<barline location=\"right\"><repeat direction=\"backward\" times=\"4\"/>"
                "</barline>"},
               {""}}) == "CCCCD");
}

TEST_CASE("MusicXML repeats: one within another is played as often as both ask") {
  CHECK(order({{kForward}, {kForward, kBackward}, {"", kBackward}, {""}}) == "CDDECDDEF");
}

TEST_CASE("MusicXML repeats: endings are played in the passes they name") {
  CHECK(order({{kForward},
               {ending("1", "start"), ending("1", "stop", true)},
               {ending("2", "start"), ending("2", "stop")},
               {""}}) == "CDCEF");
  CHECK(order({{""},
               {ending("1, 2", "start"), ending("1, 2", "stop", true)},
               {ending("3", "start"), ending("3", "discontinue")},
               {""}}) == "CDCDCEF");
  CHECK(order({{""},
               {ending("1-2", "start"), ending("1-2", "stop", true)},
               {ending("3.", "start"), ending("3.", "stop", true)},
               {""}}) == "CDCDCEF");
}

TEST_CASE("MusicXML repeats: endings as hasty programs write them") {
  // A second ending that begins at the right end of the first one's measure.
  CHECK(order({{""},
               {ending("1", "start"), ending("1", "stop", true) +
                                          "<barline location=\"right\"><ending number=\"2\" "
                                          "type=\"start\"/></barline>"},
               {"", ending("2", "stop")}}) == "CDCE");
  // A first ending alone.
  CHECK(order({{""}, {ending("1", "start"), ending("1", "stop", true)}, {""}}) == "CDCE");
  // A bracket that ends before its repeat.
  CHECK(order({{""},
               {ending("1", "start"), ending("1", "stop")},
               {"", kBackward},
               {ending("2", "start"), ending("2", "stop")}}) == "CDECF");
  // Brackets without any repeat.
  CHECK(order({{""}, {ending("1", "start"), ending("1", "stop")}, {""}}) == "CDE");
}

TEST_CASE("MusicXML repeats: two parts with the same signs are one repeat") {
  const std::string bars =
      measure(divisions(1) + ending("1", "start") + note("C4", 4) + ending("1", "stop", true)) +
      measure(note("D4", 4), 2);
  const Score score = read_ok(
      "<score-partwise><part-list><score-part id=\"A\"/><score-part id=\"B\"/></part-list>"
      "<part id=\"A\">" +
      bars + "</part><part id=\"B\">" + bars + "</part></score-partwise>");
  CHECK(shown(score.parts[1].notes) == "C4@0+1920 D4@1920+1920");
}

TEST_CASE("MusicXML jumps: da capo al fine, without the repeats the second time") {
  CHECK(order({{"", kBackward}, {"", sound("fine=\"yes\"")}, {"", sound("dacapo=\"yes\"")}}) ==
        "CCDECD");
}

TEST_CASE("MusicXML jumps: a da capo waits for the repeat that ends with it") {
  CHECK(order({{""}, {kForward, sound("dacapo=\"yes\"") + kBackward}}) == "CDDCD");
}

TEST_CASE("MusicXML jumps: dal segno al coda") {
  CHECK(order({{""},
               {sound("segno=\"s\"")},
               {"", sound("tocoda=\"c\"")},
               {"", sound("dalsegno=\"s\"")},
               {sound("coda=\"c\"")}}) == "CDEFDEG");
}

TEST_CASE("MusicXML jumps: last endings are taken after a jump") {
  CHECK(order({{""},
               {ending("1", "start"), ending("1", "stop", true)},
               {ending("2", "start"), ending("2", "stop")},
               {"", sound("dacapo=\"yes\"")}}) == "CDCEFCEF");
}

TEST_CASE("MusicXML jumps: signs without sound are targets too") {
  CHECK(order({{""},
               {"<direction><direction-type><segno/></direction-type></direction>"},
               {"", sound("dalsegno=\"yes\"")}}) == "CDEDE");
}

TEST_CASE("MusicXML repeats: every pass is told from the others by its number") {
  const auto read = read_all(piece({{"", kBackward}, {""}}));
  REQUIRE(read.sources.size() == 3);
  CHECK(read.sources[0].xml_id == "n1");
  CHECK(read.sources[0].pass == 1);
  CHECK(read.sources[1].xml_id == "n1");
  CHECK(read.sources[1].pass == 2);
  CHECK(read.sources[2].xml_id == "n2");
  CHECK(read.sources[2].pass == 1);
}

TEST_CASE("MusicXML repeats: as written when that is asked for") {
  musicxml::ReadOptions written;
  written.repeats = musicxml::Repeats::Written;
  const auto read = read_all(piece({{"", kBackward}, {""}}), written);
  CHECK(shown(read.score.parts[0].notes) == "C4@0+1920 D4@1920+1920");
}

TEST_CASE("MusicXML repeats: what would be played for ever is refused") {
  std::string text = piece({{"", kBackward}});
  text.replace(text.find("\"backward\""), 10, "\"backward\" times=\"2000000000\"");
  CHECK(refusal(text).find("too long") != std::string::npos);
  // Twenty repeats, one within the other: a million times the innermost measure.
  std::string nested = one_part([] {
    std::string bars;
    for (int i = 0; i < 20; ++i) bars += measure(kForward, i);
    for (int i = 0; i < 20; ++i) bars += measure(kBackward, i);
    return bars;
  }());
  CHECK(refusal(nested).find("too long") != std::string::npos);
}

TEST_CASE("MusicXML repeats: tempo, key, meter and level are those of where one jumps to") {
  const std::string start =
      "<attributes><divisions>1</divisions><key><fifths>0</fifths></key>"
      "<time><beats>4</beats><beat-type>4</beat-type></time></attributes>"
      "<direction><direction-type><dynamics><p/></dynamics></direction-type>"
      "<sound tempo=\"60\"/></direction>";
  const std::string change =
      "<attributes><key><fifths>1</fifths></key>"
      "<time><beats>2</beats><beat-type>2</beat-type></time></attributes>"
      "<direction><direction-type><dynamics><f/></dynamics></direction-type>"
      "<sound tempo=\"90\"/></direction>";
  const Score score =
      read_ok(one_part(measure(start + note("C4", 4)) + measure(kForward + note("D4", 4), 2) +
                       measure(change + note("E4", 4) + kBackward, 3)));
  const Tick back(5760);
  CHECK(score.tempo.tempo_at(back - Duration(1)).bpm() == doctest::Approx(90));
  CHECK(score.tempo.tempo_at(back).bpm() == doctest::Approx(60));
  CHECK(to_string(key_at(score, back)->key) == "C major");
  CHECK(score.meter.meter_at(back) == kCommonTime);
  // The level that holds where the repeat begins is said again: p, then f, then p at the jump.
  std::string levels;
  for (const Marking& marking : score.parts[0].markings)
    if (marking.at <= back) levels = marking.text;
  CHECK(levels == "p");
}

TEST_CASE("MusicXML bars: a pick-up is bar 0, and two halves of a bar are one") {
  const std::string time =
      "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
      "</attributes>";
  const Score score =
      read_ok(one_part(measure(time + note("C4", 1), 0, " implicit=\"yes\"") +
                       measure(note("D4", 4), 1) + measure(note("E4", 3) + kBackward, 2) +
                       measure(note("F4", 1), 2, " implicit=\"yes\"") + measure(note("G4", 4), 3)));
  CHECK(score.meter.pickup() == MeterMap::Pickup::FirstBar);
  CHECK(score.meter.bar_at(Tick(0)).printed() == 0);
  CHECK(score.meter.bar_at(Tick(480)).printed() == 1);
  // The second time: 480 + 1920 + 1440 ticks, then again, then the fourth quarter of the bar.
  const Tick rest(3840 * 2);
  CHECK(score.meter.bar_at(rest - Duration(1)) == score.meter.bar_at(rest));
  CHECK(score.meter.onset_of(score.meter.bar_at(rest + Duration(480))) == rest + Duration(480));
}

TEST_CASE("MusicXML bars: additive, changing and no meters") {
  const auto time = [](const std::string& inner) {
    return "<attributes><divisions>2</divisions><time>" + inner + "</time></attributes>";
  };
  const Score additive = read_ok(
      one_part(measure(time("<beats>3+2</beats><beat-type>8</beat-type>") + note("C4", 5))));
  CHECK(additive.meter.meter_at(Tick(0)).beats() == std::vector{3, 2});
  const Score sum = read_ok(one_part(measure(
      time("<beats>3</beats><beat-type>8</beat-type><beats>2</beats><beat-type>4</beat-type>") +
      note("C4", 7))));
  CHECK(sum.meter.meter_at(Tick(0)).beats() == std::vector{3, 2, 2});
  const Score changes = read_ok(
      one_part(measure(time("<beats>3</beats><beat-type>4</beat-type>") + note("C4", 6)) +
               measure(time("<beats>6</beats><beat-type>8</beat-type>") + note("D4", 6), 2)));
  CHECK(to_string(changes.meter.meter_at(Tick(1440))) == "6/8");
  CHECK(changes.bar_count() == 2);
  const Score free = read_ok(
      one_part(measure(time("<senza-misura/>") + note("C4", 22)) + measure(note("D4", 6), 2)));
  CHECK(free.bar_count() == 2);
  CHECK(free.meter.onset_of(Bar(1)) == Tick(22 * 240));
}

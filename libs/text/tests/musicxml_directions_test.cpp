// SPDX-License-Identifier: MIT
// What stands between the notes: levels, hairpins, words, pedal.
#include <doctest/doctest.h>

#include "musicxml_fixture.hpp"

using namespace toccata;
using namespace toccata::musicxml_fixture;

namespace {

std::string direction(const std::string& type, const std::string& rest = {}) {
  return "<direction><direction-type>" + type + "</direction-type>" + rest + "</direction>";
}
std::string dynamics(const std::string& mark) {
  return direction("<dynamics><" + mark + "/></dynamics>");
}
std::string words(const std::string& text) { return direction("<words>" + text + "</words>"); }
std::string wedge(const std::string& type) { return direction("<wedge type=\"" + type + "\"/>"); }
std::string pedal(const std::string& type) { return direction("<pedal type=\"" + type + "\"/>"); }

/// Quarters with these directions before each.
Part part_with(const std::vector<std::string>& before_notes, const std::string& last = {}) {
  std::string body = divisions(1);
  for (const std::string& before : before_notes) body += before + note("C4", 1);
  return read_ok(one_part(measure(body + last))).parts[0];
}

/// "dynamic@0 p, crescendo@480-960".
std::string told(const Part& part) {
  std::string text;
  for (const Marking& one : part.markings) {
    text += (text.empty() ? "" : ", ") + std::string(name_of(one.kind)) + "@" +
            std::to_string(one.at.ticks());
    if (is_stretch(one.kind)) text += "-" + std::to_string(one.end.ticks());
    if (!one.text.empty()) text += " " + one.text;
  }
  return text;
}

}  // namespace

TEST_CASE("MusicXML dynamics: levels, stresses, and stresses that leave a level") {
  const Part part = part_with({dynamics("p"), dynamics("sfz"), dynamics("fp"), dynamics("mf")});
  CHECK(told(part) == "dynamic@0 p, stress@480 sfz, stress@960 fp, dynamic@960 p, dynamic@1440 mf");
  CHECK(part.markings[0].loudness == Velocity::literal(49));
  CHECK(part.markings[2].loudness == Velocity::literal(96));
}

TEST_CASE("MusicXML dynamics: a sounded number says how loud the mark is") {
  const Part part = part_with(
      {direction("<dynamics><mf/></dynamics>", "<sound dynamics=\"100\"/>"),
       direction("<words>dolce</words>", "<sound dynamics=\"50\"/>"),
       direction("<dynamics><other-dynamics>ff</other-dynamics></dynamics>"), words("pp")});
  CHECK(told(part) ==
        "dynamic@0 mf, words@480 dolce, dynamic@480, dynamic@960 ff, dynamic@1440 pp");
  CHECK(part.markings[0].loudness == Velocity::literal(90));
  CHECK(part.markings[2].loudness == Velocity::literal(45));
}

TEST_CASE("MusicXML hairpins: from start to stop, one after the other, and never ended") {
  CHECK(told(part_with({wedge("crescendo"), "", wedge("stop") + wedge("diminuendo"), ""},
                       wedge("stop"))) == "crescendo@0-960, diminuendo@960-1920");
  CHECK(told(part_with({wedge("crescendo"), "", dynamics("f"), ""})) ==
        "crescendo@0-960, dynamic@960 f");
  CHECK(told(part_with({wedge("stop"), wedge("crescendo"), ""})) == "crescendo@480-1440");
}

TEST_CASE("MusicXML hairpins: numbers keep those that overlap apart") {
  const auto numbered = [](const std::string& type, int number) {
    return direction("<wedge type=\"" + type + "\" number=\"" + std::to_string(number) + "\"/>");
  };
  CHECK(told(part_with({numbered("crescendo", 1), numbered("diminuendo", 2), numbered("stop", 1),
                        numbered("stop", 2)})) == "crescendo@0-960, diminuendo@480-1440");
}

TEST_CASE("MusicXML words: growing, fading and pace hold to what follows") {
  CHECK(told(part_with({words("poco cresc."), "", dynamics("f"), words("Dim.")})) ==
        "crescendo@0-960 poco cresc., dynamic@960 f, diminuendo@1440-1920 Dim.");
  CHECK(told(part_with({words("molto rit."), "", words("a tempo"), words("spirito")})) ==
        "slower@0-960 molto rit., a-tempo@960 a tempo, words@1440 spirito");
  CHECK(told(part_with({words("accel."), "<sound tempo=\"100\"/>"})) == "faster@0-480 accel.");
}

TEST_CASE("MusicXML words: dashes say how far a word holds") {
  const std::string begin =
      "<direction><direction-type><words>cresc.</words></direction-type><direction-type>"
      "<dashes type=\"start\"/></direction-type></direction>";
  CHECK(told(part_with({begin, direction("<dashes type=\"stop\"/>"), dynamics("f")})) ==
        "crescendo@0-480 cresc., dynamic@960 f");
}

TEST_CASE("MusicXML pedal: start, change and stop") {
  CHECK(told(part_with({pedal("start"), pedal("change"), "", pedal("stop")})) ==
        "pedal@0-480, pedal@480-1440");
}

TEST_CASE("MusicXML directions: offsets and staves") {
  const Part part = part_with(
      {"", direction("<dynamics><p/></dynamics>", "<offset>-1</offset><staff>2</staff>")});
  CHECK(told(part) == "dynamic@0 p");
  CHECK(part.markings[0].staff == 2);
}

TEST_CASE("MusicXML directions: a hairpin is played in every pass") {
  const Score score = read_ok(one_part(
      measure(divisions(1) + wedge("crescendo") + note("C4", 2) + wedge("stop") + note("D4", 2) +
              "<barline location=\"right\"><repeat direction=\"backward\"/></barline>")));
  CHECK(told(score.parts[0]) == "crescendo@0-960, crescendo@1920-2880");
}

TEST_CASE("MusicXML rehearsal marks are sections, once for all parts") {
  const std::string body =
      measure(divisions(1) + note("C4", 2) + direction("<rehearsal>B</rehearsal>") + note("D4", 2));
  const Score score = read_ok(
      "<score-partwise><part-list><score-part id=\"A\"/><score-part id=\"B\"/></part-list>"
      "<part id=\"A\">" +
      body + "</part><part id=\"B\">" + body + "</part></score-partwise>");
  CHECK(score.sections == std::vector<Section>{{Tick(960), "B"}});
}

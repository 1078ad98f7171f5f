// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/text/svg.hpp>

using namespace toccata;

namespace {

Note note(std::uint32_t id, std::int64_t onset, int pitch, std::int64_t duration = 480) {
  return {NoteId(id), Tick(onset), Duration(duration), *Pitch::from_number(pitch), {}, {}, {}, {}};
}

ScoreDocument document(std::vector<Note> notes) {
  ScoreDocument made;
  made.score.parts = {{PartId(1), "Melody", Role::Melody, {}, std::move(notes), {}}};
  for (const Note& one : made.score.parts[0].notes)
    made.score.end = std::max(made.score.end, one.end());
  return made;
}

int count(const std::string& text, std::string_view wanted) {
  int found = 0;
  for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1))
    ++found;
  return found;
}

/// The text between two markers after the parts' notes begin.
std::string notes_of(const std::string& svg) {
  const auto from = svg.find("stroke-width=\".5\"");
  return from == std::string::npos ? "" : svg.substr(from, svg.find("</g>", from) - from);
}

}  // namespace

TEST_CASE("write_svg: every note is drawn, one that crosses rows in each of them") {
  CHECK(count(notes_of(write_svg(document({note(1, 0, 60), note(2, 480, 64)}))), "<rect") == 2);
  const auto crossing = document({note(1, 0, 60, 4 * 1920), note(2, 1920, 72)});
  CHECK(count(notes_of(write_svg(crossing, {1200, 2})), "<rect") == 3);
}

TEST_CASE("write_svg: names and labels cannot become markup") {
  auto made = document({note(1, 0, 60)});
  made.score.title = "<script>alert(\"1\")</script> & \x01\xFF";
  made.score.sections = {{Tick(0), "</text>"}};
  made.score.parts[0].name = "A&B";
  const std::string svg = write_svg(made);
  CHECK(svg.find("<script>") == std::string::npos);
  CHECK(svg.find("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; \uFFFD\uFFFD") !=
        std::string::npos);
  CHECK(svg.find("&lt;/text&gt;") != std::string::npos);
  CHECK(svg.find("A&amp;B") != std::string::npos);
}

TEST_CASE("write_svg: a quarter-tone stands half a key's height lower") {
  auto detuned = document({note(1, 0, 60), note(2, 0, 60)});
  detuned.score.parts[0].notes[1].detune = Cents(-50);
  const std::string svg = notes_of(write_svg(detuned));
  const auto y_of = [&](std::size_t from) {
    const auto at = svg.find(" y=\"", svg.find("<rect", from)) + 4;
    return std::stod(svg.substr(at));
  };
  CHECK(y_of(svg.find("<rect") + 5) - y_of(0) == doctest::Approx(4));  // keys are 8 px high here
}

TEST_CASE("write_svg: velocities darken, drums have lanes with names, the same bytes each time") {
  auto made = document({note(1, 0, 36), note(2, 480, 38)});
  made.score.parts[0].instrument.is_drums = true;
  CHECK(notes_of(write_svg(made)).find("opacity") == std::string::npos);
  made.performance = make_plain_performance(made.score);
  made.performance->notes[0].velocity = Velocity::literal(127);
  const std::string svg = write_svg(made);
  CHECK(svg.find(">Kick</text>") != std::string::npos);
  CHECK(svg.find(">Snare</text>") != std::string::npos);
  CHECK(svg.find("opacity=\"1\"") != std::string::npos);
  CHECK(svg.find("opacity=\"0.7\"") != std::string::npos);
  CHECK(write_svg(made) == svg);
}

TEST_CASE("write_svg: an empty score and one that claims millions of bars have small pictures") {
  CHECK(write_svg({}).size() < 3'000);
  auto endless = document({note(1, 0, 60), note(2, std::int64_t{1} << 33, 60)});
  const std::string svg = write_svg(endless);
  CHECK(svg.size() < 3'000'000);
  CHECK(svg.find("more bars, 1 more notes") != std::string::npos);
}

// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>
#include <toccata/text/musicxml.hpp>

#include "musicxml_fixture.hpp"

using namespace toccata;
using namespace toccata::musicxml_fixture;

TEST_CASE("MusicXML: chords, voices and staves stand where backup and forward put them") {
  const Score score = read_ok(one_part(
      measure("<attributes><divisions>2</divisions><staves>2</staves></attributes>" +
              note("C4", 2, "<voice>1</voice><staff>1</staff>") +
              note("E4", 2, "<voice>1</voice><staff>1</staff>", "<chord/>") +
              note("D4", 2, "<voice>1</voice><staff>1</staff>") +
              "<backup><duration>4</duration></backup><forward><duration>1</duration></forward>" +
              note("C3", 3, "<voice>5</voice><staff>2</staff>"))));
  const auto& notes = score.parts[0].notes;
  CHECK(shown(notes) == "C4@0+480 E4@0+480 C3@240+720 D4@480+480");
  CHECK(notes[2].voice == 5);
  CHECK(notes[2].staff == 2);
  CHECK(notes[0].voice == 1);
  CHECK_FALSE(validate(score));
}

TEST_CASE("MusicXML: tuplets are exact, on the least grid that holds them") {
  const Score triplets =
      read_ok(one_part(measure(divisions(3) + note("C4", 1) + note("D4", 1) + note("E4", 1))));
  CHECK(triplets.ppq() == kComposedPpq);
  CHECK(shown(triplets.parts[0].notes) == "C4@0+160 D4@160+160 E4@320+160");
  const Score sevens = read_ok(one_part(measure(divisions(7) + note("C4", 4) + note("D4", 3))));
  CHECK(sevens.ppq().ticks() == 3360);
  CHECK(shown(sevens.parts[0].notes) == "C4@0+1920 D4@1920+1440");
}

TEST_CASE("MusicXML: divisions may change within a piece") {
  const Score score = read_ok(one_part(
      measure(divisions(1) + note("C4", 1) + divisions(4) + note("D4", 2) + note("E4", 2))));
  CHECK(shown(score.parts[0].notes) == "C4@0+480 D4@480+240 E4@720+240");
}

TEST_CASE("MusicXML: tied notes are one note that knows all it was made of") {
  const auto read = read_all(
      one_part(measure(divisions(1) + note("C4", 4, tie("start"), "", "a"), 1) +
               measure(note("C4", 4, tie("stop") + tie("start"), "", "b"), 2) +
               measure(note("C4", 1, tie("stop"), "", "c") + note("C4", 3, "", "", "d"), 3)));
  CHECK(shown(read.score.parts[0].notes) == "C4@0+4320 C4@4320+1440");
  REQUIRE(read.sources.size() == 4);
  CHECK(read.sources[0] == musicxml::SourceNote{NoteId(1), "a", 1, 0});
  CHECK(read.sources[2] == musicxml::SourceNote{NoteId(1), "c", 1, 2});
  CHECK(read.sources[3] == musicxml::SourceNote{NoteId(2), "d", 1, 3});
}

TEST_CASE("MusicXML: a tie goes on in another voice that stands before it in the file") {
  const Score score = read_ok(one_part(measure(
      divisions(1) + "<forward><duration>2</duration></forward>" +
      note("C4", 2, tie("stop") + "<voice>1</voice>") + "<backup><duration>4</duration></backup>" +
      note("C4", 2, tie("start") + "<voice>2</voice>"))));
  CHECK(shown(score.parts[0].notes) == "C4@0+1920");
}

TEST_CASE("MusicXML: a tie without a partner is no fault and no note") {
  const Score score = read_ok(
      one_part(measure(divisions(1) + note("C4", 2, tie("start")) + note("D4", 2, tie("stop")))));
  CHECK(shown(score.parts[0].notes) == "C4@0+960 D4@960+960");
}

TEST_CASE("MusicXML: grace notes take thirty-seconds before their note, at the start none") {
  const Score score =
      read_ok(one_part(measure(divisions(1) + note("C4", 2) + grace("D4") + grace("E4") +
                               grace("G4", "<chord/>") + note("F4", 2))));
  CHECK(shown(score.parts[0].notes) == "C4@0+960 D4@840+60 E4@900+60 G4@900+60 F4@960+960");
  CHECK(score.parts[0].notes[1].marks.has(Mark::Ornament));
  CHECK_FALSE(score.parts[0].notes[4].marks.has(Mark::Ornament));
  const Score first = read_ok(one_part(measure(divisions(1) + grace("D4") + note("F4", 4))));
  CHECK(shown(first.parts[0].notes) == "D4@0+60 F4@0+1920");
}

TEST_CASE("MusicXML: cue notes are silent, but in MuseScore's files they are small notes") {
  const std::string body = measure(divisions(1) + note("C4", 2, "", "<cue/>") + note("D4", 2));
  CHECK(shown(read_ok(one_part(body)).parts[0].notes) == "D4@960+960");
  const std::string by_musescore = document(
      "<identification><encoding><software>MuseScore 3.6</software></encoding>"
      "</identification>",
      "<part id=\"P1\">" + body + "</part>");
  CHECK(shown(read_ok(by_musescore).parts[0].notes) == "C4@0+960 D4@960+960");
  musicxml::ReadOptions silent;
  silent.cues = musicxml::Cues::Silent;
  CHECK(read_all(by_musescore, silent).score.parts[0].notes.size() == 1);
}

TEST_CASE("MusicXML: a transposing instrument sounds, and is spelled as it sounds") {
  const Score score = read_ok(one_part(
      measure("<attributes><divisions>1</divisions><key><fifths>2</fifths></key><transpose>"
              "<diatonic>-1</diatonic><chromatic>-2</chromatic></transpose></attributes>" +
              note("F4", 4, "", "", "", "1"))));
  CHECK(score.parts[0].notes[0].pitch.number() == 64);
  CHECK(to_string(*score.parts[0].notes[0].spelling) == "E4");
  CHECK(to_string(score.keys[0].key) == "C major");
  const Score octave = read_ok(one_part(
      measure("<attributes><divisions>1</divisions><transpose><diatonic>0</diatonic>"
              "<chromatic>0</chromatic><octave-change>-1</octave-change></transpose></attributes>" +
              note("E2", 4))));
  CHECK(octave.parts[0].notes[0].pitch.number() == 28);
  CHECK(to_string(*octave.parts[0].notes[0].spelling) == "E1");
}

TEST_CASE("MusicXML: half an alteration is fifty cents") {
  const Score score = read_ok(one_part(measure(divisions(1) + note("E4", 2, "", "", "", "-0.5") +
                                               note("F4", 2, "", "", "", "1.5"))));
  const auto& notes = score.parts[0].notes;
  CHECK(notes[0].pitch.number() == 64);
  CHECK(notes[0].detune == Cents(-50));
  CHECK(to_string(*notes[0].spelling) == "E4");
  CHECK(notes[1].pitch.number() == 66);
  CHECK(notes[1].detune == Cents(50));
}

TEST_CASE("MusicXML: drums sound the keys of their instruments") {
  const Score score = read_ok(
      "<score-partwise><part-list><score-part id=\"P1\"><part-name>Kit</part-name>"
      "<score-instrument id=\"I1\"/><score-instrument id=\"I2\"/>"
      "<midi-instrument id=\"I1\"><midi-unpitched>37</midi-unpitched></midi-instrument>"
      "<midi-instrument id=\"I2\"><midi-unpitched>39</midi-unpitched></midi-instrument>"
      "</score-part></part-list><part id=\"P1\">" +
      measure(divisions(1) + unpitched("I1") + unpitched("I2")) + "</part></score-partwise>");
  CHECK(score.parts[0].instrument.is_drums);
  CHECK(score.parts[0].role == Role::Drums);
  CHECK(score.parts[0].notes[0].pitch.number() == 36);
  CHECK(score.parts[0].notes[1].pitch.number() == 38);
}

TEST_CASE("MusicXML: names, programs, title, key and tempo") {
  const Score score = read_ok(
      "<score-partwise><work><work-title> Air </work-title></work><part-list>"
      "<score-part id=\"P1\"><part-name>Flute</part-name><midi-instrument id=\"I\">"
      "<midi-program>74</midi-program></midi-instrument></score-part></part-list><part id=\"P1\">" +
      measure("<attributes><divisions>1</divisions><key><fifths>-3</fifths><mode>minor</mode>"
              "</key></attributes><direction><direction-type><metronome>"
              "<beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>60</per-minute>"
              "</metronome></direction-type></direction>" +
              note("C4", 4)) +
      "</part></score-partwise>");
  CHECK(score.title == "Air");
  CHECK(score.parts[0].name == "Flute");
  CHECK(score.parts[0].instrument.program.number() == 73);
  CHECK(to_string(score.keys[0].key) == "C minor");
  CHECK(score.tempo.tempo_at(Tick(0)).bpm() == doctest::Approx(90));
}

TEST_CASE("MusicXML: a sounded tempo wins over the metronome mark beside it") {
  const Score score = read_ok(
      one_part(measure(divisions(1) +
                       "<direction><direction-type><metronome><beat-unit>quarter</beat-unit>"
                       "<per-minute>60</per-minute></metronome></direction-type><sound "
                       "tempo=\"66.5\"/></direction>" +
                       note("C4", 2) + "<sound tempo=\"120\"/>" + note("C4", 2))));
  CHECK(score.tempo.tempo_at(Tick(0)).bpm() == doctest::Approx(66.5));
  CHECK(score.tempo.tempo_at(Tick(960)).bpm() == doctest::Approx(120));
}

TEST_CASE("MusicXML: marks of notes") {
  const Score score = read_ok(one_part(measure(
      divisions(1) +
      note("C4", 1,
           "<notations><slur type=\"start\"/><fermata/><articulations><staccato/><strong-accent/>"
           "</articulations></notations>") +
      note("D4", 1, "<notations><ornaments><trill-mark/></ornaments><arpeggiate/></notations>") +
      note("E4", 2,
           "<notations><slur type=\"stop\"/><articulations><detached-legato/><breath-mark/>"
           "</articulations></notations>"))));
  const auto& notes = score.parts[0].notes;
  const auto bits = [](std::initializer_list<Mark> list) {
    Marks marks;
    for (Mark mark : list) marks.add(mark);
    return marks;
  };
  CHECK(notes[0].marks == bits({Mark::SlurBegin, Mark::Fermata, Mark::Staccato, Mark::Marcato}));
  CHECK(notes[1].marks == bits({Mark::Trill, Mark::Arpeggio}));
  CHECK(notes[2].marks == bits({Mark::SlurEnd, Mark::Staccato, Mark::Tenuto, Mark::Breath}));
}

TEST_CASE("MusicXML: chord symbols") {
  const Score score = read_ok(
      one_part(measure(divisions(1) +
                       "<harmony><root><root-step>B</root-step><root-alter>-1</root-alter></root>"
                       "<kind>dominant</kind><bass><bass-step>F</bass-step></bass></harmony>" +
                       note("C4", 2) +
                       "<harmony><root><root-step>D</root-step></root><kind>minor-seventh</kind>"
                       "<degree><degree-value>5</degree-value><degree-alter>-1</degree-alter>"
                       "<degree-type>alter</degree-type></degree></harmony>" +
                       note("C4", 2))));
  REQUIRE(score.chords.size() == 2);
  CHECK(score.chords[0].chord == *parse_chord("Bb7/F"));
  CHECK(score.chords[1].chord == *parse_chord("Dm7b5"));
  CHECK(score.chords[1].at == Tick(960));
}

TEST_CASE("MusicXML: score-timewise says the same as score-partwise") {
  const Score score = read_ok(
      "<score-timewise><part-list><score-part id=\"P1\"/><score-part id=\"P2\"/></part-list>"
      "<measure number=\"1\"><part id=\"P1\">" +
      divisions(1) + note("C4", 4) + "</part><part id=\"P2\">" + divisions(1) + note("E3", 4) +
      "</part></measure></score-timewise>");
  CHECK(shown(score.parts[0].notes) == "C4@0+1920");
  CHECK(shown(score.parts[1].notes) == "E3@0+1920");
}

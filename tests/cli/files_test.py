# SPDX-License-Identifier: MIT
"""convert, info, render, help and version."""
import json
import os
import struct
import unittest

import program
from program import Midi

VERBS = ("compose", "fill", "continue", "convert", "info", "render")


def track(*events):
    data = b"".join(events) + b"\x00\xff\x2f\x00"
    return b"MTrk" + struct.pack(">I", len(data)) + data


def file_of(kind, division, *tracks):
    return b"MThd" + struct.pack(">IHHH", 6, kind, len(tracks), division) + b"".join(tracks)


NOTE = b"\x00\x90\x3c\x40\x60\x80\x3c\x40"


class Convert(program.Case):
    def test_midi_keeps_all_events(self):
        odd = file_of(1, 96, track(b"\x00\xff\x7f\x03abc", b"\x05\xf0\x03\x01\x02\xf7"), track(NOTE, b"\x00\xa0\x3c\x11"))
        (self.folder / "in.mid").write_bytes(odd)
        self.run_ok("convert", "in.mid", "-o", "out.mid")
        before, after = (Midi((self.folder / name).read_bytes()) for name in ("in.mid", "out.mid"))
        self.assertEqual((before.format, before.division, before.tracks), (after.format, after.division, after.tracks))

    def test_formats(self):
        self.compose(name="in.mid")
        self.run_ok("convert", "in.mid", "-o", "a.json", "-o", "b.svg")
        self.assertEqual(json.loads((self.folder / "a.json").read_text())["format"], "toccata.score/1")
        self.assertIn(b"<svg", (self.folder / "b.svg").read_bytes())
        self.run_ok("convert", "a.json", "-o", "c.mid")
        before, after = (Midi((self.folder / name).read_bytes()) for name in ("in.mid", "c.mid"))
        self.assertEqual(sorted(before.all_notes()), sorted(after.all_notes()))

    def test_json_layouts(self):
        self.compose(name="in.mid")
        for layout, member in (("toccata", "format"), ("note-sequence", "ticksPerQuarter"), ("tone", "header")):
            self.run_ok("convert", "in.mid", "-o", "a.json", "--json-layout", layout)
            self.assertIn(member, json.loads((self.folder / "a.json").read_text()))
            self.run_ok("convert", "a.json", "-o", "b.mid")
            before, after = (Midi((self.folder / name).read_bytes()) for name in ("in.mid", "b.mid"))
            self.assertEqual(sorted(n[3:] for n in before.all_notes()), sorted(n[3:] for n in after.all_notes()))
        self.refused(2, "convert", "in.mid", "-o", "c.json", "--json-layout", "odd", says="--json-layout")

    def test_stdin_to_stdout(self):
        data = file_of(0, 480, track(NOTE))
        done = self.run_ok("convert", "-", "-o", "-", input=data)
        self.assertEqual(Midi(done.stdout).all_notes(), Midi(data).all_notes())

    def test_lenient(self):
        damaged = file_of(0, 480, track(NOTE))[:-4]
        (self.folder / "in.mid").write_bytes(damaged)
        self.refused(1, "convert", "in.mid", "-o", "out.mid", says="track 1")
        told = self.text("convert", "in.mid", "--lenient", "-o", "out.mid")
        self.assertIn("repaired: ", told)
        self.assertEqual(len(Midi((self.folder / "out.mid").read_bytes()).all_notes()), 1)


MUSICXML = b"""<score-partwise><part-list><score-part id="P1"><part-name>Viola</part-name></score-part></part-list>
<part id="P1"><measure number="1"><attributes><divisions>1</divisions></attributes>
<note><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration></note>
<barline><repeat direction="backward"/></barline></measure></part></score-partwise>"""


class Names(program.Case):
    """Track names with spaces around them, and such as are Latin-1."""

    def setUp(self):
        super().setUp()
        self.tracks = ["M\u00e9lodie".encode("latin-1"), b"  Lead "]
        (self.folder / "in.mid").write_bytes(file_of(1, 96, *(
            track(b"\x00\xff\x03" + bytes([len(name)]) + name, NOTE * 8) for name in self.tracks)))

    def test_parts_are_found(self):
        for name, other in (("Lead", 0), ("  LEAD", 0), ("M\u00e9lodie", 1), (os.fsdecode(b"M\xe9lodie"), 1)):
            self.run_ok("fill", "in.mid", "--bars", 2, "--parts", name, "--seed", 1, "-o", "out.mid")
            before, after = ((self.folder / n).read_bytes() for n in ("in.mid", "out.mid"))
            self.assertEqual(Midi(before).tracks[other], Midi(after).tracks[other], name)
            self.assertNotEqual(before, after)
            for track_name in self.tracks:
                self.assertIn(track_name, after)
        self.assertIn("M\u00e9lodie", self.refused(2, "fill", "in.mid", "--bars", 2, "--parts", "x", "-o", "x.mid"))

    def test_text_is_shown_as_it_was_meant(self):
        self.run_ok("convert", "in.mid", "-o", "out.json", "-o", "out.svg", "-o", "out.mid")
        for name in ("out.json", "out.svg"):
            self.assertIn("M\u00e9lodie", (self.folder / name).read_text("utf-8"))
        self.assertEqual((self.folder / "in.mid").read_bytes(), (self.folder / "out.mid").read_bytes())
        self.assertIn("M\u00e9lodie", self.text("info", "--json", "in.mid"))


class MusicXml(program.Case):
    def test_is_read_by_what_it_holds(self):
        (self.folder / "in.odd").write_bytes(MUSICXML)
        told = json.loads(self.text("info", "in.odd", "--json"))
        self.assertEqual((told["format"], told["bars"], told["notes"]), ("musicxml", 2, 2))
        self.assertEqual(told["parts"][0]["name"], "Viola")
        self.run_ok("convert", "in.odd", "-o", "a.mid", "-o", "a.json", "-o", "a.svg")
        self.assertEqual(len(Midi((self.folder / "a.mid").read_bytes()).all_notes()), 2)
        self.run_ok("continue", "in.odd", "--bars", 2, "--seed", 1, "-o", "b.mid")

    def test_faults_are_named_or_repaired(self):
        (self.folder / "in.xml").write_bytes(MUSICXML.replace(b"<duration>4", b"<duration>-4"))
        self.refused(1, "convert", "in.xml", "-o", "out.mid", says=["part P1, measure 1, line 3", "\"-4\""])
        (self.folder / "in.mxl").write_bytes(b"PK\3\4")
        self.refused(1, "info", "in.mxl", says="archive")
        (self.folder / "cut.xml").write_bytes(MUSICXML[:-20])
        self.assertIn("repaired: ", self.text("convert", "cut.xml", "--lenient", "-o", "cut.mid"))


class Info(program.Case):
    def test_many_files(self):
        self.compose("--genre", "jazz", "--tempo", 90, "--key", "D minor", name="a.mid")
        self.compose("--genre", "rock", name="b.mid")
        lines = self.text("info", "a.mid", "b.mid", "--json").splitlines()
        first, second = map(json.loads, lines)
        self.assertEqual((first["name"], second["name"]), ("a.mid", "b.mid"))
        self.assertEqual((first["bars"], first["key"], first["meter"]), (8, "D minor", "4/4"))
        self.assertAlmostEqual(first["tempo"], 90, delta=0.1)
        self.assertEqual(first["provenance"][0]["seed"], 1)
        self.assertIn("Melody", [part["name"] for part in first["parts"]])

    def test_one_of_many_is_damaged(self):
        self.compose(name="a.mid")
        (self.folder / "bad.mid").write_bytes(b"MThd")
        done = self.call("info", "bad.mid", "a.mid", "--json")
        bad, good = map(json.loads, done.stdout.splitlines())
        self.assertEqual((done.returncode, done.stderr.count(b"\n")), (1, 1))
        self.assertIn("error", bad)
        self.assertEqual(good["bars"], 8)

    def test_a_file_that_goes_on_for_ages(self):
        """Ticks beyond any count of bars: an answer or a refusal, at once."""
        ages = b"\xff\xff\xff\x7f\xff\x01\x00" * 4000  # 10^12 ticks
        meter = b"\x00\xff\x58\x04\x01\x07\x18\x08"  # 1/128
        (self.folder / "in.mid").write_bytes(file_of(0, 1, track(meter, NOTE, ages, NOTE)))
        told = json.loads(self.text("info", "in.mid", "--json"))
        self.assertGreaterEqual(told["bars"], 1 << 30)
        self.run_ok("convert", "in.mid", "-o", "a.mid", "-o", "a.json", "-o", "a.svg")
        self.refused(1, "continue", "in.mid", "--bars", 4, "-o", "b.mid", says="bars")
        self.refused(1, "fill", "in.mid", "--parts", "Channel 1", "--bars", "1-2", "-o", "b.mid", says="bars")

    def test_text(self):
        self.compose(name="a.mid")
        text = self.text("info", "a.mid")
        self.assertRegex(text, r"seconds +\d+(\.\d\d?)?\n")
        self.assertRegex(text, r"tempo +\d+(\.\d\d?)?\n")
        for word in ("a.mid", "tempo", "Melody", "seed 1"):
            self.assertIn(word, text)


    def test_names_do_not_drive_the_terminal(self):
        name = b"A\x1b[31mB\xc2\x9bC"
        (self.folder / "in.mid").write_bytes(
            file_of(1, 96, track(b"\x00\xff\x03" + bytes([len(name)]) + name, NOTE)))
        text = self.text("info", "in.mid")
        self.assertIn("A\\u001b[31mB", text)
        self.assertFalse({"\x1b", "\x9b"} & set(text))
        told = json.loads(self.text("info", "in.mid", "--json"))
        self.assertEqual(told["parts"][0]["name"], name.decode())

    def test_names_of_files_are_told_in_utf8(self):
        name = "caf\udce9.mid"  # as Latin-1 has it
        self.assertIn("-> caf\\xe9.mid\n", self.text("compose", "--bars", "4", "--seed", "1", "-o", name))
        self.assertTrue(self.text("info", name).startswith("caf\\xe9.mid\n"))

    def test_deep_json_is_json(self):
        (self.folder / "deep.json").write_text("[" * 500)
        self.refused(1, "info", "deep.json", says=("byte 65", "nested"))


class Help(program.Case):
    def test_version(self):
        self.assertRegex(self.text("--version"), r"^\d+\.\d+\.\d+\n$")

    def test_verbs(self):
        text = self.text("--help")
        for verb in VERBS:
            self.assertIn(verb, text)
            shown = self.text(verb, "--help")
            self.assertIn("Example: toccata " + verb, shown)
            self.assertLessEqual(max(len(line) for line in shown.splitlines()), 100)
            self.assertEqual(shown, self.text(verb, "-h"))
            self.assertEqual(shown, self.text("help", verb))
            self.assertEqual(shown, self.text(verb, "--help", "--no-such-option"))

    def test_every_option_has_its_range_or_default(self):
        for verb in VERBS:
            for line in self.text(verb, "--help").splitlines():
                if line.startswith("  --"):
                    self.assertGreater(len(line.split()), 3, line)


class Sound(program.Case):
    """Where the sound module and a sound font are there."""

    def test_wav(self):
        self.compose("--bars", 2, name="in.mid")
        done = self.call("render", "in.mid", "-o", "a.wav")
        if done.returncode == 1:
            self.assertEqual(done.stderr.count(b"\n"), 1)
            raise unittest.SkipTest(done.stderr.decode())
        (self.folder / "no.mid").write_bytes(file_of(0, 96, track()))
        self.refused(1, "render", "no.mid", "-o", "no.wav", says="no.mid: the music holds no note")
        self.run_ok("compose", "--bars", 2, "--seed", 1, "-o", "b.wav", "-o", "b.mid", "--rate", 48000, "--bits", "24")
        for name, rate, bits in (("a.wav", 44100, 16), ("b.wav", 48000, 24)):
            data = (self.folder / name).read_bytes()
            self.assertEqual((data[:4], data[8:12]), (b"RIFF", b"WAVE"))
            at = data.index(b"fmt ") + 8
            channels, found_rate = struct.unpack("<HI", data[at + 2:at + 8])
            self.assertEqual((channels, found_rate, struct.unpack("<H", data[at + 14:at + 16])[0]), (2, rate, bits))


if __name__ == "__main__":
    program.main()

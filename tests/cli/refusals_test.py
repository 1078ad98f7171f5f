# SPDX-License-Identifier: MIT
"""Wrong calls and what cannot be done: each is refused by name, and nothing is left behind."""
import os
import resource
import struct
import unittest

import program

WRONG, FAILED = 2, 1


def midi_file(division, track):
    """Format 0, with one track."""
    return (b"MThd" + struct.pack(">IHHH", 6, 0, 1, division) + b"MTrk" + struct.pack(">I", len(track)) + track)


class WrongCalls(program.Case):
    def compose_refused(self, *words, says=()):
        return self.refused(WRONG, "compose", *words, "-o", "x.mid", says=says)

    def test_no_verb(self):
        self.refused(WRONG, says="compose")
        self.refused(WRONG, "", says="compose")
        self.refused(WRONG, "conpose", says=("conpose", "compose"))

    def test_help_of_unknown_verb(self):
        self.refused(WRONG, "help", "conpose", says=("conpose", "compose"))
        self.refused(WRONG, "help", "compose", "fill", says="fill")

    def test_empty_sentence(self):
        self.compose_refused("", says="sentence")
        self.compose_refused("  \t\n", says="sentence")

    def test_no_output(self):
        self.refused(WRONG, "compose", "a waltz", says="-o")

    def test_unknown_option(self):
        self.compose_refused("--temppo", "100", says="--temppo")

    def test_option_without_value(self):
        self.refused(WRONG, "compose", "-o", "x.mid", "--tempo", says="--tempo")
        self.refused(WRONG, "compose", "--tempo", "100", "-o", says="--output FILE: the value is missing")

    def test_twice(self):
        self.compose_refused("--tempo", "100", "--tempo", "120", says=("--tempo", "100", "120"))
        self.compose_refused("--key", "C major", "--key", "D minor", says="--key")

    def test_tempo(self):
        for tempo in ("0", "-5", "nan", "inf", "-inf", "1e9", "1000000000", "fast", "", "19", "401"):
            self.compose_refused("--tempo", tempo, says=("--tempo", "20", "400"))

    def test_bars(self):
        for bars in ("0", "-1", "1000000000", "10001", "99999999999999999999", "1.5", "many", ""):
            self.compose_refused("--bars", bars, says=("--bars", "10000"))

    def test_numbers_out_of_range(self):
        for option, value, allowed in (("--valence", "7", "-1"), ("--arousal", "-2", "-1"),
                                       ("--density", "1.5", "1"), ("--seconds", "0", "36000"),
                                       ("--count", "0", "1"), ("--count", "-3", "1"),
                                       ("--seed", "-1", "18446744073709551615"),
                                       ("--seed", "x", "18446744073709551615")):
            self.compose_refused(option, value, says=(option, allowed))

    def test_names(self):
        for option, value, allowed in (("--genre", "polkacore", "jazz"), ("--engine", "magic", "rules"),
                                       ("--performance", "robot", "curve"), ("--parts", "tuba", "melody"),
                                       ("--mood", "purple", "joyful"), ("--dynamics", "loud", "ff"),
                                       ("--note-lengths", "odd", "short"), ("--instruments", "glork", "piano"),
                                       ("--parts", "melody,,bass", "--parts"), ("--genre", "", "jazz"),
                                       ("--genre", "jazz:0", "weight"), ("--genre", "jazz:nan+rock", "weight")):
            self.compose_refused(option, value, says=(option, allowed))

    def test_music(self):
        for option, value in (("--key", "H minor"), ("--key", "D purple"), ("--key", ""), ("--meter", "4/5"),
                              ("--meter", "0/4"), ("--meter", "x"), ("--form", "A B 7"), ("--form", ""), ("--rhythm", "samba"), ("--rhythm", ""),
                              ("--chords", "Dm7 | Xq"), ("--chords", "")):
            self.compose_refused(option, value, says=option)

    def test_chord_is_named(self):
        self.compose_refused("--chords", "C | Hm7", says="Hm7")

    def test_contradictions(self):
        self.compose_refused("--melody-only", "--parts", "bass", says="--melody-only")
        self.compose_refused("--form", "A B C D", "--bars", "2", says=("A B C D", "4 bars"))
        for words, says in ((("--parts", "drums", "--no-drums"), "drums"),
                            (("--parts", "melody,drums", "--no-drums"), "drums"),
                            (("--no-drums", "--instruments", "drums,piano"), "drums"),
                            (("--melody-only", "--instruments", "drums"), ("drums", "melody")),
                            (("--parts", "melody", "--instruments", "flute,violin"), "violin"),
                            (("--bars", "8", "--chords", "C|F|G|C|Am|F|G|C|Dm"), ("9 bars", "8 bars")),
                            (("--seconds", "90", "--bars", "16", "--tempo", "90"), ("42.7", "90")),
                            (("--rhythm", "dawr hindi", "--meter", "4/4"), ("7/8", "4/4")),
                            (("--seconds", "10", "--tempo", "60", "--chords", "C|F|G|Am"), "4 bars")):
            self.compose_refused(*words, says=says)

    def test_extension(self):
        for path in ("x", "x.xyz", "x.mid.", ".mid"):
            self.refused(WRONG, "compose", "-o", path, says=(".mid", path))
        self.refused(WRONG, "compose", "-o", "x.musicxml", says="MusicXML")
        self.refused(WRONG, "compose", "-o", "", says="-o")
        self.refused(WRONG, "compose", "-o", "-", "--to", "doc", says="--to")
        self.refused(WRONG, "compose", "-o", "x.mid", "--to", "json", says="--to")

    def test_one_bad_output_of_two(self):
        (self.folder / "old.mid").write_bytes(b"old")
        self.refused(WRONG, "compose", "-o", "old.mid", "-o", "x.xyz")
        self.refused(FAILED, "compose", "-o", "old.mid", "-o", "missing/x.mid")
        self.refused(WRONG, "compose", "-o", "x.mid", "-o", "x.mid", says="twice")

    def test_count_and_folder(self):
        self.refused(WRONG, "compose", "--count", "2", "-o", "-", says="--count")
        self.refused(WRONG, "compose", "--genre", "all", "-o", "x.mid", says="--out-dir")
        self.refused(WRONG, "compose", "--out-dir", ".", "--genre", "jazz", says="--genre all")
        self.refused(FAILED, "compose", "--genre", "all", "--out-dir", "missing/deeper", says="missing")

    def test_walk_options(self):
        self.compose_refused("--walk-notes", "4", says="--engine walk")
        for option, value in (("--walk-notes", "0"), ("--walk-steps", "1,x"), ("--walk-steps", "99"),
                              ("--walk-steps", "0.5"), ("--walk-chords", "I,Q"), ("--walk-range", "70"),
                              ("--walk-range", "70-60"), ("--walk-range", "0-128"), ("--walk-ending", "loud")):
            self.compose_refused("--engine", "walk", option, value, says=option)
        self.compose_refused("--engine", "walk", "--walk-probabilities", ".5,nan", says="from 0 to 1")
        self.compose_refused("--engine", "walk", "--walk-steps", "1,nan", says="from -24 to 24")
        for value in ("0.5,0.5", "0.2,0.3,0.1,0.3,0.9"):
            self.compose_refused("--engine", "walk", "--walk-probabilities", value, says="walk probabilities")

    def test_walk_has_no_means_for(self):
        for words, says in ((("--parts", "drums"), "drums"), (("--form", "AABA"), "form"), (("--density", "0.8"), "density"),
                            (("--note-lengths", "short"), "note lengths"), (("--key", "D bayati"), "maqam"),
                            (("--walk-notes", "40", "--bars", "8"), ("40", "10 bars", "8")),
                            (("--melody-only", "--walk-notes", "9", "--bars", "8"), "bar 3 of 8"),
                            (("--walk-chords", "I", "--chords", "C"), "walk chords"),
                            (("--parts", "bass", "--walk-steps", "1,2,3,4,5"), "walk steps"),
                            (("--instruments", "flute,violin,oboe"), "instrument")):
            self.compose_refused("--engine", "walk", *words, says=says)

    def test_sound_options(self):
        for option, value in (("--rate", "8000"), ("--bits", "12"), ("--loudness", "3"), ("--true-peak", "9"),
                              ("--tail", "-1")):
            self.refused(WRONG, "compose", "-o", "x.wav", option, value, says=option)

    def test_rates_are_listed(self):
        for rate in ("22050", "48001", "x"):
            self.refused(WRONG, "compose", "-o", "x.wav", "--rate", rate, says="44100, 48000, 88200 and 96000")

    def test_sound_options_need_sound(self):
        for option, value in (("--rate", "48000"), ("--bits", "24"), ("--loudness", "-16"), ("--true-peak", "-2"),
                              ("--tail", "1"), ("--rig", "genre"), ("--block", "512"), ("--timeout", "9")):
            self.compose_refused(option, value, says=(option, ".wav, .flac, .ogg and .mp3"))
            self.refused(WRONG, "compose", "-o", "x.json", "-o", "x.mid", option, value, says=option)

    def test_long_bars_are_named(self):
        self.compose_refused("--meter", "255/1", "--bars", "10000", says=("10200000 quarters", "120000"))

    def test_too_many_seconds_are_named(self):
        self.compose_refused("--seconds", "36000", "--tempo", "300", says=("36000 seconds", "10000"))

    def test_long_sentence(self):
        done = self.call("compose", "a waltz " * 12500, "--bars", "4", "-o", "x.mid")
        self.assertLess(done.seconds, 2)
        self.assertIn(done.returncode, (0, 2))
        long_name = "x" * 100000
        self.compose_refused("--genre", long_name)

    def test_sentence_contradicts_itself(self):
        self.compose_refused("a waltz at 100 bpm at 140 bpm")
        self.compose_refused("in D minor, in F major")
        self.compose_refused("a waltz of a billion bars")
        self.compose_refused("a waltz of 1000000000 bars")
        self.compose_refused("a tune at tempo 0 bpm")


class Outputs(program.Case):
    def test_folder(self):
        (self.folder / "there.mid").mkdir()
        self.refused(FAILED, "compose", "-o", "there.mid", says="folder")

    def test_missing_folder(self):
        self.refused(FAILED, "compose", "-o", "no/where/x.mid", says="no/where")

    def test_file_in_place_of_a_folder(self):
        (self.folder / "a.mid").write_bytes(b"a")
        self.refused(FAILED, "compose", "-o", "a.mid/x.mid", says='"a.mid" is a file')
        self.refused(FAILED, "compose", "--genre", "all", "--out-dir", "a.mid", says=("--out-dir", "is a file"))
        self.refused(WRONG, "compose", "--genre", "all", "--out-dir", "", says="--out-dir")

    def test_a_new_folder_goes_with_what_failed(self):
        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        new = ("compose", "--genre", "all", "--bars", "4", "--out-dir", "new")
        self.refused(WRONG, *new, "--no-drums", "--rhythm", "maqsum", says="maqsum")
        self.refused(FAILED, *new, preexec_fn=limited)
        self.run_ok(*new)
        self.assertGreater(len(self.files()), 10)

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_unwritable_place_of_a_folder(self):
        (self.folder / "locked").mkdir(mode=0o500)
        for folder in ("locked", "locked/new"):
            self.refused(FAILED, "compose", "--genre", "all", "--out-dir", folder, says="may not be written in")

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_unwritable_folder(self):
        (self.folder / "locked").mkdir(mode=0o500)
        self.refused(FAILED, "compose", "-o", "locked/x.mid", says="locked")

    def test_place_that_takes_no_files(self):
        self.refused(FAILED, "compose", "-o", "/proc/x.mid", says="/proc/x.mid")

    def test_full_disk(self):
        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        (self.folder / "old.mid").write_bytes(b"old")
        self.refused(FAILED, "compose", "--bars", "8", "-o", "old.mid", preexec_fn=limited)
        self.refused(FAILED, "compose", "--bars", "8", "-o", "a.svg", "-o", "b.mid", preexec_fn=limited)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_stdout_full(self):
        with open("/dev/full", "wb") as full:
            done = program.subprocess.run([program.PROGRAM, "compose", "-o", "-"], stdout=full,
                                          stderr=program.subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, FAILED)
        self.assertEqual(done.stderr.count(b"\n"), 1)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_what_cannot_be_told_leaves_files_as_they_were(self):
        (self.folder / "keep.mid").write_bytes(b"as it was")
        (self.folder / "link.mid").symlink_to("keep.mid")
        before = self.files()
        for words in (("-o", "keep.mid"), ("-o", "link.mid"), ("-o", "keep.mid", "-o", "b.json"), ("-o", "b.mid"),
                      ("--genre", "all", "--out-dir", "new")):
            with open("/dev/full", "wb") as full:
                done = program.subprocess.run([program.PROGRAM, "compose", "--bars", "4", *words], stdout=full,
                                              cwd=self.folder, stderr=program.subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, FAILED)
            self.assertEqual(done.stderr.count(b"\n"), 1)
            self.assertEqual(self.files(), before, words)


class Inputs(program.Case):
    def setUp(self):
        super().setUp()
        self.run_ok("compose", "--genre", "rock", "--bars", "8", "--seed", "1", "-o", "in.mid")

    def test_missing(self):
        for verb in (("convert",), ("fill", "--bars", "1-2"), ("continue", "--bars", "2"), ("render",)):
            out = "x.wav" if verb[0] == "render" else "x.mid"
            self.refused(FAILED, *verb, "none.mid", "-o", out, says="none.mid")
        self.refused(FAILED, "info", "none.mid", says="none.mid")

    def test_not_named(self):
        for verb in ("convert", "fill", "continue", "render", "info"):
            self.refused(WRONG, verb, says=verb)
        self.refused(WRONG, "convert", "in.mid", "in.mid", "-o", "x.mid")

    def test_damaged(self):
        data = (self.folder / "in.mid").read_bytes()
        for name, content in (("cut.mid", data[:100]), ("empty.mid", b""), ("text.mid", b"hello there"),
                              ("broken.json", b"{\"format\": "), ("head.mid", b"MThd"), ("zero.mid", bytes(100))):
            (self.folder / name).write_bytes(content)
            self.refused(FAILED, "convert", name, "-o", "x.mid", says=name)
            self.refused(FAILED, "info", name, says=name)

    def test_folder(self):
        (self.folder / "dir.mid").mkdir()
        self.refused(FAILED, "convert", "dir.mid", "-o", "x.mid", says="dir.mid")

    def test_input_is_never_changed(self):
        self.refused(WRONG, "convert", "in.mid", "-o", "in.mid", says="input")
        self.refused(WRONG, "fill", "in.mid", "--bars", "1-2", "-o", "./in.mid", says="input")

    def test_region(self):
        self.refused(WRONG, "fill", "in.mid", "-o", "x.mid", says="--bars")
        for bars in ("0-2", "5-4", "7-9", "9", "1000000000", "x", "1-", "-3", "1-2-3", ""):
            self.refused(WRONG, "fill", "in.mid", "--bars", bars, "-o", "x.mid", says="--bars")
        self.refused(WRONG, "fill", "in.mid", "--bars", "7-9", "-o", "x.mid", says="8 bars")

    def test_no_bars(self):
        track = b"\x00\xff\x03\x01x\x00\xff\x2f\x00"
        (self.folder / "silent.mid").write_bytes(midi_file(480, track))
        line = self.refused(FAILED, "fill", "silent.mid", "--bars", "1-2", "-o", "x.mid", says="no bars to fill")
        self.assertNotIn("1 to 0", line)

    def test_too_many_bars(self):
        track = (b"\x00\xff\x58\x04\x01\x07\x18\x08\x00\x90\x3c\x50"
                 b"\xff\xff\xff\x7f\x80\x3c\x40\x00\xff\x2f\x00")
        (self.folder / "vast.mid").write_bytes(midi_file(1, track))
        for verb in (("fill", "--bars", "1-2"), ("perform",)):
            self.refused(FAILED, verb[0], "vast.mid", *verb[1:], "-o", "x.mid",
                         says="the score has 268435455 bars, allowed are up to 100000")

    def test_part(self):
        self.refused(WRONG, "fill", "in.mid", "--bars", "1", "--parts", "Tuba", "-o", "x.mid",
                     says=("Tuba", "Bass"))

    def test_continue(self):
        for bars in ("0", "-2", "1000000000", "x"):
            self.refused(WRONG, "continue", "in.mid", "--bars", bars, "-o", "x.mid", says="--bars")
        self.refused(WRONG, "continue", "in.mid", "-o", "x.mid", says="--bars")

    def test_render_is_for_sound(self):
        self.refused(WRONG, "render", "in.mid", "-o", "x.mid", says=".wav")

    def test_brief(self):
        (self.folder / "b.json").write_text('{"format": "toccata.brief/1", "tempo": 0}')
        self.refused(FAILED, "compose", "--brief", "b.json", "-o", "x.mid", says="tempo")
        self.refused(FAILED, "compose", "--brief", "none.json", "-o", "x.mid", says="none.json")

    def test_bytes_that_are_no_utf8_are_escaped(self):
        (self.folder / "b.json").write_bytes(b'{"a":\xf2:}')
        self.refused(FAILED, "compose", "--brief", "b.json", "-o", "x.mid", says=("byte 6", "\\xf2"))
        name = "caf\udce9\u2028.mid"  # as Latin-1 has it, and what ends a line
        self.refused(FAILED, "info", name, says="caf\\xe9\\u2028.mid")
        self.refused(WRONG, "compose", "--genre", "jazz\udcff", "-o", "x.mid", says="jazz\\xff")

    def test_brief_faults_are_in_words(self):
        (self.folder / "b.json").write_text('{"format": "toccata.brief/1", "tempo": 1e999}')
        line = self.refused(FAILED, "compose", "--brief", "b.json", "-o", "x.mid", says="1e999")
        self.assertNotIn("exception", line)
        for members in ('"drums": true, "without_parts": ["drums"]', '"without_parts": ["drums"], "drums": true'):
            (self.folder / "b.json").write_text('{"format": "toccata.brief/1", %s}' % members)
            self.refused(FAILED, "compose", "--brief", "b.json", "-o", "x.mid", says="without_parts")

    def test_missing_sound_font(self):
        self.refused(FAILED, "render", "in.mid", "-o", "x.wav", "--sound-font", "none.sf2")


if __name__ == "__main__":
    program.main()

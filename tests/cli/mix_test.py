#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rigs, stems and reports, as scripts use them."""
import array
import json
import pathlib
import random
import shutil
import signal
import subprocess
import time
import unittest

import program

WRONG, FAILED = 2, 1
ROOT = pathlib.Path(__file__).resolve().parents[2]


def floats(path):
    data = path.read_bytes()
    at = data.index(b"data")
    return array.array("f", data[at + 8:at + 8 + int.from_bytes(data[at + 4:at + 8], "little")])


class Mix(program.Case):
    def setUp(self):
        super().setUp()
        self.compose("--genre", "jazz", "--bars", 4, name="in.mid")

    def render(self, *words):
        done = self.call("render", "in.mid", *words)
        if done.returncode == 1 and (b"sound setup" in done.stderr or b"setup sound" in done.stderr):
            raise unittest.SkipTest(done.stderr.decode())
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def report(self, name="r.json"):
        return json.loads((self.folder / name).read_text())

    def test_stems_add_up_and_change_nothing(self):
        self.render("-o", "a.wav", "--rig", "genre")
        self.render("-o", "b.wav", "--rig", "genre", "--stems", "s", "--report", "r.json")
        self.assertEqual((self.folder / "a.wav").read_bytes(), (self.folder / "b.wav").read_bytes())
        stems = self.folder / "s"
        names = sorted(p.name for p in stems.iterdir())
        self.assertEqual(names, ["Bass.wav", "Chords.wav", "Drums.wav", "Melody.wav", "mix.wav"])
        parts = [floats(stems / f"{name}.wav") for name in ("Melody", "Chords", "Bass", "Drums")]
        mix = floats(stems / "mix.wav")
        self.assertGreater(max(mix), 0.05)
        for samples in zip(mix, *parts):
            self.assertLessEqual(abs(samples[0] - sum(samples[1:])), 1e-6)

    def test_a_genres_rig_balances_its_parts(self):
        told = self.render("-o", "a.wav", "--rig", "genre", "--report", "r.json", "--report", "r.png",
                           "--report", "r.svg")
        rig = json.loads((ROOT / "data/rigs/jazz.json").read_text())
        report = self.report()
        self.assertIn("a.wav", told)
        for part in report["parts"]:
            wanted = -20 + rig["parts"][part["name"]]["level_lu"]
            self.assertAlmostEqual(part["loudness_lufs"], wanted, delta=0.01)
        self.assertAlmostEqual(report["loudness_lufs"], -14, delta=0.1 + report["target_missed_by_lu"])
        self.assertLessEqual(report["true_peak_dbtp"], -1)
        self.assertEqual(len(report["spectrum"]), 31)
        self.assertGreaterEqual(report["loudness_range_lu"], 0)
        self.assertEqual((self.folder / "r.png").read_bytes()[:4], b"\x89PNG")
        self.assertTrue((self.folder / "r.svg").read_text().endswith("</svg>\n"))

    def test_a_rig_of_ones_own(self):
        rig = {"format": "toccata.rig/1", "loudness_lufs": -20,
               "parts": {"melody": {"level_lu": 0}, "*": {"level_lu": -30}}}
        (self.folder / "my.json").write_text(json.dumps(rig))
        self.render("-o", "a.flac", "--rig", "my.json", "--report", "r.json", "--bits", "24", "--tail", 1)
        self.assertAlmostEqual(self.report()["loudness_lufs"], -20, delta=0.1)
        by_name = {part["name"]: part["loudness_lufs"] for part in self.report()["parts"]}
        self.assertAlmostEqual(by_name["Melody"] - by_name["Bass"], 30, delta=0.01)
        self.render("-o", "a.ogg", "--rig", "my.json", "--loudness", "-16", "--report", "r.json")
        self.assertAlmostEqual(self.report()["loudness_lufs"], -16, delta=0.1)

    def test_a_loudness_that_the_peak_does_not_allow_is_told(self):
        told = self.render("-o", "a.wav", "--loudness", "0", "--report", "r.json")
        missed = self.report()["target_missed_by_lu"]
        self.assertGreater(missed, 1)
        self.assertIn(f"{missed:.1f} LU less than asked for", told)
        self.assertNotIn("less than asked for", self.render("-o", "b.wav", "--loudness", "-30"))
        done = self.call("compose", "--genre", "jazz", "--bars", "4", "--loudness", "0", "--json",
                         "-o", "c.wav", "-o", "d.flac")
        notes = json.loads(done.stdout)["notes"]
        self.assertEqual([note.split(":")[0] for note in notes], ["c.wav", "d.flac"])

    def test_every_genre_names_a_rig_of_shipped_presets(self):
        presets = {row["name"].lower() for row in json.loads((ROOT / "presets/presets.json").read_text())}
        for path in (ROOT / "data/genres").glob("*.json"):
            rig = json.loads((ROOT / "data/rigs" / (json.loads(path.read_text())["rig"] + ".json")).read_text())
            for part in rig["parts"].values():
                if "instrument" in part:
                    self.assertIn(part["instrument"]["preset"], presets, path.name)

    def test_stems_change_nothing_of_the_users_unless_all_is_well(self):
        self.render("-o", "a.wav", "--stems", "s")
        stems = self.folder / "s"
        for name in ("Melody", "mix"):
            (stems / f"{name}.wav").write_text("mine")
        (self.folder / "r.json").write_text("mine")
        (stems / "Bass.wav").unlink()
        (stems / "Bass.wav").mkdir()
        (stems / "Bass.wav" / "in the way").write_text("mine")
        before = self.files()
        done = self.call("render", "in.mid", "-o", "a.wav", "--stems", "s", "--report", "r.json",
                         "--loudness", "-20")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(b"Bass.wav", done.stderr)
        self.assertEqual(self.files(), before)
        (self.folder / "full.json").symlink_to("/dev/full")
        before = self.files()
        done = self.call("compose", "--bars", 2, "-o", "new.wav", "-o", "full.json", "--stems", "new")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(self.files(), before)

    def test_killed_at_any_moment_it_leaves_nothing(self):
        words = ("render", "in.mid", "-o", "a.wav", "--stems", "s", "--report", "r.png")
        begun = time.monotonic()
        self.render(*words[2:])
        whole = time.monotonic() - begun
        shutil.rmtree(self.folder / "s")
        for name in ("a.wav", "r.png"):
            (self.folder / name).unlink()
        before = self.files()
        draw = random.Random(7)
        for number in 2 * (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            running = subprocess.Popen([program.PROGRAM, *words], cwd=self.folder, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            try:
                running.wait(draw.uniform(0, 0.9 * whole))
            except subprocess.TimeoutExpired:
                running.send_signal(number)
            if running.wait() == -number:
                self.assertEqual(self.files(), before)
            else:  # it was quicker
                shutil.rmtree(self.folder / "s")
                for name in ("a.wav", "r.png"):
                    (self.folder / name).unlink()

    def test_a_stem_is_no_other_output_too(self):
        (self.folder / "s").mkdir()
        for name in ("mix", "Melody"):
            self.refused(WRONG, "render", "in.mid", "-o", f"s/{name}.wav", "--stems", "s", says=f"{name}.wav")
        self.refused(WRONG, "compose", "-o", "x.json", "-o", "x.wav", "--report", "x.json", says="x.json")
        self.render("-o", "s/whole.wav", "--stems", "s")
        self.assertEqual(len(list((self.folder / "s").iterdir())), 6)

    def test_parts_that_the_music_lacks_are_passed_over_and_told(self):
        rig = {"format": "toccata.rig/1",
               "parts": {"Flute": {"instrument": {"plugin": "none.vst3"}}, "Oboe": {"level_lu": 0}, "melody": {"pan": 0.5}}}
        (self.folder / "my.json").write_text(json.dumps(rig))
        told = self.render("-o", "a.wav", "--rig", "my.json")
        self.assertEqual([line for line in told.splitlines() if "passed over" in line],
                         [f'--rig: the music has no part "{name}", passed over' for name in ("Flute", "Oboe")])

    def test_what_plays_instead_is_told_where_it_does(self):
        if (pathlib.Path(program.PROGRAM).parent / "MidiRenderer").exists():
            self.skipTest("the plug-in is built")
        note = "played on the sound font"
        self.assertIn(note, self.render("-o", "a.wav", "--rig", "jazz"))
        font = self.folder / "font.sf2"
        self.render("-o", "a.wav", "--report", "r.json")
        font.symlink_to(self.report()["sound_font"])
        self.assertNotIn(note, self.render("-o", "a.wav", "--rig", "jazz", "--sound-font", font))

    def test_refusals(self):
        def bad(status, *words, says):
            self.refused(status, "render", "in.mid", "-o", "x.wav", *words, says=says)
        bad(WRONG, "--rig", "polka", says=("polka", "jazz"))
        bad(FAILED, "--rig", "none.json", says="none.json")
        (self.folder / "bad.json").write_text('{"format": "toccata.rig/1", "parts": {"Bass": {"pan": 7}}}')
        bad(FAILED, "--rig", "bad.json", says=("bad.json", "pan", "-1.0 to 1.0"))
        bad(WRONG, "--report", "r.txt", says=".json, .svg and .png")
        bad(FAILED, "--report", "missing/r.json", says="missing")
        bad(FAILED, "--stems", "missing/deeper", says="missing")
        bad(FAILED, "--stems", "in.mid", says="in.mid")
        bad(WRONG, "--block", "5", says="--block")
        (self.folder / "twice.json").write_text('{"format": "toccata.rig/1", "parts": {"Bass": {}, "bass": {}}}')
        bad(FAILED, "--rig", "twice.json", says=("twice.json", "twice"))
        bad(WRONG, "--part", "Bass=a.vst3", "--part", "bass=b.vst3", says="already")
        bad(WRONG, "--part", "Bass=a.vst3:", says="empty")
        bad(FAILED, "--sound-font", "none.sf2", "--plugin", "a.vst3", says="none.sf2")
        bad(WRONG, "--timeout", "0", says="--timeout")
        self.refused(WRONG, "compose", "-o", "x.mid", "--stems", "s", says="--stems")
        self.refused(WRONG, "compose", "-o", "x.wav", "-o", "y.wav", "--report", "r.json", says="--report")
        self.refused(WRONG, "compose", "-o", "x.wav", "--count", 2, "--stems", "s", says="--stems")
        (self.folder / "other.mid").write_bytes(
            b"MThd\0\0\0\6\0\0\0\1\1\xe0MTrk\0\0\0\x0c\0\x90\x3c\x40\x60\x80\x3c\0\0\xff\x2f\0")
        self.refused(FAILED, "render", "other.mid", "-o", "x.wav", "--rig", "genre", says=("genre", "jazz"))


if __name__ == "__main__":
    program.main()

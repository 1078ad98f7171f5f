# SPDX-License-Identifier: MIT
"""evaluate: what is asked for is obtained, as the program counts it from its own files."""
import base64
import json
import os
import random
import re
import shutil
import struct
import subprocess
import unittest

import program

WRONG = 2
os.environ.pop("TOCCATA_DATA", None)  # the corpora are the test's own
CONTROLS = ("tempo", "meter", "form", "bars", "seconds", "key", "maqam", "chords", "parts", "one part only",
            "part refused", "instruments", "instruments alone", "instrument refused", "drums refused", "drums asked", "melody's range",
            "ending")
SOFT = ("density", "dynamics", "note lengths", "valence", "arousal: pace", "arousal: loudness", "slow and fast")


class Obedience(program.Case):
    def report(self, *words):
        report = json.loads(self.text("evaluate", "obedience", "--json", *words))
        self.assertEqual(report["format"], "toccata.obedience/1")
        return report, {row["control"]: row for row in report["controls"]}

    def test_all_is_obtained(self):
        report, rows = self.report("--count", 30)
        self.assertEqual(tuple(rows), CONTROLS)
        self.assertEqual((report["pieces"], report["refusals"]), (30, []))
        self.assertEqual(report["misses"], [])
        for name, row in rows.items():
            self.assertGreater(row["asked"], 0, name)
            self.assertEqual((row["obtained"], row["share"]), (row["asked"], 1), name)

    def test_checks_can_fail(self):
        _, rows = self.report("--count", 200)
        for name in ("tempo", "meter", "form", "bars", "seconds", "key", "maqam", "chords", "parts", "one part only",
                     "instruments"):
            self.assertGreaterEqual(rows[name]["asked"], 5, name)
            self.assertLess(rows[name]["by_chance"], 0.5, name)

    def test_shape(self):
        report, rows = self.report("--count", 5, "--seed", 9)
        self.assertEqual(set(report), {"format", "title", "pieces", "seed", "controls", "misses", "refusals"})
        self.assertEqual(report["seed"], 9)
        for row in rows.values():
            self.assertEqual(set(row), {"control", "asked", "obtained", "refused", "share", "by_chance", "holds_when"})
            self.assertTrue(0 <= row["share"] <= 1)

    def test_same_seed_same_report(self):
        one, again, other = (self.text("evaluate", "obedience", "--count", 12, "--seed", seed) for seed in (3, 3, 4))
        self.assertEqual(one, again)
        self.assertNotEqual(one, other)

    def test_report_files(self):
        shown = self.text("evaluate", "obedience", "--count", 4, "-o", "r.txt", "-o", "r.json")
        self.assertEqual((self.folder / "r.txt").read_text(), shown)
        self.assertEqual(json.loads((self.folder / "r.json").read_text())["pieces"], 4)

    def test_controls(self):
        report, rows = self.report("--controls", "--count", 20)
        self.assertEqual(tuple(rows), tuple(name + rest for name in SOFT for rest in ("", ", the rest")))
        for name in SOFT:
            self.assertGreaterEqual(rows[name]["share"], 0.95, report["misses"])
            self.assertEqual(rows[name + ", the rest"]["share"], 1, report["misses"])

    def test_wrong_calls(self):
        self.refused(WRONG, "evaluate", says="WHAT")
        self.refused(WRONG, "evaluate", "taste", says=("taste", "obedience", "music", "edits"))
        self.refused(WRONG, "evaluate", "obedience", "--seeds", "3", says=("--seeds", "--count"))
        self.refused(WRONG, "evaluate", "obedience", "obedience", says="obedience")
        for count in ("0", "-1", "x", "1000000000"):
            self.refused(WRONG, "evaluate", "obedience", "--count", count, says=("--count", "100000"))
        self.refused(WRONG, "evaluate", "obedience", "--seed", "x", says="--seed")
        self.refused(WRONG, "evaluate", "obedience", "-o", "r.mid", says=("r.mid", ".json"))
        self.refused(1, "evaluate", "obedience", "--count", "1", "-o", "none/r.json", says="none")


def written(*tracks, meter=(4, 2)):
    """A file of two tracks and a conductor: each a list of (quarter, quarters, pitch)."""
    def chunk(events):
        data, now = b"", 0
        for at, message in sorted(events, key=lambda event: (event[0], event[1][0] & 0xF0)):
            gap, rest = [(at - now) & 0x7F], (at - now) >> 7
            while rest:
                gap.insert(0, rest & 0x7F | 0x80)
                rest >>= 7
            data, now = data + bytes(gap) + message, at
        data += b"\0\xff\x2f\0"
        return b"MTrk" + struct.pack(">I", len(data)) + data

    data = struct.pack(">4sIHHH", b"MThd", 6, 1, len(tracks) + 1, 480)
    data += chunk([(0, b"\xff\x58\x04" + bytes(meter) + b"\x18\x08")])
    for channel, notes in enumerate(tracks):
        events = []
        for at, quarters, pitch in notes:
            events += [(round(at * 480), bytes((0x90 | channel, pitch, 80))),
                       (round((at + quarters) * 480), bytes((0x80 | channel, pitch, 64)))]
        data += chunk(events)
    return data


def tune(rng, bars):
    """Quarters and eighths that wander, over a chord a bar."""
    melody, at, pitch = [], 0, rng.randrange(60, 76)
    while at < 4 * bars:
        length = rng.choice((0.5, 1, 1.5))
        pitch = min(84, max(57, pitch + rng.choice((-4, -2, -1, 1, 2, 5))))
        melody.append((at, length, pitch))
        at += length
    chords = [(4 * bar, 4, root + tone) for bar in range(bars) for root in [rng.randrange(40, 52)] for tone in (0, 4, 7)]
    return written(melody, chords)


class Corpus(program.Case):
    """A folder of data with the family `nottingham` made by the test."""

    def add(self, name, data):
        folder = self.folder / "data/nottingham/MIDI"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    def add_tunes(self, count, bars=24):
        for number in range(count):
            self.add(f"tune{number:02}.mid", tune(random.Random(number), bars))

    def report(self, what, *words):
        report = json.loads(self.text("evaluate", what, "--json", *words))
        self.assertEqual(report["format"], f"toccata.{what}/1")
        return report


class Music(Corpus):
    WORDS = ("--genre", "folk", "--seeds", 6, "--bars", 16)

    def rows(self, table, *words):
        return self.report("music", *self.WORDS, *words)[table]

    def row(self, table, *words, **wanted):
        found = [row for row in self.rows(table, *words) if all(row[key] == value for key, value in wanted.items())]
        self.assertEqual(len(found), 1, (table, wanted))
        return found[0]

    def test_shape(self):
        self.add_tunes(6)
        report = self.report("music", *self.WORDS, "--data", "data")
        self.assertEqual(set(report), {"format", "seeds", "seed", "bars", "claims", "families", "uniqueness",
                                       "equal_bars", "returns", "texture"})
        self.assertEqual((report["seeds"], report["seed"], report["bars"]), (6, 1, [16]))
        self.assertEqual({row["genre"] for row in report["uniqueness"]}, {"folk"})
        self.assertEqual({row["part"] for row in report["equal_bars"]}, {"melody", "chords", "bass", "chords and bass"})
        self.assertLessEqual({"usual", "aaba", "rondo"}, {row["form"] for row in report["returns"]})
        files = {row["family"]: row["files"] for row in report["families"]}
        self.assertEqual((files["nottingham"], files["pop909"]), (6, "not found"))
        for row in report["texture"]:
            self.assertLessEqual(row["real_p5"], row["real_median"])
            self.assertTrue(0 <= row["inside"] <= 1, row)
        for claim in report["claims"]:
            judged = [row["holds"] for row in report[claim["table"]] if row["holds"] is not None]
            self.assertEqual((claim["held"], claim["rows"]), (sum(judged), len(judged)))

    def test_pieces_beside_themselves(self):
        for seed in range(1, 7):
            self.compose("--genre", "folk", "--bars", 16, "--seed", seed, "--performance", "none", name="x.mid")
            self.add(f"folk{seed}.mid", (self.folder / "x.mid").read_bytes())
        report = self.report("music", *self.WORDS, "--data", "data")
        pair = report["uniqueness"][0]
        self.assertEqual((pair["pairs"], pair["real_pairs"]), (15, 15))
        self.assertAlmostEqual(pair["mean"], pair["real_mean"], delta=0.01)
        melody = report["equal_bars"][0]
        self.assertAlmostEqual(melody["in_key"], melody["real_in_key"], delta=0.02)
        inside = {row["measure"]: row for row in report["texture"]}
        for name in ("notes a quarter", "range in semitones", "mean interval"):
            self.assertAlmostEqual(inside[name]["median"], inside[name]["real_median"], delta=1e-6, msg=name)

    def test_copies_are_seen(self):
        for name in ("one.mid", "two.mid"):
            self.add(name, tune(random.Random(5), 20))
        self.add("other.mid", tune(random.Random(6), 20))
        report = self.report("music", *self.WORDS, "--data", "data")
        pair = report["uniqueness"][0]
        self.assertEqual((pair["real_pairs"], pair["real_max"]), (3, 1))
        self.assertLess(pair["max"], 0.5)
        melody = report["equal_bars"][0]
        self.assertAlmostEqual(melody["real_exact"], 2 / 3, delta=0.05)

    def test_works_of_one_title_are_one(self):
        self.add_tunes(4)
        (self.folder / "data/nottingham/index.csv").write_text(
            'id,title\ntune00,"The Reel"\ntune01,"the reel!"\ntune02,Jig\ntune03,Hop\n')
        self.assertEqual(self.row("uniqueness", "--data", "data", runs_of="intervals")["real_pairs"], 3)

    def test_seed(self):
        self.add_tunes(6)
        one, again, other = (self.text("evaluate", "music", *self.WORDS, "--data", "data", "--seed", seed)
                             for seed in (3, 3, 4))
        self.assertEqual(one, again)
        self.assertNotEqual(one, other)

    def test_without_data(self):
        row = self.row("uniqueness", runs_of="intervals and rhythm")
        self.assertEqual((row["pairs"], row["real_pairs"], row["holds"]), (15, 0, None))
        self.assertIn("not found", row["family"])

    def test_report_files(self):
        shown = self.text("evaluate", "music", *self.WORDS, "-o", "r.md", "-o", "r.json")
        self.assertEqual((self.folder / "r.md").read_text(), shown)
        self.assertEqual(json.loads((self.folder / "r.json").read_text())["seeds"], 6)

    def test_wrong_calls(self):
        self.refused(WRONG, "evaluate", "music", "--genre", "polka", says=("polka", "folk"))
        for bars in ("4", "x", "16,", "9999"):
            self.refused(WRONG, "evaluate", "music", "--bars", bars, says="--bars")
        self.refused(WRONG, "evaluate", "music", "--seeds", "1", says=("--seeds", "2"))
        self.refused(WRONG, "evaluate", "music", "--count", "9", says=("--count", "--seeds"))
        self.refused(1, "evaluate", "music", "--data", "none", says="none")


class Edits(Corpus):
    WORDS = ("--count", 8, "--data", "data")

    def test_shape(self):
        self.add_tunes(10)
        report = self.report("edits", *self.WORDS)
        self.assertEqual(set(report), {"format", "count", "seed", "edits", "likeness", "faults"})
        self.assertEqual([(row["verb"], row["family"], row["asked"]) for row in report["edits"]],
                         [("fill", "nottingham", 8), ("continue", "nottingham", 8)])
        for row in report["edits"]:
            self.assertEqual((row["refused"], row["same_outside"], row["holds"]), (0, row["asked"], True))
            self.assertGreater(row["written_notes"], 0)
        self.assertEqual(report["faults"], [])
        self.assertEqual([(row["verb"], row["measure"]) for row in report["likeness"] if row["family"] == "all"],
                         [(verb, name) for verb in ("fill", "continue") for name in ("pitches", "rhythm")])
        for row in report["likeness"]:
            for key in ("own", "others", "repeated", "p_others", "p_repeated"):
                self.assertTrue(0 <= row[key] <= 1, (key, row))
            self.assertAlmostEqual(row["own"] - row["others"], row["more_than_others"])

    def test_bars_all_alike(self):
        """Where every bar is the same, the bar before is what was hidden."""
        for number in range(4):
            melody = [(at + step, 1, 60 + 5 * number + pitch) for at in range(0, 96, 4)
                      for step, pitch in enumerate((0, 4, 7, 4))]
            self.add(f"same{number}.mid", written(melody, [(at, 4, 48 + number) for at in range(0, 96, 4)]))
        report = self.report("edits", "--count", 4, "--data", "data")
        for row in report["likeness"]:
            self.assertAlmostEqual(row["repeated"], 1, msg=row)

    def test_seed(self):
        self.add_tunes(10)
        one, again, other = (self.text("evaluate", "edits", *self.WORDS, "--seed", seed) for seed in (3, 3, 4))
        self.assertEqual(one, again)
        self.assertNotEqual(one, other)

    def test_wrong_calls(self):
        self.refused(WRONG, "evaluate", "edits", "--count", "1", says="--count")
        self.refused(WRONG, "evaluate", "edits", "--genre", "folk", says="--genre")
        self.refused(1, "evaluate", "edits", "--data", "none", says="none")
        (self.folder / "empty").mkdir()
        self.refused(1, "evaluate", "edits", "--data", "empty", says="nottingham")


class Listening(program.Case):
    def key(self, folder):
        page = (self.folder / folder / "listen.html").read_text()
        return json.loads(base64.b64decode(re.search(r'id="key">([^<]*)<', page).group(1))), page

    def test_a_page_with_its_sounds_follows_from_the_seed(self):
        done = self.call("evaluate", "listen", "-o", "a", "--pieces", 2, "--seed", 3, "--json")
        if done.returncode == 1:
            self.assertEqual(self.files(), {})
            raise unittest.SkipTest(done.stderr.decode())
        report = json.loads(done.stdout)
        self.assertEqual((report["format"], report["seed"], len(report["pieces"])), ("toccata.listening/1", 3, 2))
        key, page = self.key("a")
        self.assertEqual(len(key["pieces"]), 2)
        for piece, performers in zip(report["pieces"], key["pieces"]):
            self.assertEqual(sorted(performers), sorted(report["performers"]))
            for sound in piece["sounds"]:
                self.assertEqual((self.folder / "a" / sound).read_bytes()[:4], b"RIFF")
                self.assertNotIn(b"curve", (self.folder / "a" / sound).read_bytes())
                self.assertIn(f'src="{sound}"', page)
        self.assertEqual(len(set(map(str, self.files()))), 2 + 2 * len(report["performers"]))
        self.run_ok("evaluate", "listen", "-o", "b", "--pieces", 2, "--seed", 3)
        self.assertEqual(self.key("b"), (key, page))
        orders = {str(self.key(self.listen(seed))[0]["pieces"]) for seed in (4, 5, 6)}
        self.assertGreater(len(orders), 1)

    def listen(self, seed):
        self.run_ok("evaluate", "listen", "-o", f"s{seed}", "--pieces", 1, "--seed", seed)
        return f"s{seed}"

    def test_without_sound_nothing_is_written(self):
        place = self.folder / "alone" / "bin"
        place.mkdir(parents=True)
        shutil.copy(program.PROGRAM, place / "toccata")
        done = subprocess.run([place / "toccata", "evaluate", "listen", "-o", "page"], cwd=self.folder, capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr.count(b"\n")), (1, 1), done.stderr)
        self.assertFalse((self.folder / "page").exists())

    def test_wrong_calls_are_refused(self):
        (self.folder / "full").mkdir()
        (self.folder / "full" / "x").write_text("x")
        self.refused(WRONG, "evaluate", "listen", says="-o DIR")
        self.refused(1, "evaluate", "listen", "-o", "full", says="holds files")
        self.refused(WRONG, "evaluate", "listen", "-o", "p", "--pieces", 0, says="--pieces")
        self.refused(WRONG, "evaluate", "listen", "-o", "p", "--count", 3, says="--count")
        self.refused(1, "evaluate", "listen", "-o", "no/where", says="no/where")


if __name__ == "__main__":
    program.main()

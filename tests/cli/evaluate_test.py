# SPDX-License-Identifier: MIT
"""evaluate: what is asked for is obtained, as the program counts it from its own files."""
import json
import unittest

import program

WRONG = 2
CONTROLS = ("tempo", "meter", "form", "bars", "seconds", "key", "maqam", "chords", "parts", "one part only",
            "part refused", "instruments", "instrument refused", "drums refused", "drums asked", "melody's range",
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
        self.refused(WRONG, "evaluate", "taste", says=("taste", "obedience"))
        self.refused(WRONG, "evaluate", "obedience", "obedience", says="obedience")
        for count in ("0", "-1", "x", "1000000000"):
            self.refused(WRONG, "evaluate", "obedience", "--count", count, says=("--count", "100000"))
        self.refused(WRONG, "evaluate", "obedience", "--seed", "x", says="--seed")
        self.refused(WRONG, "evaluate", "obedience", "-o", "r.mid", says=("r.mid", ".json"))
        self.refused(1, "evaluate", "obedience", "--count", "1", "-o", "none/r.json", says="none")


if __name__ == "__main__":
    program.main()

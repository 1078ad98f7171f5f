# SPDX-License-Identifier: MIT
"""compose --count: sets of pieces, whose melodies differ."""
import json
import os
import re
import unittest

import program


class Sets(program.Case):
    def test_count(self):
        (self.folder / "many").mkdir()
        self.run_ok("compose", "--count", 5, "--bars", 4, "--seed", 10, "-o", "many/piece.mid", "-o", "many/piece.json")
        pieces = sorted((self.folder / "many").glob("*.mid"))
        self.assertEqual([p.name for p in pieces], [f"piece-000{i}.mid" for i in range(1, 6)])
        self.assertEqual(len({p.read_bytes() for p in pieces}), 5)
        self.assertEqual(len(list((self.folder / "many").glob("*.json"))), 5)
        self.run_ok("compose", "--bars", 4, "--seed", 12, "-o", "third.mid")
        self.assertEqual((self.folder / "third.mid").read_bytes(), pieces[2].read_bytes())

    def runs(self, path):
        """The runs of four intervals with rhythm of a composed melody."""
        melody = next(part for part in json.loads(path.read_text())["parts"] if part["role"] == "melody")
        top = {}
        for note in melody["notes"]:
            top[note["onset"]] = max(note["pitch"], top.get(note["onset"], 0))
        line = sorted(top.items())
        steps = [(b[1] - a[1], b[0] - a[0]) for a, b in zip(line, line[1:])]
        return {tuple(steps[i:i + 4]) for i in range(len(steps) - 3)}

    def test_count_passes_over_melodies_alike(self):
        told = self.run_ok("compose", "--genre", "waltz", "--bars", 24, "--count", 100, "--seed", 1, "--performance", "none",
                           "-o", "set.json").stdout.decode()
        pieces = [self.runs(path) for path in sorted(self.folder.glob("set-*.json"))]
        self.assertEqual(len(pieces), 100)
        self.assertEqual([(a, b) for a in range(100) for b in range(a) if pieces[a] & pieces[b]], [])
        seeds = [int(seed) for seed in re.findall(r"^seed (\d+):", told, re.MULTILINE)]
        self.assertEqual(seeds, sorted(set(seeds)))
        passed = int(re.search(r"passed over: (\d+) seed", told)[1])
        self.assertGreater(passed, 0)
        self.assertEqual(seeds[-1], 100 + passed)
        missing = next(seed for seed in range(1, seeds[-1]) if seed not in seeds)
        self.run_ok("compose", "--genre", "waltz", "--bars", 24, "--seed", missing, "--performance", "none", "-o", "one.json")
        alike = self.runs(self.folder / "one.json")
        self.assertTrue(any(alike & piece for piece, seed in zip(pieces, seeds) if seed < missing))

    def test_count_gives_up_where_all_melodies_are_alike(self):
        told = self.run_ok("compose", "--engine", "walk", "--count", 60, "--seed", 5, "-o", "walk.mid").stdout.decode()
        seeds = [int(seed) for seed in re.findall(r"^seed (\d+):", told, re.MULTILINE)]
        self.assertEqual(len(seeds), 60)
        self.assertEqual(max(b - a for a, b in zip(seeds, seeds[1:])), 17)
        self.assertRegex(told, r"no melody of its own: \d+ pieces")

    @unittest.skipUnless(hasattr(os, "sched_setaffinity"), "cannot be kept to one core here")
    def test_count_on_one_core(self):
        for name, cores in (("all", None), ("one", {0})):
            (self.folder / name).mkdir()
            self.run_ok("compose", "--count", 6, "--bars", 4, "--seed", 1, "-o", "piece.mid",
                        preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None)
            for path in self.folder.glob("piece-*.mid"):
                path.rename(self.folder / name / path.name)
        for path in (self.folder / "all").iterdir():
            self.assertEqual(path.read_bytes(), (self.folder / "one" / path.name).read_bytes())


if __name__ == "__main__":
    program.main()

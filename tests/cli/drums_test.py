# SPDX-License-Identifier: MIT
"""Drummers: learned from takes in Groove's layout, evaluated, and sitting in by default."""
import json
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

import groove
import program
from program import Midi

MODELS = pathlib.Path(__file__).resolve().parents[2] / "models"
DRUMS = 9


class Learning(program.Case):
    def train(self, *words, folder="run"):
        self.run_ok("train", "expression", "--data", "groove", "-o", folder, *words)
        return json.loads((self.folder / folder / "model.json").read_text())

    def test_a_run_learns_what_is_there(self):
        groove.add_set(self)
        model = self.train("--seed", 1)
        figures = model["figures"]["drums_velocity"]
        self.assertGreater(figures["pattern"]["r2"], 0.8)
        self.assertLess(figures["baseline_pattern"]["r2"], 0.6)
        self.assertGreater(figures["gain_ci95_pattern"][0], 0.1)
        self.assertIn("pattern_new_sessions", figures)
        self.assertEqual(set(figures["styles"]), {"rock", "funk", "jazz"})
        self.assertGreater(model["figures"]["drums_timing"]["pattern"]["r2"], 0.2)
        for name in ("report.md", "report.svg", "log.jsonl", "model.safetensors"):
            self.assertTrue((self.folder / "run" / name).is_file(), name)
        # The same figures come from the weights alone.
        self.run_ok("evaluate", "expression", "--data", "groove", "--model", "run", "--json", "-o", "e.json")
        again = json.loads((self.folder / "e.json").read_text())
        self.assertEqual(again["drums_velocity"]["pattern"]["r2"], figures["pattern"]["r2"])
        self.assertEqual(again["takes"], 4)
        # And the rules, on the same strokes, know less.
        self.assertGreater(figures["agreement"]["correlation_within"],
                           figures["curve_agreement"]["correlation_within"] + 0.2)

    def test_the_same_seed_gives_the_same_weights_and_a_killed_run_goes_on_to_them(self):
        groove.add_set(self)
        seed = str(2**64 - 1)
        self.train("--seed", seed)
        whole = (self.folder / "run" / "model.safetensors").read_bytes()
        command = [program.PROGRAM, "train", "expression", "--data", "groove", "-o", "killed", "--seed", seed]
        for wait in (0.05, 0.3, 0.6):
            process = subprocess.Popen(command + (["--resume"] if wait > 0.1 else []), cwd=self.folder,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.wait()
        resume = ("train", "expression", "--resume", "-o", "killed")
        self.run_ok(*resume, "--data", "groove", "--seed", seed)
        self.assertEqual((self.folder / "killed" / "model.safetensors").read_bytes(), whole)
        (self.folder / "killed" / "model.json").unlink()
        self.run_ok(*resume)
        self.assertEqual((self.folder / "killed" / "model.safetensors").read_bytes(), whole)
        self.refused(2, *resume, "--seed", 2**64 - 2, says=[seed, "--seed"])

    def test_what_cannot_be_learned_from_is_refused(self):
        place = groove.add_set(self)
        text = (place / "info.csv").read_text()
        (place / "info.csv").write_text(text.replace("validation", "train"))
        self.refused(1, "train", "expression", "--data", "groove", "-o", "x", says=["validation"])
        (place / "info.csv").write_text(text.replace(",4-4,", ",0-4,"))
        self.refused(1, "train", "expression", "--data", "groove", "-o", "x", says=["0-4", "4-4"])
        (place / "info.csv").write_text(text.replace(",rock,", ",polka,"))
        self.run_ok("train", "expression", "--data", "groove", "-o", "without")
        self.assertIn("polka", (self.folder / "without" / "report.md").read_text())


@unittest.skipUnless((MODELS / "drums.safetensors").is_file(), "no drummer ships")
class SittingIn(program.Case):
    def kit(self, name):
        midi = Midi((self.folder / name).read_bytes())
        return [note for note in midi.all_notes() if note[2] == DRUMS]

    def compose_both(self, genre):
        for name, words in (("own.mid", ()), ("rules.mid", ("--performance", "curve"))):
            self.run_ok("compose", "--genre", genre, "--bars", 16, "--seed", 5, *words, "-o", name)

    def test_composed_kits_are_his_but_for_machines_and_hands(self):
        for genre in ("rock", "jazz", "funk", "bossa", "reggae", "lofi", "blues"):
            self.compose_both(genre)
            own, rules = self.kit("own.mid"), self.kit("rules.mid")
            self.assertEqual(len(own), len(rules))
            self.assertNotEqual([note[4] for note in own], [note[4] for note in rules], genre)
            self.assertIn("drums ", self.text("info", "own.mid", "--json"), genre)
        for genre in ("electronic", "chiptune", "arabic"):
            self.compose_both(genre)
            self.assertEqual(self.kit("own.mid"), self.kit("rules.mid"), genre)
            self.assertNotIn("drums ", self.text("info", "own.mid", "--json"), genre)

    def test_two_performances_differ_and_without_variation_they_do_not(self):
        self.run_ok("compose", "--genre", "rock", "--bars", 8, "--seed", 1, "--performance", "none", "-o", "score.mid")
        for name, seed, variation in (("a", 1, 1), ("b", 2, 1), ("c", 1, 0), ("d", 2, 0)):
            self.run_ok("perform", "score.mid", "--seed", seed, "--variation", variation, "-o", f"{name}.mid")
        self.assertNotEqual(self.kit("a.mid"), self.kit("b.mid"))
        self.assertEqual(self.kit("c.mid"), self.kit("d.mid"))

    def test_without_his_weights_the_rules_play(self):
        alone = self.folder / "toccata"
        shutil.copy(program.PROGRAM, alone)
        for genre in ("rock", "jazz"):
            for name, words in (("own.mid", ()), ("rules.mid", ("--performance", "curve"))):
                done = subprocess.run([alone, "compose", "--genre", genre, "--bars", "8", "--seed", "5", *words, "-o", name],
                                      cwd=self.folder, check=True, capture_output=True)
            self.assertEqual(self.kit("own.mid"), self.kit("rules.mid"))
            self.assertNotIn(b"kits by", done.stdout)
        self.compose_both("rock")
        self.assertNotEqual(self.kit("own.mid"), self.kit("rules.mid"))

    def test_damaged_weights_are_refused_where_they_are_named(self):
        groove.add_set(self)
        whole = (MODELS / "drums.safetensors").read_bytes()
        for name, body in (("cut", whole[:-100]), ("long", whole + b"x"),
                           ("other", whole.replace(b"toccata.drums/1", b"toccata.drums/9"))):
            (self.folder / f"{name}.safetensors").write_bytes(body)
            self.refused(1, "evaluate", "expression", "--data", "groove", "--model", f"{name}.safetensors",
                         says=f"{name}.safetensors")


if __name__ == "__main__":
    program.main()

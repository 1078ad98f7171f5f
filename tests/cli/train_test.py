# SPDX-License-Identifier: MIT
"""train expression: the note-wise protocol on files and on given rows, broken off and gone on with."""
import csv
import json
import lzma
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
import unittest
import zipfile

import note_wise
import program

FILES = ["config.json", "log.jsonl", "model.json", "model.safetensors", "report.md", "report.svg", "rows.safetensors"]


class Training(program.Case):
    def train(self, *words, folder="run"):
        self.run_ok("train", "expression", *words, "-o", folder)
        return json.loads((self.folder / folder / "model.json").read_text())

    def log(self, folder="run"):
        return [json.loads(line) for line in (self.folder / folder / "log.jsonl").read_text().splitlines()]

    def test_a_run_on_given_rows(self):
        begun = time.monotonic()
        model = self.train("--rows", note_wise.add_rows(self, count=2000))
        took = time.monotonic() - begun
        self.assertEqual(sorted(path.name for path in (self.folder / "run").iterdir()), FILES)
        self.assertEqual(model["protocol"], "notewise")
        self.assertEqual(list(model["targets"]), list(note_wise.TARGETS))
        fits = 0
        for target in note_wise.TARGETS:
            self.assertEqual(list(model["targets"][target]), list(note_wise.LEARNERS))
            for learner in model["targets"][target].values():
                fits += learner["fit_seconds"]
                self.assertEqual(list(learner["importances"]), list(note_wise.COLUMNS[:7]))
                self.assertAlmostEqual(sum(learner["importances"].values()), 1)
                for side in ("train", "test"):
                    self.assertLess(learner[side]["r2"], 1.000001)
                    self.assertGreaterEqual(learner[side]["rmse"], learner[side]["mae"])
        self.assertGreater(model["targets"]["velocity"]["forest"]["test"]["r2"], 0.9)
        self.assertGreater(model["targets"]["duration"]["forest"]["test"]["r2"], 0.99)
        self.assertLess(model["targets"]["duration_without_leak"]["forest"]["test"]["r2"], 0.2)
        self.assertEqual(model["targets"]["duration_without_leak"]["forest"]["importances"]["duration"], 0)
        self.assertGreater(fits, 0)
        self.assertLess(fits, took)
        report = (self.folder / "run" / "report.md").read_text()
        for words in ("leakage", "0.1882 (0.3325)", "## Learning curves", "## Where velocities are missed"):
            self.assertIn(words, report)

    def test_rows_in_an_archive_or_from_stdin_are_the_same_rows(self):
        name = note_wise.add_rows(self)
        plain = self.train("--rows", name)
        text = (self.folder / name).read_bytes()
        (self.folder / "rows.csv.xz").write_bytes(lzma.compress(text))
        packed = self.train("--rows", "rows.csv.xz", folder="packed")
        self.run_ok("train", "expression", "--rows", "-", "-o", "piped", input=text)
        piped = json.loads((self.folder / "piped" / "model.json").read_text())
        for other in (packed, piped):
            self.assertEqual(note_wise.without_seconds(other["targets"]), note_wise.without_seconds(plain["targets"]))

    def test_a_run_on_files(self):
        data = note_wise.add_pieces(self)
        before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
        model = self.train("--protocol", "notewise", "--data", "data", "--sample", 400)
        self.assertEqual({path: path.stat().st_mtime_ns for path in data.rglob("*")}, before)
        self.assertEqual((model["train_rows"], model["test_rows"]), (320, 80))
        events = self.log()
        packed = next(event for event in events if event["event"] == "packed")
        self.assertEqual((packed["files"], packed["broken"], packed["rows"]), (13, 1, 400))
        broken = next(event for event in events if event["event"] == "broken")
        self.assertEqual(broken["file"], "jazz/torn.mid")
        self.assertIn("track", broken["fault"])
        self.assertEqual([event["event"] for event in events].count("fit"), 12)
        self.assertEqual(events[-1]["event"], "done")
        # These pieces have bars: what is told of strong beats is told of them.
        beats = next(split for split in model["velocity_errors"] if split["by"] == "beat")
        self.assertGreater(sum(group["rows"] for group in beats["groups"]), 40)

    def test_a_zip_archive_is_the_same_as_the_folder_in_it(self):
        data = note_wise.add_pieces(self)
        with zipfile.ZipFile(self.folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in data.rglob("*"):
                archive.write(path, path.relative_to(data))
        words = ("--protocol", "notewise", "--sample", 300, "--data")
        self.train(*words, "data", folder="a")
        self.train(*words, "data.zip", folder="b")
        self.assertEqual((self.folder / "a" / "rows.safetensors").read_bytes(),
                         (self.folder / "b" / "rows.safetensors").read_bytes())
        whole = (self.folder / "data.zip").read_bytes()
        (self.folder / "torn.zip").write_bytes(whole[:-30])
        self.refused(1, "train", "expression", *words, "torn.zip", "-o", "c", says=["torn.zip", "directory"])

    def test_the_same_seed_gives_the_same_run_and_another_another(self):
        note_wise.add_pieces(self)
        for folder, seed in (("a", 5), ("b", 5), ("c", 6)):
            self.train("--protocol", "notewise", "--data", "data", "--max-files", 5, "--sample", 300, "--seed", seed,
                       folder=folder)
        a, b, c = (note_wise.state(self.folder / name) for name in "abc")
        self.assertEqual(a, b)
        self.assertNotEqual(a["rows.safetensors"], c["rows.safetensors"])

    def test_one_core_and_many_write_the_same(self):
        name = note_wise.add_rows(self)
        self.train("--rows", name, folder="many")
        one = min(os.sched_getaffinity(0))
        subprocess.run(["taskset", "-c", str(one), program.PROGRAM, "train", "expression", "--rows", name, "-o", "one"],
                       cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(note_wise.state(self.folder / "one"), note_wise.state(self.folder / "many"))

    def test_killed_at_any_moment_it_goes_on_to_the_same_files(self):
        note_wise.add_pieces(self)
        words = ["train", "expression", "--protocol", "notewise", "--data", "data", "--sample", 2000, "-o"]
        begun = time.monotonic()
        self.run_ok(*words, "whole")
        whole_seconds = time.monotonic() - begun
        expected = note_wise.state(self.folder / "whole")
        draw = random.Random(3)
        for trial in range(6):
            folder = self.folder / f"killed{trial}"
            for _ in range(3):
                running = subprocess.Popen([program.PROGRAM, *map(str, words), folder, "--resume"], cwd=self.folder,
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                try:
                    running.wait(draw.uniform(0, whole_seconds))
                except subprocess.TimeoutExpired:
                    running.send_signal(signal.SIGKILL)
                    running.wait()
            self.run_ok(*words, folder, "--resume")
            self.assertEqual(note_wise.state(folder), expected)

    def test_half_made_files_and_a_torn_log_are_put_right(self):
        name = note_wise.add_rows(self)
        self.train("--rows", name)
        expected = note_wise.state(self.folder / "run")
        folder = self.folder / "run"
        (folder / "model.json").unlink()
        (folder / "model.json.123-0.part.json").write_bytes(b"{")
        with open(folder / "log.jsonl", "ab") as log:
            log.truncate(log.tell() - 5)
        self.run_ok("train", "expression", "-o", "run", "--resume")
        self.assertEqual(note_wise.state(folder), expected)

    def test_an_interrupt_leaves_what_can_be_gone_on_with(self):
        name = note_wise.add_rows(self, count=20000)
        running = subprocess.Popen([program.PROGRAM, "train", "expression", "--rows", name, "-o", "run"],
                                   cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not list(self.folder.glob("run/fitted-velocity-*")):
            self.assertIsNone(running.poll())
            time.sleep(0.002)
        running.send_signal(signal.SIGINT)
        self.assertEqual(running.wait(60), -signal.SIGINT)
        self.assertEqual(list(self.folder.glob("run/*.part*")), [])
        self.run_ok("train", "expression", "-o", "run", "--resume")
        self.assertEqual(sorted(path.name for path in (self.folder / "run").iterdir()), FILES)

    def test_what_cannot_be_is_refused(self):
        name = note_wise.add_rows(self)
        note_wise.add_pieces(self)
        train = ("train", "expression")
        self.refused(2, "train", "gestures", "--rows", name, "-o", "r", says=["gestures", "expression"])
        self.refused(2, *train, "--rows", name, says="-o RUN_DIR")
        self.refused(2, *train, "-o", "r", says="--data")
        self.refused(2, *train, "--rows", name, "--data", "data", "-o", "r", says="one of them")
        self.refused(2, *train, "--rows", name, "--protocol", "pieces", "-o", "r", says="notewise")
        self.refused(2, *train, "--rows", name, "--protocol", "words", "-o", "r", says=["words", "pieces"])
        self.refused(2, *train, "--rows", name, "--sample", 100, "-o", "r", says="--sample")
        self.refused(2, *train, "--rows", name, "--from", "m", "-o", "r", says="--from")
        self.refused(2, *train, "--data", "data", "--protocol", "notewise", "--max-files", 0, "-o", "r",
                     says="--max-files")
        self.refused(2, *train, "--data", "data", "--protocol", "notewise", "--seed", -1, "-o", "r", says="--seed")
        self.refused(2, *train, "-o", "r", "--resume", says="holds no run")
        self.refused(1, *train, "--data", "data", "-o", "r", says=["metadata.csv", "notewise"])
        self.refused(1, *train, "--data", "nowhere", "--protocol", "notewise", "-o", "r", says="nowhere")
        self.refused(1, *train, "--data", name, "--protocol", "notewise", "-o", "r", says=name)
        self.refused(1, *train, "--rows", "nowhere.csv", "-o", "r", says="nowhere.csv")
        self.refused(1, *train, "--rows", name, "-o", "no/such/r", says="no/such")
        self.refused(1, *train, "--rows", name, "-o", name, says="not a folder")
        self.refused(1, *train, "--rows", name, "-o", "data", says="not empty")
        (self.folder / "dull").mkdir()
        (self.folder / "dull" / "x.mid").write_bytes(b"MThd")
        self.refused(1, *train, "--data", "dull", "--protocol", "notewise", "-o", "r", says=["1 are broken", "10"])

    def test_broken_rows_are_refused_with_their_line(self):
        name = note_wise.add_rows(self)
        lines = (self.folder / name).read_text().splitlines()
        for line, says in (("60,2", "line 301: 2 fields"), ("x" + lines[300], "line 301: pitch"), (lines[300] + "7", "line 301: is_test")):
            (self.folder / "bad.csv").write_text("\n".join(lines[:300] + [line] + lines[301:]) + "\n")
            self.refused(1, "train", "expression", "--rows", "bad.csv", "-o", "r", says=says)
        (self.folder / "bad.csv").write_text("pitch,velocity\n60,64\n")
        self.refused(1, "train", "expression", "--rows", "bad.csv", "-o", "r", says="pitch_interval")
        (self.folder / "bad.csv.xz").write_bytes(lzma.compress(b"pitch\n")[:30])
        self.refused(1, "train", "expression", "--rows", "bad.csv.xz", "-o", "r", says="cut off")

    def test_a_run_is_gone_on_with_by_its_own_options_alone(self):
        name = note_wise.add_rows(self)
        other = note_wise.add_rows(self, name="other.csv")
        seed = 2**64 - 1
        self.train("--rows", name, "--seed", seed)
        train = ("train", "expression", "-o", "run")
        self.refused(1, *train, "--rows", name, says="--resume")
        self.refused(2, *train, "--resume", "--seed", 4, says=["--seed", "4", str(seed)])
        self.refused(2, *train, "--resume", "--rows", other, says=["--rows", "other.csv", name])
        self.refused(2, *train, "--resume", "--protocol", "notewise", "--data", "d", says="--data")
        before = note_wise.state(self.folder / "run")
        self.run_ok(*train, "--resume", "--rows", name, "--seed", seed)
        self.assertEqual(note_wise.state(self.folder / "run"), before)


@unittest.skipUnless("TOCCATA_DATA" in os.environ, "TOCCATA_DATA names no folder of corpora")
class Corpora(program.Case):
    def asap(self):
        folder = pathlib.Path(os.environ["TOCCATA_DATA"]) / "asap"
        if not (folder / "maestro_split.csv").exists():
            self.skipTest(f"{folder} holds no asap")
        return folder

    def test_maestro_as_published(self):
        """Its layout, of those performances of asap that are MAESTRO's."""
        asap = self.asap()
        with open(asap / "maestro_split.csv", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["maestro_midi"]]
        data = self.folder / "maestro-v3.0.0"
        data.mkdir()
        used = {}
        for row in rows[:40]:
            used[row["maestro_midi"]] = row
        with open(data / "maestro-v3.0.0.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["canonical_composer", "canonical_title", "split", "year", "midi_filename",
                             "audio_filename", "duration"])
            for name, row in used.items():
                (data / name).parent.mkdir(exist_ok=True)
                shutil.copy(asap / row["midi_performance"], data / name)
                composer, title = row["midi_performance"].split("/")[:2]
                writer.writerow([composer, title, row["maestro_v3_split"], row["year"], name, "", 1])
        self.run_ok("train", "expression", "--protocol", "notewise", "--data", data, "--sample", 5000, "-o", "run")
        packed = next(json.loads(line) for line in (self.folder / "run" / "log.jsonl").read_text().splitlines()
                      if '"packed"' in line)
        self.assertEqual((packed["files"], packed["broken"], packed["rows"]), (len(used), 0, 5000))

    def test_asap_by_the_protocol(self):
        """Forests on asap's notes come to what is known of them, wherever the draw falls."""
        self.run_ok("train", "expression", "--protocol", "notewise", "--data", self.asap(), "-o", "run")
        model = json.loads((self.folder / "run" / "model.json").read_text())
        forest = model["targets"]["velocity"]["forest"]
        self.assertAlmostEqual(forest["test"]["r2"], 0.205, delta=0.02)
        self.assertAlmostEqual(forest["train"]["r2"], 0.335, delta=0.02)
        self.assertGreater(model["share_of_density_13"], 0.99)
        self.assertGreater(model["targets"]["duration"]["forest"]["test"]["r2"], 0.999)
        self.assertLess(model["targets"]["duration_without_leak"]["forest"]["test"]["r2"], 0.1)


@unittest.skipUnless("TOCCATA_NOTEWISE_ROWS" in os.environ, "TOCCATA_NOTEWISE_ROWS names no table")
class BaselineRows(program.Case):
    def test_r2_is_that_of_scikit_learn(self):
        """Test R2 of scikit-learn 1.9.1 on the same 100,000 rows and split."""
        self.run_ok("train", "expression", "--rows", os.environ["TOCCATA_NOTEWISE_ROWS"], "-o", "run")
        targets = json.loads((self.folder / "run" / "model.json").read_text())["targets"]
        for target, learner, r2 in (("velocity", "linear", 0.108), ("velocity", "forest", 0.202),
                                    ("velocity", "boosting", 0.206), ("duration", "linear", 0.9928),
                                    ("duration", "forest", 0.9997), ("duration", "boosting", 0.9999)):
            self.assertAlmostEqual(targets[target][learner]["test"]["r2"], r2, delta=0.01, msg=(target, learner))


if __name__ == "__main__":
    program.main()

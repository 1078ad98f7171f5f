# SPDX-License-Identifier: MIT
"""train expression --learner network: learning, breaking off and going on, what is refused."""
import array
import json
import pathlib
import signal
import struct
import subprocess
import time

import aligned
import program

SMALL = ("--threads", 1, "--batch", 4, "--window", 32, "--block", 16, "--width", 12, "--hidden", 12,
         "--player-hidden", 12, "--dropout", 0.1, "--column-dropout", 0)
LOUDNESS = ("--only", "network.score_marks")
SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "models/classical.safetensors"
READERS = ("network.score", "network.score_marks", "network.score_marks_timing")
PLAYERS = {"player.velocity.score": "network.score", "player.velocity.score_marks": "network.score_marks",
           "player.articulation.score_marks": "network.score_marks",
           "player.beat_slowness.score_marks": "network.score_marks",
           "player.chord_slowness.score_marks": "network.score_marks",
           "player.lag.score_marks": "network.score_marks",
           "player.pedal_down.score_marks": "network.score_marks",
           "player.pedal_change.score_marks": "network.score_marks",
           "player.velocity.autoregressive_teacher": "network.score_marks_timing"}


def tensors(path):
    """Names and shapes of a safetensors file, and its metadata."""
    data = path.read_bytes()
    size, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    return header, header.pop("__metadata__", {})


def numbers(path):
    """The numbers of a safetensors file's float32 and int8 tensors, by name."""
    data = path.read_bytes()
    begin = 8 + struct.unpack("<Q", data[:8])[0]
    found = {}
    for name, entry in tensors(path)[0].items():
        first, last = (begin + offset for offset in entry["data_offsets"])
        if entry["dtype"] in ("F32", "I8"):
            found[name] = array.array("f" if entry["dtype"] == "F32" else "b", data[first:last]).tolist()
    return found


class TrainNetworks(program.Case):
    def train(self, *words, folder="run", **options):
        return self.run_ok("train", "expression", "--learner", "network", *words, "-o", folder, **options)

    def events(self, kind, folder="run"):
        lines = (self.folder / folder / "log.jsonl").read_text().splitlines()
        return [event for event in map(json.loads, lines) if event["event"] == kind]

    def weights(self, folder="run"):
        return (self.folder / folder / "model.safetensors").read_bytes()

    def test_every_network_trains_and_the_run_says_all(self):
        data = aligned.add_set(self)
        before = self.files()
        self.train("--data", data, *SMALL, "--epochs", 2)
        made = {name for name in self.files().keys() - before.keys()}
        self.assertEqual(made, {"run"} | {f"run/{name}" for name in (
            "card.md", "config.json", "log.jsonl", "model.json", "model.safetensors", "pieces.pack",
            "report.md", "report.svg")})
        found, metadata = tensors(self.folder / "run/model.safetensors")
        for name in READERS:
            self.assertEqual((metadata[f"{name}.heads"], metadata[f"{name}.block"]), ("4", "16"))
            columns = len(metadata[f"{name}.columns"].split(","))
            self.assertEqual(found[f"{name}.embed.weight"]["shape"], [12, 2 * columns])
            self.assertEqual(found[f"{name}.attention.in_proj.weight"]["shape"], [72, 24])
        self.assertEqual(found["network.score_marks.head.weight"]["shape"], [7, 24])
        for name, reader in PLAYERS.items():
            self.assertEqual(metadata[f"{name}.reader"], reader)
            past = len(metadata[f"{name}.past"].split(","))
            self.assertEqual(found[f"{name}.lstm.weight_ih_l0"]["shape"], [48, 24 + 2 * past])
        report = json.loads((self.folder / "run/model.json").read_text())
        self.assertEqual([entry["network"] for entry in report["networks_trained"]], list(READERS))
        sides = {(row["name"], row["side"]) for entry in report["networks_trained"] for row in entry["figures"]}
        seen = {*READERS, *PLAYERS} - {"player.lag.score_marks"}  # of a set without chords nothing lags
        self.assertEqual(sides, {(name, side) for name in seen for side in ("validation", "test")})
        self.assertIn("unknown licence", (self.folder / "run/card.md").read_text())
        self.assertIn("complete", self.train("--resume").stdout.decode())

    def test_it_learns_what_the_page_says(self):
        self.train("--data", aligned.add_set(self), *SMALL, *LOUDNESS, "--epochs", 12, "--patience", 12,
                   "--rate", 0.01)
        losses = [event["loss"] for event in self.events("epoch")]
        self.assertLess(losses[-1], 0.8 * losses[0])
        self.assertGreater(max(event["r2"][0] for event in self.events("epoch")), 0.7)

    def test_the_same_seed_gives_the_same_weights_and_another_does_not(self):
        data = aligned.add_set(self)
        for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
            self.train("--data", data, *SMALL, *LOUDNESS, "--epochs", 1, "--seed", seed, folder=folder)
        self.assertEqual(self.weights("a"), self.weights("b"))
        self.assertNotEqual(self.weights("a"), self.weights("c"))

    def test_a_killed_run_goes_on_to_the_same_weights_without_its_data(self):
        data = aligned.add_set(self)
        words = (*SMALL, "--only", "network.score_marks,network.score", "--epochs", 8, "--patience", 8,
                 "--checkpoint-seconds", 0)
        self.train("--data", data, *words, folder="whole")
        command = [program.PROGRAM, "train", "expression", "--learner", "network", "--data", data, "-o", "run", *words]
        running = subprocess.Popen([*map(str, command)], cwd=self.folder, stdout=subprocess.DEVNULL)
        checkpoint = self.folder / "run/network.score_marks.checkpoint"
        while not checkpoint.exists() and running.poll() is None:
            time.sleep(0.01)
        time.sleep(0.3)
        running.send_signal(signal.SIGKILL)
        self.assertEqual(running.wait(), -signal.SIGKILL)
        data.rename(self.folder / "elsewhere")
        self.run_ok("train", "expression", "-o", "run", "--resume", "--learner", "network", "--threads", 1)
        self.assertEqual(self.weights(), self.weights("whole"))

    def test_a_damaged_checkpoint_or_pack_is_refused(self):
        data = aligned.add_set(self)
        self.train("--data", data, *SMALL, *LOUDNESS, "--epochs", 1, folder="done")
        words = [program.PROGRAM, "train", "expression", "--learner", "network", "--data", data, "-o", "run", *SMALL,
                 *LOUDNESS, "--epochs", 500, "--patience", 500, "--checkpoint-seconds", 0]
        running = subprocess.Popen([*map(str, words)], cwd=self.folder, stdout=subprocess.DEVNULL)
        checkpoint = self.folder / "run/network.score_marks.checkpoint"
        while not checkpoint.exists() and running.poll() is None:
            time.sleep(0.01)
        running.kill()
        running.wait()
        whole = checkpoint.read_bytes()
        resume = ("train", "expression", "--learner", "network", "-o", "run", "--resume")
        for damaged, says in ((whole[:-100], "checkpoint"), (whole[:-9] + b"damaged!!", "checksum")):
            checkpoint.write_bytes(damaged)
            self.assertIn(says, self.failed(1, *resume))
        pack = self.folder / "run/pieces.pack"
        pack.write_bytes(pack.read_bytes()[:-50])
        self.assertIn("pieces.pack", self.failed(1, *resume))

    def failed(self, status, *words):
        done = self.call(*words)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        return done.stderr.decode()

    def test_fine_tuning_goes_on_from_a_model_with_pieces_of_ones_own(self):
        self.train("--data", aligned.add_set(self), *SMALL, *LOUDNESS, "--epochs", 3, folder="first")
        own = aligned.add_set(self, "own")
        table = own / "metadata.csv"
        lines = table.read_text().splitlines()
        for index in range(1, len(lines)):  # titles that no split knows
            fields = lines[index].split(",")
            lines[index] = ",".join([fields[0], f"Own {fields[1]}", *fields[2:]])
        table.write_text("\n".join(lines) + "\n")
        self.train("--data", own, *SMALL, *LOUDNESS, "--epochs", 1, "--rate", 0.00001, "--from",
                   "first/model.safetensors", folder="second")
        self.train("--data", own, *SMALL, *LOUDNESS, "--epochs", 1, "--rate", 0.00001, folder="anew")
        tuned, anew = (self.events("epoch", folder)[0]["loss"] for folder in ("second", "anew"))
        self.assertLess(tuned, 0.8 * anew)
        self.assertIn("network.score.", self.failed(
            1, "train", "expression", "--learner", "network", "--data", own, *SMALL, "--only", "network.score",
            "--from", "first/model.safetensors", "-o", "third"))

    def test_fine_tuning_goes_on_from_a_model_that_ships(self):
        own = aligned.add_set(self, "own")
        few = ("--data", own, "--threads", 1, "--epochs", 1, "--performances", 1, "--rate", 0.000001)
        both = "network.score,network.score_marks"  # of two shapes, neither the usual one
        self.run_ok("train", "expression", *few, "--only", both, "--from", "classical", "-o", "run")
        self.assertIsNone(json.loads((self.folder / "run/config.json").read_text())["hidden"])
        found, metadata = tensors(self.folder / "run/model.safetensors")
        ours, theirs = numbers(self.folder / "run/model.safetensors"), numbers(SHIPPED)
        for name in ("network.score.lstm.weight_hh_l0", "player.beat_slowness.score_marks.head.weight"):
            self.assertEqual(found[name]["dtype"], "F32")
            self.assertEqual(found[name]["shape"], tensors(SHIPPED)[0][name]["shape"])
            columns = found[name]["shape"][1]
            scales = theirs[name + ".scale"]
            wide = [scales[i // columns] * value for i, value in enumerate(theirs[name])]
            farthest = max(abs(a - b) for a, b in zip(ours[name], wide))
            self.assertLess(farthest, 0.001 * max(map(abs, wide)))
            self.assertGreater(farthest, 0)
        self.assertEqual(ours["network.score.mean"], theirs["network.score.mean"])
        self.assertIn("unknown licence; went on from classical: Creative Commons Attribution-NonCommercial",
                      metadata["licence"])
        self.assertIn(metadata["licence"], (self.folder / "run/card.md").read_text())
        self.assertIn("network.score: embedding 96, bidirectional LSTM of 1 layers of 48", metadata["architecture"])
        # From that run's folder too, and what was asked for is held against the model.
        self.train(*few, "--only", "network.score", "--from", "run", "--hidden", 48, folder="again")
        self.assertIn("network.score.", self.failed(
            1, "train", "expression", *few, "--only", "network.score", "--from", "run", "--hidden", 24, "-o", "third"))
        older = (self.folder / "run/model.safetensors").read_bytes().replace(b"pitch,duration", b"pitch,lasting_")
        (self.folder / "older.safetensors").write_bytes(older)
        self.assertIn("network.score was trained by a version", self.failed(
            1, "train", "expression", *few, "--only", "network.score", "--from", "older.safetensors", "-o", "fourth"))
        past = metadata["player.velocity.score.past"].split(",")[0].encode()
        other = (self.folder / "run/model.safetensors").read_bytes().replace(b'"' + past + b",", b'"' + past[::-1] + b",")
        (self.folder / "older.safetensors").write_bytes(other)
        self.assertIn("player.velocity.score.past: \"" + past[::-1].decode() + "\" is not told", self.failed(
            1, "train", "expression", *few, "--only", "network.score", "--from", "older.safetensors", "-o", "fifth"))
        lacking = (self.folder / "run/model.safetensors").read_bytes().replace(b"velocity.score.reader", b"velocity.score.hearer")
        (self.folder / "lacking.safetensors").write_bytes(lacking)
        self.assertIn("player.velocity.score.reader: found none", self.failed(
            1, "train", "expression", *few, "--only", "network.score", "--from", "lacking.safetensors", "-o", "fifth"))
        self.assertFalse((self.folder / "fifth").exists())  # refused before anything is packed

    def test_what_cannot_be_gone_on_from_is_refused_and_leaves_nothing(self):
        own = aligned.add_set(self, "own")
        train = ("train", "expression", "--data", own, "-o", "run", "--from")
        self.assertIn("nowhere", self.failed(2, *train, "nowhere"))
        self.assertIn("tensor network.score.embed.weight: found nothing", self.failed(1, *train, "default"))
        (self.folder / "torn.safetensors").write_bytes(SHIPPED.read_bytes()[:1000])
        self.assertIn("--from: torn.safetensors: header", self.failed(1, *train, "torn.safetensors"))
        self.assertIn("--learner network", self.failed(1, *train, "default", "--learner", "trees"))
        self.assertFalse((self.folder / "run").exists())

    def test_minutes_end_a_network_within_an_epoch(self):
        words = ("--data", aligned.add_set(self), *LOUDNESS, "--threads", 1, "--batch", 1, "--window", 32, "--block", 16,
                 "--width", 48, "--hidden", 96, "--layers", 3)
        self.train(*words, "--epochs", 1, folder="whole")
        whole = self.events("trained", "whole")[0]["seconds"]
        self.train(*words, "--epochs", 100, "--minutes", whole / 60 / 6)
        short = self.events("trained")[0]["seconds"]
        self.assertGreaterEqual(short, whole / 6)
        self.assertLess(short, 0.7 * whole)  # what is over is the first steps' and the validation's
        self.assertEqual(len(self.events("epoch")), 1)
        self.assertFalse((self.folder / "run/network.score_marks.checkpoint").exists())
        self.assertIn("complete", self.train("--resume").stdout.decode())

    def test_a_run_with_the_largest_seed_goes_on(self):
        data = aligned.add_set(self)
        seed = 2**64 - 1
        words = ("--data", data, *SMALL, *LOUDNESS, "--epochs", 1, "--seed", seed)
        self.train(*words)
        self.assertEqual(json.loads((self.folder / "run/config.json").read_text())["seed"], str(seed))
        before = self.weights()
        for name in ("model.json", "model.safetensors"):
            (self.folder / "run" / name).unlink()
        self.train("--resume", "--seed", seed, "--threads", 1)
        self.assertEqual(self.weights(), before)
        (self.folder / "run/model.json").unlink()
        self.assertIn(str(seed), self.failed(2, "train", "expression", "-o", "run", "--resume", "--seed", seed - 1))

    def test_pieces_are_augmented_on_wish(self):
        self.train("--data", aligned.add_set(self), *SMALL, *LOUDNESS, "--epochs", 1, "--augment",
                   "keys,stretch,inversion")
        self.assertEqual(json.loads((self.folder / "run/config.json").read_text())["augment"],
                         "keys,stretch,inversion")

    def test_what_is_wrong_is_said_in_one_line(self):
        data = aligned.add_set(self)
        train = ("train", "expression", "--learner", "network", "--data", data, "-o", "run")
        for words, says in ((("--only", "network.loud"), "network.loud"),
                            (("--augment", "keys,colours"), "colours"),
                            (("--epochs", 0), "--epochs"), (("--rate", "fast"), "--rate"),
                            (("--window", 100), "--block"), (("--heads", 5), "--hidden"),
                            (("--device", "tpu"), "cpu and cuda"), (("--protocol", "notewise"), "pieces")):
            self.assertIn(says, self.failed(2, *train, *words))
        self.assertIn("cuda", self.failed(1, *train, "--device", "cuda"))
        self.assertIn("nowhere", self.failed(1, *train[:5], "nowhere", *train[6:]))
        self.assertFalse((self.folder / "run").exists())


program.main()

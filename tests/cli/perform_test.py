# SPDX-License-Identifier: MIT
"""perform, and training and evaluating what it plays by: split by composition."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
import unittest

import aligned
import note_wise
import program
from program import Midi

CONTROLS = 0xB0


class Performing(program.Case):
    def score(self, name="score.mid", **options):
        self.compose("--genre", "classical", "--bars", 8, "--performance", "none", name=name, **options)
        return name

    def perform(self, *words, name="played.mid"):
        self.run_ok("perform", *words, "-o", name)
        return Midi((self.folder / name).read_bytes())

    def test_pitches_and_their_order_stay(self):
        name = self.score()
        before = Midi((self.folder / name).read_bytes())
        after = self.perform(name, "--model", "curve", "--seed", 1)
        self.assertEqual(before.names, after.names)
        for old, new in zip(before.tracks, after.tracks):
            self.assertEqual(sorted(note[3] for note in Midi.notes(old)), sorted(note[3] for note in Midi.notes(new)))
        self.assertGreater(len({note[4] for note in after.all_notes()}), 10)

    def test_depth_0_changes_nothing_and_depth_lies_between(self):
        name = self.score()
        self.run_ok("convert", name, "-o", "same.mid")
        self.perform(name, "--depth", 0, name="none.mid")
        self.assertEqual((self.folder / "same.mid").read_bytes(), (self.folder / "none.mid").read_bytes())
        spreads = []
        for depth in (0.3, 1):
            played = self.perform(name, "--depth", depth, "--model", "curve", "--seed", 1)
            velocities = [note[4] for note in played.all_notes()]
            spreads.append(max(velocities) - min(velocities))
        self.assertLess(spreads[0], spreads[1])

    def test_without_freedom_the_tempo_stays(self):
        name = self.score()
        before = Midi((self.folder / name).read_bytes())
        free = self.perform(name, "--model", "curve", "--seed", 1)
        strict = self.perform(name, "--model", "curve", "--seed", 1, "--tempo-freedom", 0)
        self.assertNotEqual([note[0] for note in free.all_notes()], [note[0] for note in before.all_notes()])
        self.assertEqual([note[0] for note in strict.all_notes()], [note[0] for note in before.all_notes()])
        self.assertEqual(strict.metas(0x51), before.metas(0x51))

    def test_files_are_played_with_rubato_and_pedal(self):
        self.compose("--genre", "classical", "--bars", 16, "--seed", 3, "--performance", "none", name="score.mid")
        written = Midi((self.folder / "score.mid").read_bytes())
        tempo = int.from_bytes(written.metas(0x51)[0][1], "big")
        most = []
        for freedom in (1, 0.5, 0):
            midi = self.perform("score.mid", "--model", "curve", "--seed", 3, "--tempo-freedom", freedom)
            most.append(max(abs(int.from_bytes(data, "big") / tempo - 1) for _, data in midi.metas(0x51)))
            pedal = [e for track in midi.tracks for e in track if e[1] & 0xF0 == CONTROLS and e[2] == 64]
            self.assertGreater(len(pedal), 4)
            self.assertEqual(len(midi.metas(0x51)) > 10, freedom > 0)
        self.assertAlmostEqual(most[1], most[0] / 2, delta=most[0] / 8)
        self.assertEqual(most[2], 0)
        # So does the default, where it plays by rule; a kit keeps the tempo.
        self.assertGreater(len(self.perform("score.mid", "--seed", 3).metas(0x51)), 10)
        self.compose("--genre", "rock", "--performance", "none", name="rock.mid")
        self.assertEqual(len(self.perform("rock.mid", "--model", "curve", "--seed", 3).metas(0x51)), 1)

    def test_bends_stay_where_only_loudness_changes(self):
        self.compose("--genre", "rock", "--bars", 16, "--seed", 3, "--performance", "none", name="score.mid")
        before = Midi((self.folder / "score.mid").read_bytes())
        self.assertTrue(any(e[1] & 0xF0 == 0xE0 for track in before.tracks for e in track))
        after = self.perform("score.mid", "--model", "sine", "--seed", 1)

        def all_but_velocities(track):
            kept = [e for e in track if not (e[1] == 0xFF and e[2] == 1)]
            return [e[:3] if e[1] & 0xF0 == 0x90 else e for e in kept]
        for old, new in zip(before.tracks, after.tracks):
            self.assertEqual(all_but_velocities(old), all_but_velocities(new))
        self.assertNotEqual(before.all_notes(), after.all_notes())

    def test_controllers_of_the_file_stay(self):
        name = self.score()
        before = Midi((self.folder / name).read_bytes())
        controls = [e for track in before.tracks for e in track if e[1] & 0xF0 == CONTROLS]
        body = aligned.midi([(i * 240, i * 240 + 240, 60 + i, 80) for i in range(16)])
        at = body.index(b"\x00\xff\x51")
        extra = b"\x00\xb0\x07\x50\x00\xb0\x0a\x20"
        size = int.from_bytes(body[18:22], "big") + len(extra)
        (self.folder / "mixed.mid").write_bytes(body[:18] + size.to_bytes(4, "big") + body[22:at] + extra + body[at:])
        after = self.perform("mixed.mid", "--model", "curve", "--seed", 1)
        kept = [e[2:4] for track in after.tracks for e in track if e[1] & 0xF0 == CONTROLS]
        self.assertEqual(kept[:2], [(7, 0x50), (10, 0x20)], controls)

    def test_without_variation_all_seeds_agree(self):
        name = self.score()
        notes = [self.perform(name, "--model", "curve", "--seed", seed, "--variation", variation).all_notes()
                 for seed, variation in ((1, 0), (2, 0), (1, 1), (2, 1))]
        self.assertEqual(notes[0], notes[1])
        self.assertNotEqual(notes[2], notes[3])

    def test_what_is_performed_is_refused_unless_replaced(self):
        self.run_ok("compose", "--genre", "classical", "--bars", 16, "--seed", 1, "--performance", "curve", "-o", "a.mid")
        place = aligned.add_set(self)
        recording = place / "Bach/Fugue/Fugue_bwv_846/P0.mid"
        self.refused(1, "perform", recording, "-o", "x.mid", says=["P0.mid", "--replace"])
        self.perform(recording, "--replace", "--seed", 1)

    def test_wrong_calls_are_refused(self):
        name = self.score()
        self.refused(2, "perform", name, says="-o")
        self.refused(2, "perform", name, "--depth", 2, "-o", "x.mid", says=["--depth", "0"])
        self.refused(2, "perform", name, "--variation", "nan", "-o", "x.mid", says="--variation")
        self.refused(2, "perform", name, "--model", "nobody", "-o", "x.mid", says=["nobody", "curve"])
        (self.folder / "bad.safetensors").write_bytes(b"\x10" + bytes(7) + b"{}")
        self.refused(1, "perform", name, "--model", "bad.safetensors", "-o", "x.mid", says="bad.safetensors")


class Models(program.Case):
    """Models by name, and what is told of them."""

    def alone(self, *words):
        """The program where no models lie beside it."""
        place = self.folder / "alone" / "build" / "release" / "bin"  # models would lie in "alone"
        if not place.exists():
            place.mkdir(parents=True)
            shutil.copy(program.PROGRAM, place / "toccata")
        return subprocess.run([place / "toccata", *map(str, words)], cwd=self.folder, capture_output=True, check=True).stdout.decode()

    def played(self, name):
        return Midi((self.folder / name).read_bytes())

    def provenance(self, name):
        return json.loads(self.text("info", "--json", name))["provenance"]

    def test_compose_plays_by_default_and_says_so(self):
        words = ("compose", "--genre", "classical", "--bars", 8, "--seed", 1)
        told = self.text(*words, "-o", "a.mid")
        self.assertRegex(told, r"played by default \(learned from pop909, MIT License\) -> a.mid")
        self.assertRegex(self.provenance("a.mid")[-1]["weights"][0], r"^default [0-9a-f]{16} MIT License$")
        self.text(*words, "--performance", "curve", "-o", "b.mid")
        a, b = self.played("a.mid"), self.played("b.mid")
        self.assertEqual([n[:4] for n in a.all_notes()], [n[:4] for n in b.all_notes()])
        self.assertGreater(sum(x[4] != y[4] for x, y in zip(a.all_notes(), b.all_notes())), len(a.all_notes()) / 2)
        loud = [sum(n[4] for n in midi.all_notes()) / len(midi.all_notes()) for midi in (a, b)]
        self.assertAlmostEqual(*loud, delta=4)
        self.assertEqual(json.loads(self.text(*words, "--json", "-o", "c.mid"))["played_by"].split()[0], "default")
        self.assertEqual((self.folder / "a.mid").read_bytes(), (self.folder / "c.mid").read_bytes())

    def test_without_weights_the_curve_plays_and_says_so(self):
        words = ("compose", "--genre", "classical", "--bars", 8, "--seed", 1)
        told = self.alone(*words, "-o", "a.mid")
        self.assertIn('played by curve, as the weights of "default" are missing', told)
        self.assertNotIn("weights", self.provenance("a.mid")[-1])
        self.text(*words, "--performance", "curve", "-o", "b.mid")
        self.assertEqual(self.played("a.mid").all_notes(), self.played("b.mid").all_notes())
        self.text(*words, "--performance", "none", "-o", "score.mid")
        self.assertIn("played by curve, as", self.alone("perform", "score.mid", "--seed", 1, "-o", "c.mid"))
        with self.assertRaises(subprocess.CalledProcessError) as refused:
            self.alone("perform", "score.mid", "--model", "classical", "-o", "d.mid")
        self.assertEqual(refused.exception.returncode, 1)
        self.assertIn(b"weights are missing", refused.exception.stderr)

    def test_perform_tells_who_played(self):
        self.compose("--genre", "classical", "--performance", "none", name="score.mid")
        for model, says in (("default", "played by default (learned from pop909"), ("curve", "played by curve ->"),
                            ("classical", "played by classical (learned from asap"),
                            ("notewise-forest", "played by notewise-forest (learned from POP909")):
            self.assertIn(says, self.text("perform", "score.mid", "--model", model, "--seed", 1, "-o", f"{model}.mid"))
            weights = self.provenance(f"{model}.mid")[-1].get("weights", [])
            self.assertEqual([line.split()[0] for line in weights], [] if model == "curve" else [model])

    def test_asked_dynamics_are_heard_in_what_a_model_plays(self):
        loud = []
        for dynamics in ("pp", "mf", "ff"):
            notes = self.compose("--genre", "classical", "--dynamics", dynamics).all_notes()
            loud.append(sum(note[4] for note in notes) / len(notes))
        self.assertLess(loud[0] + 20, loud[1])
        self.assertLess(loud[1] + 10, loud[2])

    def test_note_wise_forests_play(self):
        written = self.compose("--genre", "classical", "--performance", "none", name="score.mid")
        self.run_ok("perform", "score.mid", "--model", "notewise-forest", "--variation", 0, "--seed", 1, "-o", "a.mid")
        self.run_ok("perform", "score.mid", "--model", "notewise-forest", "--variation", 0, "--seed", 2, "-o", "b.mid")
        self.run_ok("perform", "score.mid", "--model", "notewise-forest", "--seed", 2, "-o", "c.mid")
        a, b, c = (self.played(name) for name in ("a.mid", "b.mid", "c.mid"))
        self.assertEqual(a.all_notes(), b.all_notes())
        self.assertNotEqual(b.all_notes(), c.all_notes())
        pitches = [[sorted(n[3] for n in Midi.notes(track)) for track in midi.tracks] for midi in (written, a, c)]
        self.assertEqual(pitches[0], pitches[1])
        self.assertEqual(pitches[0], pitches[2])
        for midi in (a, c):
            self.assertGreater(len({note[4] for note in midi.all_notes()}), 8)
            self.assertLessEqual(max(note[1] for note in midi.all_notes()), 1920)
            # What is shorter than 200 ticks is let go for the key's next stroke, or at the end.
            for track in midi.tracks:
                notes = Midi.notes(track)
                for onset, length, _, pitch, _ in notes:
                    again = [n[0] for n in notes if n[3] == pitch and n[0] > onset]
                    end = max(n[0] + n[1] for n in midi.all_notes())
                    self.assertTrue(length >= 200 or onset + length in (again[:1] or [end]), (onset, length, again[:1], end))
        composed = self.compose("--genre", "classical", "--performance", "notewise-forest", name="d.mid")
        self.assertEqual(pitches[0], [sorted(n[3] for n in Midi.notes(track)) for track in composed.tracks])

    def test_a_run_of_the_note_wise_protocol_plays_by_its_folder(self):
        note_wise.add_rows(self)
        self.run_ok("train", "expression", "--rows", "rows.csv", "-o", "run")
        self.compose("--genre", "classical", "--performance", "none", name="score.mid")
        self.run_ok("perform", "score.mid", "--model", "run", "--variation", 0, "--seed", 1, "-o", "a.mid")
        notes = self.played("a.mid").all_notes()
        # The rows' velocities are their pitches, up to 90.
        self.assertLess(sum(abs(n[4] - n[3]) for n in notes if n[3] < 85) / len(notes), 6)
        self.refused(1, "evaluate", "expression", "--data", ".", "--model", "run", says="note-wise")


class Pieces(program.Case):
    def train(self, *words, folder="run"):
        self.run_ok("train", "expression", "--data", "asap", "-o", folder, *words)
        return json.loads((self.folder / folder / "model.json").read_text())

    def test_a_run_learns_what_is_there_and_is_played_by(self):
        aligned.add_set(self)
        model = self.train()
        self.assertEqual(model["protocol"], "pieces")
        velocity = model["targets"]["velocity"]
        # The page and the pitch say nearly all of the loudness here; the notes alone do not.
        self.assertGreater(velocity["score_marks"]["r2"], 0.8)
        self.assertLess(velocity["score"]["r2"], velocity["score_marks"]["r2"] - 0.2)
        for figures in velocity.values():
            self.assertEqual(figures["performances"], 2)
            self.assertLessEqual(figures["ci95"][0], figures["r2"] + 1e-9)
        events = map(json.loads, (self.folder / "run/log.jsonl").read_text().splitlines())
        left_out = [event["learner"] for event in events if event["event"] == "left_out"]
        self.assertEqual(left_out, ["model.lag.score_marks"])  # one note at a time: nothing lags
        self.assertNotIn("lag", model["targets"])
        report = json.loads(self.text("evaluate", "expression", "--data", "asap", "--model", "run", "--json"))
        self.assertAlmostEqual(report["velocity"]["score_marks"]["r2"], velocity["score_marks"]["r2"])
        self.assertIn("baseline_score_marks", report["velocity"])
        counted = {name: set(rows) for name, rows in report["times"].items()}
        both = {"score_marks", "autoregressive_teacher"}
        self.assertEqual(counted, {"by_notes": both, "note_after_note": {"autoregressive_teacher"},
                                   "waits": both | {"written"}, "lengths": both | {"written"}})
        score = "asap/Bach/Fugue/Fugue_bwv_876/xml_score.musicxml"
        for seed, name in ((1, "a.json"), (2, "b.json")):
            self.run_ok("perform", score, "--model", "run", "--variation", 0, "--seed", seed, "-o", name)
        first, second = (json.loads((self.folder / name).read_text()) for name in ("a.json", "b.json"))
        self.assertEqual(first["performance"], second["performance"])
        velocities = [note["velocity"] for note in first["performance"]["notes"]]
        page = [loud for _, loud in aligned.line(random.Random(3))]
        forte, piano = ([v for v, loud in zip(velocities, page) if loud == wanted] for wanted in (True, False))
        self.assertGreater(sum(forte) / len(forte), sum(piano) / len(piano) + 15)

    def test_a_run_that_is_killed_goes_on_to_the_same_weights(self):
        aligned.add_set(self)
        seed = str(2**64 - 1)
        self.train("--seed", seed, folder="whole")
        words = [program.PROGRAM, "train", "expression", "--data", "asap", "-o", "run", "--resume", "--seed", seed]
        for patience in (0.3, 0.6):
            with subprocess.Popen(words, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                time.sleep(patience)
                run.send_signal(signal.SIGKILL)
        self.train("--resume", "--seed", seed)
        whole, resumed = (self.folder / name / "model.safetensors" for name in ("whole", "run"))
        self.assertEqual(whole.read_bytes(), resumed.read_bytes())

    def test_songs_with_beats_teach_loudness_whatever_their_level(self):
        aligned.add_songs(self)
        self.run_ok("train", "expression", "--data", "songs", "-o", "run", "--seed", 1)
        model = json.loads((self.folder / "run/model.json").read_text())
        velocity = model["targets"]["velocity"]
        self.assertEqual(set(velocity), {"score_marks", "baseline_score_marks", "curve_score_marks"})
        self.assertGreater(velocity["score_marks"]["r2_fitted"], 0.8)
        self.assertGreater(velocity["score_marks"]["r2_fitted"], velocity["curve_score_marks"]["r2_fitted"] + 0.3)
        self.assertEqual(set(model["targets"]), {"velocity", "pedal_down", "pedal_change"})
        report = json.loads(self.text("evaluate", "expression", "--data", "songs", "--model", "run", "--json"))
        self.assertEqual(report["velocity"], velocity)
        self.assertEqual(report["pieces"], 1)
        self.compose("--genre", "classical", "--performance", "none", name="score.mid")
        told = self.text("perform", "score.mid", "--model", "run", "--seed", 1, "-o", "played.mid")
        self.assertIn("learned from songs, MIT License", told)

    def test_what_cannot_be_learned_from_is_refused(self):
        (self.folder / "data").mkdir()
        (self.folder / "data" / "readme").write_text("nothing")
        self.refused(1, "train", "expression", "--data", "data", "-o", "r", says="metadata.csv")
        self.refused(2, "train", "expression", "--data", "data", "-o", "r", "--sample", 100, says="--sample")

    @unittest.skipUnless(os.environ.get("TOCCATA_DATA"), "TOCCATA_DATA names no data")
    def test_real_scores_are_written_music_and_real_performances_are_not(self):
        names = sorted((pathlib.Path(os.environ["TOCCATA_DATA"]) / "asap").glob("*/**/*.mid"))[::12]
        for name in names:
            status = self.call("perform", name, "--model", "none", "-o", "x.mid").returncode
            self.assertEqual(status, 0 if name.name == "midi_score.mid" else 1, name)


if __name__ == "__main__":
    program.main()

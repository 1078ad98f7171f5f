# SPDX-License-Identifier: MIT
"""compose: every option does what it says."""
import json
import statistics
import unittest

import program
from program import Midi

GENRES = ("classical", "jazz", "arabic", "rock", "electronic", "blues", "bossa", "waltz", "lofi", "funk", "folk", "reggae",
          "cinematic", "chiptune")


def velocities(midi):
    return [note[4] for note in midi.all_notes()]


class Compose(program.Case):
    def explained(self, *words):
        return json.loads(self.text("compose", *words, "--explain", "--json", "--seed", 1))

    def test_file(self):
        for genre in GENRES:
            midi = self.compose("--genre", genre)
            self.assertEqual((midi.format, midi.division), (1, 480))
            self.assertEqual(midi.notes(midi.tracks[0]), [])
            self.assertIn("Melody", midi.names)
            bar = 480 * 4 * int(midi.meter.split("/")[0]) // int(midi.meter.split("/")[1])
            onsets = [note[0] for note in midi.all_notes()]
            self.assertGreaterEqual(max(onsets), 7 * bar, genre)
            self.assertLess(max(onsets), 8 * bar, genre)
            self.assertLess(max(n[0] + n[1] for n in midi.all_notes()), 9 * bar, genre)

    def test_genre(self):
        pieces = {genre: self.compose("--genre", genre).tracks for genre in GENRES}
        for one in GENRES:
            for other in GENRES:
                self.assertEqual(pieces[one] == pieces[other], one == other)

    def test_genre_mix(self):
        self.assertEqual(self.explained("--genre", "jazz:0.6+arabic:0.4")["genre"], "jazz:0.6+arabic:0.4")
        self.assertNotEqual(self.compose("--genre", "jazz").tracks, self.compose("--genre", "jazz+arabic").tracks)

    def test_genre_all(self):
        (self.folder / "out").mkdir()
        self.run_ok("compose", "--genre", "all", "--out-dir", "out", "--bars", 4, "--seed", 2)
        names = {path.name for path in (self.folder / "out").iterdir()}
        self.assertLessEqual({f"ai_composition_{genre}.mid" for genre in GENRES}, names)
        self.run_ok("compose", "--genre", "jazz", "--bars", 4, "--seed", 2, "-o", "one.mid")
        jazz = (self.folder / "out/ai_composition_jazz.mid").read_bytes()
        self.assertEqual(jazz, (self.folder / "one.mid").read_bytes())

    def test_key(self):
        for key, signature in (("D minor", b"\xff\x01"), ("Bb major", b"\xfe\x00"), ("F# major", b"\x06\x00")):
            midi = self.compose("--genre", "classical", "--key", key)
            self.assertEqual(midi.metas(0x59)[0][1], signature)
            tonic = {"D": 2, "Bb": 10, "F#": 6}[key.split()[0]]
            triad = {tonic, (tonic + (3 if "minor" in key else 4)) % 12, (tonic + 7) % 12}
            for name in ("Melody", "Bass"):
                self.assertIn(midi.notes(midi.track(name))[-1][3] % 12, triad, key)

    def test_maqam(self):
        midi = self.compose("--genre", "arabic", "--key", "D bayati", "--bars", 16)
        self.assertTrue(any(event[1] & 0xF0 == 0xE0 for track in midi.tracks for event in track))
        self.assertEqual(self.explained("--key", "D bayati")["key"], {"tonic": "D", "maqam": "bayati"})

    def test_numerals_in_the_key_of_a_flag(self):
        self.assertEqual(self.explained("ii-V-I in jazz", "--key", "D major")["chords"], "Em | A | D")

    def test_chords_as_people_write_them(self):
        for written, chords in (("Do7", "C7"), ("Lam Fa | Do Sol", "Am F | C G"), ("Ddim7", "Ddim7")):
            self.assertEqual(self.explained("--chords", written)["chords"], chords)
        self.assertEqual(self.explained("--chords", "ii-V-I", "--key", "D major")["chords"], "Em | A | D")
        self.assertEqual(self.explained("jazz in G", "--chords", "ii-V-I")["chords"], "Am | D | G")
        self.assertEqual(self.explained("--genre", "rock", "--chords", "I-V")["chords"], "E | B")

    def test_words_in_any_case(self):
        told = self.explained("--mood", "Joyful", "--genre", "Jazz", "--parts", "Melody,BASS", "--engine", "Rules")
        self.assertEqual((told["mood"], told["genre"], told["engine"]), ("joyful", "jazz", "rules"))
        self.assertEqual(told["parts"], ["melody", "bass"])

    def test_tempo(self):
        for tempo in (20, 71.5, 132, 400):
            self.assertAlmostEqual(self.compose("--tempo", tempo).tempo, tempo, delta=tempo * 1e-4)

    def test_meter(self):
        for meter in ("3/4", "6/8", "7/8", "5/4"):
            self.assertEqual(self.compose("--meter", meter, "--genre", "classical").meter, meter)

    def test_bars(self):
        for bars in (1, 2, 7, 40):
            midi = self.compose("--bars", bars, "--meter", "4/4")
            self.assertEqual(max(n[0] for n in midi.all_notes()) // 1920, bars - 1)

    def test_seconds(self):
        self.assertEqual(self.explained("--seconds", 30)["seconds"], 30)
        midi = self.compose("--seconds", 30, "--genre", "rock")
        end = max(n[0] + n[1] for n in midi.all_notes())
        self.assertAlmostEqual(end / 480 * 60 / midi.tempo, 30, delta=2.5)

    def test_form(self):
        midi = self.compose("--form", "A B A' C A", "--bars", 20)
        self.assertEqual([text.decode() for _, text in midi.metas(6)], ["A", "B", "A'", "C", "A"])
        self.assertTrue(all(tick % 480 == 0 for tick, _ in midi.metas(6)))

    def test_mood(self):
        joyful, sad = (self.explained("--mood", mood) for mood in ("joyful", "sad"))
        self.assertGreater(joyful["valence"], sad["valence"])
        self.assertEqual((joyful["mood"], sad["mood"]), ("joyful", "sad"))
        self.assertIn("minor", sad["key"]["scale"])

    def test_valence_and_arousal(self):
        self.assertEqual(self.explained("--valence", 0.9)["key"]["scale"], "major")
        self.assertEqual(self.explained("--valence", -0.9)["key"]["scale"], "minor")
        calm, excited = (self.explained("--arousal", x)["tempo"] for x in (-0.9, 0.9))
        self.assertLess(calm, excited)

    def test_chords(self):
        midi = self.compose("--chords", "Dm7 G7 | Cmaj7 | %", "--bars", 3, "--parts", "chords,bass")
        texts = " ".join(text.decode() for _, text in midi.metas(1))
        for chord in ("Dm7", "G7", "Cmaj7"):
            self.assertIn(chord, texts)
        last = {n[3] % 12 for n in midi.notes(midi.track("Chords")) if n[0] >= 2 * 1920 - 60}
        self.assertLessEqual(last, {0, 4, 7, 11, 2, 9})

    def test_instruments(self):
        midi = self.compose("--instruments", "flute, piano", "--genre", "classical")
        programs = {event[2] for track in midi.tracks for event in track if event[1] & 0xF0 == 0xC0}
        self.assertLessEqual({73, 0}, programs)

    def test_density(self):
        counts = [len(self.compose("--density", x, "--bars", 16, "--melody-only").all_notes()) for x in (0, 0.5, 1)]
        self.assertLess(counts[0], counts[1])
        self.assertLess(counts[1], counts[2])

    def test_dynamics(self):
        means = [statistics.mean(velocities(self.compose("--dynamics", mark))) for mark in
                 ("pp", "p", "mp", "mf", "f", "ff")]
        self.assertEqual(means, sorted(means))
        self.assertGreater(means[-1] - means[0], 40)

    def test_note_lengths(self):
        lengths = [statistics.mean(n[1] for n in self.compose("--note-lengths", word, "--melody-only").all_notes())
                   for word in ("short", "long")]
        self.assertLess(lengths[0], lengths[1])

    def test_parts(self):
        names = set(self.compose("--genre", "rock", "--parts", "melody, bass").names)
        self.assertIn("Melody", names)
        self.assertIn("Bass", names)
        self.assertFalse({"Drums", "Chords"} & names)

    def test_melody_only(self):
        midi = self.compose("--genre", "rock", "--melody-only")
        self.assertEqual([name for name in midi.names if midi.notes(midi.track(name))], ["Melody"])

    def test_no_drums(self):
        self.assertIn("Drums", self.compose("--genre", "rock").names)
        midi = self.compose("--genre", "rock", "--no-drums")
        self.assertNotIn("Drums", midi.names)
        self.assertFalse(any(n[2] == 9 for n in midi.all_notes()))
        self.assertIs(self.explained("--genre", "rock", "--no-drums")["drums"], False)

    def test_seed(self):
        one = self.compose("--seed", 5)
        self.assertEqual(one.tracks, self.compose("--seed", 5).tracks)
        self.assertNotEqual(one.tracks, self.compose("--seed", 6).tracks)
        self.compose("--seed", 18446744073709551615)

    def test_seed_is_told(self):
        self.assertIn("seed 5", self.text("compose", "--seed", 5, "-o", "x.mid"))
        told = self.text("compose", "--bars", 4, "-o", "drawn.mid").split()[1].rstrip(":")
        self.run_ok("compose", "--bars", 4, "--seed", told, "-o", "again.mid")
        drawn, again = ((self.folder / name).read_bytes() for name in ("drawn.mid", "again.mid"))
        self.assertEqual(drawn, again)

    def test_engine(self):
        rules, walk = (self.compose("--engine", name).tracks for name in ("rules", "walk"))
        self.assertNotEqual(rules, walk)
        self.assertIn('"engine":"walk"', b" ".join(t for _, t in self.compose("--engine", "walk").metas(1)).decode())

    def walk(self, *words):
        """A piece of the walk, as long as it makes it."""
        self.run_ok("compose", "--engine", "walk", "--performance", "none", "--key", "C major", "--seed", 1, *words,
                    "-o", "walk.mid")
        return Midi((self.folder / "walk.mid").read_bytes())

    def walk_melody(self, *words):
        midi = self.walk("--walk-ending", "free", *words)
        return [note[3] for note in midi.notes(midi.track("Melody"))]

    def walk_chords(self, *words):
        """The chords of its bars, as sorted pitch classes."""
        midi = self.walk(*words)
        bars = {}
        for onset, _, _, pitch, _ in midi.notes(midi.track("Chords")):
            bars.setdefault(onset // 1920, set()).add(pitch % 12)
        return [sorted(bars[bar]) for bar in sorted(bars)]

    def test_walk_notes(self):
        self.assertEqual(len(self.walk_melody()), 16)
        for notes in (1, 9, 50):
            midi = self.walk("--walk-notes", notes)
            self.assertEqual(len(midi.notes(midi.track("Melody"))), notes)
            bars = max(note[0] for note in midi.notes(midi.track("Bass"))) // 1920 + 1
            self.assertEqual(bars, -(-notes // 4))
        self.assertEqual(len(self.walk_melody("--bars", 8)), 32)
        self.assertEqual(len(self.walk_melody("--bars", 8, "--walk-notes", 9)), 9)

    def test_walk_steps(self):
        rising = self.walk_melody("--walk-steps", "3", "--walk-probabilities", "1", "--walk-notes", 8)
        self.assertTrue(all(b > a for a, b in zip(rising, rising[1:])), rising)
        still = self.walk_melody("--walk-probabilities", "0,0,1,0,0")
        self.assertEqual(len(set(still)), 1)

    def test_walk_range(self):
        self.assertLessEqual(set(self.walk_melody("--walk-range", "61-66", "--bars", 20)), {62, 64, 65})
        self.assertGreater(min(self.walk_melody("--walk-range", "90-100")), 89)

    def test_walk_chords(self):
        tonic, fourth, fifth = [0, 4, 7], [0, 5, 9], [2, 7, 11]
        self.assertEqual(self.walk_chords(), [tonic, fourth, fifth, tonic])
        self.assertEqual(self.walk_chords("--walk-chords", "I IV V7 I")[2], [2, 6, 7, 11])
        self.assertEqual(self.walk_chords("--walk-sevenths")[:2], [[0, 4, 7, 11], [0, 4, 5, 9]])
        self.assertEqual(self.walk_chords("--walk-chords", "I,V", "--walk-ending", "free")[3], fifth)
        self.assertEqual(self.walk_chords("--chords", "G7 | Am | F | C")[:2], [[2, 5, 7, 11], [0, 4, 9]])

    def test_walk_ending(self):
        ends = set()
        for seed in range(1, 20):
            words = ("--engine", "walk", "--key", "C major", "--seed", seed, "--bars", 5)
            for ending in ("tonic", "free"):
                midi = self.compose(*words, "--walk-ending", ending)
                last = [midi.notes(midi.track(name))[-1][3] % 12 for name in ("Melody", "Bass")]
                if ending == "tonic":
                    self.assertLessEqual(set(last), {0, 4, 7})
                else:
                    ends.update(last)
        self.assertGreater(len(ends), 3)

    def test_walk_is_told(self):
        words = ("--engine", "walk", "--walk-notes", 5, "--walk-range", "50-70")
        brief = self.explained(*words)
        self.assertEqual((brief["walk"]["notes"], brief["walk"]["lowest"]), (5, 50))
        self.assertIn("walk", {reason["field"] for reason in brief["reasons"]})
        (self.folder / "b.json").write_text(json.dumps(brief))
        self.run_ok("compose", *words, "--seed", 1, "-o", "one.mid")
        self.run_ok("compose", "--brief", "b.json", "-o", "two.mid")
        one, two = (Midi((self.folder / name).read_bytes()).all_notes() for name in ("one.mid", "two.mid"))
        self.assertEqual(one, two)
        self.assertIn(b'\\"walk\\":{\\"notes\\":5', (self.folder / "one.mid").read_bytes())
        # Options win over the file, one by one.
        self.assertEqual(self.explained("--brief", "b.json", "--walk-notes", 8)["walk"]["lowest"], 50)

    def test_rhythm(self):
        brief = self.explained("--rhythm", "samai")
        self.assertEqual((brief["rhythm"], brief["meter"], brief["genre"]), ("sama'i thaqil", "10/8", "arabic"))
        self.assertEqual(self.explained("a sama'i in D bayati")["rhythm"], "sama'i thaqil")
        dums = [set(note[0] % 1920 for note in self.compose("--rhythm", name).all_notes()
                    if note[2] == 9 and note[3] == 64 and note[0] // 1920 == 1) for name in ("maqsum", "baladi")]
        self.assertNotEqual(*dums)

    def test_options_win(self):
        drums = self.explained("a jazz tune, no drums", "--instruments", "piano,drums")
        self.assertEqual(drums["drums"], True)
        self.assertIn("wins over", str([r for r in drums["reasons"] if r["field"] == "drums"]))
        self.assertNotIn("drums", self.explained("a jazz tune with drums", "--melody-only"))
        self.assertEqual(self.explained("jazz for piano, bass and drums", "--no-drums")["drums"], False)
        alone = self.explained("jazz for sax and piano", "--parts", "melody")
        self.assertEqual(alone["instruments"], ["tenor sax"])
        self.assertIn("without piano", str(alone["reasons"]))

    def test_hand_drum_without_a_kit(self):
        brief = self.explained("arabic, no drums but with darbuka and oud")
        self.assertEqual((brief["drums"], "darbuka" in brief["instruments"]), (False, True))
        (self.folder / "b.json").write_text(json.dumps(brief))
        self.run_ok("compose", "--brief", "b.json", "-o", "x.mid")

    def test_three_lengths_that_agree(self):
        midi = self.compose("--bars", 16, "--seconds", 43, "--tempo", 90)
        self.assertAlmostEqual(midi.tempo, 90, places=2)
        self.assertEqual(self.explained("--seconds", 10, "--chords", "C|F|G|Am|C|F|Dm|G|C")["bars"], 9)
        self.compose("--bars", 4, "--chords", "C|F|C|F|C|F|C|F")

    def test_performance(self):
        none = self.compose("--performance", "none")
        self.assertEqual(set(velocities(none)), {80})
        sine = self.compose("--performance", "sine", "--melody-only")
        self.assertEqual(sine.all_notes()[0][4], 90 if sine.all_notes()[0][0] % 240 == 0 else 70)
        curve = self.compose("--performance", "curve")
        self.assertGreater(len(set(velocities(curve))), 10)
        usual = self.compose()
        self.assertEqual(usual.all_notes(), self.compose("--performance", "default").all_notes())
        self.assertNotEqual(curve.all_notes(), usual.all_notes())
        pitches = [sorted(n[3] for n in midi.all_notes()) for midi in (none, curve, usual)]
        self.assertEqual(pitches, pitches[:1] * 3)

    def test_brief(self):
        brief = self.explained("--genre", "jazz", "--bars", 12, "--tempo", 99)
        (self.folder / "brief.json").write_text(json.dumps(brief))
        midi = Midi(self.run_ok("compose", "--brief", "brief.json", "-o", "-").stdout)
        self.assertAlmostEqual(midi.tempo, 99, delta=0.1)
        over = self.compose("--brief", "brief.json", "--tempo", 150)
        self.assertAlmostEqual(over.tempo, 150, delta=0.1)
        over = self.explained("a rock waltz at 80 bpm in D, no drums", "--brief", "brief.json", "--bars", 8)
        self.assertEqual((over["genre"], over["tempo"], over["bars"], over["key"]["tonic"], over["drums"]),
                         ("jazz", 99, 8, brief["key"]["tonic"], True))
        (self.folder / "part.json").write_text(
            '{"format": "toccata.brief/1", "mood": "sad", "parts": ["melody", "bass"]}')
        over = self.explained("a joyful jazz piece with piano, flute and guitar", "--brief", "part.json")
        self.assertEqual((over["mood"], over["parts"]), ("sad", ["melody", "bass"]))
        self.assertLess(over["valence"], 0)

    def test_outputs(self):
        self.run_ok("compose", "--bars", 4, "--seed", 1, "-o", "a.mid", "-o", "b.json", "-o", "c.svg")
        self.assertEqual((self.folder / "a.mid").read_bytes()[:4], b"MThd")
        self.assertEqual(json.loads((self.folder / "b.json").read_text())["format"], "toccata.score/1")
        self.assertIn(b"<svg", (self.folder / "c.svg").read_bytes())

    def test_stdout(self):
        done = self.run_ok("compose", "--bars", 4, "--seed", 1, "-o", "-", "-o", "a.mid")
        self.assertEqual(done.stdout, (self.folder / "a.mid").read_bytes())
        self.assertIn(b"seed 1", done.stderr)
        for name, begin in (("json", b"{"), ("svg", b"<")):
            self.assertEqual(self.run_ok("compose", "--bars", 4, "-o", "-", "--to", name).stdout[:1], begin)

    def test_existing_file_is_replaced(self):
        (self.folder / "x.mid").write_bytes(b"old")
        self.compose()
        self.assertEqual([p.name for p in self.folder.iterdir()], ["x.mid"])

    def test_explain(self):
        text = self.text("compose", "--genre", "jazz", "--tempo", 111, "--explain", "--seed", 1)
        lines = {line.split()[0]: line for line in text.splitlines()}
        self.assertIn("--tempo", lines["tempo"])
        self.assertIn("111", lines["tempo"])
        for field in ("genre", "key", "meter", "bars", "form", "valence", "arousal", "density", "dynamics",
                      "instruments", "seed", "engine", "performance"):
            self.assertGreater(len(lines[field].split()), 2, field)

    def test_explain_json(self):
        brief = self.explained("--genre", "rock", "--bars", 12)
        self.assertEqual((brief["genre"], brief["bars"], brief["meter"]), ("rock", 12, "4/4"))
        for field in ("key", "tempo", "form", "valence", "arousal", "density", "dynamics", "note_lengths",
                      "instruments", "not_understood"):
            self.assertIn(field, brief)
        self.assertTrue(all(set(r) == {"field", "value", "because"} for r in brief["reasons"]))
        self.assertNotIn("seconds", brief)

    def test_explain_writes_too(self):
        self.text("compose", "--explain", "--bars", 4, "-o", "x.mid")
        self.assertTrue((self.folder / "x.mid").exists())

    def test_summary_json(self):
        told = json.loads(self.text("compose", "--json", "--seed", 3, "--bars", 4, "-o", "x.mid"))
        self.assertEqual((told["seed"], told["files"]), (3, ["x.mid"]))

    def test_sentence(self):
        brief = self.explained("a joyful jazz tune in D minor at 110 bpm, 12 bars, without drums")
        self.assertEqual((brief["genre"], brief["tempo"], brief["bars"]), ("jazz", 110, 12))
        self.assertEqual(brief["key"], {"tonic": "D", "scale": "minor"})
        self.assertIs(brief["drums"], False)
        french = self.explained("une valse calme en ré mineur, 16 mesures")
        self.assertEqual((french["meter"], french["bars"]), ("3/4", 16))

    def test_options_win_over_the_sentence(self):
        brief = self.explained("a jazz tune in D minor, 12 bars", "--bars", 20, "--genre", "rock")
        self.assertEqual((brief["genre"], brief["bars"]), ("rock", 20))

    def test_words_apart(self):
        self.assertEqual(self.explained("a", "jazz", "tune")["genre"], "jazz")

    def test_surroundings_do_not_matter(self):
        plain = self.run_ok("compose", "--bars", 8, "--seed", 1, "--tempo", "90.5", "-o", "-").stdout
        odd = {"LC_ALL": "fr_FR.UTF-8", "LANG": "de_DE", "TZ": "Asia/Kabul", "PATH": ""}
        other = self.run_ok("compose", "--bars", 8, "--seed", 1, "--tempo", "90.5", "-o", "-", env=odd)
        self.assertEqual(plain, other.stdout)


if __name__ == "__main__":
    program.main()

# SPDX-License-Identifier: MIT
"""Players that fit each genre: one voice where there is one, breath, pedals, strums, and swing that stays."""
import statistics
import unittest

import aligned
import program
from program import Midi

GENRES = ("arabic", "blues", "bossa", "chiptune", "cinematic", "classical", "electronic", "folk", "funk", "jazz",
          "lofi", "reggae", "rock", "waltz")
PERFORMERS = ("default", "curve", "classical")
PIANOS = range(0, 6)
LINES = [*range(32, 45), *range(56, 61), *range(64, 80), 80, 81, 110]
BREATHING = [22, *range(56, 61), *range(64, 80)]
WINDS = ("flute", "alto sax", "trumpet", "oboe", "clarinet")
SWINGING = {"jazz": 0.64, "blues": 0.66, "lofi": 0.58}


def program_of(track):
    return next((e[2] for e in track if e[1] & 0xF0 == 0xC0), None)


def is_section(track):
    """Several players of one instrument: horns that hold chords."""
    onsets = [note[0] for note in Midi.notes(track)]
    return 10 * (len(onsets) - len(set(onsets))) > len(onsets)


def is_drums(track):
    return any(e[1] == 0x99 for e in track)


class Families(program.Case):
    def pieces(self, performer, seeds, **options):
        for genre in GENRES:
            for seed in seeds:
                words = [w for pair in options.items() for w in (f"--{pair[0]}", pair[1])]
                if performer != "default":
                    words += ["--performance", performer]
                self.run_ok("compose", "--genre", genre, "--bars", 16, "--seed", seed, *words, "-o", "x.mid")
                self.run_ok("compose", "--genre", genre, "--bars", 16, "--seed", seed, "--performance", "none", "-o",
                            "written.mid")
                yield genre, Midi((self.folder / "x.mid").read_bytes())

    def check_line(self, midi, track, page, where):
        """No note of one voice lasts into one that is written after it for longer than a slur does."""
        tick = 60 / midi.tempo / midi.division
        by_pitch = lambda note: (note[3], note[0])
        pairs = sorted(zip(sorted(Midi.notes(page), key=by_pitch), sorted(Midi.notes(track), key=by_pitch)))
        for (old, first), (new, second) in zip(pairs, pairs[1:]):
            if old[0] < new[0]:
                self.assertLessEqual((first[0] + first[1] - second[0]) * tick, 0.025, (where, first, second))
        return len(pairs)

    def test_one_voice_has_one_note_at_a_time(self):
        for performer in PERFORMERS:
            checked = 0
            for genre, midi in self.pieces(performer, (1, 2)):
                written = Midi((self.folder / "written.mid").read_bytes())
                for track, page in zip(midi.tracks, written.tracks):
                    if program_of(track) in LINES and not is_drums(track) and not is_section(page):
                        checked += self.check_line(midi, track, page, (performer, genre))
            self.assertGreater(checked, 1000)

    def test_a_users_line_has_one_voice_too(self):
        for instrument in (40, 66, 73):
            body = aligned.midi([(i * 240, i * 240 + 260, 60 + (i * 5) % 12, 80) for i in range(64)])
            at = body.index(b"\x00\xff\x51")
            extra = bytes((0, 0xC0, instrument))
            size = int.from_bytes(body[18:22], "big") + len(extra)
            (self.folder / "own.mid").write_bytes(
                body[:18] + size.to_bytes(4, "big") + body[22:at] + extra + body[at:])
            for performer in PERFORMERS:
                self.run_ok("perform", "own.mid", "--model", performer, "--seed", 1, "-o", "played.mid")
                midi = Midi((self.folder / "played.mid").read_bytes())
                written = Midi((self.folder / "own.mid").read_bytes())
                checked = sum(self.check_line(midi, track, page, (performer, instrument))
                              for track, page in zip(midi.tracks, written.tracks))
                self.assertEqual(checked, 64)

    def test_only_pianos_have_a_pedal(self):
        for performer in PERFORMERS:
            pedals = 0
            for genre, midi in self.pieces(performer, (1, 2)):
                for track in midi.tracks:
                    count = sum(1 for e in track if e[1] & 0xF0 == 0xB0 and e[2] == 64)
                    if is_drums(track) or program_of(track) not in PIANOS:
                        self.assertEqual(count, 0, (performer, genre, program_of(track)))
                    pedals += count
            self.assertGreater(pedals, 0, performer)

    def test_winds_breathe(self):
        for instrument in WINDS:
            for performer in PERFORMERS[1:]:
                self.run_ok("compose", "--genre", "waltz", "--bars", 48, "--seed", 4, "--instruments", instrument,
                            "--density", 0.9, "--performance", performer, "-o", "x.mid")
                midi = Midi((self.folder / "x.mid").read_bytes())
                track = next(t for t in midi.tracks if program_of(t) in BREATHING)
                tick = 60 / midi.tempo / midi.division
                notes = sorted(Midi.notes(track))
                begun = notes[0][0]
                for first, second in zip(notes, notes[1:]):
                    end = first[0] + first[1]
                    self.assertLess((end - begun) * tick, 9.5, (instrument, performer, first))
                    if (second[0] - end) * tick > 0.05:
                        begun = second[0]

    def test_swing_stays(self):
        for genre, ratio in SWINGING.items():
            for performer in PERFORMERS:
                found = []
                for seed in range(1, 7):
                    words = [] if performer == "default" else ["--performance", performer]
                    self.run_ok("compose", "--genre", genre, "--bars", 16, "--seed", seed, "--meter", "4/4",
                                "--performance", "none", "-o", "straight.mid")
                    self.run_ok("compose", "--genre", genre, "--bars", 16, "--seed", seed, "--meter", "4/4", *words,
                                "-o", "swung.mid")
                    straight, swung = (Midi((self.folder / f"{n}.mid").read_bytes()) for n in ("straight", "swung"))
                    for old, new in zip(straight.tracks, swung.tracks):
                        pairs = zip(sorted(Midi.notes(old), key=lambda n: (n[3], n[0])),
                                    sorted(Midi.notes(new), key=lambda n: (n[3], n[0])))
                        found += [(b[0] - a[0] + 240) / 480 for a, b in pairs if a[0] % 480 == 240]
                self.assertGreater(len(found), 100)
                self.assertAlmostEqual(statistics.median(found), ratio, delta=0.035, msg=(genre, performer))


if __name__ == "__main__":
    program.main()

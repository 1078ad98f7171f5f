# SPDX-License-Identifier: MIT
"""fill and continue: what was asked is written, everything else of the user's file stays."""
import unittest

import program
from program import Midi

BAR = 4 * 480


def outside(track, first, end):
    """Events of a track but for notes that begin within the ticks, texts and the track's end."""
    kept, dropped = [], []
    for event in track:
        kind = event[1] & 0xF0
        if event[1] == 0xFF:
            if event[2] not in (1, 0x2F):
                kept.append(event)
        elif kind == 0x90 and event[3] and first <= event[0] < end:
            dropped.append((event[1] & 0x0F, event[2]))
        elif kind in (0x80, 0x90) and (event[1] & 0x0F, event[2]) in dropped:
            dropped.remove((event[1] & 0x0F, event[2]))
        else:
            kept.append(event)
    return kept


class Edit(program.Case):
    def setUp(self):
        super().setUp()
        self.before = self.compose("--genre", "jazz", "--bars", 16, "--meter", "4/4", name="in.mid")

    def filled(self, *words, name="out.mid"):
        self.run_ok("fill", "in.mid", *words, "-o", name)
        return Midi((self.folder / name).read_bytes())

    def continued(self, bars, *words):
        self.run_ok("continue", "in.mid", "--bars", bars, *words, "-o", "out.mid")
        return Midi((self.folder / "out.mid").read_bytes())

    def onsets(self, midi, name, first, last):
        """The bars, from 1, in which a track's notes begin."""
        bars = {note[0] // BAR + 1 for note in midi.notes(midi.track(name))}
        return sorted(bar for bar in bars if first <= bar <= last)


class Fill(Edit):
    def test_part(self):
        after = self.filled("--bars", "5-8", "--parts", "Bass", "--seed", 3)
        self.assertEqual(after.names, self.before.names)
        for name in self.before.names:
            old, new = self.before.track(name), after.track(name)
            if name == "Bass":
                self.assertNotEqual(self.before.notes(old), after.notes(new))
                old, new = (outside(track, 4 * BAR, 8 * BAR) for track in (old, new))
            self.assertTrue(old == new, name)
        self.assertGreaterEqual(len(self.onsets(after, "Bass", 5, 8)), 3)

    def test_several_parts(self):
        after = self.filled("--bars", "2", "--parts", "bass, MELODY", "--seed", 3)
        for name in ("Bass", "Melody"):
            self.assertNotEqual(self.before.notes(self.before.track(name)), after.notes(after.track(name)))
        self.assertTrue(self.before.track("Chords") == after.track("Chords"))

    def test_all_parts(self):
        after = self.filled("--bars", "3-4", "--seed", 3)
        for name in self.before.names[1:]:
            self.assertTrue(outside(self.before.track(name), 2 * BAR, 4 * BAR)
                            == outside(after.track(name), 2 * BAR, 4 * BAR), name)

    def test_velocities_fit(self):
        after = self.filled("--bars", "5-8", "--parts", "Bass", "--seed", 3)
        bass = after.notes(after.track("Bass"))
        old = [n[4] for n in bass if not 4 * BAR <= n[0] < 8 * BAR]
        new = [n[4] for n in bass if 4 * BAR <= n[0] < 8 * BAR]
        self.assertLess(abs(sum(old) / len(old) - sum(new) / len(new)), 8)

    def test_seed(self):
        one, same, other = (self.filled("--bars", "5-8", "--parts", "Melody", "--seed", seed).tracks
                            for seed in (3, 3, 4))
        self.assertTrue(one == same)
        self.assertFalse(one == other)

    def test_seed_is_told(self):
        told = self.text("fill", "in.mid", "--bars", "1-2", "-o", "a.mid").split()[1].rstrip(":")
        self.run_ok("fill", "in.mid", "--bars", "1-2", "--seed", told, "-o", "b.mid")
        self.assertEqual((self.folder / "a.mid").read_bytes(), (self.folder / "b.mid").read_bytes())

    def test_json(self):
        self.run_ok("convert", "in.mid", "-o", "in.json")
        self.run_ok("fill", "in.json", "--bars", "5-8", "--parts", "Bass", "--seed", 3, "-o", "out.json", "-o", "out.mid")
        self.assertTrue((self.folder / "out.json").exists())

    def test_stdin(self):
        data = (self.folder / "in.mid").read_bytes()
        done = self.run_ok("fill", "-", "--bars", "5-8", "--seed", 3, "-o", "-", input=data)
        self.filled("--bars", "5-8", "--seed", 3)
        self.assertEqual(done.stdout, (self.folder / "out.mid").read_bytes())

    def test_provenance(self):
        after = self.filled("--bars", "5-8", "--parts", "Bass", "--seed", 3)
        self.assertTrue(any(b'"verb":"fill"' in text for _, text in after.metas(1)))


class Continue(Edit):
    def test_bars(self):
        after = self.continued(4, "--seed", 3)
        self.assertEqual(after.names, self.before.names)
        for name in self.before.names:
            self.assertTrue(outside(self.before.track(name), 16 * BAR, 99 * BAR)
                            == outside(after.track(name), 16 * BAR, 99 * BAR), name)
        onsets = [note[0] for note in after.all_notes()]
        self.assertGreaterEqual(max(onsets), 19 * BAR)
        self.assertLess(max(onsets), 20 * BAR)

    def test_seed(self):
        one, same, other = (self.continued(4, "--seed", seed).tracks for seed in (3, 3, 4))
        self.assertTrue(one == same)
        self.assertFalse(one == other)

    def test_one_bar(self):
        after = self.continued(1, "--seed", 3)
        self.assertEqual(max(note[0] for note in after.all_notes()) // BAR, 16)


if __name__ == "__main__":
    program.main()

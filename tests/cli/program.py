# SPDX-License-Identifier: MIT
"""Runs the built program in a folder of its own and reads what it wrote."""
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))


class Midi:
    """A Standard MIDI File: tracks of (tick, status, data) with meta events as (tick, 0xFF, type, bytes)."""

    def __init__(self, data):
        assert data[:4] == b"MThd", data[:4]
        self.format, count, self.division = struct.unpack(">HHH", data[8:14])
        self.tracks = []
        at = 14
        for _ in range(count):
            assert data[at:at + 4] == b"MTrk"
            size = struct.unpack(">I", data[at + 4:at + 8])[0]
            self.tracks.append(self._events(data[at + 8:at + 8 + size]))
            at += 8 + size

    @staticmethod
    def _number(data, at):
        value = 0
        while True:
            value = value << 7 | data[at] & 0x7F
            at += 1
            if not data[at - 1] & 0x80:
                return value, at

    def _events(self, data):
        events, at, tick, status = [], 0, 0, 0
        while at < len(data):
            delta, at = self._number(data, at)
            tick += delta
            if data[at] & 0x80:
                status, at = data[at], at + 1
            if status == 0xFF:
                kind = data[at]
                size, at = self._number(data, at + 1)
                events.append((tick, 0xFF, kind, data[at:at + size]))
                at += size
            elif status in (0xF0, 0xF7):
                size, at = self._number(data, at)
                at += size
            else:
                size = 1 if status & 0xE0 == 0xC0 else 2
                events.append((tick, status) + tuple(data[at:at + size]))
                at += size
        return events

    def metas(self, kind):
        return [(e[0], e[3]) for track in self.tracks for e in track if e[1] == 0xFF and e[2] == kind]

    def name(self, track):
        return next((e[3].decode() for e in track if e[1] == 0xFF and e[2] == 3), "")

    def track(self, name):
        return next(t for t in self.tracks if self.name(t) == name)

    @property
    def names(self):
        return [self.name(track) for track in self.tracks]

    @staticmethod
    def notes(track):
        """(onset, duration, channel, pitch, velocity), by onset."""
        notes, begun = [], {}
        for event in track:
            kind, channel = event[1] & 0xF0, event[1] & 0x0F
            if event[1] == 0xFF or kind not in (0x80, 0x90):
                continue
            if kind == 0x90 and event[3]:
                begun.setdefault((channel, event[2]), []).append(event)
            elif begun.get((channel, event[2])):
                on = begun[channel, event[2]].pop(0)
                notes.append((on[0], event[0] - on[0], channel, on[2], on[3]))
        return sorted(notes)

    def all_notes(self):
        return [note for track in self.tracks for note in self.notes(track)]

    @property
    def tempo(self):
        return 60e6 / int.from_bytes(self.metas(0x51)[0][1], "big")

    @property
    def meter(self):
        _, data = self.metas(0x58)[-1]
        return f"{data[0]}/{1 << data[1]}"


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def call(self, *words, **options):
        begun = time.monotonic()
        done = subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False, **options)
        done.seconds = time.monotonic() - begun
        return done

    def run_ok(self, *words, **options):
        done = self.call(*words, **options)
        self.assertEqual(done.returncode, 0, f"{words}: {done.stderr.decode()}")
        return done

    def text(self, *words):
        return self.run_ok(*words).stdout.decode()

    def compose(self, *words, name="x.mid"):
        """The MIDI file of `compose WORDS`, eight bars with seed 1 unless they say otherwise."""
        words = list(words)
        for option, value in (("--seed", 1), ("--bars", 8)):
            if option not in words and not (option == "--bars" and "--seconds" in words):
                words += [option, value]
        self.run_ok("compose", *words, "-o", name)
        return Midi((self.folder / name).read_bytes())

    def files(self):
        return {str(p.relative_to(self.folder)): p.read_bytes() if p.is_file() else None
                for p in self.folder.rglob("*")}

    def refused(self, status, *words, says=(), **options):
        """One line of 15 to 600 characters within two seconds; no file is made or changed."""
        before = self.files()
        done = self.call(*words, **options)
        line = done.stderr.decode()
        self.assertEqual(done.returncode, status, f"{words}: {line}")
        self.assertEqual(line.count("\n"), 1, line)
        self.assertTrue(15 <= len(line) - 1 <= 600, line)
        self.assertLess(done.seconds, 2, words)
        self.assertEqual((self.files(), done.stdout), (before, b""), words)
        for word in [says] if isinstance(says, str) else says:
            self.assertIn(word, line)
        return line


def main():
    unittest.main()

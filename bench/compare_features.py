#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The seven note-wise features from MIDI files: Toccata beside the same in plain Python with mido.

    python3 -m venv DIR && DIR/bin/pip install mido==1.3.3
    cmake --preset bench && cmake --build --preset bench -t note_features
    DIR/bin/python bench/compare_features.py build/bench/bench/note_features FOLDER [OUT.md]

Both read the same files (every tenth of those under FOLDER, by name) from the page cache, on one thread,
three rounds in turn. The number of notes and the sums of all features are compared, so that it is the
same work.
"""
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import mido

ROUNDS, EVERY, REACH = 3, 10, 6


def rows_of(path):
    """Velocity-0 note-ons end notes; notes stand in the order in which they end."""
    notes = []
    for track in mido.MidiFile(path).tracks:
        now, open_notes = 0, {}
        for message in track:
            now += message.time
            if message.type not in ("note_on", "note_off"):
                continue
            key = (message.channel, message.note)
            if message.type == "note_on" and message.velocity > 0:
                open_notes.setdefault(key, []).append((now, message.velocity))
            elif open_notes.get(key):
                onset, velocity = open_notes[key].pop(0)
                if now > onset and velocity >= 20:
                    notes.append((message.note, now - onset))
    rows = []
    for i, (pitch, duration) in enumerate(notes):
        before = notes[i - 1][0] if i > 0 else pitch
        after = notes[i + 1][0] if i + 1 < len(notes) else pitch
        rows.append((pitch, abs(pitch - before), before, after,
                     i / (len(notes) - 1) if len(notes) > 1 else 0,
                     min(i + REACH + 1, len(notes)) - max(i - REACH, 0), duration))
    return rows


def theirs(files):
    begin, count, sums = time.perf_counter(), 0, [0.0] * 7
    for file in files:
        for row in rows_of(file):
            count += 1
            for f, value in enumerate(row):
                sums[f] += value
    return {"notes": count, "sums": sums, "seconds": time.perf_counter() - begin}


def ours(program, files):
    return json.loads(subprocess.run([program, *files], check=True, capture_output=True,
                                     text=True).stdout)


def main():
    program = sys.argv[1]
    files = sorted(str(p) for p in pathlib.Path(sys.argv[2]).rglob("*.mid"))[::EVERY]
    pairs = [(ours(program, files), theirs(files)) for _ in range(ROUNDS)]
    mine, other = pairs[0]
    if mine["notes"] != other["notes"]:
        sys.exit(f"{mine['notes']} notes here, {other['notes']} by mido: not the same work")
    for f, (a, b) in enumerate(zip(mine["sums"], other["sums"])):
        if abs(a - b) > 1e-4 * max(abs(b), 1):
            sys.exit(f"feature {f}: sums {a} and {b} differ: not the same work")
    seconds = [statistics.median(run[side]["seconds"] for run in pairs) for side in (0, 1)]
    commit = subprocess.run(["git", "describe", "--always", "--dirty=-changed"], check=True,
                            capture_output=True, text=True,
                            cwd=pathlib.Path(__file__).parent).stdout.strip()
    text = (f"# The seven note-wise features beside mido's\n\n{len(files)} MIDI files, {mine['notes']} notes, one thread "
            f"each, medians of {ROUNDS} rounds in turn; {datetime.date.today()}, commit {commit}, {os.cpu_count()} cores "
            f"of {platform.machine()}, load {os.getloadavg()[0]:.1f}; mido {mido.version_info}, "
            f"Python {platform.python_version()}. The same notes and sums on both sides.\n\n"
            "| | seconds | notes a second |\n|---|---|---|\n"
            f"| Toccata | {seconds[0]:.4f} | {mine['notes'] / seconds[0]:,.0f} |\n"
            f"| mido | {seconds[1]:.3f} | {mine['notes'] / seconds[1]:,.0f} |\n\n"
            f"Ratio {seconds[1] / seconds[0]:.0f}.\n")
    print(text)
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_text(text)


if __name__ == "__main__":
    main()

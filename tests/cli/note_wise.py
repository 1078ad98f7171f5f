# SPDX-License-Identifier: MIT
"""Fixtures of the note-wise protocol: a dozen performed pieces, and tables of rows."""
import csv
import json
import random

COLUMNS = ("pitch", "pitch_interval", "prev_pitch", "next_pitch", "seq_pos", "local_density", "duration", "velocity",
           "duration_clipped", "is_test")
LEARNERS = ("linear", "tree", "forest", "boosting")
TARGETS = ("velocity", "duration", "duration_without_leak")


def add_pieces(case, folder="data"):
    """A dozen MIDI files, two folders deep, and one that is torn."""
    place = case.folder / folder
    for genre in ("classical", "jazz", "waltz"):
        (place / genre).mkdir(parents=True)
        case.run_ok("compose", "--genre", genre, "--bars", 8, "--seed", 1, "--performance", "curve", "--count", 4,
                    "-o", place / genre / "p.mid")
    (place / "jazz" / "torn.mid").write_bytes((place / "jazz" / "p-0001.mid").read_bytes()[:200])
    return place


def add_rows(case, name="rows.csv", count=600, columns=COLUMNS):
    """Rows whose velocity follows the pitch; one in five is for the test."""
    draw = random.Random(1)
    with open(case.folder / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for i in range(count):
            pitch, duration = draw.randint(30, 90), draw.randint(20, 900)
            row = dict(pitch=pitch, pitch_interval=2, prev_pitch=pitch - 2, next_pitch=pitch + 2,
                       seq_pos=round(draw.random(), 6), local_density=13, duration=duration,
                       velocity=pitch + draw.randint(-5, 5), duration_clipped=max(duration, 100),
                       is_test=int(i % 5 == 0), remark=f"note {i}, \"odd\"")
            writer.writerow([row[column] for column in columns])
    return name


def read_rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def without_seconds(value):
    """A JSON value without what differs between two runs that are alike."""
    if isinstance(value, dict):
        return {name: without_seconds(item) for name, item in value.items()
                if not name.endswith("seconds") and name not in ("at", "files_per_second")}
    if isinstance(value, list):
        return [without_seconds(item) for item in value]
    return value


def state(folder):
    """The files of a run, but for seconds and times of day."""
    files = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json":
            files[path.name] = without_seconds(json.loads(path.read_text()))
        elif path.suffix == ".jsonl":
            files[path.name] = [without_seconds(json.loads(line)) for line in path.read_text().splitlines()]
        elif path.suffix == ".md":
            lines = path.read_text().splitlines()
            files[path.name] = [line.rsplit("|", 2)[0] if line.count("|") == 12 else line for line in lines]
        else:
            files[path.name] = path.read_bytes()
    return files

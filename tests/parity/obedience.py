#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Asked for against obtained, measured in the program's MIDI files by music21, mido and pretty_midi.

Two rounds: pieces with several hard controls each (tempo, meter, bars, instruments, drums, markers), and
pieces of every genre in keys drawn at random, whose key music21's analyser then guesses from the notes.
Exit status: 0 all hard controls hold and the keys are found often enough, 1 not, 77 a module is absent.
"""
import argparse
import collections
import datetime
import json
import pathlib
import platform
import random
import subprocess
import sys
import tempfile

try:
    import mido
    import music21
    import pretty_midi
except ImportError as error:
    print(f"skipped: {error}; python3 -m pip install -r tests/parity/requirements.txt")
    sys.exit(77)

GENRES = ("classical", "jazz", "arabic", "rock", "electronic", "blues", "bossa", "waltz", "lofi", "funk", "folk",
          "reggae", "cinematic", "chiptune")
TONICS = ("C", "G", "D", "A", "E", "B", "F#", "F", "Bb", "Eb", "Ab")
METERS = ("2/4", "3/4", "4/4", "5/4", "6/8", "7/8", "9/8", "12/8")
FORMS = {"AABA": ["A", "A", "B", "A"], "ABA": ["A", "B", "A"], "rondo": ["A", "B", "A", "C", "A"],
         "A B A' C A": ["A", "B", "A'", "C", "A"], "Intro Verse Chorus Outro": ["Intro", "Verse", "Chorus", "Outro"]}
# General MIDI programs by name, from the standard's own list (counted from 0).
PROGRAMS = {"piano": 0, "vibraphone": 11, "accordion": 21, "harmonica": 22, "nylon guitar": 24, "violin": 40,
            "cello": 42, "harp": 46, "trumpet": 56, "clarinet": 71, "flute": 73, "oboe": 68}
KEY_FOUND, KEY_NEAR = 0.5, 0.8  # shares below which the test fails


class Piece:
    """One file as the three outside readers see it."""

    def __init__(self, path):
        self.mido = mido.MidiFile(path)
        self.pretty = pretty_midi.PrettyMIDI(str(path))
        self.ticks = self.mido.ticks_per_beat
        self.metas = collections.defaultdict(list)
        for track in self.mido.tracks:
            at = 0
            for message in track:
                at += message.time
                if message.is_meta:
                    self.metas[message.type].append((at, message))

    def meter(self):
        """The meter from the first full bar on and where that bar begins; a pick-up has one of its own."""
        changes = [(at, f"{m.numerator}/{m.denominator}") for at, m in self.metas["time_signature"]]
        if len(changes) == 2 and changes[1][0] < self.bar(changes[1][1]):
            return changes[1][1], changes[1][0]
        return "+".join(sorted({meter for _, meter in changes})), 0

    def bar(self, meter):
        upper, lower = map(int, meter.split("/"))
        return self.ticks * 4 * upper // lower

    def notes(self):
        """(onset, end) in ticks of every note, from pretty_midi's clock."""
        tick = self.pretty.time_to_tick
        return [(tick(n.start), tick(n.end)) for i in self.pretty.instruments for n in i.notes]


def check_tempo(asked, piece):
    tempo = mido.tempo2bpm(piece.metas["set_tempo"][0][1].tempo)
    times, tempi = piece.pretty.get_tempo_changes()
    ends = list(times[1:]) + [max(piece.pretty.get_end_time(), times[-1])]
    mean = sum(t * (end - begin) for t, begin, end in zip(tempi, times, ends)) / max(ends[-1], 1e-9)
    return abs(tempo - asked) < asked * 1e-4 and abs(mean - asked) < 0.07 * asked


def check_meter(asked, piece):
    return piece.meter()[0] == asked


def check_bars(asked, piece):
    meter, first = piece.meter()
    bar = piece.bar(meter)
    last_line = first + (asked - 1) * bar
    notes = piece.notes()
    latest, end = max(n[0] for n in notes), max(n[1] for n in notes)
    return end > last_line and latest < last_line + bar and end < last_line + 2 * bar


def check_instruments(asked, piece):
    return {PROGRAMS[name] for name in asked} <= {i.program for i in piece.pretty.instruments if not i.is_drum}


def check_drums(asked, piece):
    on_ten = any(m.type == "note_on" and m.channel == 9 for track in piece.mido.tracks for m in track)
    return asked == (on_ten or any(i.is_drum and i.notes for i in piece.pretty.instruments))


def check_form(asked, piece):
    meter, first = piece.meter()
    marks = piece.metas["marker"]
    on_lines = all((at - first) % piece.bar(meter) == 0 or at == 0 for at, _ in marks)
    return on_lines and [m.text for _, m in marks] == FORMS[asked]


def check_signature(asked, piece):
    return piece.metas["key_signature"][0][1].key == asked.replace(" major", "").replace(" minor", "m")


CHECKS = {"tempo": check_tempo, "meter": check_meter, "bars": check_bars, "instruments": check_instruments,
          "drums": check_drums, "form": check_form, "key": check_signature}


def draw(rng):
    """Wishes that do not exclude each other, as option values."""
    asked = {"genre": rng.choice(GENRES), "tempo": rng.randint(40, 220), "bars": rng.randint(8, 40)}
    if rng.random() < 0.7:
        asked["meter"] = rng.choice(METERS)
    if rng.random() < 0.6:
        asked["instruments"] = rng.sample(sorted(PROGRAMS), rng.randint(1, 3))
    if rng.random() < 0.6:
        asked["drums"] = rng.random() < 0.3
    if rng.random() < 0.5:
        asked["form"] = rng.choice(sorted(FORMS))
    if rng.random() < 0.6:
        asked["key"] = f"{rng.choice(TONICS)} {rng.choice(('major', 'minor'))}"
    return asked


def words(asked):
    """The wishes as the program's options."""
    options = []
    for name, value in asked.items():
        if name == "drums":
            options += [] if value else ["--no-drums"]
        else:
            options += [f"--{name}", ", ".join(value) if isinstance(value, list) else str(value)]
    # A kit that is asked for is said in words, as there is no option for it.
    return (["with drums"] if asked.get("drums") else []) + options


def compose(program, folder, asked, seed):
    """A Piece, or the program's refusal as text."""
    path = folder / f"{seed}.mid"
    done = subprocess.run([program, "compose", *words(asked), "--seed", str(seed), "-o", str(path)],
                          capture_output=True, text=True, check=False)
    return Piece(path) if done.returncode == 0 else done.stderr.strip()


def obedience(program, folder, count, rng):
    rows = {name: {"asked": 0, "obtained": 0, "refused": 0} for name in CHECKS}
    misses = []
    for seed in range(count):
        asked = draw(rng)
        piece = compose(program, folder, asked, seed)
        for name in CHECKS.keys() & asked.keys():
            row = rows[name]
            row["asked"] += 1
            if isinstance(piece, str):
                row["refused"] += 1
                misses.append({"seed": seed, "refused": piece, "words": words(asked)})
            elif CHECKS[name](asked[name], piece):
                row["obtained"] += 1
            else:
                misses.append({"seed": seed, "control": name, "words": words(asked)})
    return rows, misses


def neighbours(key):
    """The keys most often taken for this one."""
    tonic, other = key.tonic, "minor" if key.mode == "major" else "major"
    away = 9 if key.mode == "major" else 3
    return {(tonic.transpose("P5").pitchClass, key.mode), (tonic.transpose("P4").pitchClass, key.mode),
            (tonic.pitchClass, other), ((tonic.pitchClass + away) % 12, other)}


def key_of(path):
    """music21's guess (its default, Krumhansl's method with Aarden and Essen's profiles), drums left out."""
    score = music21.converter.parse(str(path), forceSource=True)
    for part in list(score.parts):
        if any(i.midiChannel == 9 for i in part.recurse().getElementsByClass("Instrument")):
            score.remove(part)
    for signature in list(score.recurse().getElementsByClass("KeySignature")):
        signature.activeSite.remove(signature)
    return score.analyze("key")


def keys(program, folder, each, rng):
    """How often the key asked for is the one heard, genre by genre."""
    rows, misses = {}, []
    for genre in GENRES:
        row = rows[genre] = {"asked": 0, "right": 0, "right_or_neighbour": 0, "refused": 0}
        for number in range(each):
            name, mode = rng.choice(TONICS), rng.choice(("major", "minor"))
            seed = 100_000 + number
            piece = compose(program, folder, {"genre": genre, "key": f"{name} {mode}", "bars": 16}, seed)
            row["asked"] += 1
            if isinstance(piece, str):
                row["refused"] += 1
                continue
            key = music21.key.Key(name.replace("b", "-"), mode)
            heard = key_of(folder / f"{seed}.mid")
            found = (heard.tonic.pitchClass, heard.mode)
            right = found == (key.tonic.pitchClass, mode)
            near = right or found in neighbours(key)
            row["right"] += right
            row["right_or_neighbour"] += near
            if not near:
                misses.append({"genre": genre, "asked": f"{name} {mode}", "heard": str(heard), "seed": seed})
    return rows, misses


def table(rows, first, columns):
    lines = [f"| {first} | " + " | ".join(c.replace("_", " ") for c in columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(str(row[c]) for c in columns) + " |" for name, row in rows.items()]
    return "\n".join(lines)


def total(rows):
    return {name: sum(row[name] for row in rows.values()) for name in next(iter(rows.values()))}


def as_markdown(result):
    head = (f"# Asked for and obtained, by outside programs\n\n`{result['command']}`, commit {result['commit']}, "
            f"{result['date']}; {result['readers']}.\n\n")
    found = dict(result["keys"], **{"all": total(result["keys"])})
    return (head + table(result["controls"], "control", ("asked", "obtained", "refused")) +
            "\n\nThe key of 16 bars, drawn at random and asked for, against music21's guess from the notes "
            "(neighbours: dominant, subdominant, relative, parallel):\n\n" +
            table(found, "genre", ("asked", "right", "right_or_neighbour", "refused")) + "\n\n" +
            "".join(f"- {json.dumps(miss, ensure_ascii=False)}\n" for miss in result["misses"] + result["key_misses"]))


def commit():
    root = pathlib.Path(__file__).resolve().parent
    done = subprocess.run(["git", "-C", str(root), "describe", "--always", "--dirty=-changed"], capture_output=True,
                          text=True, check=False)
    return done.stdout.strip() or "unknown"


def measured(options):
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        rows, misses = obedience(options.program, folder, options.count, rng)
        found, key_misses = keys(options.program, folder, options.keys, rng)
    command = f"tests/parity/obedience.py toccata --count {options.count} --keys {options.keys} --seed {options.seed}"
    readers = (f"music21 {music21.__version__}, pretty_midi {pretty_midi.__version__}, mido "
               f"{mido.version_info if hasattr(mido, 'version_info') else ''}, Python {platform.python_version()}")
    return {"command": command, "commit": commit(), "date": datetime.date.today().isoformat(), "readers": readers,
            "controls": rows, "keys": found, "misses": misses, "key_misses": key_misses}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=120, help="pieces with hard controls")
    parser.add_argument("--keys", type=int, default=10, help="pieces of each genre whose key is guessed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=pathlib.Path, help="a folder for DATE-obedience-outside.md and .json")
    options = parser.parse_args()
    options.program = str(pathlib.Path(options.program).resolve())
    result = measured(options)
    text = as_markdown(result)
    print(text)
    if options.save:
        name = f"{result['date']}-obedience-outside"
        (options.save / f"{name}.md").write_text(text, encoding="utf-8")
        (options.save / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n",
                                                   encoding="utf-8")
    heard = total(result["keys"])
    good = (all(row["obtained"] == row["asked"] for row in result["controls"].values())
            and heard["right"] >= KEY_FOUND * heard["asked"]
            and heard["right_or_neighbour"] >= KEY_NEAR * heard["asked"])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

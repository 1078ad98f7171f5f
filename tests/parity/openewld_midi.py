#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes OpenEWLD's lead sheets as MIDI files that `toccata evaluate music --data DIR` reads as a family.

    python3 -m pip install -r tests/parity/requirements.txt
    python3 tests/parity/openewld_midi.py DIR/openewld DIR/openewld-midi

Every sheet becomes a file of three tracks: the conductor's with the meters and each chord symbol as a text event, `Melody`, and
`Chords`, which holds each symbol's tones until the next. Repeats are not played out, ties are joined, grace notes
left out. Files lie in `jazz/`, `blues/` and `other/`, by the genres and styles that the collection's tables name.
Exit status: 0 done, 1 nothing was written, 77 a module is absent.
"""
import collections
import concurrent.futures
import csv
import pathlib
import re
import sys

try:
    import mido
    import music21
except ImportError as error:
    print(f"skipped: {error}; python3 -m pip install -r tests/parity/requirements.txt")
    sys.exit(77)

PPQ = 480
LOWEST_ROOT = 48  # chords stand in the octaves from C3


def tick(quarters):
    return round(float(quarters) * PPQ)


def meters_of(part):
    meters = {}
    for measure in part.getElementsByClass("Measure"):
        if measure.timeSignature is not None:
            meters[tick(measure.offset)] = measure.timeSignature
    return meters


def melody_of(part):
    """(onset, end, pitch) of the notes, of chords the highest."""
    for element in part.flatten().stripTies().notes:
        if isinstance(element, music21.harmony.ChordSymbol) or element.duration.isGrace:
            continue
        pitch = element.pitch if element.isNote else max(element.pitches)
        if not 0 <= pitch.midi <= 127:
            continue
        onset = tick(element.offset)
        yield onset, max(onset + 1, tick(element.offset + element.duration.quarterLength)), pitch.midi


def symbols_of(part, end):
    """(onset, end, figure, pitches), each chord until the next."""
    symbols = [(tick(s.offset), s) for s in part.flatten().getElementsByClass(music21.harmony.ChordSymbol)]
    for i, (onset, symbol) in enumerate(symbols):
        until = symbols[i + 1][0] if i + 1 < len(symbols) else end
        classes = [] if isinstance(symbol, music21.harmony.NoChord) else [p.pitchClass for p in symbol.pitches]
        pitches = []
        for number in classes:
            lowest = pitches[-1] + 1 if pitches else LOWEST_ROOT
            pitches.append(lowest + (number - lowest) % 12)
        if until > onset and pitches:
            yield onset, until, symbol.figure, [p for p in pitches if p <= 127]


def track_of(name, events):
    """A track of (tick, order, message): note-offs come before note-ons."""
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)] if name else [])
    now = 0
    for at, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=at - now))
        now = at
    return track


def notes_to_events(notes, channel):
    for onset, end, pitch in notes:
        yield onset, 1, mido.Message("note_on", channel=channel, note=pitch, velocity=80)
        yield end, 0, mido.Message("note_off", channel=channel, note=pitch, velocity=64)


def convert(source, target):
    """The number of notes written, or the reason why not."""
    try:
        part = music21.converter.parse(source).parts[0]
        melody = list(melody_of(part))
        if not melody:
            return "no notes"
        end = max(note[1] for note in melody)
        symbols = list(symbols_of(part, end))
        conductor = [(at, 0, mido.MetaMessage("time_signature", numerator=m.numerator, denominator=m.denominator))
                     for at, m in meters_of(part).items()]
        conductor += [(onset, 1, mido.MetaMessage("text", text=figure.encode("ascii", "replace").decode()))
                      for onset, _, figure, _ in symbols]
        chords = [(onset, until, pitch) for onset, until, _, pitches in symbols for pitch in pitches]
        midi = mido.MidiFile(type=1, ticks_per_beat=PPQ)
        midi.tracks += [track_of("", conductor), track_of("Melody", notes_to_events(melody, 0))]
        if chords:
            midi.tracks.append(track_of("Chords", notes_to_events(chords, 1)))
        target.parent.mkdir(parents=True, exist_ok=True)
        midi.save(target)
        return len(melody)
    except Exception as error:  # music21 raises many kinds for a sheet that it can't read
        return f"{type(error).__name__}: {error}"


def folders_of(collection):
    """The folder of each sheet's path, from the tables of genres and styles."""
    kinds = collections.defaultdict(set)
    for table, column in (("db_work_genres.csv", "genre"), ("db_work_style.csv", "style")):
        with open(collection / table, newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                kinds[row["id"]].add(row[column])
    with open(collection / "db_works.csv", newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            kind = kinds[row["id"]]
            blues = "Blues" in row["title"] or any("Blues" in name for name in kind)
            yield row["path_leadsheet"], "blues" if blues else "jazz" if "Jazz" in kind else "other"


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 1
    collection, out = map(pathlib.Path, sys.argv[1:])
    jobs = []
    for path, folder in folders_of(collection):
        source = collection / path
        name = re.sub(r"[^A-Za-z0-9]+", "_", f"{source.parent.parent.name}-{source.stem}").strip("_")
        if source.is_file():
            jobs.append((source, out / folder / f"{name}.mid"))
    done = 0
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for (source, _), result in zip(jobs, pool.map(convert, *zip(*jobs), chunksize=4)):
            if isinstance(result, int):
                done += 1
            else:
                print(f"{source.name}: left out: {result}")
    print(f"{done} of {len(jobs)} lead sheets written")
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())

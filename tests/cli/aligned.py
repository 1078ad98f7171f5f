# SPDX-License-Identifier: MIT
"""A data set in ASAP's layout, made here: scores, performances of them, and alignments note by note."""
import random

DIVISION = 480
STEPS = ("C", "D", "E", "F", "G", "A", "B")
SEMITONES = (0, 2, 4, 5, 7, 9, 11)
# One composition a side of the split, by titles that the program knows.
PIECES = (("Fugue_bwv_846", 3), ("Fugue_bwv_848", 2), ("Fugue_bwv_867", 1), ("Fugue_bwv_876", 2))
BARS = 48


def number(value):
    """A variable-length quantity."""
    out = [value & 0x7F]
    while value > 0x7F:
        value >>= 7
        out.insert(0, value & 0x7F | 0x80)
    return bytes(out)


def midi(notes, division=DIVISION):
    """A file of format 0 from (onset, end, pitch, velocity) in ticks."""
    events = []
    for onset, end, pitch, velocity in notes:
        events += [(onset, 1, bytes([0x90, pitch, velocity])), (end, 0, bytes([0x80, pitch, 0]))]
    body, now = b"\x00\xff\x51\x03\x07\xa1\x20", 0
    for tick, _, event in sorted(events):
        body += number(tick - now) + event
        now = tick
    body += b"\x00\xff\x2f\x00"
    head = b"MThd" + (6).to_bytes(4, "big") + bytes([0, 0, 0, 1]) + division.to_bytes(2, "big")
    return head + b"MTrk" + len(body).to_bytes(4, "big") + body


def line(draw):
    """Eighths as (degree, loud): a walk, each four bars marked forte or piano as it comes."""
    degree, loud, notes = 21, True, []
    for i in range(BARS * 8):
        if i % 32 == 0:
            loud = draw.random() < 0.5
        degree = min(max(degree + draw.choice((-2, -1, 1, 2)), 14), 30)
        notes.append((degree, loud))
    return notes


def music_xml(notes):
    text = ['<?xml version="1.0"?><score-partwise version="3.1"><part-list><score-part id="P1">'
            '<part-name>Piano</part-name></score-part></part-list><part id="P1">']
    for bar in range(BARS):
        text.append(f'<measure number="{bar + 1}">')
        if bar == 0:
            text.append('<attributes><divisions>2</divisions><key><fifths>0</fifths></key>'
                        '<time><beats>4</beats><beat-type>4</beat-type></time></attributes>')
        if bar % 4 == 0:
            mark = "f" if notes[bar * 8][1] else "p"
            text.append(f'<direction><direction-type><dynamics><{mark}/></dynamics></direction-type></direction>')
        for i in range(bar * 8, bar * 8 + 8):
            degree = notes[i][0]
            text.append(f'<note id="n{i}"><pitch><step>{STEPS[degree % 7]}</step><octave>{degree // 7 + 1}</octave>'
                        '</pitch><duration>1</duration><voice>1</voice><type>eighth</type></note>')
        text.append('</measure>')
    return "".join(text) + '</part></score-partwise>'


def performance(notes, draw):
    """Loud where the page says so and high notes louder, beats unsteady, notes held a little short."""
    played, now = [], 200
    for degree, loud in notes:
        pitch = 12 * (degree // 7 + 2) + SEMITONES[degree % 7]
        velocity = (85 if loud else 50) + (pitch - 60) // 2 + draw.randint(-3, 3)
        length = 240 + draw.randint(-20, 20)
        played.append((now + draw.randint(0, 6), now + int(length * 0.8), pitch, velocity))
        now += length
    return played


def add_set(case, folder="asap"):
    """The whole set; gives its folder."""
    place = case.folder / folder
    rows = ["composer,title,folder,xml_score,midi_score,midi_performance,note_alignments"]
    for index, (title, players) in enumerate(PIECES):
        draw = random.Random(index)
        notes = line(draw)
        piece = f"Bach/Fugue/{title}"
        (place / piece).mkdir(parents=True)
        (place / piece / "xml_score.musicxml").write_text(music_xml(notes))
        (place / piece / "midi_score.mid").write_bytes(midi([
            (i * 240, i * 240 + 240, 12 * (degree // 7 + 2) + SEMITONES[degree % 7], 80)
            for i, (degree, _) in enumerate(notes)]))
        for player in range(players):
            played = performance(notes, draw)
            name = f"{piece}/P{player}"
            (place / f"{name}.mid").write_bytes(midi(played))
            order = sorted(range(len(played)), key=lambda i: (played[i][0], played[i][2]))
            table = ["xml_id\tperf_idx\tpitch"]
            table += [f"n{i}-1\t{order.index(i)}\t{played[i][2]}" for i in range(len(played) - 2)]
            table += [f"n{len(played) - 2}-1\tdeletion\t60", f"insertion\t{order.index(len(played) - 1)}\t60"]
            (place / f"{name}_align.tsv").write_text("\n".join(table) + "\n")
            rows.append(f"Bach,{title},{piece},{piece}/xml_score.musicxml,{piece}/midi_score.mid,{name}.mid,"
                        f"{name}_align.tsv")
    (place / "metadata.csv").write_text("\n".join(rows) + "\n")
    return place


# A song a side of the split, and more to learn from, by numbers that the program knows.
SONGS = ("001", "003", "004", "002", "027")


def add_songs(case, folder="songs"):
    """Songs with annotated beats as POP909 has them: on the beat loud, high notes louder, each song at a level of its own."""
    place = case.folder / folder
    for index, song in enumerate(SONGS):
        draw, notes, beats = random.Random(index), [], []
        (place / song).mkdir(parents=True)
        level = 20 * (index % 3)
        for i in range(600):
            pitch = draw.randint(48, 84)
            velocity = 40 + level + (20 if i % 2 == 0 else 0) + (pitch - 48) // 3 + draw.randint(-2, 2)
            notes.append((48 + i * 240, 48 + i * 240 + 200, pitch, velocity))
            if i % 2 == 0:
                beats.append(f"{0.05 + i * 0.25:.6f} 0.0 {1.0 if i % 8 == 0 else 0.0}")
        (place / song / f"{song}.mid").write_bytes(midi(notes))
        (place / song / "beat_midi.txt").write_text("\n".join(beats) + "\n")
    (place / "LICENSE").write_text("MIT License\n")
    return place

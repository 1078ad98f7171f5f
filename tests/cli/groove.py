# SPDX-License-Identifier: MIT
"""Takes of drummers in Groove's layout, made here: the hat is loud where a kick sounds with it, ghost notes are soft."""
import random

import aligned

KICK, SNARE, HAT = 36, 38, 42
TAKES = (("train", 8), ("validation", 3), ("test", 4))
HEADER = ("drummer,session,id,style,bpm,beat_type,time_signature,midi_filename,audio_filename,duration,split")


def take(draw, bars=12):
    """(onset, end, key, velocity) at 480 a quarter: sixteenths of the hat, kicks anywhere, a backbeat, ghosts."""
    notes = []
    for step in range(bars * 16):
        def strike(key, velocity, late=0):
            at = max(step * 120 + late + draw.randint(-6, 6), 0)
            notes.append((at, at + 60, key, min(max(velocity + draw.randint(-4, 4), 1), 127)))
        kick = draw.random() < 0.3
        if kick:
            strike(KICK, 95)
        strike(HAT, 100 if kick else 50)
        if step % 8 == 4:
            strike(SNARE, 110, 14)
        elif draw.random() < 0.15:
            strike(SNARE, 30)
    return notes


def add_set(case, folder="groove"):
    place = case.folder / folder
    rows, number = [HEADER], 0
    for side, count in TAKES:
        for _ in range(count):
            number += 1
            session = f"drummer{1 + number % 2}/{'eval_session' if side == 'test' and number % 2 else 'session1'}"
            style = ("rock", "funk/groove1", "jazz")[number % 3]
            name = f"{session}/{number}_{style.replace('/', '-')}_120_beat_4-4.mid"
            (place / session).mkdir(parents=True, exist_ok=True)
            body = aligned.midi(take(random.Random(number)))
            body = body.replace(b"\x90", b"\x99").replace(b"\x80", b"\x89")
            (place / name).write_bytes(body)
            rows.append(f"{session.split('/')[0]},{session},{session}/{number},{style},120,beat,4-4,{name},,24,{side}")
    (place / "info.csv").write_text("\n".join(rows) + "\n")
    (place / "LICENSE").write_text("CC BY 4.0\n")
    return place

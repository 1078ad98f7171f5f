#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the MIDI file that bench/sound.sh renders: 8 parts, 3 minutes, the same each time."""
import random
import sys

PPQ, TEMPO_BPM, BARS = 480, 120, 90
PARTS = [  # name, channel, program, lowest key, highest key, notes a bar, voices
    ("Melody", 0, 73, 67, 86, 6, 1), ("Piano", 1, 0, 52, 76, 4, 4), ("Guitar", 2, 25, 50, 70, 8, 3),
    ("Strings", 3, 48, 48, 72, 1, 4), ("Brass", 4, 61, 55, 74, 2, 3), ("Bass", 5, 33, 28, 45, 8, 1),
    ("Vibes", 6, 11, 60, 84, 8, 2), ("Drums", 9, 0, 35, 51, 16, 2)]


def number(value):
    out = [value & 0x7F]
    while value := value >> 7:
        out.insert(0, 0x80 | value & 0x7F)
    return bytes(out)


def track(events):
    data, last = b"", 0
    for tick, _, message in sorted(events, key=lambda e: (e[0], e[1])):
        data += number(tick - last) + message
        last = tick
    data += b"\x00\xff\x2f\x00"
    return b"MTrk" + len(data).to_bytes(4, "big") + data


def part(name, channel, program, low, high, per_bar, voices, rng):
    events = [(0, 0, b"\xff\x03" + number(len(name)) + name.encode()),
              (0, 1, bytes([0xC0 | channel, program])), (0, 1, bytes([0xB0 | channel, 91, 40]))]
    step = 4 * PPQ // per_bar
    for n in range(BARS * per_bar):
        for key in rng.sample(range(low, high), voices):
            events.append((n * step, 3, bytes([0x90 | channel, key, rng.randint(50, 110)])))
            events.append((n * step + step * 9 // 10, 2, bytes([0x80 | channel, key, 64])))
    return track(events)


def main():
    rng = random.Random(1)
    tempo = (60_000_000 // TEMPO_BPM).to_bytes(3, "big")
    chunks = [track([(0, 0, b"\xff\x51\x03" + tempo)])] + [part(*p, rng) for p in PARTS]
    head = b"MThd" + (6).to_bytes(4, "big") + (1).to_bytes(2, "big")
    head += len(chunks).to_bytes(2, "big") + PPQ.to_bytes(2, "big")
    with open(sys.argv[1], "wb") as out:
        out.write(head + b"".join(chunks))


if __name__ == "__main__":
    main()

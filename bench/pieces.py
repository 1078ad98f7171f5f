#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times whole programs as users run them: bench/pieces.py PROGRAM [OTHER] prints tables for bench/results.

Batches: 1,000 pieces of 32 bars a genre, processor time of all threads (user and system, writing the files included).
Batches and long pieces are played by rule. One piece: `compose --bars 16`, wall time and peak memory. Long pieces: that time grows with length and no faster.
With OTHER, both programs are run in turn and OTHER's figures stand beside. Medians over the rounds.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

GENRES = ("jazz", "classical", "arabic", "rock", "electronic", "blues", "bossa", "waltz", "lofi", "funk", "folk",
          "reggae", "cinematic", "chiptune")
ROUNDS = 5
BY_RULES = ("--performance", "curve")


def run(program, *words):
    """Processor seconds, wall seconds and peak memory (MB) of one call."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        begun = time.perf_counter()
        child = subprocess.Popen([program, *map(str, words)], cwd=folder, stdout=subprocess.DEVNULL)
        _, status, own = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        assert status == 0, words
        return own.ru_utime + own.ru_stime, wall, own.ru_maxrss / 1024


def medians(programs, rounds, *words):
    """For each program the medians of its figures, the programs run in turn."""
    runs = {program: [] for program in programs}
    for _ in range(rounds):
        for program in programs:
            runs[program].append(run(program, *words))
    return [[statistics.median(figures) for figures in zip(*runs[program])] for program in programs]


def main():
    programs = [str(pathlib.Path(word).resolve()) for word in sys.argv[1:3]]
    print("| genre | pieces a second and core |" + " before |" * (len(programs) - 1))
    print("|---|---|" + "---|" * (len(programs) - 1))
    for genre in GENRES:
        figures = medians(programs, ROUNDS, "compose", "--genre", genre, "--bars", 32, "--count", 1000, "--seed", 1,
                          *BY_RULES, "-o", "p.mid")
        print(f"| {genre} | " + " | ".join(f"{1000 / cpu:.0f}" for cpu, _, _ in figures) + " |", flush=True)
    cpu, wall, peak = medians(programs[:1], 25, "compose", "--genre", "jazz", "--bars", 16, "--seed", 1, "-o", "x.mid")[0]
    print(f"\nOne piece of 16 bars, played by default: {1000 * wall:.1f} ms, of the processor {1000 * cpu:.1f}; {peak:.0f} MB\n")
    print("| bars | seconds | ms a bar | MB |\n|---|---|---|---|")
    for bars in (1000, 2000, 5000, 10000):
        cpu, _, peak = medians(programs[:1], ROUNDS, "compose", "--genre", "jazz", "--bars", bars, "--seed", 1,
                               *BY_RULES, "-o", "x.mid")[0]
        print(f"| {bars} | {cpu:.3f} | {1000 * cpu / bars:.4f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()

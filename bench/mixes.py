#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What rigs do: a piece of each genre rendered with its rig and without, and what both are like.

bench/mixes.py [--toccata PROGRAM] [--font F] [--seed 7] [--bars 24] [-o RESULT.md]
From the reports of `render --report`: loudness of the parts, true peak, range, the most that compressors
and limiter took, and the power of three ranges (bass under 140 Hz, middle, treble over 4.5 kHz).
"""
import argparse
import json
import math
import os
import subprocess
import tempfile

GENRES = ["arabic", "blues", "bossa", "chiptune", "cinematic", "classical", "electronic", "folk",
          "funk", "jazz", "lofi", "reggae", "rock", "waltz"]


def ranges(spectrum):
    def level(low, high):
        power = sum(10 ** (b["level_db"] / 10) for b in spectrum if low <= b["hertz"] < high)
        return 10 * math.log10(max(power, 1e-12))
    return " ".join(f"{level(*r):.0f}" for r in ((0, 140), (140, 4500), (4500, 30000)))


def row(genre, rig, report):
    def lufs(part):
        loud = part["loudness_lufs"]
        text = f"{part['name']} " + ("-" if loud is None else f"{loud:.0f}")
        return text + (f" ({part['reduction_db']:.0f})" if part["reduction_db"] else "")
    limits = f"{report['bus_reduction_db']:.1f} / {report['reduction_db']:.1f}"
    missed = report["target_missed_by_lu"]
    return (f"| {genre} | {rig} | {', '.join(map(lufs, report['parts']))} | {limits} "
            f"| {report['loudness_lufs']:.1f}{f' (missed by {missed:.1f})' if missed else ''} "
            f"| {report['loudness_range_lu']:.1f} | {report['true_peak_dbtp']:.1f} "
            f"| {ranges(report['spectrum'])} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--toccata", default="toccata")
    parser.add_argument("--font", default="/usr/share/sounds/sf2/FluidR3_GM.sf2")
    parser.add_argument("--seed", default="7")
    parser.add_argument("--bars", default="24")
    parser.add_argument("-o", "--output")
    asked = parser.parse_args()
    lines = [f"# Mixes of fourteen genres, with their rigs and without\n\nOne piece each, {asked.bars} "
             f"bars, seed {asked.seed}; {os.path.basename(asked.font)}. Parts: LUFS before bus and "
             "master (the most that the part's compressor took, dB). Then the most that bus "
             "compressor and limiter took, dB; loudness, LUFS; range, LU; true peak, dBTP; power "
             "under 140 Hz, between, over 4.5 kHz, dB beside all.\n",
             "| genre | rig | parts | bus / limiter | loudness | range | peak | ranges |",
             "|---|---|---|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        midi, wav, told = (os.path.join(folder, name) for name in ("a.mid", "a.wav", "a.json"))
        for genre in GENRES:
            subprocess.run([asked.toccata, "compose", "--genre", genre, "--bars", asked.bars, "--seed",
                            asked.seed, "-o", midi], check=True, capture_output=True)
            for rig in ("none", "genre"):
                more = [] if rig == "none" else ["--rig", "genre"]
                subprocess.run([asked.toccata, "render", midi, "-o", wav, "--report", told,
                                "--sound-font", asked.font, *more], check=True, capture_output=True)
                with open(told) as file:
                    lines.append(row(genre, rig, json.load(file)))
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.output:
        with open(asked.output, "w") as out:
            out.write(text)


if __name__ == "__main__":
    main()

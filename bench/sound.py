#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rendering speed beside the fluidsynth program: same file, same font, both to a 16-bit WAV.

bench/sound.py [--ours "toccata render {midi} -o {wav} --sound-font {font}"] [--font F] [--runs 5]
               [-o RESULT.md]
All run in turn, so that a neighbour's noise meets all; medians are reported, and the ratios are
medians of each turn's. Ours mixes, masters to -14 LUFS and dithers besides; `cpu` is the sum over
threads. "one core" is ours held to one by taskset: its bytes must be the same.
"""
import argparse
import os
import platform
import resource
import shlex
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def measure(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def machine():
    with open("/proc/cpuinfo") as info:
        models = [line.split(":")[1].strip() for line in info if line.startswith("model name")]
    return f"{models[0] if models else platform.processor()}, {os.cpu_count()} cores"


def commit():
    done = subprocess.run(["git", "-C", HERE, "rev-parse", "--short", "HEAD"],
                          capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", default="toccata render {midi} -o {wav} --sound-font {font}")
    parser.add_argument("--font", default="/usr/share/sounds/sf2/TimGM6mb.sf2")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=180, help="length of the piece")
    parser.add_argument("-o", "--output")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = os.path.join(folder, "piece.mid"), os.path.join(folder, "out.wav")
        one = os.path.join(folder, "one.wav")
        subprocess.run(["python3", os.path.join(HERE, "sound_piece.py"), midi], check=True)

        def ours(path):
            return [part.format(midi=midi, wav=path, font=asked.font)
                    for part in shlex.split(asked.ours)]
        commands = {
            "toccata": ours(wav), "toccata, one core": ["taskset", "-c", "0", *ours(one)],
            "fluidsynth": ["fluidsynth", "-ni", "-F", os.path.join(folder, "their.wav"),
                           asked.font, midi]}
        runs = {name: [] for name in commands}
        for _ in range(asked.runs):
            for name, command in commands.items():
                runs[name].append(measure(command))
        with open(wav, "rb") as both, open(one, "rb") as alone:
            same = both.read() == alone.read()
    lines = [f"# Rendering 3 minutes of 8 parts\n\n{machine()}; commit {commit()}; "
             f"{asked.runs} runs each, in turn; medians; {os.path.basename(asked.font)}\n",
             "| | wall s | cpu s | x real time (wall) | x real time (cpu) |", "|---|---|---|---|---|"]
    for name, figures in runs.items():
        wall, cpu = (statistics.median(column) for column in zip(*figures))
        lines.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {asked.seconds / wall:.1f} "
                     f"| {asked.seconds / cpu:.1f} |")

    def ratio(over, under):
        return statistics.median(a[0] / b[0] for a, b in zip(runs[over], runs[under]))
    lines.append(f"\nWall time of fluidsynth over ours: {ratio('fluidsynth', 'toccata'):.2f}; of ours "
                 f"on one core over all cores: {ratio('toccata, one core', 'toccata'):.2f}; the "
                 f"bytes of both are {'the same' if same else 'NOT the same'}. Load of the machine: "
                 f"{os.getloadavg()[1]:.1f}.")
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.output:
        with open(asked.output, "w") as out:
            out.write(text)


if __name__ == "__main__":
    main()

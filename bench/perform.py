#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""perform.py PROGRAM... --score SCORE.mid [-o FILE.md]: what `toccata perform --model classical` takes on one core.

SCORE is ASAP's Beethoven/Piano_Sonatas/29-4/midi_score.mid: 10,721 notes, 9.6 minutes. Several programs, such as an
earlier build and a later one, take turns. Processor time of the whole process, user and system: median over 15 runs.
"""
import argparse
import os
import pathlib
import platform
import statistics
import subprocess
import tempfile

ROUNDS = 15


def seconds(program, score, variation, output):
    words = [program, "perform", score, "-o", output, "--model", "classical", "--variation", variation, "--seed", "1"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: os.sched_setaffinity(0, {0}))
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{program} failed")
    return used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--score", required=True)
    parser.add_argument("-o", "--output")
    arguments = parser.parse_args()
    taken, played = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "out.mid")
        for _ in range(ROUNDS):
            for variation in ("0", "1"):
                for program in arguments.programs:
                    taken.setdefault((program, variation), []).append(
                        seconds(program, arguments.score, variation, output))
                    played.setdefault(variation, set()).add(pathlib.Path(output).read_bytes())
    name = next((line.split(": ")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
                platform.machine())
    lines = ["# A piece of ten minutes performed", "",
             f"`bench/perform.py`, one core of {name}, load {os.getloadavg()[0]:.1f}; seconds of processor time for the whole "
             f"process, median of {ROUNDS} runs in turn (least). The programs' outputs are "
             f"{'the same bytes' if all(len(kinds) == 1 for kinds in played.values()) else 'DIFFERENT'}.", "",
             "| program | `--variation 0` | `--variation 1` |", "|---|---|---|"]
    for program in arguments.programs:
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        cells = [f"{statistics.median(taken[program, v]):.3f} ({min(taken[program, v]):.3f})" for v in ("0", "1")]
        lines.append(f"| {version}, {program} | {cells[0]} | {cells[1]} |")
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if arguments.output:
        pathlib.Path(arguments.output).write_text(text)


if __name__ == "__main__":
    main()

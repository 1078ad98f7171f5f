#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the same MIDI files with Toccata, symusic and mido, one after the other, several rounds.

    python3 -m venv DIR && DIR/bin/pip install symusic==0.6.0 mido==1.3.3
    cmake --preset release -DTOCCATA_BUILD_BENCH=ON && cmake --build --preset release -t bench_midi
    DIR/bin/python bench/compare_midi.py build/release/bench/bench_midi DATA [OUT.json]

DATA is a folder that holds asap (or any MIDI files, all of which symusic and mido must read). One
thread each; files are in memory before the clock starts; processor time. mido is so much slower that
it reads every 40th file only. Printed and written: MB/s, medians over the rounds.
"""
import datetime
import io
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time
from importlib import metadata

import mido
import symusic

ROUNDS, MIDO_EVERY = 5, 40


def midi_files(data):
    root = data / "asap" if (data / "asap").is_dir() else data
    return [p.read_bytes() for p in sorted(root.rglob("*")) if p.suffix.lower() in (".mid", ".midi")]


def speed(read, files):
    begin = time.process_time()
    for content in files:
        read(content)
    return sum(map(len, files)) / 1e6 / (time.process_time() - begin)


def ours(program, data):
    """MB/s of each benchmark, by processor time."""
    run = subprocess.run([program, "--benchmark_format=json", "--benchmark_min_time=0.5"],
                         env={**os.environ, "TOCCATA_DATA": str(data)}, check=True,
                         capture_output=True, text=True)
    return {b["name"]: b["bytes_per_second"] / 1e6 for b in json.loads(run.stdout)["benchmarks"]}


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main():
    program, data = sys.argv[1], pathlib.Path(sys.argv[2])
    files = midi_files(data)
    few = files[::MIDO_EVERY]
    rounds = []
    for _ in range(ROUNDS):
        figures = ours(program, data)
        figures["symusic"] = speed(symusic.Score.from_midi, files)
        figures["mido"] = speed(lambda content: mido.MidiFile(file=io.BytesIO(content)), few)
        rounds.append(figures)
    median = {name: round(statistics.median(r[name] for r in rounds), 2) for name in rounds[0]}
    commit = subprocess.run(["git", "describe", "--always", "--dirty=-changed"], check=True,
                            capture_output=True, text=True,
                            cwd=pathlib.Path(__file__).parent).stdout.strip()
    result = {
        "context": {"date": datetime.date.today().isoformat(), "commit": commit,
                    "processor": processor(), "num_cpus": os.cpu_count(),
                    "load_avg": list(os.getloadavg()),
                    "input": f"asap, {len(files)} files, {sum(map(len, files)) / 1e6:.1f} MB",
                    "peers": {name: metadata.version(name) for name in ("symusic", "mido")}},
        "megabytes_per_second": median,
        "ratio": {"to_score to symusic": round(median["midi_to_score"] / median["symusic"], 2),
                  "to_score to mido": round(median["midi_to_score"] / median["mido"], 1)},
        "rounds": [{name: round(value, 2) for name, value in r.items()} for r in rounds],
    }
    text = json.dumps(result, indent=2) + "\n"
    print(text, end="")
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_text(text)


if __name__ == "__main__":
    main()

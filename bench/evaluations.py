#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs `evaluate music` and `evaluate edits` at full size and keeps what they say.

    cmake --preset release && cmake --build --preset release -t toccata_cli
    python3 bench/evaluations.py build/release/bin/toccata DATA [bench/results]

DATA is a folder of corpora (docs/evaluations.md). Writes DATE-music.md, .json, DATE-edits.md, .json: the program's own
reports, the first after a line with commit and machine, the second with `context` beside them.
"""
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EVALUATIONS = {"music": [], "edits": []}


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def context():
    commit = subprocess.run(["git", "describe", "--always", "--dirty=-changed"], check=True, cwd=ROOT,
                            capture_output=True, text=True).stdout.strip()
    return {"date": datetime.date.today().isoformat(), "commit": commit, "processor": processor(),
            "num_cpus": os.cpu_count(), "load_avg": os.getloadavg()}


def main():
    if len(sys.argv) not in (3, 4):
        print(__doc__)
        return 2
    program, data = os.path.abspath(sys.argv[1]), sys.argv[2]
    folder = pathlib.Path(sys.argv[3] if len(sys.argv) == 4 else ROOT / "bench/results")
    about = context()
    for name, words in EVALUATIONS.items():
        text, result = folder / f"{about['date']}-{name}.md", folder / f"{about['date']}-{name}.json"
        begun = time.monotonic()
        subprocess.run([program, "evaluate", name, "--data", data, *words, "-o", text, "-o", result], check=True,
                       stdout=subprocess.DEVNULL)
        seconds = round(time.monotonic() - begun, 1)
        title, rest = text.read_text().split("\n", 1)
        line = (f"{about['date']}, commit {about['commit']}, {about['processor']}, {about['num_cpus']} cores, "
                f"{seconds} s: `toccata evaluate {' '.join([name, *words])} --data DATA`")
        text.write_text(f"{title}\n\n{line}\n{rest}")
        report = {"context": {**about, "seconds": seconds}, **json.loads(result.read_text())}
        result.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times LSTMs of ml and of PyTorch on the same weights and inputs, one thread each, in one run.

    python3 -m pip install torch numpy safetensors
    tools/build bench bench_lstm_timing
    python3 bench/compare_lstm.py [--save bench/results]

Two tasks: decoding step by step (batch 1, 2 layers of 256, input 256), and 8000 notes of 32 numbers
through 2 layers of 256 from both ends. PyTorch runs the operator that nn.LSTM calls, without the
module around it, in float32. Rounds alternate; times are processor time, as other programs may run.
"""
import argparse
import datetime
import pathlib
import platform
import statistics
import subprocess
import tempfile
import time

import torch
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/bench/bench/bench_lstm_timing"
ELEMENTS = ["F32", "BF16", "I8"]
ROUNDS = 9


def steps(weights, xs):
    state = (torch.zeros(2, 1, 256), torch.zeros(2, 1, 256))
    out = []
    for x in xs.split(1):
        y, *state = torch._VF.lstm(x[None], state, weights, True, 2, 0.0, False, False, True)
        out.append(y[0])
    return torch.cat(out)


def both_ends(weights, xs):
    state = (torch.zeros(4, 1, 256), torch.zeros(4, 1, 256))
    return torch._VF.lstm(xs[None], state, weights, True, 2, 0.0, False, True, True)[0][0]


def timed(run, weights, xs):
    before = time.process_time()
    run(weights, xs)
    return 1e6 * (time.process_time() - before) / len(xs)


def ours(file, element, way):
    text = subprocess.run([PROGRAM, file, element, way], check=True, capture_output=True, text=True)
    return tuple(float(number) for number in text.stdout.split())


def compare(way, run, lstm, xs):
    weights = [parameter.detach() for parameter in lstm._flat_weights]
    tensors = {f"lstm.{name}": value for name, value in lstm.state_dict().items()}
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "lstm.safetensors"
        save_file(tensors | {"input": xs, "expected": run(weights, xs)}, file)
        rounds = [(timed(run, weights, xs), [ours(file, element, way) for element in ELEMENTS])
                  for _ in range(ROUNDS)]
    peer = statistics.median(round[0] for round in rounds)
    lines = [f"| {way} | PyTorch {torch.__version__} F32 | {peer:.1f} | {peer * len(xs) / 1e6:.3f} | | |"]
    for i, element in enumerate(ELEMENTS):
        own = statistics.median(round[1][i][0] for round in rounds)
        lines.append(f"| {way} | ml {element} | {own:.1f} | {own * len(xs) / 1e6:.3f} "
                     f"| {peer / own:.1f} | {rounds[0][1][i][1]:.1e} |")
    return lines


def processor():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.machine()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--save", type=pathlib.Path, help="folder for DATE-lstm.md")
    options = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    with torch.inference_mode():
        rows = compare("steps", steps, torch.nn.LSTM(256, 256, 2), torch.randn(2000, 256))
        rows += compare("both_ends", both_ends, torch.nn.LSTM(32, 256, 2, bidirectional=True),
                        torch.randn(8000, 32))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True,
                            text=True).stdout.strip()
    text = "\n".join([
        "# LSTMs of ml beside PyTorch's", "",
        f"`python3 bench/compare_lstm.py`, commit {commit}, {processor()}, "
        f"{datetime.date.today()}; one thread, medians of processor time over {ROUNDS} rounds taken in turn.", "",
        "| task | engine | us a step | s in all | times as fast | largest difference |",
        "|---|---|---|---|---|---|", *rows, ""])
    print(text)
    if options.save:
        (options.save / f"{datetime.date.today()}-lstm.md").write_text(text)


main()

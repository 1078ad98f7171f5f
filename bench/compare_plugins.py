#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A MIDI file through one VST3 instrument: MidiRenderer beside pedalboard and DawDreamer.

    python3 -m venv DIR && DIR/bin/pip install pedalboard==0.9.26 dawdreamer==0.9.0 mido==1.3.3 numpy
    ./toccata setup vst3
    python3 bench/sound_piece.py piece.mid
    DIR/bin/python bench/compare_plugins.py bin/MidiRenderer piece.mid PLUGIN.vst3... [OUT.md]

Each program is a process of its own, from its start to a WAV of 32-bit floats on the disk, in turn, ROUNDS
times; medians. The three sounds are compared: their levels, and where the first note begins.
"""
import datetime
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import mido
import numpy

ROUNDS, RATE, BLOCK, TAIL = 3, 44100, 512, 1.0

PEDALBOARD = """
import sys, mido, numpy, pedalboard, pedalboard.io
midi, plugin, out, seconds, rate, block = sys.argv[1:7]
now, messages = 0.0, []
for message in mido.MidiFile(midi):
    now += message.time
    if not message.is_meta:
        messages.append(message.copy(time=now))
instrument = pedalboard.load_plugin(plugin)
sound = instrument(messages, duration=float(seconds), sample_rate=int(rate), buffer_size=int(block))
with pedalboard.io.AudioFile(out, "w", int(rate), 2, bit_depth=32) as file:
    file.write(sound)
"""
DAWDREAMER = """
import sys, dawdreamer, pedalboard.io
midi, plugin, out, seconds, rate, block = sys.argv[1:7]
engine = dawdreamer.RenderEngine(int(rate), int(block))
instrument = engine.make_plugin_processor("instrument", plugin)
instrument.load_midi(midi)
engine.load_graph([(instrument, [])])
engine.render(float(seconds))
with pedalboard.io.AudioFile(out, "w", int(rate), 2, bit_depth=32) as file:
    file.write(engine.get_audio())
"""


def timed(command):
    """Wall and processor seconds of a process and all that it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command[0]}: {done.stderr[-500:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def samples(path):
    """A WAV of 32-bit floats or 16- or 32-bit integers."""
    data = pathlib.Path(path).read_bytes()
    kind = int.from_bytes(data[data.index(b"fmt ") + 8:][:2], "little")
    at = data.index(b"data")
    size = int.from_bytes(data[at + 4:at + 8], "little")
    values = numpy.frombuffer(data[at + 8:at + 8 + size], "<f4" if kind != 1 else "<i4")
    return (values if kind != 1 else values / 2.0 ** 31).reshape(-1, 2)


def level(sound):
    return 20 * numpy.log10(numpy.sqrt(numpy.mean(numpy.square(sound, dtype=numpy.float64))) + 1e-12)


def onset_ms(sound):
    loud = numpy.nonzero(numpy.abs(sound).max(axis=1) > 1e-3)[0]
    return loud[0] / RATE * 1000 if len(loud) else float("nan")


def measured(renderer, midi, plugin, folder):
    seconds = mido.MidiFile(midi).length + TAIL
    out = {name: os.path.join(folder, name + ".wav") for name in ("MidiRenderer", "pedalboard", "DawDreamer")}
    common = [midi, plugin, out["pedalboard"], str(seconds), str(RATE), str(BLOCK)]
    commands = {
        "MidiRenderer": [renderer, midi, "-", plugin, out["MidiRenderer"], "--bits", "32f", "--rate", str(RATE),
                         "--block", str(BLOCK), "--tail", str(TAIL)],
        "pedalboard": [sys.executable, "-c", PEDALBOARD, *common],
        "DawDreamer": [sys.executable, "-c", DAWDREAMER, *common[:2], out["DawDreamer"], *common[3:]]}
    times = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(timed(command))
    rows = []
    for name in commands:
        wall, cpu = (statistics.median(t[i] for t in times[name]) for i in (0, 1))
        sound = samples(out[name])
        rows.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {seconds / wall:.0f} | {level(sound):.2f} | "
                    f"{onset_ms(sound):.2f} |")
    return rows


def main():
    renderer, midi, *rest = sys.argv[1:]
    plugins = [p for p in rest if not p.endswith(".md")]
    out = [p for p in rest if p.endswith(".md")]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    lines = ["# One VST3 instrument through three programs", "",
             f"{datetime.date.today()}, commit {commit}, {platform.processor() or platform.machine()}, "
             f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {os.path.basename(midi)} "
             f"({mido.MidiFile(midi).length:.0f} s), {ROUNDS} rounds in turn, medians", ""]
    for plugin in plugins:
        with tempfile.TemporaryDirectory() as folder:
            lines += [f"## {pathlib.Path(plugin).stem}", "",
                      "| | wall s | cpu s | x real time | level dBFS | first sound ms |", "|---|---|---|---|---|---|",
                      *measured(renderer, midi, plugin, folder), ""]
    text = "\n".join(lines)
    print(text)
    if out:
        pathlib.Path(out[0]).write_text(text + "\n")


if __name__ == "__main__":
    main()

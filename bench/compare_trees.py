#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fits the same rows with Toccata's learners and scikit-learn's, one after the other, several rounds.

    python3 -m venv DIR && DIR/bin/pip install scikit-learn==1.9.1 pandas
    cmake --preset bench && cmake --build --preset bench -t fit_rows
    DIR/bin/python bench/compare_trees.py build/bench/bench/fit_rows ROWS.csv.xz [OUT.json]

ROWS has seven features, the targets `velocity` and `duration_clipped`, and `is_test`: 100,000 notes with the
features of docs/learning.md. Two threads each; both sides have the rows in memory, and binning or sorting
counts as fitting. Seconds are by the clock (medians over the rounds), and by the processors' time, which other
work on the machine moves less.
"""
import datetime
import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "2"
import numpy
import pandas
import sklearn
from sklearn.ensemble import (GradientBoostingRegressor, HistGradientBoostingRegressor,
                              RandomForestRegressor)
from sklearn.linear_model import LinearRegression
from sklearn.tree import DecisionTreeRegressor

THREADS, ROUNDS, SINGLES = 2, 3, 20
SETS = {
    "velocity": ("velocity", []),
    "duration": ("duration_clipped", []),
    "duration, without `duration`": ("duration_clipped", ["duration"]),
}
# Ours, theirs with the same number and depth of trees, rounds that theirs is fitted.
PAIRS = [
    ("forest", RandomForestRegressor(50, max_depth=12, n_jobs=THREADS, random_state=1), ROUNDS),
    ("tree", DecisionTreeRegressor(max_depth=12, random_state=1), ROUNDS),
    ("boosting", GradientBoostingRegressor(n_estimators=100, max_depth=6, random_state=1), 1),
    ("boosting, 255 bins, 31 leaves",
     HistGradientBoostingRegressor(max_iter=100, max_depth=6, early_stopping=False), ROUNDS),
    ("linear", LinearRegression(), ROUNDS),
]


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(act):
    wall, used = time.perf_counter(), processor_seconds()
    act()
    return time.perf_counter() - wall, processor_seconds() - used


def theirs(model, rounds, train, test):
    fits = [timed(lambda: model.fit(*train)) for _ in range(rounds)]
    batches = [timed(lambda: model.predict(test[0])) for _ in range(ROUNDS)]
    single = [timed(lambda row=row: model.predict(test[0][row:row + 1]))[0] for row in range(SINGLES)]
    return {"fit_seconds": statistics.median(f[0] for f in fits),
            "fit_processor_seconds": statistics.median(f[1] for f in fits),
            "r2": model.score(*test),
            "rows_per_second": len(test[0]) / statistics.median(b[0] for b in batches),
            "rows_per_processor_second": len(test[0]) / statistics.median(b[1] for b in batches),
            "microseconds_per_row": statistics.median(single) * 1e6}


def write_rows(path, rows, features, target):
    with open(path, "wb") as out:
        train = int((rows.is_test == 0).sum())
        numpy.array([len(rows), len(features), train], "<i8").tofile(out)
        for name in [*features, target]:
            rows[name].to_numpy("<f4").tofile(out)


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def compare(program, rows, target, without):
    features = [name for name in rows.columns[:7] if name not in without]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows")
        write_rows(path, rows, features, target)
        run = subprocess.run([program, path, str(THREADS), str(ROUNDS)], check=True,
                             capture_output=True, text=True)
    ours = {line["model"]: line for line in map(json.loads, run.stdout.splitlines())}
    parts = [rows[rows.is_test == part] for part in (0, 1)]
    train, test = [(numpy.ascontiguousarray(p[features], "f4"), p[target].to_numpy("f8"))
                   for p in parts]
    result = {}
    for name, model, rounds in PAIRS:
        peer = theirs(model, rounds, train, test)
        ratios = {
            "r2, difference": ours[name]["r2"] - peer["r2"],
            "fit": peer["fit_seconds"] / ours[name]["fit_seconds"],
            "fit, processor time": peer["fit_processor_seconds"] / ours[name]["fit_processor_seconds"],
        }
        if "rows_per_second" in ours[name]:
            for unit in ("second", "processor_second"):
                ratios[f"rows per {unit}"] = (ours[name][f"rows_per_{unit}"] /
                                              peer[f"rows_per_{unit}"])
        result[name] = {"ours": ours[name], type(model).__name__: peer, "ratio": ratios}
        print(name, json.dumps(ratios), flush=True)
    return result


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return float(f"{value:.5g}") if isinstance(value, float) else value


def main():
    program = sys.argv[1]
    rows = pandas.read_csv(sys.argv[2])
    rows = pandas.concat([rows[rows.is_test == 0], rows[rows.is_test == 1]])
    commit = subprocess.run(["git", "describe", "--always", "--dirty=-changed"], check=True,
                            capture_output=True, text=True,
                            cwd=pathlib.Path(__file__).parent).stdout.strip()
    result = {"context": {"date": datetime.date.today().isoformat(), "commit": commit,
                          "processor": processor(), "num_cpus": os.cpu_count(), "threads": THREADS,
                          "rounds": ROUNDS, "peers": {"scikit-learn": sklearn.__version__},
                          "load_avg": list(os.getloadavg()),
                          "input": f"{len(rows)} notes, {int(rows.is_test.sum())} of them test"}}
    for name, (target, without) in SETS.items():
        print(name, flush=True)
        result[name] = compare(program, rows, target, without)
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_text(json.dumps(rounded(result), indent=1) + "\n")


if __name__ == "__main__":
    main()

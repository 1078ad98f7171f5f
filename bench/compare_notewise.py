#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""compare_notewise.py PROGRAM ROWS [-o FILE.md]: `toccata train` and `predict` beside scikit-learn, in one run.

ROWS is a table as `toccata train expression --rows` takes it. Both learn from its training rows on all cores; R2 is
that of its test rows. Predictions are timed on the rows repeated up to 2,000,000, less what the linear model takes, which is
reading and writing.
"""
import argparse
import json
import os
import pathlib
import platform
import subprocess
import tempfile
import time

import numpy
import pandas
import sklearn
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeRegressor

FEATURES = ["pitch", "pitch_interval", "prev_pitch", "next_pitch", "seq_pos", "local_density", "duration"]
TARGETS = {"velocity": ("velocity", FEATURES), "duration": ("duration_clipped", FEATURES),
           "duration_without_leak": ("duration_clipped", FEATURES[:-1])}
PREDICTED_ROWS = 2_000_000


def learners():
    return {"linear": LinearRegression(), "tree": DecisionTreeRegressor(max_depth=12, random_state=42),
            "forest": RandomForestRegressor(50, max_depth=12, random_state=42, n_jobs=-1),
            "boosting": GradientBoostingRegressor(n_estimators=100, max_depth=6, random_state=42)}


def timed(work):
    begun = time.perf_counter()
    value = work()
    return value, time.perf_counter() - begun


def theirs(rows):
    test = rows.is_test == 1
    out = {}
    for target, (column, features) in TARGETS.items():
        scaler = StandardScaler().fit(rows.loc[~test, features])
        train_x, test_x = scaler.transform(rows.loc[~test, features]), scaler.transform(rows.loc[test, features])
        for name, learner in learners().items():
            _, seconds = timed(lambda: learner.fit(train_x, rows.loc[~test, column]))
            expected, predicted = rows.loc[test, column], learner.predict(test_x)
            out[target, name] = (r2_score(expected, predicted), mean_absolute_error(expected, predicted),
                                 mean_squared_error(expected, predicted) ** 0.5, seconds)
            if name == "forest" and target == "velocity":
                forest, all_x = learner, scaler.transform(rows[features])
    big = numpy.tile(all_x, (PREDICTED_ROWS // len(all_x) + 1, 1))[:PREDICTED_ROWS]
    _, seconds = timed(lambda: forest.predict(big))
    return out, PREDICTED_ROWS / seconds


def ours(program, table, rows, folder):
    subprocess.run([program, "train", "expression", "--rows", table, "-o", folder / "run"], check=True,
                   stdout=subprocess.DEVNULL)
    targets = json.loads((folder / "run" / "model.json").read_text())["targets"]
    out = {(target, name): (*(result["test"][metric] for metric in ("r2", "mae", "rmse")), result["fit_seconds"])
           for target, results in targets.items() for name, result in results.items()}
    repeats = PREDICTED_ROWS // len(rows) + 1
    pandas.concat([rows] * repeats)[:PREDICTED_ROWS].to_csv(folder / "big.csv", index=False)
    seconds = {}
    for learner in ("linear", "forest"):
        words = [program, "predict", "--model", folder / "run", "--rows", folder / "big.csv", "-o", folder / "out.csv",
                 "--learner", learner]
        seconds[learner] = min(timed(lambda: subprocess.run(words, check=True))[1] for _ in range(3))
    # Two forests, velocity and duration.
    return out, 2 * PREDICTED_ROWS / (seconds["forest"] - seconds["linear"]), seconds


def report(program, ours_by, theirs_by, ours_pace, theirs_pace, seconds):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                            cwd=pathlib.Path(__file__).parent, check=True).stdout.strip()
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    processor = next((line.split(": ")[1] for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    lines = ["# Note-wise learners beside scikit-learn", "",
             f"`bench/compare_notewise.py`, one run on {processor.strip() or platform.machine()}, {os.cpu_count()} cores, load "
             f"{os.getloadavg()[0]:.1f}; toccata {version} ({commit}), scikit-learn {sklearn.__version__}. Test rows; "
             "a ratio over 1 means that ours is faster.", "",
             "| target | learner | R2 ours | R2 theirs | difference | MAE ours | MAE theirs | RMSE ours | RMSE theirs | "
             "fit ours, s | fit theirs, s | ratio |", "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for (target, name), a in ours_by.items():
        b = theirs_by[target, name]
        lines.append(f"| {target} | {name} | {a[0]:.4f} | {b[0]:.4f} | {a[0] - b[0]:+.4f} | {a[1]:.2f} | {b[1]:.2f} | "
                     f"{a[2]:.2f} | {b[2]:.2f} | {a[3]:.3f} | {b[3]:.3f} | {b[3] / a[3]:.1f} |")
    lines += ["", f"Forest, rows a second: ours {ours_pace:,.0f}, theirs {theirs_pace:,.0f} (ratio "
              f"{ours_pace / theirs_pace:.1f}). `predict` on {PREDICTED_ROWS:,} rows took {seconds['forest']:.2f} s by the "
              f"forests, {seconds['linear']:.2f} s by the linear models."]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("rows")
    parser.add_argument("-o", "--output")
    arguments = parser.parse_args()
    rows = pandas.read_csv(arguments.rows)
    with tempfile.TemporaryDirectory() as folder:
        ours_by, ours_pace, seconds = ours(arguments.program, arguments.rows, rows, pathlib.Path(folder))
    theirs_by, theirs_pace = theirs(rows)
    text = report(arguments.program, ours_by, theirs_by, ours_pace, theirs_pace, seconds)
    print(text, end="")
    if arguments.output:
        pathlib.Path(arguments.output).write_text(text)


if __name__ == "__main__":
    main()

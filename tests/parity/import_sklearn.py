# SPDX-License-Identifier: MIT
"""import_sklearn.py PROGRAM: `predict` gives scikit-learn's own predictions for models taken over from it."""
import pathlib
import subprocess
import sys
import tempfile

try:
    import joblib
    import numpy
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.preprocessing import StandardScaler
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

FEATURES = ("pitch", "pitch_interval", "prev_pitch", "next_pitch", "seq_pos", "local_density", "duration")
IMPORTER = pathlib.Path(__file__).resolve().parents[2] / "tools" / "import_sklearn_models.py"
ROWS = 4000


def made_rows():
    draw = numpy.random.default_rng(1)
    pitch = draw.integers(21, 109, ROWS)
    rows = numpy.column_stack([pitch, draw.integers(0, 24, ROWS), pitch - 2, pitch + 2,
                               draw.integers(0, 10**6, ROWS) / 1e6, draw.integers(7, 14, ROWS),
                               draw.integers(1, 20000, ROWS)]).astype(float)
    velocity = 0.5 * pitch + 20 * rows[:, 4] + draw.normal(0, 8, ROWS)
    return rows, velocity, numpy.clip(rows[:, 6], 100, 10000)


def main():
    rows, velocity, duration = made_rows()
    scaler = StandardScaler().fit(rows)
    models = {"scaler": scaler}
    for name, target in (("rf_velocity", velocity), ("rf_duration", duration)):
        models[name] = RandomForestRegressor(20, max_depth=12, random_state=1).fit(scaler.transform(rows), target)
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        joblib.dump(models, place / "models.joblib")
        subprocess.run([sys.executable, IMPORTER, place / "models.joblib", "-o", place / "model.safetensors"], check=True)
        numpy.savetxt(place / "rows.csv", rows, delimiter=",", header=",".join(FEATURES), comments="", fmt="%.17g")
        subprocess.run([sys.argv[1], "predict", "--model", place / "model.safetensors", "--rows", place / "rows.csv",
                        "-o", place / "out.csv"], check=True)
        ours = numpy.loadtxt(place / "out.csv", delimiter=",", skiprows=1)[:, -2:]
    # predict reads rows as floats; scikit-learn does so after scaling.
    scaled = scaler.transform(rows.astype(numpy.float32).astype(float))
    for column, name in enumerate(("rf_velocity", "rf_duration")):
        theirs = models[name].predict(scaled)
        off = numpy.max(numpy.abs(ours[:, column] - theirs) / numpy.abs(theirs))
        print(f"{name}: largest relative difference {off:.2e} over {ROWS} rows")
        if off > 1e-6:
            sys.exit(f"{name}: predictions differ by more than 1e-6")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns scikit-learn's note-wise models into a model.safetensors that `toccata predict` reads.

IN is a joblib or pickle file with a dict of `rf_velocity` and `rf_duration` (RandomForestRegressor, each fitted on
the seven note-wise features after scaling) and `scaler` (StandardScaler). The same rows give the same predictions:
a float holds each threshold that parts floats, so trees take the same ways.

WARNING: reading a pickle runs whatever code its maker put into it. Only read files that you made or trust.
"""
import argparse
import json
import struct
import sys

FEATURES = ("pitch", "pitch_interval", "prev_pitch", "next_pitch", "seq_pos", "local_density", "duration")
ELEMENTS = {"float64": "F64", "float32": "F32", "uint32": "U32", "int16": "I16"}
MISSING_LEFT = 1 << 14  # added to the feature of a node where a missing number goes left


def narrowed(thresholds):
    """For each double the greatest float up to it: floats lie on the same side of both."""
    import numpy
    floats = thresholds.astype(numpy.float32)
    over = floats.astype(numpy.float64) > thresholds
    floats[over] = numpy.nextafter(floats[over], numpy.float32(-numpy.inf))
    return floats


def breadth_first(tree):
    """The nodes by level, siblings side by side, and each node's left child as a place in that order."""
    order, left = [0], []
    for node in order:
        child = tree.children_left[node]
        left.append(0 if child < 0 else len(order))
        if child >= 0:
            order += [child, tree.children_right[node]]
    return order, left


def forest_tensors(forest, prefix):
    """The tensors of one forest (docs/formats/trees.md)."""
    import numpy
    counts, features, thresholds, lefts, missing = [], [], [], [], []
    for estimator in forest.estimators_:
        tree = estimator.tree_
        order, left = breadth_first(tree)
        is_leaf = tree.children_left[order] < 0
        counts.append(len(order))
        features.append(numpy.where(is_leaf, -1, tree.feature[order]))
        values = tree.value[order, 0, 0].astype(numpy.float32)
        thresholds.append(numpy.where(is_leaf, values, narrowed(tree.threshold[order])))
        lefts.append(left)
        go_left = numpy.asarray(getattr(tree, "missing_go_to_left", numpy.zeros(tree.node_count)))[order]
        missing.append(numpy.where(is_leaf, 0, go_left))
    joined = numpy.concatenate
    return {
        prefix + "scale": numpy.array([0, 1 / len(counts)], numpy.float64),
        prefix + "features": numpy.array([forest.n_features_in_], numpy.uint32),
        prefix + "tree_nodes": numpy.array(counts, numpy.uint32),
        prefix + "split": (joined(features) + MISSING_LEFT * joined(missing).astype(bool)).astype(numpy.int16),
        prefix + "threshold": joined(thresholds).astype(numpy.float32),
        prefix + "left": joined(lefts).astype(numpy.uint32),
        prefix + "importances": numpy.asarray(forest.feature_importances_, numpy.float64),
    }


def safetensors(tensors, metadata):
    """The bytes of a safetensors file."""
    header, at, body = {"__metadata__": metadata}, 0, []
    for name, values in tensors.items():
        data = values.tobytes()
        header[name] = {"dtype": ELEMENTS[values.dtype.name], "shape": list(values.shape),
                        "data_offsets": [at, at + len(data)]}
        at += len(data)
        body.append(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(body)


def checked(models):
    """The two forests and the scaler. Exits where one is missing or of another kind."""
    for name in ("rf_velocity", "rf_duration", "scaler"):
        if not isinstance(models, dict) or name not in models:
            sys.exit(f"import_sklearn_models: no \"{name}\" in the file, which must be a dict with rf_velocity, "
                     "rf_duration and scaler")
        found = models[name].n_features_in_
        if found != len(FEATURES):
            sys.exit(f"import_sklearn_models: {name} was fitted on {found} features, needed are {', '.join(FEATURES)}")
    return models["rf_velocity"], models["rf_duration"], models["scaler"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", metavar="IN", help="a .joblib or .pkl file that you trust")
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="the model.safetensors to write")
    arguments = parser.parse_args()
    import joblib
    import numpy
    velocity, duration, scaler = checked(joblib.load(arguments.models))
    tensors = forest_tensors(velocity, "rf_velocity.") | forest_tensors(duration, "rf_duration.")
    zeros, ones = numpy.zeros(len(FEATURES)), numpy.ones(len(FEATURES))
    tensors["scaler.mean"] = zeros if scaler.mean_ is None else scaler.mean_.astype(numpy.float64)
    tensors["scaler.deviation"] = ones if scaler.scale_ is None else scaler.scale_.astype(numpy.float64)
    with open(arguments.output, "wb") as file:
        file.write(safetensors(tensors, {"format": "toccata.notewise/1", "source": "scikit-learn"}))


if __name__ == "__main__":
    main()

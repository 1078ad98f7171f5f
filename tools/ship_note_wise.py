#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cuts the model.safetensors of a note-wise run down to what ships: its scaler and the first trees of its forests.

A forest's trees are alike, so that its first ones are a forest too. The learners that nothing plays by are left
out. What the cut costs in R2 is seen with `toccata predict` on the rows of the run (docs/expression-notewise.md).
"""
import argparse
import json
import struct

WIDTHS = {"F32": 4, "U32": 4, "I16": 2, "U16": 2}
PER_NODE = ("split", "threshold", "left")


def read(path):
    """Metadata, and each tensor as (dtype, shape, bytes)."""
    with open(path, "rb") as file:
        data = file.read()
    size = struct.unpack("<Q", data[:8])[0]
    header, body = json.loads(data[8:8 + size]), data[8 + size:]
    metadata = header.pop("__metadata__")
    return metadata, {name: (entry["dtype"], entry["shape"], body[slice(*entry["data_offsets"])])
                      for name, entry in header.items()}


def first_trees(tensors, prefix, count):
    """A forest's tensors with its first trees alone."""
    kept = {name: value for name, value in tensors.items() if name.startswith(prefix)}
    trees = kept[prefix + "tree_nodes"][1][0]
    count = min(count, trees)
    sizes = struct.unpack(f"<{trees}I", kept[prefix + "tree_nodes"][2])
    nodes = sum(sizes[:count])
    kept[prefix + "tree_nodes"] = ("U32", [count], struct.pack(f"<{count}I", *sizes[:count]))
    base, _ = struct.unpack("<2d", kept[prefix + "scale"][2])
    kept[prefix + "scale"] = ("F64", [2], struct.pack("<2d", base, 1 / count))
    for part in PER_NODE:
        dtype, _, data = kept[prefix + part]
        kept[prefix + part] = (dtype, [nodes], data[:nodes * WIDTHS[dtype]])
    return kept


def write(path, metadata, tensors):
    header, at = {"__metadata__": metadata}, 0
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", metavar="IN", help="model.safetensors of a note-wise run")
    parser.add_argument("-o", "--output", metavar="OUT", required=True)
    parser.add_argument("--velocity", type=int, default=7, help="trees kept of rf_velocity (default: 7)")
    parser.add_argument("--duration", type=int, default=4, help="trees kept of rf_duration (default: 4)")
    parser.add_argument("--data", required=True, help="what it was trained on, for the metadata")
    parser.add_argument("--licence", required=True, help="of that data")
    arguments = parser.parse_args()
    metadata, tensors = read(arguments.model)
    kept = {name: tensors[name] for name in ("scaler.mean", "scaler.deviation")}
    kept |= first_trees(tensors, "rf_velocity.", arguments.velocity)
    kept |= first_trees(tensors, "rf_duration.", arguments.duration)
    metadata |= {"name": "notewise-forest", "protocol": "notewise", "data": arguments.data, "source": arguments.data,
                 "licence": arguments.licence,
                 "architecture": f"random forests of {arguments.velocity} and {arguments.duration} trees of depth 12"}
    write(arguments.output, metadata, kept)


if __name__ == "__main__":
    main()

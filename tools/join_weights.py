#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Joins files of weights that were trained apart into one, such as `train expression --networks` takes.

    tools/join_weights.py score/model.safetensors score_marks/model.safetensors -o networks.safetensors

No two may hold a tensor of one name; of the metadata the first file's word counts.
"""
import argparse
import json
import struct
import sys


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    size = struct.unpack("<Q", data[:8])[0]
    header, body = json.loads(data[8:8 + size]), data[8 + size:]
    metadata = header.pop("__metadata__", {})
    ordered = sorted(header.items(), key=lambda entry: entry[1]["data_offsets"])
    return metadata, [(name, entry, body[slice(*entry["data_offsets"])]) for name, entry in ordered]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("-o", "--output", metavar="OUT", required=True)
    arguments = parser.parse_args()
    header, metadata, parts, at = {}, {}, [], 0
    for path in arguments.files:
        said, tensors = read(path)
        metadata = said | metadata
        for name, entry, data in tensors:
            if name in header:
                sys.exit(f"{path}: tensor {name} is in a file before it too")
            header[name] = {**entry, "data_offsets": [at, at + len(data)]}
            at += len(data)
            parts.append(data)
    text = json.dumps({"__metadata__": metadata, **header}, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(arguments.output, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


if __name__ == "__main__":
    main()

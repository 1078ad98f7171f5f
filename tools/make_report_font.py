#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes libs/report/data/glyphs.txt: the letters of a report's picture, as shades of grey.

tools/make_report_font.py FOLDER OUT, FOLDER holding DejaVuSans.ttf and DejaVuSans-Bold.ttf (package
fonts-dejavu-core, needs Pillow). A line a letter: face, code point, advance, left, top, width, rows
of hexadecimal digits, 0 being nothing and f ink. `top` counts down from the line's ascent.
"""
import sys

from PIL import Image, ImageDraw, ImageFont

FACES = [("label", "DejaVuSans.ttf", 20), ("title", "DejaVuSans-Bold.ttf", 34)]
LETTERS = [chr(c) for c in [*range(32, 127), *range(0xA1, 0x100), 0x2013, 0x2019, 0x2026, 0x2212]]


def glyph_line(face, font, letter):
    left, top, right, bottom = font.getbbox(letter)
    width, height = right - left, bottom - top
    rows = []
    if width > 0 and height > 0 and letter != " ":
        image = Image.new("L", (width, height), 0)
        ImageDraw.Draw(image).text((-left, -top), letter, fill=255, font=font)
        pixels = list(image.getdata())
        for y in range(height):
            row = pixels[y * width:(y + 1) * width]
            rows.append("".join(f"{(p * 15 + 127) // 255:x}" for p in row))
    advance = round(font.getlength(letter))
    return " ".join([face, f"{ord(letter):x}", str(advance), str(left), str(top), str(width), *rows])


def main():
    folder, out = sys.argv[1:]
    lines = []
    for face, file, size in FACES:
        font = ImageFont.truetype(f"{folder}/{file}", size)
        lines += [glyph_line(face, font, letter) for letter in LETTERS]
    with open(out, "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

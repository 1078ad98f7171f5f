# SPDX-License-Identifier: MIT
"""Presets and parts played by plug-ins, with a program that stands for MidiRenderer."""
import array
import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import time

from program import PROGRAM, Case, main

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRESETS = sorted((ROOT / "presets").rglob("*.vstpreset"))
OWN_CLASS = "2046504473616C6353636F5400000000"

# A sine of 0.25 for as long as the file asks; what it is called with is noted beside it.
FAKE = r"""#!/usr/bin/env python3
import json, math, pathlib, struct, sys
here = pathlib.Path(__file__).parent
words = sys.argv[1:]
with open(here / "calls", "a") as calls:
    calls.write(json.dumps(words) + "\n")
if words[0] == "check":
    print(json.dumps({"path": words[1], "name": words[1].partition("#")[2], "sounds": True}))
    sys.exit(0)
if words[0] == "scan":
    import time
    print(json.dumps({"event": "trying", "plugin": "Slow.vst3"}), flush=True)
    time.sleep(60)
if words[0] == "save":
    if any("=bad" in word for word in words):
        sys.exit("MidiRenderer: Toccata.vst3: no parameter 'x'")
    pathlib.Path(words[2]).write_bytes((here / "saved.vstpreset").read_bytes())
    print(json.dumps({"event": "done"}))
    sys.exit(0)
midi, preset, plugin, out = words[:4]
assert pathlib.Path(midi).read_bytes()[:4] == b"MThd"
if "Crash" in plugin:
    sys.exit("MidiRenderer: " + plugin + ": it crashed (signal 11)")
rate = int(words[words.index("--rate") + 1])
samples = b"".join(struct.pack("<ff", *[0.25 * math.sin(i * 880 * math.pi / rate)] * 2) for i in range(2 * rate))
head = b"fmt " + struct.pack("<IHHIIHH", 16, 3, 2, rate, 8 * rate, 8, 32)
body = b"WAVE" + head + b"data" + struct.pack("<I", len(samples)) + samples
pathlib.Path(out).write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
print(json.dumps({"event": "progress", "done": 0.5}))
print(json.dumps({"event": "done", "peak_dbfs": -12.0}))
"""


def a_file():
    """Two parts, a bar each."""
    def track(name, events):
        body = b"\0\xff\x03" + bytes([len(name)]) + name + events + b"\0\xff\x2f\0"
        return b"MTrk" + struct.pack(">I", len(body)) + body
    note = b"\0\x90\x3c\x64\x8f\x00\x80\x3c\0"
    return (b"MThd" + struct.pack(">IHHH", 6, 1, 2, 480) + track(b"Melody", note) +
            track(b"Bass", note))


class Instrument(Case):
    def setUp(self):
        super().setUp()
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.home = pathlib.Path(holder.name)  # not among the files that are watched
        for name in (pathlib.Path(PROGRAM).name, "libtoccata_sound.so"):
            source = pathlib.Path(PROGRAM).with_name(name)
            if source.exists():
                shutil.copy(source, self.home / name)
        self.program = self.home / pathlib.Path(PROGRAM).name
        self.midi = self.folder / "in.mid"
        self.midi.write_bytes(a_file())
        self.plugin = self.folder / "X.vst3"
        self.plugin.write_bytes(b"\x7fELF..GetPluginFactory\0..")
        self.has_sound = (self.home / "libtoccata_sound.so").exists()

    def call(self, *words, **options):
        begun = time.monotonic()
        done = subprocess.run([str(self.program), *map(str, words)], cwd=self.folder, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        done.seconds = time.monotonic() - begun
        return done

    def shown(self, path):
        return json.loads(self.text("preset", "show", path, "--json"))

    def put_renderer(self):
        fake = self.home / "MidiRenderer"
        fake.write_text(FAKE)
        fake.chmod(0o755)
        shutil.copy(ROOT / "presets/instruments/cello.vstpreset", self.home / "saved.vstpreset")

    def calls(self):
        return [json.loads(line) for line in (self.home / "calls").read_text().splitlines()]

    def test_shipped_presets_show_their_program(self):
        self.assertEqual(len(PRESETS), 24)
        for path in PRESETS:
            shown = self.shown(path)
            self.assertEqual(shown["class_id"], OWN_CLASS)
            self.assertEqual([chunk["id"] for chunk in shown["chunks"]], ["Comp", "Info"])
            self.assertTrue(all(chunk["size"] > 0 for chunk in shown["chunks"]))
        cello = ROOT / "presets/instruments/cello.vstpreset"
        self.assertEqual(self.shown(cello)["state"]["program"], "42")
        self.assertIn(OWN_CLASS, self.text("preset", "show", cello))

    def test_damaged_presets_are_refused_by_name(self):
        whole = PRESETS[0].read_bytes()
        for content in (b"", whole[:40], whole[:-1], whole.replace(b"List", b"Lost"), b"RIFF" + whole[4:]):
            bad = self.folder / "bad.vstpreset"
            bad.write_bytes(content)
            self.refused(1, "preset", "show", bad, says=["bad.vstpreset", "byte"])
        self.refused(1, "preset", "show", "none.vstpreset", says=["none.vstpreset"])
        self.refused(2, "preset", "list", PRESETS[0], says=["show and save"])
        self.refused(2, "preset", "show", says=["preset show"])

    def test_a_preset_is_saved_by_the_renderer(self):
        self.refused(1, "preset", "save", self.plugin, "-o", "p.vstpreset", says=["setup vst3"])
        self.put_renderer()
        self.run_ok("preset", "save", self.plugin, "-o", "p.vstpreset", "--param", "Program=42")
        self.assertEqual((self.folder / "p.vstpreset").read_bytes(),
                         (self.home / "saved.vstpreset").read_bytes())
        self.assertIn("Program=42", self.calls()[-1])
        for place in (f"{self.plugin}#Second", "http://example.org/plugins#one"):
            self.run_ok("preset", "save", place, "-o", "q.vstpreset", "--timeout", 7)
            self.assertEqual(self.calls()[-1][1], place)
            self.assertEqual(self.calls()[-1][self.calls()[-1].index("--timeout") + 1], "7")
        (self.folder / "q.vstpreset").unlink()
        self.refused(2, "preset", "save", self.plugin, "-o", "q.vstpreset", "--timeout", 0, says=["--timeout"])
        self.refused(1, "preset", "save", "none.vst3#One", "-o", "r.vstpreset", says=["none.vst3"])
        self.refused(1, "preset", "save", self.plugin, "-o", "q.vstpreset",
                     "--param", "x=bad", says=["Toccata.vst3", "'x'"])
        self.refused(2, "preset", "save", self.plugin, "-o", "q.wav", says=[".vstpreset"])
        self.refused(2, "preset", "save", self.plugin, "-o", "q.vstpreset", "--param", "x", says=["NAME=VALUE"])
        self.refused(1, "preset", "save", self.midi, "-o", "q.vstpreset", says=["in.mid", "MIDI file"])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["X.vst3", "in.mid", "p.vstpreset"])

    def test_a_scale_goes_into_the_state_of_our_own_instrument(self):
        self.put_renderer()
        (self.folder / "rast.scl").write_text("Rast\n7\n200.\n350.\n500.\n700.\n900.\n1050.\n2/1\n")
        font = self.folder / "a.sf2"
        font.write_bytes(b"RIFF" + struct.pack("<I", 4) + b"sfbk")
        for wrong, says in (("scale=garbage", "Scala"), ("sound_font=/nope.sf2", "/nope.sf2"),
                            ("sound_font=rast.scl", "sound font")):
            self.refused(1, "preset", "save", self.plugin, "-o", "q.vstpreset", "--param", wrong, says=[says])
        self.run_ok("preset", "save", self.plugin, "-o", "p.vstpreset", "--param", "scale=@rast.scl",
                    "--param", f"sound_font={font}")
        state = self.shown("p.vstpreset")["state"]
        self.assertTrue(state["scale"].startswith("Rast\n7\n"))
        self.assertEqual(state["sound_font"], str(font))
        self.assertEqual(state["program"], "42")

    def test_plug_ins_of_one_bundle_are_kept_apart(self):
        self.put_renderer()
        cache = {**os.environ, "XDG_CACHE_HOME": str(self.home / "cache")}
        for name in ("A", "B"):
            self.run_ok("plugins", "check", f"{self.plugin}#{name}", env=cache)
        listed = self.run_ok("plugins", "list", "--json", env=cache).stdout.splitlines()
        self.assertEqual([json.loads(line)["path"] for line in listed],
                         [f"{self.plugin}#A", f"{self.plugin}#B"])

    def test_a_scan_that_takes_too_long_names_the_plug_in(self):
        self.put_renderer()
        done = self.call("plugins", "scan", self.folder, "--timeout", "1",
                         env={**os.environ, "XDG_CACHE_HOME": str(self.home / "cache")})
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"Slow.vst3: it took over 6.5 s", done.stderr)

    def test_what_is_wrong_is_named(self):
        if not self.has_sound:
            return
        out = ("-o", "out.wav")
        self.refused(2, "render", self.midi, *out, "--preset", PRESETS[0], says=["--preset"])
        self.refused(2, "render", self.midi, *out, "--part", "Melody", says=["--part"])
        self.refused(2, "render", self.midi, *out, "--part", "Melody=a", "--part", "Melody=b", says=["--part"])
        self.refused(1, "render", self.midi, *out, "--plugin", "no.vst3", says=["no.vst3"])
        self.refused(1, "render", self.midi, *out, "--plugin", self.plugin, says=["setup vst3"])
        self.refused(2, "render", self.midi, *out, "--part", f"Flute={self.plugin}", says=["Flute", "Melody", "Bass"])
        self.put_renderer()
        crash = self.folder / "Crash.vst3"
        crash.write_bytes(self.plugin.read_bytes())
        self.refused(1, "render", self.midi, *out, "--part", f"melody={crash}", says=["Crash.vst3", "Melody"])

    def test_a_part_is_played_by_its_plug_in_and_its_preset(self):
        if not self.has_sound:
            return
        self.put_renderer()
        for value in (f"{self.plugin}:{PRESETS[0]}", f"{PRESETS[0]}:{self.plugin}"):
            self.run_ok("render", self.midi, "-o", "out.wav", "--part", f"Melody={value}", "--part",
                        f"Bass={self.plugin}", "--bits", "32f")
            melody, bass = sorted(self.calls()[-2:], key=lambda words: words[1] == "-")
            self.assertEqual(melody[1:3], [str(PRESETS[0]), str(self.plugin)])
            self.assertEqual(bass[1], "-")
        for value in (f"{self.plugin}#One", "http://example.org/piano#1"):
            self.run_ok("render", self.midi, "-o", "b.wav", "--part", f"Melody={value}:{PRESETS[0]}", "--plugin", value,
                        "--timeout", "2.5")
            self.assertEqual(sorted(words[1] for words in self.calls()[-2:]), ["-", str(PRESETS[0])])
            for words in self.calls()[-2:]:
                self.assertEqual(words[2], value)
                self.assertEqual(words[words.index("--timeout") + 1], "2.5")
        first = (self.folder / "out.wav").read_bytes()
        self.run_ok("render", self.midi, "-o", "again.wav", "--plugin", self.plugin, "--bits", "32f")
        self.assertEqual((self.folder / "again.wav").read_bytes()[-80000:-40000], first[-80000:-40000])
        sound = array.array("f", first[first.index(b"data") + 8:][:400000])
        self.assertGreater(max(sound), 0.05)
        self.assertEqual([path for path in self.folder.iterdir() if path.name.startswith(".")], [])


if __name__ == "__main__":
    main()

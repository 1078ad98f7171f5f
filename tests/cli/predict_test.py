# SPDX-License-Identifier: MIT
"""predict: a note-wise run's models applied to tables."""
import lzma
import shutil
import subprocess
import unittest

import note_wise
import program


class Predicting(program.Case):
    def setUp(self):
        super().setUp()
        self.rows = note_wise.add_rows(self)
        self.run_ok("train", "expression", "--rows", self.rows, "-o", "run")

    def predict(self, *words, rows=None, out="out.csv"):
        self.run_ok("predict", "--model", "run", "--rows", rows or self.rows, "-o", out, *words)
        return note_wise.read_rows(self.folder / out)

    def test_two_columns_are_added_and_the_others_kept(self):
        name = note_wise.add_rows(self, "more.csv", 50, ("remark", *note_wise.COLUMNS[6::-1]))
        before = (self.folder / name).read_text().splitlines()
        self.predict(rows=name)
        after = (self.folder / "out.csv").read_text().splitlines()
        self.assertEqual(after[0], before[0] + ",velocity_predicted,duration_predicted")
        self.assertEqual(len(after), len(before))
        for old, new in zip(before, after):
            self.assertTrue(new.startswith(old + ","), new)

    def test_what_is_predicted_is_near_what_was_learned(self):
        for learner in note_wise.LEARNERS:
            rows = self.predict("--learner", learner)
            for target, column, near in (("velocity", "velocity", 6), ("duration", "duration_clipped", 40)):
                errors = [abs(float(row[target + "_predicted"]) - float(row[column])) for row in rows]
                self.assertLess(sum(errors) / len(errors), near, (learner, target))
        self.assertNotEqual(self.predict("--learner", "linear"), self.predict("--learner", "tree"))
        self.assertEqual(self.predict(), self.predict("--learner", "forest"))

    def test_where_rows_come_from_and_go_to_changes_nothing(self):
        self.predict()
        expected = (self.folder / "out.csv").read_bytes()
        text = (self.folder / self.rows).read_bytes()
        piped = self.run_ok("predict", "--model", "run", "--rows", "-", "-o", "-", input=text)
        self.assertEqual(piped.stdout, expected)
        (self.folder / "rows.csv.xz").write_bytes(lzma.compress(text))
        self.predict(rows="rows.csv.xz")
        self.assertEqual((self.folder / "out.csv").read_bytes(), expected)
        (self.folder / "crlf.csv").write_bytes(text.replace(b"\n", b"\r\n"))
        self.predict(rows="crlf.csv")
        self.assertEqual((self.folder / "out.csv").read_bytes(), expected)
        self.run_ok("predict", "--model", "run/model.safetensors", "--rows", self.rows, "-o", "out.csv")
        self.assertEqual((self.folder / "out.csv").read_bytes(), expected)
        subprocess.run(["taskset", "-c", "0", program.PROGRAM, "predict", "--model", "run", "--rows", self.rows, "-o",
                        "one.csv"], cwd=self.folder, check=True)
        self.assertEqual((self.folder / "one.csv").read_bytes(), expected)

    def test_a_table_longer_than_a_piece(self):
        lines = (self.folder / self.rows).read_text().splitlines()
        repeats = 450  # over 8 MiB
        (self.folder / "long.csv").write_text("\n".join(lines[:1] + repeats * lines[1:]) + "\n")
        self.assertGreater((self.folder / "long.csv").stat().st_size, 9 << 20)
        short, long = self.predict(), self.predict(rows="long.csv", out="long-out.csv")
        self.assertEqual(long, repeats * short)

    def test_a_table_without_rows(self):
        (self.folder / "empty.csv").write_text(",".join(note_wise.COLUMNS))
        self.assertEqual(self.predict(rows="empty.csv"), [])

    def test_what_cannot_be_is_refused(self):
        predict = ("predict", "--model", "run", "--rows", self.rows)
        self.refused(2, "predict", "--rows", self.rows, "-o", "x.csv", says="--model")
        self.refused(2, "predict", "--model", "run", "-o", "x.csv", says="--rows")
        self.refused(2, *predict, says="--output")
        self.refused(2, *predict, "-o", "x.csv", "--learner", "oracle", says=["oracle", "forest"])
        self.refused(2, *predict, "-o", self.rows, says="input")
        self.refused(1, *predict, "-o", "run", says="folder")
        self.refused(1, *predict, "-o", "no/x.csv", says="no/x.csv")
        self.refused(1, "predict", "--model", "nothing", "--rows", self.rows, "-o", "x.csv", says="nothing")
        self.refused(1, "predict", "--model", "run", "--rows", "none.csv", "-o", "x.csv", says="none.csv")
        self.predict(out="twice.csv")
        self.refused(1, "predict", "--model", "run", "--rows", "twice.csv", "-o", "x.csv", says="velocity_predicted")
        text = (self.folder / self.rows).read_text()
        (self.folder / "bad.csv").write_text(text + "60,1,2\n")
        (self.folder / "x.csv").write_text("as it was")
        self.refused(1, "predict", "--model", "run", "--rows", "bad.csv", "-o", "x.csv", says="line 602")
        self.refused(1, "predict", "--model", "run", "--rows", "bad.csv", "-o", "-", says="line 602")

    def test_a_damaged_model_is_refused(self):
        whole = (self.folder / "run" / "model.safetensors").read_bytes()
        shutil.copytree(self.folder / "run", self.folder / "torn")
        model = self.folder / "torn" / "model.safetensors"
        for content in (whole[:1000], whole.replace(b"rf_velocity.left", b"rf_velocity.lift", 1), b""):
            model.write_bytes(content)
            self.refused(1, "predict", "--model", "torn", "--rows", self.rows, "-o", "x.csv", says="model.safetensors")


if __name__ == "__main__":
    program.main()

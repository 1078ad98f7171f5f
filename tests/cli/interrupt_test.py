# SPDX-License-Identifier: MIT
"""An interrupted program leaves its folder as it was, and ends by the signal."""
import os
import signal
import subprocess
import time

import program


class Interrupted(program.Case):
    def interrupted(self, number, *words, **options):
        """The exit status of a call that is told to end while files of it wait beside their places, which they do
        where hundreds wait."""
        running = subprocess.Popen([program.PROGRAM, *map(str, words)], cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, **options)
        deadline = time.monotonic() + 60
        while not any(self.folder.glob("*.part.*")):
            self.assertIsNone(running.poll(), "it ended before it could be interrupted")
            self.assertLess(time.monotonic(), deadline)
        running.send_signal(number)
        try:
            return running.wait(60)
        finally:
            running.kill()
            running.wait()

    def test_a_batch_leaves_nothing_behind(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            (self.folder / "p-0002.mid").write_bytes(b"as it was")
            status = self.interrupted(number, "compose", "--genre", "jazz", "--count", 20000, "-o", "p.mid")
            self.assertEqual(status, -number)
            self.assertEqual(self.files(), {"p-0002.mid": b"as it was"})

    def test_a_new_folder_is_gone_again(self):
        running = subprocess.Popen([program.PROGRAM, "compose", "--genre", "all", "--bars", "2000", "--out-dir", "new"],
                                   cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3)
        self.assertIsNone(running.poll(), "it ended before it could be interrupted")
        running.send_signal(signal.SIGINT)
        self.assertEqual(running.wait(60), -signal.SIGINT)
        self.assertEqual(self.files(), {})

    def test_an_ignored_signal_stays_ignored(self):
        def ignoring():
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        status = self.interrupted(signal.SIGHUP, "compose", "--genre", "jazz", "--bars", 4, "--count", 500,
                                  "-o", "p.mid", preexec_fn=ignoring)
        self.assertEqual(status, 0)
        self.assertEqual(len(list(self.folder.glob("p-*.mid"))), 500)
        self.assertEqual(len(self.files()), 500)

    def test_while_a_reader_keeps_it_waiting(self):
        os.mkfifo(self.folder / "pipe.mid")
        running = subprocess.Popen([program.PROGRAM, "compose", "--seed", "1", "--bars", "4", "-o", "a.mid",
                                    "-o", "pipe.mid"], cwd=self.folder, stdout=subprocess.DEVNULL)
        while not (self.folder / "a.mid").exists():
            time.sleep(0.005)
        running.terminate()
        self.assertEqual(running.wait(60), -signal.SIGTERM)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["pipe.mid"])


if __name__ == "__main__":
    program.main()

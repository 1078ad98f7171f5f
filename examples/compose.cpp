// SPDX-License-Identifier: MIT
// A sentence becomes a piece, is played, and is written as a MIDI file.
#include <cstdio>
#include <string>

#include <toccata/toccata.hpp>

int main() {
  using namespace toccata;
  const auto understood = understand("a calm bossa in F major, 16 bars, with flute and piano");
  if (!understood) return std::puts(describe(understood.error()).c_str()), 1;

  // What the sentence left open, the genre fills in; every choice comes with its reason.
  const auto settled = settle(understood->brief, 7);
  if (!settled) return std::puts(settled.error().c_str()), 1;
  const Settings& settings = settled->settings;

  const auto score = compose(settings);
  if (!score) return std::puts(describe(score.error()).c_str()), 1;
  const Performance performance =
      perform(*find_performer(kDefaultPerformer), {*score, &settings}, Rng(settings.seed));

  const auto file = midi::from_score(*score, performance);
  if (!file) return std::puts(describe(file.error()).c_str()), 1;
  const auto written = write_file("bossa.mid", midi::write_midi(*file));
  if (!written) return std::puts(describe(written.error()).c_str()), 1;
  std::printf("%d bars, seed %llu: bossa.mid\n", score->bar_count(),
              static_cast<unsigned long long>(settings.seed));
}

// SPDX-License-Identifier: MIT
// note_features FILE...: reads MIDI files, computes the seven note-wise features of their notes,
// and prints as one line of JSON how many there are, the sums of each and the seconds it took.
#include <chrono>
#include <cstdio>

#include <toccata/base/file.hpp>
#include <toccata/learn/note_wise.hpp>
#include <toccata/midi/read.hpp>

int main(int argc, char** argv) {
  using namespace toccata;
  const auto begin = std::chrono::steady_clock::now();
  std::size_t notes = 0, unread = 0;
  std::array<double, 7> sums{};
  for (int i = 1; i < argc; ++i) {
    const auto bytes = read_file(argv[i]);
    const auto read = bytes ? std::optional(midi::read_midi(*bytes)) : std::nullopt;
    if (!read || !*read) {
      ++unread;
      continue;
    }
    for (const learn::NoteRow& row : learn::note_wise_rows((*read)->file, i)) {
      const auto features = learn::features_of(row);
      for (std::size_t f = 0; f < features.size(); ++f) sums[f] += static_cast<double>(features[f]);
      ++notes;
    }
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf(R"({"notes": %zu, "unread": %zu, "seconds": %.6f, "sums": [)", notes, unread,
              seconds);
  for (std::size_t f = 0; f < sums.size(); ++f) std::printf("%s%.6f", f > 0 ? ", " : "", sums[f]);
  std::printf("]}\n");
  return 0;
}

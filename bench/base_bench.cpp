// SPDX-License-Identifier: MIT
// Reading and writing JSON, and drawing random numbers.
#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <toccata/base/json.hpp>
#include <toccata/base/rng.hpp>

namespace {

using namespace toccata;

/// Scores of `count` notes as JSON, each different, so that no run sees the text of the one before.
std::vector<std::string> note_lists(int count) {
  Rng rng(1);
  std::vector<std::string> texts;
  for (int list = 0; list < 8; ++list) {
    Json notes;
    for (int i = 0; i < count; ++i) {
      Json note;
      note.add("onset", i * 120);
      note.add("pitch", rng.between(36, 96));
      note.add("velocity", rng.uniform());
      notes.push(std::move(note));
    }
    texts.push_back(to_text(notes));
  }
  return texts;
}

void json_read(benchmark::State& state) {
  const auto texts = note_lists(static_cast<int>(state.range(0)));
  std::size_t at = 0, bytes = 0;
  for (auto _ : state) {
    const auto& text = texts[at++ % texts.size()];
    benchmark::DoNotOptimize(parse_json(text));
    bytes += text.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(json_read)->Arg(1000);

void json_read_and_write(benchmark::State& state) {
  const auto texts = note_lists(static_cast<int>(state.range(0)));
  std::size_t at = 0, bytes = 0;
  for (auto _ : state) {
    const auto& text = texts[at++ % texts.size()];
    benchmark::DoNotOptimize(to_text(*parse_json(text)));
    bytes += text.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(json_read_and_write)->Arg(1000);

void rng_below(benchmark::State& state) {
  Rng rng(1);
  for (auto _ : state) benchmark::DoNotOptimize(rng.below(12));
}
BENCHMARK(rng_below);

}  // namespace

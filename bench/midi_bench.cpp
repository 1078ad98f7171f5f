// SPDX-License-Identifier: MIT
// Reading MIDI files into Files and into Scores, and writing them. Reads the files of the folder
// that TOCCATA_DATA names (asap in it, where there is one), else files made here.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

#include <benchmark/benchmark.h>

#include <toccata/base/file.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/midi/write.hpp>

namespace {

using namespace toccata;
namespace fs = std::filesystem;

bool is_midi_name(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".mid" || extension == ".midi";
}

std::vector<Bytes> files_of(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && is_midi_name(entry.path())) paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Bytes> files;
  for (const auto& path : paths)
    if (auto content = read_file(path); content && midi::read_midi(*content))
      files.push_back(std::move(*content));
  return files;
}

/// 64 files of 4,000 notes with pedal, so that there is something to measure anywhere.
std::vector<Bytes> made_files() {
  Rng rng(1);
  std::vector<Bytes> files;
  for (int i = 0; i < 64; ++i) {
    midi::File file;
    midi::Track& track = file.tracks.emplace_back();
    for (int n = 0; n < 4000; ++n) {
      const auto key = static_cast<std::uint8_t>(rng.between(21, 108));
      const Tick at = track.end() + Duration(rng.between(0, 200));
      track.add(at, midi::status::kControl, 64, static_cast<std::uint8_t>(rng.between(0, 127)));
      track.add(at, midi::status::kNoteOn, key, static_cast<std::uint8_t>(rng.between(1, 127)));
      track.add(at + Duration(rng.between(1, 200)), midi::status::kNoteOff, key, 64);
    }
    files.push_back(midi::write_midi(file));
  }
  return files;
}

const std::vector<Bytes>& files() {
  static const std::vector<Bytes> all = [] {
    const char* data = std::getenv("TOCCATA_DATA");
    if (data == nullptr) return made_files();
    return files_of(fs::exists(fs::path(data) / "asap") ? fs::path(data) / "asap" : fs::path(data));
  }();
  return all;
}

std::int64_t size_of(const std::vector<Bytes>& all) {
  std::int64_t size = 0;
  for (const Bytes& bytes : all) size += static_cast<std::int64_t>(bytes.size());
  return size;
}

void midi_read(benchmark::State& state) {
  for (auto _ : state)
    for (const Bytes& bytes : files()) benchmark::DoNotOptimize(midi::read_midi(bytes));
  state.SetBytesProcessed(state.iterations() * size_of(files()));
}
BENCHMARK(midi_read)->Unit(benchmark::kMillisecond);

void midi_to_score(benchmark::State& state) {
  for (auto _ : state)
    for (const Bytes& bytes : files())
      benchmark::DoNotOptimize(midi::to_score(midi::read_midi(bytes)->file));
  state.SetBytesProcessed(state.iterations() * size_of(files()));
}
BENCHMARK(midi_to_score)->Unit(benchmark::kMillisecond);

void midi_write(benchmark::State& state) {
  std::vector<midi::File> read;
  for (const Bytes& bytes : files()) read.push_back(midi::read_midi(bytes)->file);
  for (auto _ : state)
    for (const midi::File& file : read) benchmark::DoNotOptimize(midi::write_midi(file));
  state.SetBytesProcessed(state.iterations() * size_of(files()));
}
BENCHMARK(midi_write)->Unit(benchmark::kMillisecond);

}  // namespace

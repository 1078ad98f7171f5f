// SPDX-License-Identifier: MIT
#include "stems.hpp"

#include <algorithm>
#include <set>

#include <toccata/audio/parallel.hpp>

namespace toccata::render {
namespace {

Result<void, sound::Error> write(audio::StereoView signal, audio::SampleRate rate,
                                 const StemFile& file, NewFiles& written) {
  audio::EncodeSettings settings{.format = audio::SampleFormat::Float32};
  settings.software = "Toccata";
  TOCCATA_TRY(const Bytes bytes, encoded(signal, rate, settings, file.place));
  return written.add(file.written, bytes);
}

void add(audio::StereoView from, audio::Stereo& to) {
  for (std::size_t i = 0; i < from.frames(); ++i) {
    to.left[i] += from.left[i];
    to.right[i] += from.right[i];
  }
}

}  // namespace

std::string file_name_of(std::string_view part) {
  std::string name;
  for (const char c : part) {
    const bool is_bad = static_cast<unsigned char>(c) < 32 || c == 127 || c == '/' || c == '\\';
    name += is_bad ? '_' : c;
  }
  if (name.empty() || name.front() == '.') name.insert(name.begin(), '_');
  if (name.size() > 200) name.resize(200);
  return name;
}

Result<std::vector<StemFile>, sound::Error> stem_files(const Song& song,
                                                       const sound::Settings& settings) {
  std::vector<StemFile> files;
  if (settings.stems.empty()) return files;
  const auto add_file = [&](const std::string& name) -> Result<void, sound::Error> {
    StemFile file{settings.stems / (name + ".wav"), {}};
    file.written = file.place;
    if (settings.stem_place) {
      TOCCATA_TRY(file.written, settings.stem_place(file.place));
    }
    files.push_back(std::move(file));
    return {};
  };
  std::set<std::string> names = {"mix"};
  for (const SongPart& part : song.parts) {
    std::string name = file_name_of(part.name);
    while (!names.insert(name).second) name += "_";
    TOCCATA_CHECK(add_file(name));
  }
  TOCCATA_CHECK(add_file("mix"));
  return files;
}

Result<void, sound::Error> write_stems(const Mix& mix, audio::SampleRate rate,
                                       std::span<const StemFile> files, int threads,
                                       NewFiles& written) {
  audio::Stereo sum;
  // A few at a time: each is as long as the whole.
  constexpr std::size_t kAtOnce = 4;
  for (std::size_t first = 0; first < mix.parts(); first += kAtOnce) {
    std::vector<audio::Stereo> stems(std::min(kAtOnce, mix.parts() - first));
    audio::for_each_index(stems.size(), threads,
                          [&](std::size_t i) { stems[i] = mix.stem(first + i); });
    for (std::size_t i = 0; i < stems.size(); ++i) {
      TOCCATA_CHECK(write(stems[i].view(), rate, files[first + i], written));
      sum.resize(stems[i].frames());
      add(stems[i].view(), sum);
    }
  }
  return write(sum.view(), rate, files.back(), written);
}

}  // namespace toccata::render

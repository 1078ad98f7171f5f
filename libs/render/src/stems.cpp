// SPDX-License-Identifier: MIT
#include "stems.hpp"

#include <algorithm>

#include <toccata/audio/parallel.hpp>

namespace toccata::render {
namespace {

Result<void, sound::Error> write(audio::StereoView signal, audio::SampleRate rate,
                                 const std::filesystem::path& place, MadeFiles& made) {
  audio::EncodeSettings settings{.format = audio::SampleFormat::Float32};
  settings.software = "Toccata";
  TOCCATA_TRY(const Bytes bytes, encoded(signal, rate, settings, place));
  return made.add(place, bytes);
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

Result<std::vector<std::filesystem::path>, sound::Error> stem_places(
    const Song& song, const sound::Settings& settings, const std::filesystem::path& out) {
  std::vector<std::filesystem::path> places;
  if (settings.stems.empty()) return places;
  std::vector<std::filesystem::path> taken = settings.taken;
  taken.push_back(out);
  taken.insert(taken.end(), settings.reports.begin(), settings.reports.end());
  const auto add_place = [&](const std::string& name) -> Result<void, sound::Error> {
    const auto place = settings.stems / (name + ".wav");
    for (const auto& other : taken)
      if (is_same_place(place, other))
        return Unexpected{sound::Error{sound::Fault::BadSettings,
                                       "stems \"" + settings.stems.string() + "\": \"" +
                                           place.string() +
                                           "\" is a stem's file and is named for another too"}};
    places.push_back(place);
    return {};
  };
  // Some systems take names for one that differ in their letters' case alone.
  std::vector<std::string> names = {"mix"};
  for (const SongPart& part : song.parts) {
    std::string name = file_name_of(part.name);
    const auto is_used = [&](const std::string& other) { return sound::same_name(name, other); };
    while (std::any_of(names.begin(), names.end(), is_used)) name += "_";
    names.push_back(name);
    TOCCATA_CHECK(add_place(name));
  }
  TOCCATA_CHECK(add_place("mix"));
  return places;
}

Result<void, sound::Error> write_stems(const Mix& mix, audio::SampleRate rate,
                                       std::span<const std::filesystem::path> places, int threads,
                                       MadeFiles& made) {
  audio::Stereo sum;
  // A few at a time: each is as long as the whole.
  constexpr std::size_t kAtOnce = 4;
  for (std::size_t first = 0; first < mix.parts(); first += kAtOnce) {
    std::vector<audio::Stereo> stems(std::min(kAtOnce, mix.parts() - first));
    audio::for_each_index(stems.size(), threads,
                          [&](std::size_t i) { stems[i] = mix.stem(first + i); });
    for (std::size_t i = 0; i < stems.size(); ++i) {
      TOCCATA_CHECK(write(stems[i].view(), rate, places[first + i], made));
      sum.resize(stems[i].frames());
      add(stems[i].view(), sum);
    }
  }
  return write(sum.view(), rate, places.back(), made);
}

}  // namespace toccata::render
